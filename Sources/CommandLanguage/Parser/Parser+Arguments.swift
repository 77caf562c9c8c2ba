/// Arguments, by their shapes.
extension Parser {
  /// Whether an optional argument of this shape stands here.
  func canStart(_ shape: ArgumentShape) -> Bool {
    switch shape {
    case .text, .file, .files: return current.kind == .quoted || current.kind == .unclosedQuote || isTemplate
    case .choice(let words): return current.kind == .word && (words.contains(currentText) || isTemplate)
    case .integer:
      return current.kind == .word
        && (CharacterClass.isDigit(scanner.bytes[current.span.start]) || isTemplate)
    case .query: return current.kind == .openBrace
    case .date:
      // `A..B` is an interval where a stretch of days is asked for; whoever reads the date says what else it is.
      return current.kind == .word
        && (DateShape.isDate(currentText) || isTemplate || isWord("today")
          || currentText.contains("..") && DateShape.isMeant(currentText))
    case .point:
      return current.kind == .word
        && (DateShape.isDate(currentText) || isTemplate || isWord("today")
          || NameShape.form(of: currentText) == .transaction)
    case .flag: return true
    case .condition: return current.kind == .openParenthesis || current.kind == .word && keyword() == nil
    case .restOfLine, .raw: return !isAtEnd
    default:
      return current.kind == .quoted || current.kind == .unclosedQuote
        || current.kind == .word && keyword() == nil
    }
  }

  /// Reads what a head element or a clause takes.
  /// - Parameter isHead: whether this stands right behind the verb, where no keyword can stand.
  mutating func argument(_ shape: ArgumentShape, isHead: Bool = false) throws(Diagnostic) -> ArgumentSyntax {
    switch shape {
    case .flag: return .flag
    case .cardinalityOne: return .cardinality(try cardinality())
    case .condition: return .condition(try condition())
    case .claim:
      conditionsNameThings = true
      defer { conditionsNameThings = false }
      return .condition(try condition())
    case .sort: return .sort(try sort())
    case .restOfLine: return .text(try restOfLine())
    case .raw:
      guard let text = try raw(isOptional: false) else { throw missing(.raw) }
      return .text(text)
    case .text, .file, .textOrWord: return .text(try text(shape))
    case .files: return .words(try list(shape) { parser throws(Diagnostic) in try parser.text(.file) })
    case .assignment: return try assignment()
    case .integer: return try integer()
    case .date: return .date(try date(.date))
    case .dateRange: return try dateRange()
    case .point: return try point()
    case .query: return try query()
    case .command: return try commandInside()
    case .comparison: return try rowComparison()
    case .variable: return .word(try variable())
    case .parameter: return .word(try declaredParameter())
    default: break
    }

    offerContent(of: shape)
    if isBroken { throw unexpected() }
    // A clause where what is asked of stands: `risk as svg`. A name by itself may be any word, and so may one that is
    // defined.
    if isHead, [.name, .names, .path].contains(shape), !scope.command.hasPrefix("define"), keyword() != nil,
      next.kind == .word || next.kind == .quoted
    {
      throw missing(shape)
    }
    guard current.kind == .quoted || current.kind == .word && (isHead || keyword() == nil || isOne(of: shape))
    else { throw missing(shape) }
    switch shape {
    case .name: return .name(try name())
    case .path: return .path(try path())
    case .names: return .names(try list(shape) { parser throws(Diagnostic) in try parser.name() })
    case .paths: return .paths(try list(shape) { parser throws(Diagnostic) in try parser.path() })
    case .word: return .word(try word(shape))
    case .words, .choices:
      return .words(try list(shape) { parser throws(Diagnostic) in try parser.word(.word) })
    case .valueRange:
      let first = try word(shape)
      if first.content == "percent", isWord("any") { return .words([first, try word(shape)]) }
      // The words of a choice follow the word `choice` itself, without a comma.
      guard first.content == "choice" || take(.comma) else { return .words([first]) }
      return .words([first] + (try list(shape) { parser throws(Diagnostic) in try parser.word(shape) }))
    case .choice(let words): return .word(try choice(words))
    case .qualifiers: return .qualifiers(try qualifierClause())
    default: return .values(try values(of: nil, stopsAtKeyword: !isHead, takesGroup: true))
    }
  }

  /// Whether a word that also begins a clause is one of those that are to be chosen from: `by giver` beside `giver USA`.
  private func isOne(of shape: ArgumentShape) -> Bool {
    if case .choice(let words) = shape { words.contains(currentText) } else { false }
  }

  /// What to say where an argument is missing, or something else stands in its place.
  func missing(_ shape: ArgumentShape) -> Diagnostic {
    if isBroken { return unexpected() }
    let isKeyword = keyword() != nil
    return .missingArgument(
      behind: scope.clause ?? scope.name, expected: shape.expectation,
      found: isAtEnd || isKeyword ? nil : excerpt(current),
      isKeyword ? Span(previousEnd, previousEnd) : place)
  }

