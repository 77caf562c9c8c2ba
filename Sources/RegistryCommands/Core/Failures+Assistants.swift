import CommandLanguage
import RegistryModel

/// The words of what is refused to an assistant, sorted by code.
extension Failures {
  static func answerTakesTooLong(_ most: Double) -> Failure {
    Failure(
      code: "answer-takes-too-long", "the answer takes more than \(Int(most.rounded(.up))) seconds",
      help: "ask for less at a time: narrow it with where, or give sql a LIMIT inside what it joins")
  }
  static func answerTooLong(_ most: Int) -> Failure {
    Failure(code: "answer-too-long", "the answer has more than \(most) bytes", help: "ask for less at a time")
  }
  static func notForAssistants(_ name: Word) -> Failure {
    Failure(
      .refused, code: "not-for-assistants", "\(name.content) cannot be used here",
      help: "what reads the registry can, without files; the tool commands lists it", at: name.span)
  }
  static func oneCommandAtATime(_ count: Int) -> Failure {
    Failure(
      code: "one-command-at-a-time", count == 0 ? "there is no command" : "there are \(count) commands",
      help: "write one")
  }
  static func toolArguments(_ what: String, _ tool: String) -> Failure {
    Failure(.usage, code: "tool-arguments", "\(tool): \(what)", help: "its inputSchema says what it takes")
  }
  static func toolLimit(_ number: Int, _ most: Int) -> Failure {
    Failure(
      .usage, code: "tool-limit", "\(number) rows cannot be given",
      help: "a limit is 1 to \(most), an offset 0 or more")
  }
  static func toolOffset(_ name: Word) -> Failure {
    Failure(
      .usage, code: "tool-offset", "\(name.content) as it is written here cannot leave rows out",
      help: "write limit and offset in the command, or narrow it with where", at: name.span)
  }
}
