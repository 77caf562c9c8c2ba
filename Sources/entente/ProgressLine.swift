import Foundation
import Glibc
import RegistryCommands
import Rendering
import Terminal

/// A line on standard error that tells how far a long command is: rows, rows a second, the time left.
final class ProgressLine {
  private let isShown = isTerminal(STDERR_FILENO)
  private var start: DispatchTime?
  private var last: DispatchTime?
  private var isWritten = false

  /// Shows it, or takes it away when the command is done.
  func show(_ progress: WorkProgress?) {
    guard isShown else { return }
    guard let progress else {
      if isWritten { write("\r\u{1B}[K") }
      (start, last, isWritten) = (nil, nil, false)
      return
    }
    let now = DispatchTime.now()
    let start = start ?? now
    self.start = start
    // Ten times a second is as fast as anybody reads; what is done at once needs no line.
    let seconds = Double(now.uptimeNanoseconds - start.uptimeNanoseconds) / 1e9
    if seconds < 0.5 { return }
    if let last, now.uptimeNanoseconds - last.uptimeNanoseconds < 100_000_000 { return }
    last = now
    isWritten = true
    var text =
      "\(visible(progress.what)): \(grouped(progress.rows)) rows, \(grouped(Int(Double(progress.rows) / seconds)))/s"
    if let fraction = progress.fraction, fraction > 0.01 {
      let left = Int((seconds / fraction - seconds).rounded(.up))
      text += ", \(Int(fraction * 100))%, \(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left"
    }
    write(
      "\r" + truncate(text, toWidth: max(10, TerminalSize.current().columns - 1), ellipsis: "…") + "\u{1B}[K")
  }

  private func grouped(_ number: Int) -> String {
    number.formatted(.number.locale(Locale(identifier: "en_US_POSIX")).grouping(.automatic))
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
