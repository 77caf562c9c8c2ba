/// A prompt as libedit wants it. The host may colour it with SGR sequences (`ESC [ … m`); any other escape
/// sequence is the host's mistake and stays visible.
struct PromptText: Hashable {
  /// What takes columns.
  let visible: String
  /// With each sequence between two \u{1}, so that libedit counts no columns for it.
  let marked: String

  /// - Parameter isPlain: drops the colours.
  init(_ text: String, isPlain: Bool) {
    let sequence = /\u{1B}\[[0-9;]*m/
    // libedit loses a sequence at the very end, and the prompt's colour would run on into the text.
    let text = text.contains(/\u{1B}\[[0-9;]*m$/) ? text + " " : text
    visible = text.replacing(sequence, with: "")
    marked = isPlain ? visible : text.replacing(sequence) { "\u{1}\($0.output)\u{1}" }
  }
}
