/// What `where` takes: `or` binds weakest, then `and`, then `not`, then parentheses and comparisons.
extension Parser {
  mutating func condition() throws(Diagnostic) -> ConditionSyntax {
    try joined("or", ConditionSyntax.or) { parser throws(Diagnostic) in
      try parser.joined("and", ConditionSyntax.and) { parser throws(Diagnostic) in try parser.negation() }
    }
  }

  /// How many conditions may be joined by `and` or `or`: more than people write, and less than a backend takes.
  private static let chainLimit = 200
  /// How many values something may be compared with, how many things may be asked whether they name it, and how many
  /// properties a path may follow.
  private static let (valueLimit, ownerLimit, pathLimit) = (1_000, 50, 30)

  private mutating func joined(
    _ word: String, _ make: ([ConditionSyntax]) -> ConditionSyntax,
    _ operand: (inout Parser) throws(Diagnostic) -> ConditionSyntax
  ) throws(Diagnostic) -> ConditionSyntax {
    var operands = [try operand(&self)]
    offer(.words(["and", "or"]))
    while takeWord(word) {
      guard operands.count < Self.chainLimit else { throw .tooManyConditions(Self.chainLimit, word, place) }
      operands.append(try operand(&self))
    }
    return operands.count == 1 ? operands[0] : make(operands)
  }

  private mutating func negation() throws(Diagnostic) -> ConditionSyntax {
    offer(.words(["not"]))
    if current.kind == .openParenthesis {
      let start = current.span.start
      let inner = try nested { parser throws(Diagnostic) in
        try parser.bracketed("(", ")", .closeParenthesis) { parser throws(Diagnostic) in
          try parser.condition()
        }
      }
      return try undecided(inner, from: start)
    }
    guard isWord("not") else {
      let start = current.span.start
      return try undecided(try comparison(), from: start)
    }
    let start = current.span.start
    advance()
    let operand = try nested { parser throws(Diagnostic) in try parser.negation() }
    return .not(operand, span(from: start))
  }

  /// What stands before it, or `… is [not] undecided`.
  private mutating func undecided(
    _ condition: ConditionSyntax, from start: Int
  ) throws(Diagnostic) -> ConditionSyntax {
    guard takeWord("is") else { return condition }
    offer(.words(["not", "undecided"]))
    let negated = takeWord("not")
    offer(.words(["undecided"]))
    guard takeWord("undecided") else {
      if isBroken { throw unexpected() }
      if isAtEnd || current.kind != .word {
        throw .missingWord("undecided", command: "is", found: nil, place)
      }
      throw .unknownWord(excerpt(current), choices: ["undecided"], nearest: [], current.span)
    }
    return .undecided(condition, negated: negated, span(from: start))
  }

  private mutating func comparison() throws(Diagnostic) -> ConditionSyntax {
    if conditionsNameThings { return try claim() }
    offer(.property(of: nil))
    guard current.kind == .word else { throw missing(.condition) }
    let (properties, qualifiers) = try qualifiedChain()
    let condition = try isWord("of") ? named(by: properties) : comparison(of: properties)
    return qualifiers.allSatisfy(\.isEmpty) ? condition : .qualified(condition, qualifiers)
  }

  /// `share[mineral gallium]`, `holder[role "acting"].nationality`: properties, each with what stands in brackets.
  private mutating func qualifiedChain() throws(Diagnostic) -> (
    properties: [Word], qualifiers: [[QualifierSyntax]]
  ) {
    var properties: [Word] = []
    var qualifiers: [[QualifierSyntax]] = []
    repeat {
      let chain = try properties.isEmpty ? propertyChain() : continuedChain()
      properties += chain
      qualifiers += chain.dropLast().map { _ in [] }
      qualifiers.append(try bracketedQualifiers())
    } while continuesChain
    try limit(properties)
    return (properties, qualifiers)
  }

  /// `pax-silica.member-count >= 30`, `"Pax Silica".signatory = JPN`: a thing, and what is asked of it.
  private mutating func claim() throws(Diagnostic) -> ConditionSyntax {
    offer(.shape(.path, command: scope.command, clause: scope.clause))
    guard current.kind == .word || current.kind == .quoted else { throw missing(.claim) }
    let (thing, first) = try thingAndProperties()
    guard !first.isEmpty else {
      throw .missingArgument(
        behind: thing.text, expected: "a property such as \(thing.text).chair",
        found: isAtEnd ? nil : excerpt(current), place)
    }
    var qualifiers: [[QualifierSyntax]] = first.dropLast().map { _ in [] } + [try bracketedQualifiers()]
    var properties = first
    while continuesChain {
      let chain = try continuedChain()
      properties += chain
      qualifiers += chain.dropLast().map { _ in [] }
      qualifiers.append(try bracketedQualifiers())
    }
    try limit(properties)
    let condition = try isWord("of") ? named(by: properties) : comparison(of: properties)
    return .asked(
      of: thing, qualifiers.allSatisfy(\.isEmpty) ? condition : .qualified(condition, qualifiers))
  }

