import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let conflicts = CommandDefinition(
    CommandSignature(
      name: "conflicts",
      clauses: [ClauseSignature("where", .condition, "property = P, subject = KEY, or both with and")]
        + StandardClauses.reading),
    group: .reading, effect: .reads, summary: "Show where claims are rivals",
    details: """
      Rivals follow from a property's cardinality. Each cell of rivals is shown with the value that the rules chose and what \
      they passed over; `why` shows the evidence. A claim that another source denies is a conflict too.
      """,
    examples: [
      Example(
        "conflicts where property = share",
        gives: #"""
          statement\#tstanding\#trule\#tsources\#tid
          CHN.share = about 60% mineral rare-earths, stage mining, year 2024\#tchosen\#tthe more reliable source\#tcourier via iea\#t@d3ev6p
          CHN.share = 62% mineral rare-earths, stage mining, year 2024\#tpassed over\#t\#tleaflet\#t@3hvj6n
          """#)
    ]
  ) { (command, session) throws(Failure) in
    var wanted = ConflictFilter()
    if case .condition(let condition)? = command.clause("where")?.argument {
      try session.read(condition, &wanted)
    }
    let times = try session.times(command)
    let schema = try session.schema(at: command.span, times)
    var selection = StatementSelection()
    selection.subjects = wanted.subjects
    selection.properties = wanted.properties.map { $0.flatMap(schema.propertyAndNarrower(of:)) }
    let found = try storing(command.span) { () throws(StoreProblem) in
      try session.store.statements(selection, times)
    }
    var rows: [[Cell]] = []
    let cells = Dictionary(grouping: found) { [$0.statement.subject, $0.statement.property] }
    for (_, records) in cells.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for resolution in try session.resolve(records, schema, times) where !resolution.passedOver.isEmpty {
        guard let chosen = resolution.chosen.first else { continue }
        rows.append(session.row(chosen, "chosen", resolution.rule.rawValue))
        rows += resolution.passedOver.map { session.row($0, "passed over", "") }
      }
      rows += records.filter { $0.isClaimed && $0.isDenied }.map {
        session.row($0, "disputed", "claimed and denied")
      }
    }
    let table = ResultTable(
      columns: ["statement", "standing", "rule", "sources", "id"].map { Column($0) }, rows: rows,
      notes: rows.isEmpty ? ["no rivals\(session.bounds(times))"] : [])
    return .table(table, try session.output(command))
  }
}

private struct ConflictFilter {
  var properties: [Key]?
  var subjects: [Key]?
}

extension Session {
  fileprivate func row(_ record: StatementRecord, _ standing: String, _ rule: String) -> [Cell] {
    [
      .text(describe(record.statement)), .text(standing), rule.isEmpty ? .empty : .text(rule),
      .list(sources(record.citations)), .text(record.id.short),
    ]
  }

  fileprivate func read(_ condition: ConditionSyntax, _ filter: inout ConflictFilter) throws(Failure) {
    switch condition {
    case .and(let parts): for part in parts { try read(part, &filter) }
    case .compare(let words, let comparison, let values)
    where comparison.content == .equal && words.count == 1:
      for value in values {
        guard case .name(let name) = value.form else {
          throw Failures.wrongKind("a value", expected: "a name", value.span)
        }
        switch words[0].content {
        case "property":
          filter.properties =
            (filter.properties ?? []) + [
              try property(Word(name.text, name.span), try schema(at: name.span)).key
            ]
        case "subject": filter.subjects = (filter.subjects ?? []) + [try entity(name).key]
        default:
          throw Failures.notHere(
            "conflicts are narrowed by property and subject",
            "conflicts where property = share and subject = CHN", words[0].span)
        }
      }
    default:
      throw Failure(
        code: "not-here", "conflicts are narrowed by property = P and subject = KEY",
        help: "use and between them")
    }
  }
}
