/// What stands between braces.
extension Parser {
  /// The block of a command, if it has one.
  mutating func block(of signature: CommandSignature) throws(Diagnostic) -> BlockSyntax? {
    guard current.kind == .openBrace else {
      if signature.requiresBlock, isAtEnd { throw .missingBlock(signature.name, place) }
      return nil
    }
    switch signature.block {
    case .none:
      let takesCommand = signature.head.contains {
        $0.kind == .argument(.query) || $0.kind == .argument(.command)
      }
      throw .unexpectedBlock(signature.name, takesCommand: takesCommand, current.span)
    case .commands:
      return try braced(BlockSyntax.commands) { parser in
        if signature.hasTemplates { parser.openTemplates += 1 }
        defer { if signature.hasTemplates { parser.openTemplates -= 1 } }
        return parser.commands()
      }
    case .claims(let clauses):
      return try braced(BlockSyntax.claims) { parser in
        parser.separated { parser throws(Diagnostic) in try parser.claim(signature.name, clauses) }
      }
    case .fields(let fields):
      return try braced(BlockSyntax.fields) { parser in
        var given: Set<String> = []
        return parser.separated { parser throws(Diagnostic) in
          let field = try parser.field(signature.name, fields)
          let keyword = field.keyword.content
          let repeats = fields.contains { $0.keyword == keyword && $0.repeats }
          guard given.insert(keyword).inserted || repeats else {
            throw .duplicateClause(keyword, field.keyword.span)
          }
          return field
        }
      }
    }
  }

  mutating func braced<Entry>(
    _ make: ([Entry], Span) -> BlockSyntax, _ entries: (inout Parser) -> [Entry]
  ) throws(Diagnostic) -> BlockSyntax {
    let open = current.span
    return try nested { parser throws(Diagnostic) in
      parser.openBlocks += 1
      defer { parser.openBlocks -= 1 }
      parser.advance()
      let content = entries(&parser)
      // Of blocks that the text's end leaves open, the innermost is told, the likeliest to lack its brace.
      if !parser.take(.closeBrace), !parser.hasUnclosedBlock {
        parser.hasUnclosedBlock = true
        parser.report(.unclosed("{", closing: "}", open))
      }
      return make(content, parser.span(from: open.start))
    }
  }

  // MARK: Entries

  /// `publisher "Clash Report"`.
  private mutating func field(
    _ command: String, _ fields: [ClauseSignature]
  ) throws(Diagnostic) -> ClauseSyntax {
    enter(command, fields, takesQualifiers: false)
    offer(.keywords(fields))
    guard current.kind == .word else { throw unexpected() }
    guard let (signature, keyword) = takeKeyword() else {
      let near = nearest(to: currentText, in: fields.map(\.keyword))
      throw .unknownClause(excerpt(current), in: command, nearest: near, current.span)
    }
    scope.clause = signature.keyword
    offer(.shape(signature.shape, command: command, clause: signature.keyword))
    let argument = try argument(signature.shape)
    guard isAtEnd else {
      throw unexpected(help: "fields stand on lines of their own, or with ; between them")
    }
    return ClauseSyntax(
      keyword: Word(signature.keyword, keyword), argument: argument, span: span(from: keyword.start))
  }

  /// `amount[year 2024] = USD 8.5bn citing clash quote "…"`, or `alias "…"`.
  private mutating func claim(
    _ command: String, _ clauses: [ClauseSignature]
  ) throws(Diagnostic) -> ClaimSyntax {
    enter(command, clauses, takesQualifiers: true)
    offer(.property(of: nil))
    guard current.kind == .word else { throw unexpected(help: "an entry is `property = value`") }
    let start = current.span.start
    if isWord("alias"), next.kind == .quoted || next.kind == .unclosedQuote { return try alias() }

    let property = try propertyName()
    scope.name = property.content
    let inPath = try bracketedQualifiers()
    scope.property = property.content
    offer(.words(["="]))
    guard take(.equal) else {
      if isBroken { throw unexpected() }
      throw .missingWord("=", command: property.content, found: isAtEnd ? nil : excerpt(current), place)
    }
    let values = try values(of: property.content, stopsAtKeyword: false, takesGroup: true)
    var parts = ClauseParts()
    try self.clauses(&parts)
    guard isAtEnd else { throw unexpected() }
    return ClaimSyntax(
      property: property, qualifiersInPath: inPath, values: values, clauses: parts.clauses,
      qualifiers: parts.qualifiers, span: span(from: start))
  }

  /// `alias "Other name", "Another"`.
  private mutating func alias() throws(Diagnostic) -> ClaimSyntax {
    let property = Word(currentText, current.span)
    advance()
    scope.name = property.content
    let values = try values(of: property.content, stopsAtKeyword: true)
    var parts = ClauseParts()
    try clauses(&parts)
    guard isAtEnd else { throw unexpected() }
    return ClaimSyntax(
      property: property, values: values, clauses: parts.clauses, qualifiers: parts.qualifiers,
      span: span(from: property.span.start))
  }

  /// Starts an entry of a command's block; what the command's head says stays known to completion.
  private mutating func enter(_ command: String, _ clauses: [ClauseSignature], takesQualifiers: Bool) {
    let arguments = scope.arguments
    scope = ReadingScope()
    scope.name = command
    scope.command = command
    scope.clauses = clauses
    scope.takesQualifiers = takesQualifiers
    scope.arguments = arguments
  }
}
