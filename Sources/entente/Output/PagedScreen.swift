import Foundation
import RegistryCommands
import Rendering
import Terminal

/// The screen while one answer is written: what fits stands on it, what overflows goes through a pager.
///
/// Text is held back until it is known which; that is at most a screenful, so that a long result streams.
final class PagedScreen {
  private let size: TerminalSize
  private let pager: String
  private let environment: [String: String]
  private var held = ""
  private var rows = 0
  private var command: ShellCommand?
  /// Whether the pager was left before all was shown.
  private(set) var isLeft = false

  init(pager: String, size: TerminalSize, environment: [String: String]) {
    self.pager = pager
    self.size = size
    self.environment = environment
  }

  func write(_ text: String) throws(Failure) {
    guard !isLeft else { return }
    if let command {
      isLeft = !command.write(text)
      return
    }
    held += text
    rows += self.rows(of: text)
    // The prompt has a row too.
    guard rows >= size.rows else { return }
    var environment = environment
    // What git gives less: colours pass, and what was shown stays on the screen.
    if environment["LESS"] == nil { environment["LESS"] = "FRX" }
    guard let started = try? ShellCommand(pager, feeds: true, environment: environment) else { return }
    command = started
    isLeft = !started.write(held)
    held = ""
  }

  /// Shows what is held back, or waits until the pager is left.
  func finish() throws(Failure) {
    if let command {
      command.finish()
    } else {
      try FileHandle.standardOutput.put(held)
    }
    held = ""
  }

  /// How many rows of the screen a text takes.
  private func rows(of text: String) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().reduce(0) { sum, line in
      let width =
        line.utf8.count <= size.columns ? 0 : displayWidth(line.replacing(/\u{1B}\[[0-9;]*m/, with: ""))
      return sum + max(1, (width + size.columns - 1) / size.columns)
    }
  }
}
