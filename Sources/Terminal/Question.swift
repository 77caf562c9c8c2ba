internal import Glibc

/// Asks at the terminal and reads one line, while no editor reads.
/// - Returns: the answer without its newline; nothing at the end of the input, or after Ctrl-C.
public func ask(_ question: String) -> String? {
  withInterruptHandling { flag in
    var text = Array(question.utf8)
    _ = Glibc.write(STDOUT_FILENO, &text, text.count)
    var answer: [UInt8] = []
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR, !flag.isRaised { continue }
      guard count == 1 else {
        // The cursor stands behind the question.
        var newline = UInt8(ascii: "\n")
        _ = Glibc.write(STDOUT_FILENO, &newline, 1)
        return nil
      }
      if byte == UInt8(ascii: "\n") { return String(decoding: answer, as: UTF8.self) }
      answer.append(byte)
    }
  }
}