  /// Elements with commas between them.
  private mutating func list<Element>(
    _ shape: ArgumentShape, _ element: (inout Parser) throws(Diagnostic) -> Element
  ) throws(Diagnostic) -> [Element] {
    var elements = [try element(&self)]
    while take(.comma) {
      offer(.shape(shape, command: scope.command, clause: scope.clause))
      offerContent(of: shape)
      elements.append(try element(&self))
    }
    return elements
  }

  /// Offers what the shape is made of, beside the shape itself.
  private func offerContent(of shape: ArgumentShape) {
    switch shape {
    case .values: offer(.value(of: scope.property))
    case .qualifiers: offer(.qualifierProperty)
    case .word, .words:
      // These clauses take properties, which the shape alone does not tell.
      if scope.clause == "by" || scope.clause == "columns" { offer(.property(of: nil)) }
    default: break
    }
  }

  private mutating func word(_ shape: ArgumentShape) throws(Diagnostic) -> Word {
    guard current.kind == .word else { throw missing(shape) }
    let word = Word(currentText, current.span)
    advance()
    return word
  }

  /// `$region = "EU"`.
  private mutating func assignment() throws(Diagnostic) -> ArgumentSyntax {
    guard current.kind == .word, currentText.first == "$", currentText.utf8.count > 1 else {
      throw missing(.assignment)
    }
    let name = Word(String(currentText.dropFirst()), current.span)
    advance()
    offer(.words(["="]))
    guard take(.equal) else {
      if isBroken { throw unexpected() }
      throw .missingWord("=", command: "$" + name.content, found: isAtEnd ? nil : excerpt(current), place)
    }
    if current.kind == .quoted { return .assignment(name, try quotedText()) }
    guard current.kind == .word, keyword() == nil else { throw missing(.assignment) }
    return .assignment(name, try word(.assignment))
  }

  private mutating func choice(_ words: [String]) throws(Diagnostic) -> Word {
    guard current.kind == .word else { throw missing(.choice(words)) }
    if isTemplate { return try template(.choice(words)) }
    guard words.contains(currentText) else {
      let near = nearest(to: currentText, in: words)
      throw .unknownWord(excerpt(current), choices: words, nearest: near, current.span)
    }
    return try word(.choice(words))
  }

  private mutating func text(_ shape: ArgumentShape) throws(Diagnostic) -> Word {
    if current.kind == .quoted {
      if shape == .file { try refuseMisspeltParameters(inPath: current) }
      return try quotedText()
    }
    let isBareAllowed = shape == .textOrWord && keyword() == nil || isTemplate
    guard current.kind == .word, isBareAllowed else { throw missing(shape) }
    try refuseUnknownParameters(in: currentText, current.span)
    return try word(shape)
  }

  private mutating func integer() throws(Diagnostic) -> ArgumentSyntax {
    if isTemplate { return .word(try template(.integer)) }
    return .integer(try wholeNumber())
  }

  mutating func wholeNumber() throws(Diagnostic) -> Spanned<Int> {
    guard current.kind == .word else { throw missing(.integer) }
    let digits = currentText.filter { $0 != "_" }
    guard !digits.isEmpty, digits.utf8.allSatisfy(CharacterClass.isDigit) else { throw missing(.integer) }
    guard let number = Int(digits) else { throw .integerTooLarge(current.span) }
    let result = Spanned(number, current.span)
    advance()
    return result
  }

  private mutating func cardinality() throws(Diagnostic) -> CardinalitySyntax {
    offer(.words(["at a time", "per"]))
    if takeWord("per") {
      offer(.property(of: nil))
      return .onePer(try list(.words) { parser throws(Diagnostic) in try parser.propertyName() })
    }
    guard isWord("at") else { return .one }
    advance()
    for word in ["a", "time"] {
      offer(.words([word]))
      guard takeWord(word) else {
        throw .missingWord(word, command: "one at", found: isAtEnd ? nil : excerpt(current), place)
      }
    }
    return .oneAtATime
  }

  private mutating func sort() throws(Diagnostic) -> [SortSyntax] {
    offer(.property(of: nil))
    guard keyword() == nil else { throw missing(.sort) }
    return try list(.sort) { parser throws(Diagnostic) in
      parser.offer(.property(of: nil))
      let property = try parser.word(.sort)
      parser.offer(.words(["asc", "desc"]))
      let descending = parser.takeWord("desc")
      if !descending { _ = parser.takeWord("asc") }
      return SortSyntax(property: property, descending: descending)
    }
  }

  private mutating func qualifierClause() throws(Diagnostic) -> [QualifierSyntax] {
    let qualifiers = try qualifiers(stopsAtKeyword: true)
    if qualifiers.isEmpty { throw missing(.qualifiers) }
    return qualifiers
  }
}
