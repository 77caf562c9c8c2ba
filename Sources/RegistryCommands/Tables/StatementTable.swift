import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// A statement as a row of a table: with the value that is meant, which is another one than its own where a group names
/// it for its members.
struct StatementRow {
  var record: StatementRecord
  var value: Value
  /// Through which group the value is named.
  var through: String?
  /// When it is so: through a group, while both hold.
  var validity: Validity
  /// What holds of it; through a group, while the membership does.
  var held: HeldPart?
  /// Whether its sources, and those of the membership, were certainly out.
  var evidence: Certainty
  /// Its sources, and those of the membership.
  var citations: [Citation]

  /// What a statement says itself.
  init(_ record: StatementRecord) {
    self.record = record
    value = record.statement.value
    validity = record.statement.validity
    held = record.held
    evidence = record.evidence
    citations = record.citations
  }

  var isOnlyDenied: Bool { record.isOnlyDenied }

  /// How certainly what it says is said of the times asked for: of a claim that it holds, of what is only denied that the
  /// denial does; not of what was passed over.
  func certainty(_ times: Times) -> Certainty {
    guard times.on != nil else { return evidence }
    return min(held?.certainty ?? .possibly, evidence)
  }

  /// What holds, in a word.
  var word: String? { isOnlyDenied ? record.heldWord : held?.word }
}

extension TableReader {
  /// What can be asked of statements, wherever they stand.
  func statementColumns(_ schema: Schema) -> [TableColumn<StatementRow>] {
    let qualifiers = schema.properties.values.filter { $0.domain.contains(BuiltIn.statement) }
      .sorted { $0.key < $1.key }
    let names = Set(Self.statementColumnNames)
    return ownStatementColumns(schema)
      + qualifiers.filter { !names.contains($0.key.text) }.map { definition in
        TableColumn(definition: definition) { row in
          row.record.statement.qualifiers.filter { $0.property == definition.key }.map(\.value)
        }
      }
  }

  private static var statementColumnNames: [String] {
    [
      "id", "subject", "property", "value", "qualifiers", "when", "start", "end", "seen", "sources",
      "origins", "source", "via", "chosen", "claimed", "denied", "rank", "recorded",
    ]
  }

  private func ownStatementColumns(_ schema: Schema) -> [TableColumn<StatementRow>] {
    let entity = ValueRange.entities([BuiltIn.entity])
    return [
      TableColumn(
        definition: .column("id", .text, "its id"), values: { [.text($0.record.id.digest)] },
        cell: { .text($0.record.id.short) }),
      TableColumn(definition: .column("subject", entity, "what it is said of")) {
        [.entity($0.record.statement.subject)]
      },
      TableColumn(
        definition: .column("property", .text, "what is said; a property stands for those that narrow it"),
        reading: .property, values: { [.text($0.record.statement.property.text)] },
        tested: { schema.propertyAndBroader(of: $0.record.statement.property).map { .text($0.text) } },
        cell: { .text($0.record.statement.property.text) }),
      TableColumn(
        definition: .column("value", .text, "the value"), reading: .anything, values: { [$0.value] },
        cell: { Cell($0.value) }),
      .text("qualifiers", "its qualifiers in words") { row in
        let words = row.record.statement.qualifierWords
        return words.isEmpty ? nil : words
      },
      TableColumn(
        definition: .column("when", .text, "its period in words"),
        values: { row in
          let text = row.validity.canonicalText
          return text.isEmpty ? [] : [.text(text)]
        }, cell: { .validity($0.validity) }),
      .date("start", "the date from which it holds") { $0.validity.start },
      .date("end", "the date until or through which it holds") { $0.validity.end },
      .date("seen", "the date on which it was seen") { $0.validity.seen },
      .count("sources", "how many sources claim it, or deny it where none claims it") { row in
        let claiming = row.citations.filter { $0.stance == .claims }
        return Set((claiming.isEmpty ? row.citations : claiming).map(\.source)).count
      },
      .count("origins", "how many origins claim it: sources that quote one are one") {
        $0.record.origins.count
      },
      TableColumn(
        definition: .column("source", .entities([BuiltIn.source]), "the sources that claim or deny it")
      ) { row in
        row.citations.map(\.source).reduce(into: []) { keys, key in
          if !keys.contains(.entity(key)) { keys.append(.entity(key)) }
        }
      },
      TableColumn(definition: .column("via", .text, "who says it inside its sources")) { row in
        row.citations.compactMap { citation in citation.via.map { .text($0) } }
      },
      .flag("chosen", "whether the rules chose it among its rivals") { $0.record.isChosen },
      .flag("claimed", "whether a source claims it") { $0.record.isClaimed },
      .flag("denied", "whether a source denies it") { $0.record.isDenied },
      .choice("rank", ["deprecated", "normal", "preferred"], "its place by a judgement") {
        $0.record.rank.word
      },
      .transaction("recorded", "the transaction that recorded it") { $0.record.recorded },
    ]
  }

  /// `list statements`.
  func statementTable(_ times: Times, _ schema: Schema, _ span: Span) -> TableHead<StatementRow> {
    TableHead(
      name: "statements", columns: statementColumns(schema),
      shown: ["id", "subject", "property", "value", "qualifiers", "when"].map { Key(unchecked: $0) },
      always: [Key(unchecked: "id")],
      certainty: { $0.certainty(times) }, word: { $0.word },
      usualLimit: 100,
      read: { (narrowed, more) throws(Failure) in
        try self.readStatements(narrowed, times, schema, span, more)
      })
  }

  /// `list denials`, `list denials of pax-silica`: what sources say is not so, of a thing and of its being named.
  func denialTable(
    of key: Key?, _ times: Times, _ schema: Schema, _ span: Span
  ) -> TableHead<StatementRow> {
    var table = statementTable(times, schema, span)
    table.name = TableName.denials.rawValue
    table.shown.append(Key(unchecked: "source"))
    let statements = RelationDeclaration.statements
    var among: [RelationQuery.Condition] = [.isTrue(statements["denied"])]
    if let key { among.append(.any([statements["subject"].isIn([key]), statements["value"].isIn([key])])) }
    table.read = { (narrowed, more) throws(Failure) in
      try self.readStatements(narrowed, times, schema, span, among: among) {
        (rows) throws(Failure) in
        try more(
          rows.filter(\.record.isDenied).map { row in
            var row = row
            row.citations.removeAll { $0.stance == .claims }
            return row
          })
      }
    }
    return table
  }

  /// Reads statements one page after the other: by subject, property, value and source the store finds them itself.
  private func readStatements(
    _ narrowed: TableNarrowing, _ times: Times, _ schema: Schema, _ span: Span,
    among some: [RelationQuery.Condition] = [],
    _ more: ([StatementRow]) throws(Failure) -> Bool
  ) throws(Failure) {
    let statements = RelationDeclaration.statements
    let query = RelationQuery(
      statements, [statements["id"]], where: narrowed.conditions(schema) + some,
      order: [
        .ascending(statements["subject"]), .ascending(statements["property"]), .ascending(statements["id"]),
      ])
    let found = try storing(span) { () throws(StoreProblem) in try store.rows(query, times) }
    var page: [StatementID] = []
    while try storing(span, { () throws(StoreProblem) in try found.next() }) {
      page.append(StatementID(found.text(0)))
      guard page.count == 500 else { continue }
      guard try more(try rows(page, times, span)) else { return }
      page = []
    }
    if !page.isEmpty { _ = try more(try rows(page, times, span)) }
  }

  private func rows(
    _ ids: [StatementID], _ times: Times, _ span: Span
  ) throws(Failure) -> [StatementRow] {
    let records = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(ids: ids, tellsHeld: times.on != nil), times)
    }
    return records.map { StatementRow($0) }
  }
}

extension TableNarrowing {
  /// The same as conditions on the relation of statements: what they let through may be more.
  fileprivate func conditions(_ schema: Schema) -> [RelationQuery.Condition] {
    let (statements, citations) = (RelationDeclaration.statements, RelationDeclaration.citations)
    var conditions: [RelationQuery.Condition] = []
    for (column, values) in equalities.sorted(by: { $0.key < $1.key }) {
      let keys = values.compactMap { if case .entity(let key) = $0 { key } else { Key?.none } }
      let texts = values.compactMap { if case .text(let text) = $0 { text } else { String?.none } }
      switch column.text {
      case "subject" where !keys.isEmpty: conditions.append(statements["subject"].isIn(keys))
      case "value" where !keys.isEmpty && keys.count + texts.count == values.count:
        conditions.append(statements["value"].isIn(keys.map(\.text) + texts))
      case "source" where !keys.isEmpty:
        let citing = RelationQuery(
          citations, [citations["statement"]], where: [citations["source"].isIn(keys)])
        conditions.append(.isFound(statements["id"], citing))
      case "property" where !texts.isEmpty:
        let narrower = texts.flatMap { schema.propertyAndNarrower(of: Key(unchecked: $0)) }
        conditions.append(statements["property"].isIn(narrower))
      case "chosen" where values == [.text("yes")]: conditions.append(.isTrue(statements["chosen"]))
      default: break
      }
    }
    return conditions
  }
}

extension RelationDeclaration.Column {
  fileprivate func isIn(_ keys: [Key]) -> RelationQuery.Condition { isIn(keys.map(\.text)) }

  fileprivate func isIn(_ texts: [String]) -> RelationQuery.Condition {
    .filter(RelationQuery.Filter(column: self, values: texts.map { .text($0) }))
  }
}

extension Validity {
  /// The date from which it holds, if that is stated.
  fileprivate var start: PartialDate? {
    switch extent {
    case .period(.from(let date)?, _), .ongoing(let date, _): date
    case .within(let first, let last): first.through(last)
    case .period(nil, _), .seen, .unstated: nil
    }
  }

  /// The date until or through which it holds, if that is stated.
  fileprivate var end: PartialDate? {
    switch extent {
    case .period(_, .until(let date)?), .period(_, .through(let date)?): date
    case .within(let first, let last): first.through(last)
    case .period(_, nil), .ongoing, .seen, .unstated: nil
    }
  }

  /// The day on which it was seen.
  fileprivate var seen: PartialDate? {
    switch extent {
    case .seen(let date), .ongoing(_, let date): date
    default: nil
    }
  }
}

extension PartialDate {
  /// Some time from the one to the other.
  fileprivate func through(_ last: PartialDate) -> PartialDate {
    PartialDate(uncheckedEDTF: "\(edtf)..\(last.edtf)", earliest: earliest, latest: max(latest, last.latest))
  }
}
