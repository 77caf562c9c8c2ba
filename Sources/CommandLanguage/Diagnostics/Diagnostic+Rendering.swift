extension Diagnostic {
  /// The diagnostic as people read it, without a line end behind it:
  ///
  /// ```
  /// seed.ent:3:7: error: `from` wants a date such as 2026-01-12, not `soon`
  /// claim forge.chair = KOR from soon
  ///                              ^~~~
  /// help: …
  /// ```
  ///
  /// Nothing of the text reaches a terminal raw: control characters and those that reorder text are written as
  /// `\u{…}`. Passwords are not told.
  /// - Parameters:
  ///   - text: the text that ``span`` counts in.
  ///   - file: how the text is named.
  public func rendered(in text: String, file: String) -> String {
    rendered(in: SourceMap(text), file: file)
  }

  /// The same for several diagnostics of one text, whose lines are then looked up once.
  public func rendered(in map: SourceMap, file: String) -> String {
    let file = Self.readable(file)
    let words = "\(severity.rawValue): \(Self.readable(message))"
    var lines: [String]
    if let span {
      let position = map.position(of: span.start)
      let line = map.lineSpan(at: span.start)
      let marked = Span(span.start - line.start, min(span.end, line.end) - line.start)
      let echo = EchoedLine(shortening: withoutPasswords(map.lineText(at: span.start)), marked: marked)
      let underline = "^" + String(repeating: "~", count: echo.markedCells - 1)
      lines = [
        "\(file):\(position.line):\(position.column): \(words)", echo.text, echo.indentation + underline,
      ]
    } else {
      lines = ["\(file): \(words)"]
    }
    if let help { lines.append("help: \(Self.readable(help))") }
    return lines.joined(separator: "\n")
  }

  /// Words of a message as they are shown: nothing raw, and of a word that is longer than any name or path its beginning.
  public static func readable(_ words: String) -> String {
    let text =
      withoutPasswords(words).split(separator: " ", omittingEmptySubsequences: false).map { word in
        word.utf8.count > longest ? word.prefix(shown) + "…" : word
      }.joined(separator: " ")
    return EchoedLine(text, marked: Span(0, 0)).text
  }

  /// So many bytes a word may have, and so many characters are shown of one that has more.
  private static let (longest, shown) = (4_096, 80)
}