  private func limit(_ path: [Word]) throws(Diagnostic) {
    if path.count > Self.pathLimit { throw .pathTooLong(Self.pathLimit, path[Self.pathLimit].span) }
  }

  private mutating func comparison(of properties: [Word]) throws(Diagnostic) -> ConditionSyntax {
    offer(.words(Self.comparisons.map(\.comparison.rawValue) + ["is", "of"]))
    let start = current.span
    if takeWord("is") { return try state(of: properties, start) }
    guard let found = Self.comparisons.first(where: { $0.kind == current.kind }) else {
      if isBroken { throw unexpected() }
      // A column of a file by itself is asked whether it is filled.
      if let column = properties.first, properties.count == 1, column.content.first == "$" {
        return .state(properties: properties, Spanned(.stated, column.span), negated: false)
      }
      throw .missingArgument(
        behind: properties[properties.count - 1].content,
        expected: "a comparison such as = or >=, or `is stated`",
        found: isAtEnd ? nil : excerpt(current),
        help: ForeignWords.comparison(excerpt(current), of: properties[properties.count - 1].content)
          ?? (isAtEnd
            ? "of what is yes or no write `\(properties[properties.count - 1].content) = yes`"
            : "write `\(properties[properties.count - 1].content) = \(excerpt(current))`"),
        place)
    }
    advance()
    let values = try values(of: properties[properties.count - 1].content, stopsAtKeyword: false)
    if values.count > Self.valueLimit {
      throw .tooManyValues(Self.valueLimit, values[Self.valueLimit].span)
    }
    return .compare(properties: properties, Spanned(found.comparison, start), values: values)
  }

  /// `>= 25`.
  mutating func rowComparison() throws(Diagnostic) -> ArgumentSyntax {
    let signs = Self.comparisons.filter { $0.comparison != .like }
    offer(.words(signs.map(\.comparison.rawValue)))
    let start = current.span
    guard let found = signs.first(where: { $0.kind == current.kind }) else { throw missing(.comparison) }
    advance()
    guard current.kind == .word else { throw missing(.integer) }
    return .comparison(Spanned(found.comparison, start), try wholeNumber())
  }

  static let comparisons: [(kind: Token.Kind, comparison: ConditionSyntax.Comparison)] = [
    (.equal, .equal), (.unequal, .unequal), (.less, .less), (.lessOrEqual, .lessOrEqual),
    (.greater, .greater),
    (.greaterOrEqual, .greaterOrEqual), (.tilde, .like),
  ]

  /// `signatory of pax-silica, waico`, `concerns of initiatives is not stated`: the `of` and what stands behind it.
  private mutating func named(by properties: [Word]) throws(Diagnostic) -> ConditionSyntax {
    advance()
    var owners: [NameSyntax] = []
    repeat {
      offer(.shape(.path, command: scope.command, clause: scope.clause))
      guard owners.count < Self.ownerLimit else { throw .tooManyValues(Self.ownerLimit, place) }
      owners.append(try name())
    } while take(.comma)
    offer(.words(["is"]))
    let start = current.span
    guard isWord("is"), !asksWhetherUndecided else {
      return .named(by: properties, of: owners, nil, negated: false)
    }
    advance()
    let (state, negated) = try state(start)
    return .named(by: properties, of: owners, state, negated: negated)
  }

  /// Whether `is undecided` or `is not undecided` stands here.
  private var asksWhetherUndecided: Bool {
    let word = next
    let text = scanner.text(word.span)
    return text == "undecided"
      || text == "not" && scanner.text(token(from: word.span.end).span) == "undecided"
  }

  /// `is [not] stated`, behind the `is`.
  private mutating func state(of properties: [Word], _ start: Span) throws(Diagnostic) -> ConditionSyntax {
    let (state, negated) = try state(start)
    return .state(properties: properties, state, negated: negated)
  }

  private mutating func state(
    _ start: Span
  ) throws(Diagnostic) -> (Spanned<ConditionSyntax.State>, negated: Bool) {
    let states = ["stated", "denied", "unknown"]
    offer(.words(["not"] + states))
    let negated = takeWord("not")
    offer(.words(states))
    guard current.kind == .word, let state = ConditionSyntax.State(rawValue: currentText) else {
      if isBroken { throw unexpected() }
      if isAtEnd || current.kind != .word { throw .missingWord("stated", command: "is", found: nil, place) }
      let near = nearest(to: currentText, in: states)
      throw .unknownWord(excerpt(current), choices: states, nearest: near, current.span)
    }
    let span = current.span
    advance()
    return (Spanned(state, start.joined(span)), negated)
  }
}
