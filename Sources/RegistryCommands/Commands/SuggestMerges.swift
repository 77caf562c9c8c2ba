import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let type = OptionalArgument("type", .name)
}

extension CommandDefinition {
  static let suggestMerges = CommandDefinition(
    CommandSignature(
      name: "suggest merges", head: [Grammar.type.element],
      clauses: [SelectionClauses.limit.signature] + StandardClauses.output),
    group: .judging, effect: .reads, summary: "List entities that look like one",
    details: """
      Pairs of one type with a name or a key in common, with the same words in their names, or with names that differ \
      in a letter or two; the surest first. Nothing is merged: `merge` and `distinct` are yours to decide, and \
      what was judged distinct is not suggested again.
      """,
    examples: [
      Example(
        "suggest merges people",
        gives: #"""
          key\#tname\#tother\#tother name\#tlikeness
          yellen\#tJanet Yellen\#tyellin\#tJanet Yellin\#tnearly the same: Janet Yellen, Janet Yellin
          -- merge yellin into yellen makes them one; distinct yellen, yellin keeps them apart
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let schema = try session.interpreter.schema(at: command.span)
    var types: [Key] = []
    if let name = command[Grammar.type] {
      guard let type = schema.type(named: name.text) else {
        let words = schema.types.values.flatMap { [$0.plural, $0.key.text] }
        throw Failures.noSuchType(name.text, near: nearest(to: name.text, in: words), name.span)
      }
      types = schema.typeAndSubtypes(of: type.key)
    }
    let pairs = try likePairs(types, in: session.store, command.span)
    let limit = command[SelectionClauses.limit] ?? pairs.count
    var table = ResultTable(
      columns: ["key", "name", "other", "other name", "likeness"].map { Column($0) },
      rows: pairs.prefix(limit).map { pair in
        [
          .key(pair.one.key), .text(pair.one.name), .key(pair.other.key), .text(pair.other.name),
          .text(pair.likeness.words),
        ]
      })
    if let first = pairs.first {
      let (one, other) = (LanguageText.name(first.one.key), LanguageText.name(first.other.key))
      table.notes.append(
        "merge \(other) into \(one) makes them one; distinct \(one), \(other) keeps them apart")
    }
    if pairs.count > limit { table.notes.append("\(pairs.count - limit) more") }
    return .table(table, try session.output(command))
  }
}

/// The things that may be one.
private func likePairs(
  _ types: [Key], in store: any RegistryStore, _ span: Span
) throws(Failure) -> [LikePair] {
  try storing(span) { () throws(StoreProblem) in
    let names = try store.names(.prefix("", types: types, limit: Int.max))
    let distinct = try store.statements(StatementSelection(properties: [BuiltIn.distinctFrom]), .all)
    let pairs = distinct.compactMap { (record: StatementRecord) -> (Key, Key)? in
      guard record.isClaimed, case .entity(let other) = record.statement.value else { return nil }
      return (record.statement.subject, other)
    }
    return try LikeNames(names, distinct: pairs).pairs { () throws(StoreProblem) in
      if store.isInterrupted?() == true { throw .interrupted }
    }
  }
}

extension LikePair.Likeness {
  fileprivate var words: String {
    switch self {
    case .sameName(let name): "the same name: \(name)"
    case .sameWords(let one, let other): "the same words: \(one), \(other)"
    case .nearly(let one, let other): "nearly the same: \(one), \(other)"
    }
  }
}
