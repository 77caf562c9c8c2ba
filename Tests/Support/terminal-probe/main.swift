// A small interactive program around the line editor, for its tests: it completes from a fixed list and echoes
// statements. `wait` runs until Ctrl-C. Arguments: the path of the history file.
import Foundation
import Terminal

let words = [
  CompletionResult.Candidate("show", "Show one thing"),
  CompletionResult.Candidate("list", "List things that meet a condition"),
  CompletionResult.Candidate("shore", "Ein Ufer"),
  CompletionResult.Candidate("名前", "A name of two wide characters"),
  CompletionResult.Candidate("名刺", "A visiting card"),
  CompletionResult.Candidate("claim", "State what a source says"),
  CompletionResult.Candidate("conflicts", "List statements that rival each other"),
]
let numbers = (1...163).map { CompletionResult.Candidate("n\($0)", "number \($0)") }

func complete(_ text: String, _ cursor: Int) -> CompletionResult {
  let bytes = Array(text.utf8)[..<cursor]
  let start = bytes.lastIndex { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { $0 + 1 } ?? 0
  let typed = String(decoding: bytes[start...], as: UTF8.self)
  return CompletionResult(
    replaced: start..<cursor, candidates: (words + numbers).filter { $0.text.hasPrefix(typed) },
    hint: typed == "expected" ? "a whole number" : "")
}

func wait() {
  withInterruptHandling { flag in
    // Said in here: whoever reads it may interrupt at once.
    print("waiting")
    while !flag.isRaised { usleep(10_000) }
  }
  print("cancelled")
}

do {
  let editor = try LineEditor(
    program: "terminal-probe", prompt: { "\u{1B}[1mprobe>\u{1B}[0m " },
    isComplete: { text in text.count { $0 == "{" } <= text.count { $0 == "}" } }, completer: complete,
    history: CommandLine.arguments.dropFirst().first.map { StatementHistory(path: $0, registry: ":memory:") },
    report: { print("note: \($0.message)") })
  var number = 0
  reading: while true {
    switch editor.readStatement() {
    case .statement("wait"): wait()
    case .statement(let statement):
      number += 1
      print("\(number): \(statement.split(separator: "\n").joined(separator: "⏎"))")
    case .interrupted: print("interrupted")
    case .endOfFile: break reading
    case .terminated(let signal): exit(128 + signal)
    }
  }
} catch {
  print("\(error.code): \(error.message)")
  exit(1)
}
