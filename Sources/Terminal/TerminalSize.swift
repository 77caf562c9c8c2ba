internal import CLibEdit
public import FoundationEssentials
public import Glibc

/// The size of a terminal, in character cells.
public struct TerminalSize: Hashable, Sendable {
  /// Cells in a row.
  public var columns: Int
  /// Rows.
  public var rows: Int

  /// A size in cells.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }

  /// The size that the terminal behind `descriptor` tells, else `COLUMNS` and `LINES`, else 80 × 24.
  public static func current(
    descriptor: Int32 = STDOUT_FILENO, environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> TerminalSize {
    var columns: Int32 = 0
    var rows: Int32 = 0
    if entente_terminal_size(descriptor, &columns, &rows) {
      return TerminalSize(columns: Int(columns), rows: Int(rows))
    }
    func number(_ name: String) -> Int? {
      environment[name].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
    return TerminalSize(columns: number("COLUMNS") ?? 80, rows: number("LINES") ?? 24)
  }
}

/// Whether a terminal is behind the descriptor. Off a terminal nothing of this module is to be used: no editor, no
/// history, no escape sequences; the host reads its input as plain lines.
public func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }
