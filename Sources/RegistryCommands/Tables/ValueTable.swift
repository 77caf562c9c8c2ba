import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// The values of a path as rows of a table: what `where`, `sort`, `columns` and `by` name is what can be asked of
/// statements, and, where the values are things, the properties of these.
struct ValueTable {
  var head: TableHead<StatementRow>
  /// What the values are.
  var definition: PropertyDefinition
  /// Those rows that do not hold on the date asked for, and what is told of them.
  var overNote: String?
}

extension TableReader {
  /// The values of a path at some times.
  /// - Parameter throughGroups: whether whoever is in a group that is named follows it.
  func valueTable(
    _ path: PathSyntax, throughGroups: Bool, _ times: Times
  ) throws(Failure) -> ValueTable {
    let schema = try schema(at: path.span, times)
    let subject = try entity(path.name)
    let found = try statementReader.statements(at: path, times, includesOver: times.on != nil)
    let records = found.filter { $0.isListed(times) }
    guard let word = path.properties.first else { throw Failures.missingProperty(path.span) }
    if throughGroups { try statementReader.refuseGroups(of: path, times) }
    let definition = try property(word, schema)
    let rows = try rows(of: records, throughGroups: throughGroups, path.span, times)
    let isNarrowed = records.contains { $0.statement.property != definition.key }
    var entity: ((StatementRow) -> Key?)?
    if case .entities = definition.range {
      entity = { row in if case .entity(let key) = row.value { key } else { nil } }
    }
    let today = times.holdsHeading
    var shown = ["name"] + (isNarrowed ? ["property"] : []) + ["qualifiers", "when"]
    if times.on == nil { shown.append(today) }
    shown += ["standing", "evidence"] + (throughGroups ? ["through"] : []) + ["source", "id"]
    let head = TableHead(
      name: "the values of \(LanguageText.name(subject.key)).\(definition.key)",
      columns: valueColumns(definition, times, schema),
      shown: shown.map { Key(unchecked: $0) }, always: [Key(unchecked: "value")], entity: entity,
      certainty: { $0.certainty(times) }, word: { $0.word },
      read: { (_, more) throws(Failure) in _ = try more(rows) })
    let over = found.filter { record in !records.contains { $0.id == record.id } }
    return ValueTable(
      head: head, definition: definition, overNote: over.overNote(among: found, times))
  }

  /// Behind a value stand those who claim it, and behind one that is only denied those who deny it.
  private static func row(of record: StatementRecord) -> StatementRow {
    var row = StatementRow(record)
    if record.isClaimed { row.citations.removeAll { $0.stance == .denies } }
    return row
  }

  private func rows(
    of records: [StatementRecord], throughGroups: Bool, _ span: Span, _ times: Times
  ) throws(Failure) -> [StatementRow] {
    guard throughGroups else { return records.map(Self.row) }
    let members = try statementReader.members(of: records, times, span)
    let memberships = try statementReader.memberships(members, times)
    return members.map { member in
      var row = Self.row(of: member.record)
      row.value = member.member
      row.through = member.paths.first?.words ?? "itself"
      row.validity = member.validity
      row.held = member.held
      row.evidence = member.evidence
      row.citations += member.paths.flatMap(\.statements).flatMap { memberships[$0] ?? [] }
      return row
    }
  }

  /// The columns of statements, with what is known of a value beside.
  private func valueColumns(
    _ definition: PropertyDefinition, _ times: Times, _ schema: Schema
  ) -> [TableColumn<StatementRow>] {
    var value = PropertyDefinition.column("value", definition.range, "the value")
    value.unit = definition.unit
    let own: [TableColumn<StatementRow>] = [
      TableColumn(definition: value, values: { [$0.value] }, cell: { Cell($0.value) }),
      .text("through", "the groups through which it is named") { $0.through },
      .text("standing", "how it stands among its rivals: chosen, rival, denied …") { row in
        if case .text(let word) = Cell.standing(row.record) { word } else { nil }
      },
      .text("evidence", "whether its sources were certainly out") {
        $0.evidence == .certainly ? nil : "possible"
      },
      .text(times.holdsHeading, "whether it holds") { row in
        guard row.validity.extent != .unstated || row.isOnlyDenied || row.held?.certainty == .not else {
          return nil
        }
        return row.word
      },
    ]
    let names = Set(own.map(\.key))
    // `from` and `until` are the words of claims for what stands in the columns.
    let words = ["start": "from", "end": "until"]
    let all = statementColumns(schema).filter { !names.contains($0.key) }
    let named = all.compactMap { column -> TableColumn<StatementRow>? in
      guard let word = words[column.key.text] else { return nil }
      var copy = column
      copy.definition.key = Key(unchecked: word)
      return copy
    }
    return own + all + named
  }

  // MARK: Listing

  /// `list PATH` with `where`, `sort` or `columns`.
  func listValues(_ path: PathSyntax, _ command: Invocation, _ times: Times) throws(Failure) -> ResultTable {
    let values = try valueTable(path, throughGroups: command.includesGroups, times)
    let schema = try schema(at: path.span, times)
    try testValues(values, command, schema)
    var table = try list(values.head, command, times, schema)
    table.title = "\(try entity(path.name).name) · \(path.properties.first?.content ?? "")"
    if let note = values.overNote { table.notes.append(note) }
    if times.on != nil { table.notes.append("who is not stated is not \"out\"") }
    guard command[SelectionClauses.columns] == nil else { return table }
    return table.withoutEmptyColumns(keeping: ["value", "through", "source", "id"])
  }

