/// Dates where only a date can stand.
extension Parser {
  /// A date, or what was meant as one: whoever reads dates can say what is wrong with `2026-2` or `"Feb 2026"`.
  mutating func date(_ shape: ArgumentShape) throws(Diagnostic) -> Word {
    if current.kind == .quoted { return try quotedText() }
    guard current.kind == .word, DateShape.isMeant(currentText) || isTemplate else { throw missing(shape) }
    let date = Word(currentText, current.span)
    advance()
    return date
  }

  /// `A..B`, or the same as an interval, `A/B`; in quotes what has signs of its own, `"A .. B"`.
  mutating func dateRange() throws(Diagnostic) -> ArgumentSyntax {
    if current.kind == .quoted {
      let text = try quotedText()
      guard let sign = text.content.firstRange(of: " .. ") ?? text.content.firstRange(of: "..") else {
        throw missing(.dateRange)
      }
      return .dateRange(
        Word(String(text.content[..<sign.lowerBound]), text.span),
        Word(String(text.content[sign.upperBound...]), text.span))
    }
    guard current.kind == .word else { throw missing(.dateRange) }
    let (text, start) = (currentText, current.span.start)
    let parts: (low: String, high: String)
    if let range = DateShape.range(text) {
      parts = range
    } else {
      let ends = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard ends.count == 2, ends.allSatisfy({ !$0.isEmpty && $0 != ".." }), DateShape.isDate(text) else {
        throw missing(.dateRange)
      }
      parts = (ends[0], ends[1])
    }
    advance()
    let low = Word(parts.low, Span(start, start + parts.low.utf8.count))
    return .dateRange(low, Word(parts.high, Span(previousEnd - parts.high.utf8.count, previousEnd)))
  }

  /// `t12`, `2026-01-12`, or a parameter that stands for one of them.
  mutating func point() throws(Diagnostic) -> ArgumentSyntax {
    guard current.kind == .word else { throw missing(.point) }
    if let name = NameShape.name(currentText, current.span),
      name.form == .transaction || name.form == .template
    {
      advance()
      return .point(name, nil)
    }
    return .point(nil, try date(.point))
  }
}
