import FoundationEssentials
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
    // Kept until the pager is left: it may turn out that there is none.
    held += text
    rows += self.rows(of: text)
    // The prompt has a row too.
    guard rows >= size.rows else { return }
    var environment = environment
    // What git gives less: colours pass, and what was shown stays on the screen.
    if environment[.less] == nil { environment[EnvironmentVariable.less.rawValue] = "FRX" }
    guard let started = try? ShellCommand(pager, feeds: true, environment: environment) else { return }
    command = started
    isLeft = !started.write(held)
  }

  /// Shows what is held back, or waits until the pager is left.
  /// - Returns: what to say where the pager could not be started.
  func finish() throws(Failure) -> String? {
    defer { held = "" }
    // What a shell says of a command that is not there, or cannot be run.
    let failed = command.map { [126, 127].contains($0.finish()) } ?? false
    if command == nil || failed { try OpenFile.standardOutput.put(held) }
    return failed ? "the pager failed; .pager off does without" : nil
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
