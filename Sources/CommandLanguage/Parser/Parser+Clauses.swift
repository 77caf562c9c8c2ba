/// The clauses and qualifiers of a command or entry, in the order in which they stand.
struct ClauseParts {
  var clauses: [ClauseSyntax] = []
  var qualifiers: [QualifierSyntax] = []
}

/// Clauses: a keyword and its argument; and qualifiers among them.
extension Parser {
  /// Reads clauses up to the end of the command or its block.
  /// - Parameter isBeforeRaw: whether another language's text follows, so that no word is wrong here.
  mutating func clauses(_ parts: inout ClauseParts, isBeforeRaw: Bool = false) throws(Diagnostic) {
    while true {
      offerClauses(parts, isBeforeRaw: isBeforeRaw)
      if isAtEnd || current.kind == .openBrace { return }
      if let (signature, span) = takeKeyword() {
        if !signature.repeats, parts.clauses.contains(where: { $0.keyword.content == signature.keyword }) {
          throw .duplicateClause(signature.keyword, span)
        }
        parts.clauses.append(try clause(signature, span))
      } else if isBeforeRaw {
        return
      } else if scope.takesQualifiers, current.kind == .word {
        parts.qualifiers.append(try qualifier())
        if current.kind == .comma, next.kind == .word { advance() }
      } else {
        throw unknownClause()
      }
    }
  }

  private mutating func clause(_ signature: ClauseSignature, _ keyword: Span) throws(Diagnostic)
    -> ClauseSyntax
  {
    scope.clause = signature.keyword
    defer { scope.clause = nil }
    offer(.shape(signature.shape, command: scope.command, clause: signature.keyword))
    let argument = try argument(signature.shape)
    return ClauseSyntax(
      keyword: Word(signature.keyword, keyword), argument: argument, span: span(from: keyword.start))
  }

  /// The clause whose keyword stands here, the longest where several do, and how far it goes.
  func keyword() -> (signature: ClauseSignature, span: Span)? { keyword(at: current) }

  /// The clause whose keyword this token begins.
  func keyword(at token: Token) -> (signature: ClauseSignature, span: Span)? {
    guard token.kind == .word else { return nil }
    // Most words are none, and every word is asked for.
    let bytes = scanner.bytes[token.span.start..<token.span.end]
    guard scope.clauses.contains(where: { $0.keyword.utf8.starts(with: bytes) }) else { return nil }
    let first = scanner.text(token.span)
    let fitting = scope.clauses.filter { $0.keyword.hasPrefix(first) }
    let second = self.token(from: token.span.end)
    // `at least 3` begins a value, not the place in a source.
    if first == "at", second.kind == .word, scanner.text(second.span) == "least" { return nil }
    var found: (ClauseSignature, Span)?
    for signature in fitting {
      if signature.keyword == first {
        found = found ?? (signature, token.span)
      } else if second.kind == .word, signature.keyword.hasPrefix(first + " " + scanner.text(second.span)),
        let end = end(of: signature.keyword, from: second)
      {
        return (signature, token.span.joined(end))
      }
    }
    return found
  }

  /// The last token of a keyword whose second word would be this token.
  private func end(of keyword: String, from second: Token) -> Span? {
    var token = second
    for (place, word) in keyword.split(separator: " ").dropFirst().enumerated() {
      if place > 0 { token = self.token(from: token.span.end) }
      guard token.kind == .word, scanner.text(token.span) == word else { return nil }
    }
    return token.span
  }

  mutating func takeKeyword() -> (ClauseSignature, Span)? {
    guard let (signature, span) = keyword() else { return nil }
    while current.span.end < span.end { advance() }
    advance()
    return (signature, span)
  }

  private func unknownClause() -> Diagnostic {
    guard current.kind == .word else {
      let isComparison = Self.comparisons.contains { $0.kind == current.kind }
      return unexpected(
        help: isComparison ? "list KEY.PROPERTY where value = VALUE asks for one of its values" : nil)
    }
    let keywords = scope.clauses.map(\.keyword)
    if let help = ForeignWords.clause(currentText, among: keywords) {
      return .unknownClause(excerpt(current), in: scope.name, nearest: [], help: help, current.span)
    }
    var near = nearest(to: currentText, in: keywords)
    // A slip in the first of two words: `publishd by`.
    if near.isEmpty, next.kind == .word {
      near = nearest(
        to: currentText + " " + scanner.text(next.span), in: keywords.filter { $0.contains(" ") })
    }
    return .unknownClause(
      excerpt(current), in: scope.name, nearest: near,
      help: keywords.contains("where") ? condition(at: next).map { "a condition is written so: \($0)" } : nil,
      current.span)
  }

  /// The word here as a condition with what stands behind it, for whoever left out the `where`.
  private func condition(at next: Token) -> String? {
    let word = excerpt(current)
    if ["from", "to", "since", "until", "before", "after", "between", "during", "in"].contains(currentText) {
      return "where started >= 2026-01 and started <= 2026-06; on D asks what held then"
    }
    if ["and", "or", "not"].contains(currentText) {
      return "where PROPERTY = VALUE and not PROPERTY = VALUE"
    }
    if next.kind == .quoted || next.kind == .word { return "where \(word) = \(scanner.text(next.span))" }
    return Self.comparisons.contains { $0.kind == next.kind }
      ? "where \(word) \(scanner.text(next.span)) …" : nil
  }

  // MARK: Qualifiers

  /// `stage refining`.
  mutating func qualifier() throws(Diagnostic) -> QualifierSyntax {
    offer(.qualifierProperty)
    let property = try propertyName()
    scope.property = property.content
    offer(.qualifierValue(of: property.content))
    let value = try value(behind: property.content, stopsAtKeyword: true)
    return QualifierSyntax(property: property, value: value)
  }

  /// `stage refining; year 2024`, up to what neither is a qualifier nor separates two.
  /// - Parameter stopsAtKeyword: whether a clause of the command ends the list; in brackets it does not.
  mutating func qualifiers(stopsAtKeyword: Bool) throws(Diagnostic) -> [QualifierSyntax] {
    var qualifiers: [QualifierSyntax] = []
    var isSeparated = true
    while true {
      offer(.qualifierProperty)
      guard current.kind == .word, isSeparated || !stopsAtKeyword || keyword() == nil else {
        return qualifiers
      }
      qualifiers.append(try qualifier())
      isSeparated = current.kind == .comma || current.kind == .semicolon
      if isSeparated { advance() }
    }
  }

  // MARK: Completion

  private func offerClauses(_ parts: ClauseParts, isBeforeRaw: Bool) {
    guard completion != nil else { return }
    let given = Set(parts.clauses.map(\.keyword.content))
    let open = scope.clauses.filter { $0.repeats || !given.contains($0.keyword) }
    if current.kind == .end {
      offer(.keywords(open))
      if scope.takesQualifiers, !isBeforeRaw { offer(.qualifierProperty) }
    } else if current.kind == .word, next.kind == .end {
      let first = Word(currentText, current.span)
      offerTwoWords(first, next, among: open.map(\.keyword)) { names in
        .keywords(open.filter { names.contains($0.keyword) })
      }
    }
  }
}
