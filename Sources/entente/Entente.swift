import ArgumentParser
import Foundation
import Glibc
import RegistryCommands
import Rendering

/// The program: reads the command line, and ends with an honest status.
@main
struct Entente {
  static let version = "0.1.0"

  static func main() {
    let options: Options
    // Foundation would put other characters in the place of bytes that are none.
    if let words = ForeignBytes.problem {
      FileHandle(.standardError).write(Data("Error: \(words)\n".utf8))
      exit(Failure.Status.usage.rawValue)
    }
    do {
      options = try Options.parse()
    } catch {
      // Help and version are answers; everything else is wrong usage.
      let isAnswer = Options.exitCode(for: error).isSuccess
      let text = Options.fullMessage(for: error)
      // A usage error says what was written.
      FileHandle(isAnswer ? .standardOutput : .standardError).write(Data((visible(text) + "\n").utf8))
      exit(isAnswer ? 0 : Failure.Status.usage.rawValue)
    }
    exit(Run(options).status())
  }
}

extension FileHandle {
  fileprivate enum Stream { case standardOutput, standardError }
  fileprivate convenience init(_ stream: Stream) {
    self.init(
      fileDescriptor: stream == .standardOutput ? STDOUT_FILENO : STDERR_FILENO, closeOnDealloc: false)
  }
}
