import CommandLanguage

/// What the expectations of scripts are to be, where they are written anew.
public final class ExpectationRecorder {
  /// What is put where, in a text.
  private var changes: [(source: SourceText, span: Span, text: String)] = []

  public init() {}

  /// Whether anything is to be written.
  public var isEmpty: Bool { changes.isEmpty }

  /// - Parameters:
  ///   - place: where the text stands that is expected; nil where none does.
  ///   - command: where the command stands.
  func record(_ text: String, for place: Span?, of command: Span, in source: SourceText) {
    let quoted = Self.quoted(text)
    if let place {
      changes.append((source, place, quoted))
    } else {
      changes.append((source, Span(command.end, command.end), " gives " + quoted))
    }
  }

  /// The texts as they are to be, by their names.
  public var rewritten: [(source: SourceText, text: String)] {
    var names: [String] = []
    for change in changes where !names.contains(change.source.name) { names.append(change.source.name) }
    return names.compactMap { name in
      let own = changes.filter { $0.source.name == name }.sorted { $0.span.start > $1.span.start }
      guard let source = own.first?.source else { return nil }
      var bytes = Array(source.text.utf8)
      var last = Int.max
      // In a loop the first answer stands.
      for change in own where change.span.end <= last {
        bytes.replaceSubrange(change.span.start..<change.span.end, with: change.text.utf8)
        last = change.span.start == change.span.end ? change.span.start - 1 : change.span.start
      }
      return (source, String(decoding: bytes, as: UTF8.self))
    }
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
