import Rendering

/// The candidates as they are shown below the block: one a line, texts and descriptions in two aligned columns.
struct CandidateList {
  /// As many as are shown at once.
  static let page = 40

  var candidates: [CompletionResult.Candidate]
  /// Of the terminal; the last one stays free so that no line wraps.
  var columns: Int
  /// Whether descriptions are dimmed.
  var isStyled: Bool

  /// The lines, none wider than the terminal.
  var lines: [String] {
    let shown = candidates.prefix(Self.page)
    let room = max(1, columns - 1)
    let widest = shown.map { DisplayWidth.of(oneLine($0.text)) }.max() ?? 0
    let hasDescriptions = shown.contains { !$0.description.isEmpty }
    let textColumns = hasDescriptions ? min(widest, max(room * 3 / 5, room - 40)) : min(widest, room)
    var lines = shown.map { line($0, textColumns: textColumns, room: room) }
    if candidates.count > shown.count {
      lines.append(DisplayWidth.truncate("… and \(candidates.count - shown.count) more", to: room))
    }
    return lines
  }

  private func line(_ candidate: CompletionResult.Candidate, textColumns: Int, room: Int) -> String {
    let text = DisplayWidth.truncate(oneLine(candidate.text), to: textColumns)
    let left = room - textColumns - 2
    guard !candidate.description.isEmpty, left > 0 else { return text }
    let padding = String(repeating: " ", count: textColumns - DisplayWidth.of(text) + 2)
    let description = DisplayWidth.truncate(oneLine(candidate.description), to: left)
    return text + padding + (isStyled ? "\u{1B}[2m\(description)\u{1B}[0m" : description)
  }

  /// Names come from sources: nothing in one must steer the terminal, or hide.
  private func oneLine(_ text: String) -> String {
    visible(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }
}
