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
      var value = try value(behind: owner, stopsAtKeyword: stopsAtKeyword && values.isEmpty)
      value.group = group
      if isForecast { value.forecast = true }
      values.append(value)
    } while try takeComma(behind: values[values.count - 1])
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
    if let day = try relativeDay() { return .date(day) }
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

  private mutating func dateOrName() throws(Diagnostic) -> ValueSyntax.Form {
    let text = currentText
    if DateShape.isDate(text) {
      advance()
      return .date(text)
    }
    if let (low, high) = DateShape.range(text) { throw .dateRangeAsValue(low: low, high: high, current.span) }
    // What begins as a number does, and is neither one nor a key, would be cut or misread by whoever went on.
    if NumberShape.begins(text), NameShape.form(of: text) == nil {
      throw .notALiteral(excerpt(current), current.span)
    }
    return .name(try name())
  }

  /// A comma between two values. One between digits, with no blank, would silently make two values of `1,000` and `12,5`.
  private mutating func takeComma(behind value: ValueSyntax) throws(Diagnostic) -> Bool {
    guard current.kind == .comma else { return false }
    let comma = current.span
    let group = next
    if case .number = value.form, comma.start == previousEnd, group.kind == .word,
      group.span.start == comma.end,
      CharacterClass.isDigit(scanner.bytes[comma.start - 1]),
      CharacterClass.isDigit(scanner.bytes[group.span.start]),
      !DateShape.isOnlyDate(scanner.text(group.span))
    {
      throw .commaInNumber(value.span.joined(group.span))
    }
    advance()
    return true
  }
}
