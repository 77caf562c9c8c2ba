import Foundation
import RegistryCommands

/// Writes statements, and what they answered as comments, to a script that can be carried out again. What failed, and
/// what is a matter of the session only, stands in comments whole.
final class Recorder {
  private let outlet: Outlet
  private var answer = ""

  init(_ path: String) throws(Failure) { outlet = try Outlet(.file(path)) }

  /// What a statement answers.
  func add(_ text: String) { answer += text }

  /// A statement was carried out, or not.
  func end(_ statement: String, failed: Bool) throws(Failure) {
    let isOfSession = statement.hasPrefix(".")
    defer { answer = "" }
    guard !isOfSession else { return }
    try outlet.write((failed ? comment(statement, "# failed: ") : statement + "\n") + comment(answer, "#> "))
  }

  private func comment(_ text: String, _ mark: String) -> String {
    text.split(separator: "\n").map { mark + $0 + "\n" }.joined()
  }
}
