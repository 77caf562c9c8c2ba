/// Dates where only a date can stand.
extension Parser {
  /// A date, or what was meant as one: whoever reads dates can say what is wrong with `2026-2` or `"Feb 2026"`.
  mutating func date(_ shape: ArgumentShape) throws(Diagnostic) -> Word {
    if current.kind == .quoted { return try quotedText() }
    let start = current.span.start
    if current.kind == .word, let day = try relativeDay() { return Word(day, span(from: start)) }
    guard current.kind == .word, DateShape.isMeant(currentText) || isTemplate else { throw missing(shape) }
    let date = Word(currentText, current.span)
    advance()
    return date
  }

  /// `today`, `today + 90 days`, with single blanks; nothing where something else stands here.
  mutating func relativeDay() throws(Diagnostic) -> String? {
    let (start, text) = (current.span.start, currentText)
    guard text == "today" else {
      // `today+90` is one word.
      guard text.hasPrefix("today+") || text.hasPrefix("today-"),
        NumberShape.begins(String(text.dropFirst(6)))
      else {
        return nil
      }
      throw .relativeDay(text, current.span)
    }
    advance()
    offer(.words(["+", "-"]))
    guard current.kind == .word, let sign = currentText.first, sign == "+" || sign == "-" else { return text }
    var count = String(currentText.dropFirst())
    advance()
    if count.isEmpty, current.kind == .word {
      count = currentText
      advance()
    }
    offer(.words(Self.dayUnits))
    let unit = current.kind == .word ? currentText : ""
    guard (1...6).contains(count.utf8.count), count.utf8.allSatisfy(CharacterClass.isDigit),
      Self.dayUnits.contains(unit) || Self.dayUnits.contains(unit + "s")
    else {
      if current.kind == .word { advance() }
      throw .relativeDay(scanner.text(span(from: start)), span(from: start))
    }
    advance()
    return "today \(sign) \(count) \(unit)"
  }

  private static let dayUnits = ["days", "weeks", "months", "years"]

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
