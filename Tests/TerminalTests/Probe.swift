import Foundation
import PseudoTerminal

/// The probe program in a terminal, with a home and a history file of its own.
struct Probe {
  static let prompt = "probe>"
  let terminal: PseudoTerminal
  let home: Home

  /// Starts the probe and waits for its prompt.
  init(
    home: Home = Home(), environment: [String: String] = [:], size: (columns: Int, rows: Int) = (60, 16)
  ) throws {
    self.home = home
    let defaults = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "HOME": home.folder.path]
    terminal = try PseudoTerminal(
      executable: PseudoTerminal.executable(named: "terminal-probe"), arguments: [home.history.path],
      environment: defaults.merging(environment) { $1 }.filter { !$0.value.isEmpty }, size: size)
    try waitForPrompt()
  }

  /// Waits for a prompt with nothing typed after it.
  func waitForPrompt() throws {
    try terminal.waitFor("an empty prompt") { Self.isPrompt($0.cursorLine) && $0.cursor.column == 7 }
  }

  static func isPrompt(_ line: String) -> Bool { line == prompt }

  /// Types, and waits for the line of the cursor and the cursor's column, counted with the prompt.
  func type(_ keys: String, expecting line: String, column: Int? = nil) throws {
    terminal.send(keys)
    try terminal.waitFor("“\(line)” at \(column.map(String.init) ?? "any column")") {
      $0.cursorLine == line && (column == nil || $0.cursor.column == column)
    }
  }

  /// Types, and waits until the screen shows exactly these lines.
  func type(_ keys: String, showing lines: [String]) throws {
    terminal.send(keys)
    try terminal.waitFor("the screen\n\(lines.joined(separator: "\n"))\ninstead of what follows;") {
      $0.lines == lines
    }
  }

  /// Types, and waits for a whole line of output.
  func type(_ keys: String, printing line: String) throws {
    terminal.send(keys)
    try terminal.waitFor(line: line)
    try waitForPrompt()
  }

  /// Leaves with Ctrl-D.
  func leave() throws -> PseudoTerminal.ExitStatus {
    terminal.send(Key.controlD)
    return try terminal.waitForExit()
  }
}

/// A folder that goes when the test is done.
final class Home {
  let folder: URL
  var history: URL { folder.appending(path: "state/history.jsonl") }

  init() {
    folder = FileManager.default.temporaryDirectory.appending(path: "terminal-tests-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file under the folder.
  func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// The statements of the history file, in order; damaged lines are left out.
  func statements() throws -> [String] {
    try String(contentsOf: history, encoding: .utf8).split(separator: "\n").compactMap {
      try (JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])?["statement"] as? String
    }
  }
}

/// What keys send.
enum Key {
  static let enter = "\r"
  static let tab = "\t"
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
  static let right = "\u{1B}[C"
  static let left = "\u{1B}[D"
  static let backspace = "\u{7F}"
  static let controlA = "\u{1}"
  static let controlC = "\u{3}"
  static let controlD = "\u{4}"
  static let controlE = "\u{5}"
  static let controlK = "\u{B}"
  static let controlR = "\u{12}"
  static let controlY = "\u{19}"
  static func paste(_ text: String) -> String { "\u{1B}[200~\(text)\u{1B}[201~" }
}
