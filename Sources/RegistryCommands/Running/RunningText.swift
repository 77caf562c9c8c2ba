import CommandLanguage

/// A text whose commands are carried out.
struct RunningText {
  /// The text, or of a long one the stretch with the command at work.
  var source: SourceText
  /// Whether commands go on after those that fail.
  let keepsGoing: Bool
  /// What takes the rest of its lines, once one said that it is a dump.
  var restorer: DumpRestorer?
  /// The file that it was read from; nil where it is no script.
  var script: String?
  /// Whether it tells how far it is.
  var tellsProgress = false
  /// How many braces are open around the command at work.
  var openBraces = 0
  /// Whether `stop` ended it.
  var isStopped = false
  /// Whether it is what somebody types.
  var isTyped = false
}

extension Session {
  /// The text whose commands are carried out.
  var currentText: SourceText? { texts.last?.source }

  /// Whether commands go on after those that fail.
  var isKeepingGoing: Bool { texts.contains { $0.keepsGoing } }

  /// Nothing more of the text is carried out.
  func stopText() {
    if !texts.isEmpty { texts[texts.count - 1].isStopped = true }
  }

  /// Whether each command is carried out by itself, so that what one declares is for those after it.
  var isTyped: Bool { texts.last?.isTyped == true }

  /// The rest of the text is a dump.
  func restoreRest(of header: Restoration.Header) {
    guard !texts.isEmpty else { return }
    texts[texts.count - 1].restorer = DumpRestorer(header, transactor, author: settings.author)
  }
}
