import Dispatch
import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryStore
import Rendering
import Terminal

/// A line on standard error for a command that takes more than a second: what is done, and how long it will still take.
/// It is drawn over itself, and gone before anything else is written.
final class ProgressLine {
  private static let patience: UInt64 = 1_000_000_000
  private static let interval: UInt64 = 200_000_000

  private let isShown: Bool
  private let says: String
  private var start: UInt64 = 0
  private var next: UInt64 = 0
  private var progress: Session.Progress?
  private var isDrawn = false

  /// Shown where standard error is a terminal that can draw over a line.
  /// - Parameter says: what the user can do meanwhile.
  init(says: String = "") {
    let type = ProcessInfo.processInfo.environment[.terminal] ?? ""
    isShown = isTerminal(STDERR_FILENO) && type != "dumb" && !type.isEmpty
    self.says = says
  }

  /// A command begins.
  func begin() {
    progress = nil
    start = DispatchTime.now().uptimeNanoseconds
    next = start + Self.patience
  }

  /// Time has passed; called often.
  func tick() {
    guard isShown, start > 0 else { return }
    let now = DispatchTime.now().uptimeNanoseconds
    guard now >= next else { return }
    next = now + Self.interval
    draw(seconds: Double(now - start) / 1_000_000_000)
  }

  /// So much is done.
  func tell(_ progress: Session.Progress?) {
    self.progress = progress
    if progress == nil { clear() } else { tick() }
  }

  /// Takes the line away.
  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    OpenFile.standardError.tell("\r\u{1B}[K")
  }

  /// The command has ended.
  func end() {
    clear()
    start = 0
  }

  private func draw(seconds: Double) {
    var parts: [String] = []
    if let progress {
      let rate = Int(Double(progress.done) / max(seconds, 0.001))
      if progress.unit.isEmpty {
        parts.append(visible(progress.what))
      } else {
        parts.append("\(visible(progress.what)): \(progress.done) \(progress.unit)")
        parts.append("\(rate)/s")
      }
      if let fraction = progress.fraction, fraction > 0 {
        parts.append("\(Int(fraction * 100)) %")
        parts.append(Self.time(seconds * (1 - fraction) / fraction) + " left")
      }
    } else {
      parts.append("working, \(Self.time(seconds))")
    }
    if !says.isEmpty { parts.append(says) }
    let columns = TerminalSize.current(descriptor: STDERR_FILENO).columns - 1
    let line = truncate(parts.joined(separator: ", "), toWidth: max(1, columns), ellipsis: "")
    OpenFile.standardError.tell("\r\u{1B}[K\(line)")
    isDrawn = true
  }

  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }
}

extension Session {
  /// Tells how far a text is.
  func watch(_ progress: ProgressLine, isInterrupted: @escaping () -> Bool = { false }) {
    onProgress = { progress.tell($0) }
    store.isInterrupted = {
      progress.tick()
      return isInterrupted()
    }
  }
}
