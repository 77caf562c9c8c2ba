import Foundation
import PseudoTerminal

/// A session at a terminal of its own, on a registry that the Seed filled.
final class Repl {
  let program: Program
  let terminal: PseudoTerminal
  private let owns: Bool

  /// Starts a session and waits for its prompt.
  /// - Parameter program: whose home and registry it is; one of its own unless given.
  init(
    _ program: Program? = nil, arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 100,
    rows: Int = 40
  ) throws {
    owns = program == nil
    self.program = try program ?? Program()
    terminal = try self.program.start(arguments, environment: environment, columns: columns, rows: rows)
    try waitForPrompt()
  }

  deinit {
    terminal.terminate()
    if owns { program.remove() }
  }

  var screen: Screen { terminal.screen }
  var text: String { terminal.screen.text }

  /// Waits for a prompt with nothing typed after it.
  func waitForPrompt(_ prompt: String = "entente>") throws {
    try terminal.waitFor("an empty prompt") {
      $0.cursorLine == prompt && $0.cursor.column == prompt.count + 1
    }
  }

  /// Types a statement and waits until it is answered and the prompt is there again.
  func enter(_ statement: String, prompt: String = "entente>", after: String? = nil) throws {
    let before = terminal.screen.transcript.count { $0.hasPrefix(prompt) }
    terminal.send(statement + "\r")
    try terminal.waitFor("the answer to \(statement)") {
      $0.cursorLine == (after ?? prompt) && $0.cursor.column == (after ?? prompt).count + 1
        && $0.transcript.count { $0.hasPrefix(after ?? prompt) } > (after == nil ? before : 0)
    }
  }

  /// Types, and waits for a condition.
  func type(_ keys: String, until what: String, _ condition: (Screen) -> Bool) throws {
    terminal.send(keys)
    try terminal.waitFor(what, condition)
  }

  /// Leaves by Ctrl-D.
  func leave() throws -> PseudoTerminal.ExitStatus {
    terminal.send("\u{4}")
    return try terminal.waitForExit()
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: program.home.appending(path: name), encoding: .utf8)
  }

  func history() throws -> [String] { try statements(read(".local/state/entente/history.jsonl")) }

  private func statements(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap {
      (try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["statement"] as? String
    }
  }
}
