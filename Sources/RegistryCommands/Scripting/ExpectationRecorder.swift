import CommandLanguage

/// What the expectations of scripts are to be, where they are written anew.
public final class ExpectationRecorder {
  /// What is put where, in which text.
  private var changes: [(name: String, span: Span, text: String)] = []

  public init() {}

  /// Whether anything is to be written.
  public var isEmpty: Bool { changes.isEmpty }

  /// - Parameters:
  ///   - place: where the text stands that is expected; nil where none does.
  ///   - command: where the command stands.
  func record(_ text: String, for place: Span?, of command: Span, in source: SourceText) {
    let quoted = Self.quoted(text)
    let place = place ?? Span(command.end, command.end)
    changes.append(
      (
        source.name, Span(place.start + source.offset, place.end + source.offset),
        place.start < place.end ? quoted : " gives " + quoted
      ))
  }

  /// The names of the texts that are to be others.
  public var names: [String] {
    var names: [String] = []
    for change in changes where !names.contains(change.name) { names.append(change.name) }
    return names
  }

  /// Gives away a text as it is to be, some of it at a time.
  public func rewrite(_ script: ScriptText, _ take: (String) throws(Failure) -> Void) throws(Failure) {
    let own = changes.enumerated().filter { $0.element.name == script.name }
      .sorted { ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset) }
    var (position, last) = (0, -1)
    // In a loop the first answer stands.
    for (_, change) in own where change.span.start >= position && change.span.start != last {
      try script.give(Span(position, change.span.start), to: take)
      try take(change.text)
      (position, last) = (change.span.end, change.span.start)
    }
    try script.give(Span(position, .max), to: take)
  }

  /// A text between quotes in which it stands as it is.
  static func quoted(_ text: String) -> String {
    let lines = ExpectedAnswer.lines(text).joined(separator: "\n")
    if lines.isEmpty { return "\"\"" }
    if !lines.contains("\"\"\"") { return "\"\"\"\n" + lines + "\n\"\"\"" }
    if !lines.contains("”") { return "“\n" + lines + "\n”" }
    return LanguageText.quoted(lines)
  }
}