  /// Refuses a property that no value of a path can have: a filter by it would decide nothing.
  private func testValues(
    _ values: ValueTable, _ command: Invocation, _ schema: Schema
  ) throws(Failure) {
    guard case .entities(let types) = values.definition.range, let syntax = command[SelectionClauses.filter]
    else { return }
    let span = command.span(of: SelectionClauses.filter) ?? command.span
    let asked = try test(syntax, values.head, schema)
    var violation: Failure?
    for type in types.compactMap({ schema.types[$0] }) {
      do throws(Failure) {
        return try entityReader.test(asked.properties, fit: type, schema, span)
      } catch {
        violation = violation ?? error
      }
    }
    if let violation { throw violation }
  }

  /// Those statements of a path that a `where` lets through, in the order of a `sort`, and what it could not decide.
  func narrowedValues(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> (records: [StatementRecord], notes: [String]) {
    let values = try valueTable(path, throughGroups: false, times)
    let schema = try schema(at: path.span, times)
    try testValues(values, command, schema)
    let test = try command[SelectionClauses.filter].map { (syntax) throws(Failure) in
      try self.test(syntax, values.head, schema)
    }
    var found = try rows(of: values.head, where: test, most: nil, times)
    if let sorts = command[SelectionClauses.sort] {
      found.rows = try sorted(found.rows, by: sorts, values.head, times, schema)
    }
    return (
      found.rows.map(\.row.record),
      found.undecided.count > 0 ? [found.undecided.note(test?.properties ?? [], schema)] : []
    )
  }

  // MARK: Counting

  /// How many values are there, in groups: a value counts once in each of its groups, however many statements or groups
  /// name it; what is only denied, or was passed over, does not.
  func countValueGroups(
    _ path: PathSyntax, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    let schema = try schema(at: path.span, times)
    let counted = try countedValues(path, command, times, schema)
    let columns = counted.by.map { Column($0) }
    func row(_ cells: [Cell], _ counts: [Int]) -> [Cell] { cells + counts.map { .integer(Int64($0)) } }
    func table(_ words: [String], _ rows: [[Cell]], _ notes: [String]) -> ResultTable {
      ResultTable(columns: columns + words.map { Column($0, alignsRight: true) }, rows: rows, notes: notes)
    }
    let limit = command[SelectionClauses.limit]
    let shown = counted.groups.prefix(limit ?? .max)
    let limited = LimitNote.words(limit, ofGroups: counted.groups.count)
    if times.on != nil {
      return table(
        Self.onDate, shown.map { row($0.cells, [$0.certain, $0.count]) }, limited + counted.notes)
    }
    var dated = times
    dated.on = PartialDate(day: context.today)
    let now = try countedValues(path, command, dated, schema).groups
    let toCome = counted.toCome > 0 ? [Self.toCome(counted.toCome)] : []
    let certain = Dictionary(now.map { ($0.cells, $0.certain) }, uniquingKeysWith: { first, _ in first })
    let possibly = now.reduce(0) { $0 + $1.count - $1.certain }
    let notes = counted.by.isEmpty && possibly > 0 ? [Self.possiblyToday(possibly)] : []
    return table(
      ["ever", "today"],
      shown.map { row($0.cells, [$0.count, certain[$0.cells] ?? 0]) },
      limited + counted.notes + toCome + notes)
  }

  private struct CountedValues {
    var by: [String]
    var groups: [(cells: [Cell], count: Int, certain: Int)]
    var notes: [String]
    /// Without a date, how many values are left out that are only to come.
    var toCome: Int
  }

  private func countedValues(
    _ path: PathSyntax, _ command: Invocation, _ times: Times, _ schema: Schema
  ) throws(Failure) -> CountedValues {
    let values = try valueTable(path, throughGroups: command.includesGroups, times)
    try testValues(values, command, schema)
    let test = try command[SelectionClauses.filter].map { (syntax) throws(Failure) in
      try self.test(syntax, values.head, schema)
    }
    let by = try (command[SelectionClauses.by] ?? []).map { (word) throws(Failure) in
      try values.head.asked(word, schema)
    }
    var found = try rows(of: values.head, where: test, most: nil, times)
    // That there is none, or none besides some, is no value. What was passed over counts only where that is asked about.
    let isOfStanding = Self.asksOfStanding(by, test)
    found.rows.removeAll {
      let isCounted = isOfStanding ? $0.row.record.isClaimed : $0.row.record.counts(times)
      return !isCounted || $0.row.value == .none
    }
    var toCome = 0
    if times.on == nil {
      let all = Set(found.rows.map(\.row.value))
      found.rows.removeAll { $0.row.record.isToCome }
      toCome = all.count - Set(found.rows.map(\.row.value)).count
    }
    let groups = try groups(found.rows, by: by, times, schema) { $0.value }
    return CountedValues(
      by: by.map(\.key.text), groups: groups.map { ($0.cells, $0.count, $0.certain) },
      notes: found.undecided.count > 0 ? [found.undecided.note(test?.properties ?? [], schema)] : [],
      toCome: toCome)
  }

  /// The headings of counts on a date.
  static var onDate: [String] { ["certainly", "at most"] }

  /// Of what `ever` does not count: forecasts, plans that nobody confirmed, what begins only after today.
  static func toCome(_ count: Int) -> String { "\(count) more only to come" }

  /// Of the things that `ever` counts those that the condition finds by nothing else.
  static func onlyByToCome(_ count: Int) -> String { "\(count) of them only by what is to come" }

  static func possiblyToday(_ count: Int) -> String { "\(count) more possibly today" }
}
