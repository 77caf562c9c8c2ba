import FoundationEssentials
import RegistryCommands

/// Writes the commands that were carried out, and what they answered as comments, to a script that can be carried out
/// again. What failed or was not kept stands in comments whole; what is a matter of the session only is left out.
final class Recorder {
  private struct Entry {
    var statement: String
    var answer = ""
    var failed = false
  }
  private let outlet: Outlet
  private var entries: [Entry] = []

  init(_ path: String) throws(Failure) { outlet = try Outlet(.file(path)) }

  /// A command is carried out from here on.
  func begin(_ statement: String) { entries.append(Entry(statement: statement)) }

  /// What it answers.
  func add(_ text: String) {
    if !entries.isEmpty { entries[entries.count - 1].answer += text }
  }

  /// It failed.
  func fail() {
    if !entries.isEmpty { entries[entries.count - 1].failed = true }
  }

  /// A text has ended, and it is known what becomes of all that was carried out of it.
  func endText(isKept: Bool) throws(Failure) {
    defer { entries = [] }
    for entry in entries where isReplayed(entry.statement) {
      let answer = comment(entry.answer, "#> ")
      if entry.failed {
        try outlet.write(comment(entry.statement, "# failed: ") + answer)
      } else if isKept {
        try outlet.write(entry.statement + "\n" + answer)
      } else {
        try outlet.write(comment(entry.statement, "# not kept: ") + answer)
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
