/// Values: what stands behind `=` or a qualifier's property.
extension Parser {
  /// Values with commas between them.
  /// - Parameters:
  ///   - property: the property whose values these are, where the text names it.
  ///   - stopsAtKeyword: whether the first may not be a word that is a keyword; behind `=` it may.
  ///   - takesGroup: whether `jointly` or `only` may stand before them.
  mutating func values(
    of property: String?, stopsAtKeyword: Bool, takesGroup: Bool = false
  ) throws(Diagnostic) -> [ValueSyntax] {
    let property = property ?? scope.property
    let owner = property ?? scope.clause ?? scope.name
    var values: [ValueSyntax] = []
    offer(.value(of: property))
    let (group, isForecast) = takesGroup ? takeGroup() : (nil, false)
    repeat {
      offer(.value(of: property))
      try refuseGroupedDigits()
      var value = try value(behind: owner, stopsAtKeyword: stopsAtKeyword && values.isEmpty)
      value.group = group
      if isForecast { value.forecast = true }
      values.append(value)
    } while take(.comma)
    return values
  }

  /// `jointly` or `only` before values, and whether `forecast` stands before it and so counts for all of them. Either
  /// word with no value behind it is a name like any other.
  private mutating func takeGroup() -> (ValueSyntax.Group?, isForecast: Bool) {
    let isForecast = isWord("forecast")
    let word = isForecast ? next : current
    guard word.kind == .word, let group = ValueSyntax.Group(rawValue: scanner.text(word.span)),
      beginsValue(token(from: word.span.end))
    else { return (nil, false) }
    jump(to: word.span.end)
    return (group, isForecast)
  }

  /// Whether a value begins here, and no clause; at a cursor one may.
  private func beginsValue(_ token: Token) -> Bool {
    token.kind == .quoted || token.kind == .word && keyword(at: token) == nil
      || token.kind == .end && completion != nil
  }

  mutating func value(behind owner: String, stopsAtKeyword: Bool) throws(Diagnostic) -> ValueSyntax {
    let start = current.span.start
    if isBroken { throw unexpected() }
    guard current.kind == .quoted || current.kind == .word && !(stopsAtKeyword && keyword() != nil) else {
      throw .missingArgument(
        behind: owner, expected: ArgumentShape.values.expectation,
        found: isAtEnd || current.kind == .word ? nil : excerpt(current), place)
    }
    var forecast = false
    if isWord("forecast"), beginsValue(next) {
      forecast = true
      advance()
    }
    let form = try form()
    if case .number = form { try refuseSpelledMagnitude(span(from: start)) }
    var reading: ValueSyntax.Reading?
    while current.kind == .word {
      if !forecast, isWord("forecast") {
        // `forecast yes` is the qualifier, written out.
        if next.kind == .quoted || next.kind == .word && scanner.text(next.span) == "yes" { break }
        forecast = true
      } else if reading == nil, let found = ValueSyntax.Reading(rawValue: currentText) {
        reading = found
      } else {
        break
      }
      advance()
    }
    return ValueSyntax(form, reading: reading, forecast: forecast, span: span(from: start))
  }

  private mutating func form() throws(Diagnostic) -> ValueSyntax.Form {
    guard current.kind == .word else { return .name(try name()) }
    if takeWord("unknown") { return .unknown }
    if takeWord("none") { return .none }
    let start = current.span.start
    let (bound, words) = bound()
    if bound == .exact {
      if let number = try number() { return .number(number, .exact) }
      return try dateOrName()
    }
    let unbound = self
    for _ in 0..<words { advance() }
    if current.kind == .word, let number = try number() { return .number(number, bound) }
    if bound == .about, current.kind == .word, DateShape.isOnlyDate(currentText) {
      let date = currentText
      advance()
      return .date(date.hasSuffix("~") || date.contains("/") ? date : date + "~")
    }
    // `about` may be a key like any other word, as long as nothing else says that a number was meant.
    guard words == 1, isAtEnd || current.kind != .word || keyword() != nil else {
      throw isBroken ? unexpected() : .boundWithoutNumber(bound.rawValue, span(from: start))
    }
    self = unbound
    return .name(try name())
  }

  /// The words here that say how exact a number is, and how many they are.
  private func bound() -> (ValueSyntax.Bound, Int) {
    let pairs: [(String, String, ValueSyntax.Bound)] = [
      ("at", "least", .atLeast), ("more", "than", .moreThan), ("up", "to", .upTo),
    ]
    let word = currentText
    if word == "about" { return (.about, 1) }
    if word == "nearly" { return (.nearly, 1) }
    let next = next
    for (first, second, bound) in pairs where first == word {
      if next.kind == .word, scanner.text(next.span) == second { return (bound, 2) }
    }
    return (.exact, 0)
  }

  /// `8.5bn`, `USD 250..310/kg`, or nothing.
  private mutating func number() throws(Diagnostic) -> ValueSyntax.Number? {
    let text = currentText
    if text.utf8.count == 3, text.utf8.allSatisfy(CharacterClass.isUpper) {
      let amount = next
      guard amount.kind == .word else { return nil }
      switch NumberShape.read(scanner.text(amount.span)) {
      case .notANumber: return nil
      case .mixedMagnitudes: throw .mixedMagnitudes(amount.span)
      case .number(var number):
        number.currency = text
        jump(to: amount.span.end)
        return number
      }
    }
    try refuseSmallCurrency()
    guard !DateShape.isOnlyDate(text) else { return nil }
    switch NumberShape.read(text) {
    case .notANumber: return nil
    case .mixedMagnitudes: throw .mixedMagnitudes(current.span)
    case .number(let number):
      advance()
      return number
    }
  }

  private mutating func dateOrName() throws(Diagnostic) -> ValueSyntax.Form {
    let text = currentText
    if DateShape.isDate(text) {
      advance()
      return .date(text)
    }
    if let (low, high) = DateShape.range(text) { throw .dateRangeAsValue(low: low, high: high, current.span) }
    return .name(try name())
  }

  /// `USD 8.5 billion`.
  private func refuseSpelledMagnitude(_ number: Span) throws(Diagnostic) {
    let short = ["thousand": "k", "million": "m", "billion": "bn", "trillion": "tn"]
    guard current.kind == .word, let short = short[currentText] else { return }
    throw .spelledMagnitude(currentText, scanner.text(number) + short, current.span)
  }

  /// `usd 5bn`: a name with a number behind it can be nothing else.
  private func refuseSmallCurrency() throws(Diagnostic) {
    let code = currentText
    guard code.utf8.count == 3, code.utf8.allSatisfy(CharacterClass.isLetter), keyword() == nil,
      next.kind == .word, keyword(at: next) == nil, case .number = NumberShape.read(scanner.text(next.span))
    else { return }
    throw .smallCurrency(code, scanner.text(next.span), current.span)
  }

  /// `1,000` would silently be two values.
  private func refuseGroupedDigits() throws(Diagnostic) {
    guard current.kind == .word, next.kind == .comma, next.span.start == current.span.end else { return }
    let group = token(from: next.span.end)
    guard group.kind == .word, group.span.start == next.span.end, isDigits(current.span, 1...3),
      isDigits(group.span, 3...3)
    else { return }
    throw .commaInNumber(current.span.joined(group.span))
  }

  private func isDigits(_ span: Span, _ count: ClosedRange<Int>) -> Bool {
    count.contains(span.end - span.start)
      && scanner.bytes[span.start..<span.end].allSatisfy(CharacterClass.isDigit)
  }
}
