import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let type = Argument("type", .word)
  static let key = Argument("key", .name)
  static let name = OptionalArgument("name", .text)
  static let under = Clause("under", .name, "what it belongs to")
}

extension CommandDefinition {
  static let add = CommandDefinition(
    CommandSignature(
      name: "add",
      head: [Grammar.type.element, Grammar.key.element, Grammar.name.element],
      clauses: [Grammar.under.signature] + EvidenceClauses.all,
      block: .claims(StandardClauses.claiming)),
    group: .writing, effect: .writes, summary: "Make a new entity, with what is said of it",
    details: """
      The braces hold claims, `property = value …`, and `alias "Other name"`. The evidence behind the name counts for \
      the name and for every claim that has none of its own.
      """,
    examples: [
      Example(
        #"add partnership quad "The Quad" citing courier quote "members of the Quad partnership" { member = USA, JPN from 2025-07 }"#,
        gives: #"-- t2: added quad, a partnership, with 4 statements"#,
        onSeed:
          #"add partnership new-quad "The new Quad" citing clash quote "members of the Quad partnership" { member = USA, JPN from 2025-07 }"#
      ),
      Example(
        #"add commitment loan under forge { giver = USA; rung = announced; amount = USD 1bn citing courier quote "one billion" }"#,
        gives: #"-- t2: added loan, a commitment, with 5 statements; 4 of them without a source"#,
        onSeed:
          #"add commitment loan under forge { giver = USA; rung = announced; amount = USD 1bn citing clash quote "one billion" }"#
      ),
    ]
  ) { (command, session) throws(Failure) in
    try session.recorder.naming(command).add(command)
  }
}

extension Recorder {
  /// `add`.
  func add(_ command: Invocation) throws(Failure) -> Answer {
    let (typeWord, keyName) = (command[Grammar.type], command[Grammar.key])
    let schema = try schema(at: typeWord.span)
    guard let type = schema.type(named: typeWord.content) else {
      throw Failures.noSuchType(
        typeWord.content, near: nearest(to: typeWord.content, in: schema.types.keys.map(\.text)),
        typeWord.span)
    }
    let key = try keyToAdd(keyName, type: type.key, schema)
    let citation = try interpreter.citation(command, command.span)
    var names: [String] = []
    if let word = command[Grammar.name] { names.append(interpreter.parameters.text(word)) }
    try maker.introduce(key, type: type.key, names: names, citation: citation, keyName.span)
    let record = EntityRecord(key: key, type: type.key, name: names.first ?? key.text)

    var count = Tally(statements: 1 + names.count, unsourced: citation == nil ? 1 + names.count : 0)
    if let parent = command[Grammar.under] {
      let span = command.span(of: Grammar.under) ?? parent.span
      let claim = ClaimSyntax(
        property: Word("under", span), values: [ValueSyntax(.name(parent), span: parent.span)], clauses: [],
        qualifiers: [], span: span)
      try add(claim, to: record, citation, &count)
    }
    let claims = command.claims
    if !claims.isEmpty {
      // A claim with a quote of its own still stands in the source that the add cites.
      let inner = citation.map { citation in
        citing(
          EvidenceFrame(
            source: citation.source, locator: citation.locator, via: citation.via,
            qualifiers: interpreter.evidence?.qualifiers ?? []))
      }
      for claim in claims { try (inner ?? self).add(claim, to: record, citation, &count) }
    }
    let unsourced = count.unsourced == 0 ? "" : "; \(count.unsourced) of them without a source"
    return .message(
      "added \(key), \(Failures.withArticle(type.key.text)), with \(count.statements) statement\(count.statements == 1 ? "" : "s")\(unsourced)"
    )
  }

  /// A key that nothing has yet; the rows of a file may say of a thing more than once that it is there.
  private func keyToAdd(_ name: NameSyntax, type: Key, _ schema: Schema) throws(Failure) -> Key {
    let text = try interpreter.parameters.keyText(of: name)
    if interpreter.row != nil, let key = Key(text), let there = try record(key, .all, name.span),
      schema.isType(there.type, under: type)
    {
      return key
    }
    return try maker.newKey(text, name.span)
  }

  private struct Tally {
    var statements: Int
    var unsourced: Int
  }

  private func add(
    _ claim: ClaimSyntax, to record: EntityRecord, _ inherited: Citation?, _ tally: inout Tally
  ) throws(Failure) {
    let clauses = try claim.reader()
    guard claim.property.content != "alias" else {
      let source = try interpreter.citation(clauses, claim.span)?.source ?? inherited?.source
      for value in claim.values {
        guard case .name(let name) = value.form else { continue }
        let text = try interpreter.parameters.substituted(name)
        try refuseWordOfLanguage(text, isMeant: false, value.span)
        try refuseAmbiguous(text, of: record, in: nil, value.span)
        try apply(.alias(record.key, name: text, source: source, reason: nil), value.span)
      }
      return try clauses.refuseUnread(of: claim)
    }
    let recorded = try assert(claim, clauses, of: record, denies: false, inherited: inherited)
    tally.statements += recorded.count
    if inherited == nil, try interpreter.citation(clauses, claim.span) == nil {
      tally.unsourced += recorded.count
    }
    try clauses.refuseUnread(of: claim)
  }
}
