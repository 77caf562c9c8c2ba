import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let add = CommandDefinition(
    CommandSignature(
      name: "add",
      head: [.argument("type", .word), .argument("key", .name), .optional("name", .text)],
      clauses: [ClauseSignature("under", .name, "what it belongs to")] + StandardClauses.evidence,
      block: .claims(StandardClauses.claiming)),
    group: .writing, effect: .writes, summary: "Make a new entity, with what is said of it",
    details: """
      The braces hold claims, `property = value …`, and `alias "Other name"`. The evidence behind the name counts for \
      the name and for every claim that has none of its own.
      """,
    examples: [
      Example(
        #"add partnership quad "The Quad" citing courier quote "members of the Quad partnership" { member = USA, JPN from 2025-07 }"#,
        gives: #"-- t2: added quad, a partnership, with 4 statements"#),
      Example(
        #"add commitment loan under forge { giver = USA; rung = announced; amount = USD 1bn citing courier quote "one billion" }"#,
        gives: #"-- t2: added loan, a commitment, with 5 statements; 4 of them without a source"#),
    ]
  ) { (command, session) throws(Failure) in
    try session.add(command)
  }
}

extension Session {
  fileprivate func add(_ command: CommandSyntax) throws(Failure) -> Answer {
    guard case .word(let typeWord)? = command.arguments["type"],
      case .name(let keyName)? = command.arguments["key"]
    else {
      throw Failures.notHere("add needs a type and a key", "add TYPE KEY \"Name\"", command.span)
    }
    let schema = try schema(at: typeWord.span)
    guard let type = schema.type(named: typeWord.content) else {
      throw Failures.noSuchType(
        typeWord.content, near: nearest(to: typeWord.content, in: schema.types.keys.map(\.text)),
        typeWord.span)
    }
    let key = try keyToAdd(keyName, type: type.key, schema)
    let citation = try citation(command.clauses, command.span)
    var names: [String] = []
    if case .text(let word)? = command.arguments["name"] {
      names.append(try text(word))
    }
    try introduce(key, type: type.key, names: names, citation: citation, keyName.span)
    let record = EntityRecord(key: key, type: type.key, name: names.first ?? key.text)

    var count = Tally(statements: 1 + names.count, unsourced: citation == nil ? 1 + names.count : 0)
    if let under = command.clause("under"), case .name(let parent) = under.argument {
      let claim = ClaimSyntax(
        property: Word("under", under.keyword.span), values: [ValueSyntax(.name(parent), span: parent.span)],
        clauses: [],
        qualifiers: [], span: under.span)
      try add(claim, to: record, citation, &count)
    }
    if case .claims(let claims, _)? = command.block {
      // A claim with a quote of its own still stands in the source that the add cites.
      if let citation {
        evidence.append(
          EvidenceFrame(
            source: citation.source, locator: citation.locator, via: citation.via,
            qualifiers: evidence.last?.qualifiers ?? []))
      }
      defer { if citation != nil { evidence.removeLast() } }
      for claim in claims { try add(claim, to: record, citation, &count) }
    }
    let article = type.key.text.first.map { "aeiou".contains($0) } == true ? "an" : "a"
    let unsourced = count.unsourced == 0 ? "" : "; \(count.unsourced) of them without a source"
    return .message(
      "added \(key), \(article) \(type.key), with \(count.statements) statement\(count.statements == 1 ? "" : "s")\(unsourced)"
    )
  }

  /// A key that nothing has yet; the rows of a file may say of a thing more than once that it is there.
  private func keyToAdd(_ name: NameSyntax, type: Key, _ schema: Schema) throws(Failure) -> Key {
    let text = try keyText(of: name)
    if importing != nil, let key = Key(text), let there = try record(key, .all, name.span),
      schema.isType(there.type, under: type)
    {
      return key
    }
    return try newKey(text, name.span)
  }

  private struct Tally {
    var statements: Int
    var unsourced: Int
  }

  private func add(
    _ claim: ClaimSyntax, to record: EntityRecord, _ inherited: Citation?, _ tally: inout Tally
  ) throws(Failure) {
    guard claim.property.content != "alias" else {
      for value in claim.values {
        guard case .name(let name) = value.form else { continue }
        try apply(
          .alias(
            record.key, name: try substituted(name),
            source: try citation(claim.clauses, claim.span)?.source ?? inherited?.source, reason: nil),
          value.span)
      }
      return
    }
    let recorded = try assert(claim, of: record, denies: false, inherited: inherited)
    tally.statements += recorded.count
    if inherited == nil, try citation(claim.clauses, claim.span) == nil { tally.unsourced += recorded.count }
  }
}
