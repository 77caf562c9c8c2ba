import CommandLanguage

/// Puts the values of parameters where a command has them, but for names and values, of which whoever reads them asks
/// what they mean.
extension Parameters {
  /// A command with the values of parameters in its texts, words and numbers.
  func substituted(_ command: CommandSyntax, _ signature: CommandSignature) throws(Failure) -> CommandSyntax {
    guard !values.isEmpty else { return command }
    var copy = command
    for element in signature.head {
      // Another language has parameters of its own.
      guard case .argument(let shape) = element.kind, shape != .raw,
        let argument = copy.arguments[element.name]
      else { continue }
      copy.arguments[element.name] = try substituted(argument, shape)
    }
    copy.clauses = try substituted(copy.clauses, signature.clauses)
    copy.qualifiers = try substituted(copy.qualifiers)
    switch copy.block {
    case .claims(let claims, let span)?:
      var own: [ClauseSignature] = []
      if case .claims(let clauses) = signature.block { own = clauses }
      copy.block = .claims(
        try claims.map { (claim) throws(Failure) in
          var claim = claim
          claim.property = try property(claim.property)
          claim.qualifiersInPath = try substituted(claim.qualifiersInPath)
          claim.qualifiers = try substituted(claim.qualifiers)
          claim.clauses = try substituted(claim.clauses, own)
          return claim
        }, span)
    case .fields(let fields, let span)?:
      var own: [ClauseSignature] = []
      if case .fields(let clauses) = signature.block { own = clauses }
      copy.block = .fields(try substituted(fields, own), span)
    case .commands?, nil: break
    }
    return copy
  }

  private func substituted(
    _ clauses: [ClauseSyntax], _ signatures: [ClauseSignature]
  ) throws(Failure) -> [ClauseSyntax] {
    try clauses.map { (clause) throws(Failure) in
      var clause = clause
      let shape = signatures.first { $0.keyword == clause.keyword.content }?.shape
      clause.argument = try substituted(clause.argument, shape)
      return clause
    }
  }

  private func substituted(
    _ argument: ArgumentSyntax, _ shape: ArgumentShape?
  ) throws(Failure) -> ArgumentSyntax {
    switch argument {
    case .text(let word):
      guard isTemplate(word) else { return argument }
      try refuseUnknownColumn(in: word.content, word.span)
      return .text(said(interpolated(word.content), word.span))
    case .word(let word):
      guard isTemplate(word) else { return argument }
      let text = try substituted(word.content, word.span)
      switch shape {
      case .integer?:
        guard let number = Int(text), number >= 0 else {
          throw Failures.parameterOfOtherKind(word, text, ArgumentShape.integer.expectation)
        }
        return .integer(Spanned(number, word.span))
      case .choice(let words)?:
        guard words.contains(text) else {
          throw Failures.parameterOfOtherKind(word, text, ArgumentShape.choice(words).expectation)
        }
      default: break
      }
      return .word(said(text, word.span))
    case .words(let words): return .words(try words.map(property))
    case .path(let path): return .path(try substituted(path))
    case .paths(let paths):
      return .paths(try paths.map { (path) throws(Failure) in try substituted(path) })
    case .assignment(let name, let value):
      return .assignment(name, isTemplate(value) ? said(interpolated(value.content), value.span) : value)
    case .condition(let condition): return .condition(try substituted(condition))
    case .sort(let sort):
      return .sort(
        try sort.map { (one) throws(Failure) in
          SortSyntax(property: try property(one.property), descending: one.descending)
        })
    case .qualifiers(let qualifiers): return .qualifiers(try substituted(qualifiers))
    case .point(let name?, _):
      guard name.form == .template else { return argument }
      let text = try substituted(name)
      // `t12` or a date, whichever the parameter says.
      let isTransaction =
        text.utf8.first == UInt8(ascii: "t") && text.utf8.count > 1
        && text.utf8.dropFirst().allSatisfy { 0x30...0x39 ~= $0 }
      return isTransaction
        ? .point(NameSyntax(.transaction, String(text.dropFirst()), name.span), nil)
        : .point(nil, said(text, name.span))
    case .name, .names, .date, .dateRange, .integer, .values, .cardinality, .point, .flag, .query,
      .comparison:
      return argument
    }
  }

  private func substituted(_ path: PathSyntax) throws(Failure) -> PathSyntax {
    var path = path
    path.properties = try path.properties.map(property)
    path.qualifiers = try substituted(path.qualifiers)
    return path
  }

  private func substituted(_ qualifiers: [QualifierSyntax]) throws(Failure) -> [QualifierSyntax] {
    try qualifiers.map { (qualifier) throws(Failure) in
      QualifierSyntax(property: try property(qualifier.property), value: qualifier.value)
    }
  }

  private func substituted(_ condition: ConditionSyntax) throws(Failure) -> ConditionSyntax {
    switch condition {
    case .and(let parts):
      return .and(try parts.map { (part) throws(Failure) in try substituted(part) })
    case .or(let parts):
      return .or(try parts.map { (part) throws(Failure) in try substituted(part) })
    case .not(let part, let span): return .not(try substituted(part), span)
    case .compare(let properties, let sign, let values):
      return .compare(properties: try properties.map(property), sign, values: values)
    case .state(let properties, let state, let negated):
      return .state(properties: try properties.map(property), state, negated: negated)
    case .named(let by, let of, let state, let negated):
      return .named(by: try by.map(property), of: of, state, negated: negated)
    case .qualified(let part, let qualifiers):
      return .qualified(
        try substituted(part),
        try qualifiers.map { (list) throws(Failure) in try substituted(list) })
    case .asked(let thing, let part): return .asked(of: thing, try substituted(part))
    case .undecided(let part, let negated, let span):
      return .undecided(try substituted(part), negated: negated, span)
    }
  }

  /// A property, or another word, by a parameter. A column of a file that is asked for stays what it is.
  private func property(_ word: Word) throws(Failure) -> Word {
    guard isTemplate(word), row == nil else { return word }
    return said(try substituted(word.content, word.span), word.span)
  }

  /// What a parameter gave is no template in its turn.
  private func said(_ text: String, _ span: Span) -> Word {
    var word = Word(text, span)
    word.isVerbatim = true
    return word
  }

  private func isTemplate(_ word: Word) -> Bool {
    !word.isVerbatim && word.content.utf8.contains(UInt8(ascii: "$"))
  }
}
