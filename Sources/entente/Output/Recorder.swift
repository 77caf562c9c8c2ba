import FoundationEssentials
import RegistryCommands

/// Writes the commands that were carried out to a script that can be carried out again: what was asked stands in `expect` with
/// what was answered. What failed is left out, and so is what is a matter of the session only; what was not kept stands in
/// comments.
final class Recorder {
  private struct Entry {
    var command: CommandText
    /// What it answered, as it is compared; nil where that is not known of it alone.
    var answer: String?
    var failed = false
  }
  private let outlet: Outlet
  private var entries: [Entry] = []
  /// How many commands were carried out since the last answer.
  private var unanswered = 0

  /// - Parameter parameters: what `$name` stands for already, as commands.
  init(_ path: String, parameters: [String]) throws(Failure) {
    outlet = try Outlet(.file(path))
    for line in parameters { try outlet.write(line + "\n") }
  }

  /// A command is carried out from here on.
  func begin(_ command: CommandText) {
    entries.append(Entry(command: command))
    unanswered += 1
  }

  /// What was answered.
  /// - Parameter text: as it is compared; nil where another time would give another.
  func answered(_ text: String?) {
    // What a script answered that was read is the answer of several.
    if unanswered == 1, let text { entries[entries.count - 1].answer = text }
    unanswered = 0
  }

  /// It failed.
  func fail() {
    if !entries.isEmpty { entries[entries.count - 1].failed = true }
    unanswered = 0
  }

  /// A text has ended, and it is known what becomes of all that was carried out of it.
  func endText(isKept: Bool) throws(Failure) {
    defer {
      entries = []
      unanswered = 0
    }
    for entry in entries where !entry.failed && isReplayed(entry.command.text) {
      if !isKept {
        try outlet.write(comment(entry.command.text, "# not kept: "))
      } else if entry.command.isQuestion, !entry.command.text.contains(" save "), let answer = entry.answer {
        let expected = ComparedAnswers.expected(answer)
        try outlet.write("expect { \(entry.command.text) } gives \(expected)\n")
      } else {
        try outlet.write(entry.command.text + "\n")
      }
    }
  }

  /// Whether a command does the same in another session: what is read from a script stands there command by command, and
  /// an editor opens for nobody.
  private func isReplayed(_ statement: String) -> Bool {
    guard let name = statement.split(whereSeparator: \.isWhitespace).first else { return false }
    return name.first != "." ? name != "edit" : [".on", ".published", ".recorded"].contains(name)
  }

  private func comment(_ text: String, _ mark: String) -> String {
    text.split(separator: "\n").map { mark + $0 + "\n" }.joined()
  }
}
