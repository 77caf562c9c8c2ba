import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Reads statements: of a path, of an entity, through groups, and as tables.
struct StatementReader: CommandReader {
  let interpreter: Interpreter

  /// The statements that a path means: of an entity, of one property and those that narrow it, with these qualifiers.
  ///
  /// - Parameter includesOver: whether, on a date, those are among them that do not hold then.
  func statements(
    at path: PathSyntax, _ times: Times, includesOver: Bool = false
  ) throws(Failure) -> [StatementRecord] {
    let subject = try entity(path.name)
    let schema = try schema(at: path.span, times)
    guard let word = path.properties.first else {
      return try storing(path.span) { () throws(StoreProblem) in
        try store.statements(
          StatementSelection(subjects: [subject.key], tellsHeld: true, tellsStanding: true), times)
      }
    }
    guard path.properties.count == 1 else {
      throw Failures.onePropertyAtATime(subject.key, word)
    }
    let definition = try property(word, schema)
    let wanted = try interpreter.qualifiers(path.qualifiers, schema)
    let found = try storing(path.span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: [subject.key], properties: schema.propertyAndNarrower(of: definition.key),
          tellsHeld: true, includesOver: includesOver, tellsStanding: true), times)
    }
    return found.filter { $0.statement.has(wanted) }.withoutNarrowerDenials(of: definition.key, schema)
  }

  /// Statements as a table, each qualifier in a column of its own.
  ///
  /// - Parameter showsProperty: whether a column names the property.
  func table(
    _ records: [StatementRecord], title: String?, showsSubject: Bool = false, showsProperty: Bool,
    _ times: Times,
    _ schema: Schema
  ) throws(Failure) -> ResultTable {
    let qualifiers = orderedQualifiers(records, schema)
    let inColumns = !showsProperty || showsSubject ? qualifiers : []
    let showsTimes =
      times.on != nil || records.contains { $0.statement.validity.extent != .unstated || !$0.holdsPossibly }
    let reasons = times.on == nil ? [:] : reasons(records)
    let showsStanding = records.contains { Cell.standing($0) != .empty }
    let showsEvidence = records.contains { $0.evidence != .certainly }
    var columns: [Column] = []
    if showsSubject { columns.append(Column("subject")) }
    if showsProperty { columns.append(Column("property")) }
    columns.append(
      Column("value", alignsRight: !records.isEmpty && records.allSatisfy { isNumber($0.statement.value) }))
    let named = showsProperty ? [:] : try names(of: records)
    if !named.isEmpty { columns.append(Column("name")) }
    columns += inColumns.map { Column($0.text) }
    if showsProperty && !showsSubject && !qualifiers.isEmpty { columns.append(Column("qualifiers")) }
    if showsTimes { columns += [Column("when"), Column(times.holdsHeading)] }
    if !reasons.isEmpty { columns.append(Column("because")) }
    if showsStanding { columns.append(Column("standing")) }
    if showsEvidence { columns.append(Column("evidence")) }
    columns += [Column("sources"), Column("id")]

    let rows = records.map { record -> [Cell] in
      let statement = record.statement
      var row: [Cell] = []
      if showsSubject { row.append(.key(statement.subject)) }
      if showsProperty { row.append(.text(statement.property.text)) }
      row.append(Cell(statement.value))
      if !named.isEmpty { row.append(named[statement.value].map { .text($0) } ?? .empty) }
      for key in inColumns {
        let values = statement.qualifiers.filter { $0.property == key }.map { Cell($0.value) }
        row.append(values.isEmpty ? .empty : values.count == 1 ? values[0] : .list(values))
      }
      if showsProperty && !showsSubject && !qualifiers.isEmpty {
        row.append(
          statement.qualifiers.isEmpty
            ? .empty
            : .text(statement.unquotedQualifiers))
      }
      if showsTimes {
        row += [.validity(statement.validity), Cell.holding(record, times)]
      }
      if !reasons.isEmpty { row.append(reasons[record.id].map { .text($0) } ?? .empty) }
      if showsStanding { row.append(Cell.standing(record)) }
      if showsEvidence { row.append(.text(record.evidence == .certainly ? "certain" : "possible")) }
      let sources = Cell.sources(record.citations)
      row += [sources.isEmpty ? .empty : .list(sources), .statements([record.id])]
      return row
    }
    let table = ResultTable(title: title, columns: columns, rows: rows)
    return showsProperty && !showsSubject ? table.joiningValues() : table
  }

  /// What decided on them, where their own periods do not say it.
  private func reasons(_ records: [StatementRecord]) -> [StatementID: String] {
    var reasons: [StatementID: String] = [:]
    for record in records where record.isClaimed {
      if let because = record.because(among: records) { reasons[record.id] = because }
    }
    return reasons
  }

  /// The names of the entities that are values.
  private func names(of records: [StatementRecord]) throws(Failure) -> [Value: String] {
    let names = try context.names(of: Set(records.compactMap(\.statement.value.entityKey)))
    return Dictionary(uniqueKeysWithValues: names.map { (.entity($0), $1) })
  }

  /// The qualifiers that occur, those that address the property's cells first and in their order.
  private func orderedQualifiers(_ records: [StatementRecord], _ schema: Schema) -> [Key] {
    let used = Set(records.flatMap { $0.statement.qualifiers.map(\.property) })
    var ordered: [Key] = []
    for key in Set(records.map(\.statement.property)).sorted() {
      if case .onePer(let keys)? = schema.properties[key]?.cardinality {
        ordered += keys.filter { used.contains($0) && !ordered.contains($0) }
      }
    }
    return ordered + used.subtracting(ordered).sorted()
  }

  private func isNumber(_ value: Value) -> Bool {
    if case .quantity = value { return true }
    return false
  }

  /// Refuses to follow groups among values that are no things.
  func refuseGroups(of path: PathSyntax, _ times: Times) throws(Failure) {
    guard let word = path.properties.first else { return }
    if case .entities = try property(word, try schema(at: path.span, times)).range { return }
    throw Failures.groupsOfWords(word)
  }
}

extension ResultTable {
  /// One row for each value on a date: the surest, with the sources of all. Which statement says what, `show` tells.
  func joiningSources(certainty: String) -> ResultTable {
    guard let value = columns.firstIndex(where: { $0.name == "value" }),
      let sure = columns.firstIndex(where: { $0.name == certainty }),
      let sources = columns.firstIndex(where: { $0.name == "sources" }), let id = columns.indices.last
    else { return self }
    let order = ["yes", "in part", "maybe", "denied", "denied in part", "possibly denied", "no"].map(
      Cell.text)
    func rank(_ row: [Cell]) -> Int { order.firstIndex(of: row[sure]) ?? order.count }
    var joined: [[Cell]] = []
    var places: [Cell: Int] = [:]
    for row in rows {
      guard let place = places[row[value]] else {
        places[row[value]] = joined.count
        joined.append(row)
        continue
      }
      // The surest first.
      let isSurer = rank(row) < rank(joined[place])
      let ids =
        isSurer
        ? row[id].ids + joined[place][id].ids
        : joined[place][id].ids + row[id].ids
      let all = (joined[place][sources].elements + row[sources].elements).reduce(into: [Cell]()) {
        list, cell in
        if !list.contains(cell) { list.append(cell) }
      }
      if isSurer { joined[place] = row }
      joined[place][sources] = all.isEmpty ? .empty : .list(all)
      joined[place][id] = .statements(ids)
    }
    var copy = self
    copy.rows = joined
    return copy
  }

  /// Rows that differ in value and id alone become one, its value a list: seven signatories of one day in one source
  /// are one line to read. The id is then the first one's, with how many more there are.
  fileprivate func joiningValues() -> ResultTable {
    guard let value = columns.firstIndex(where: { $0.name == "value" }), let id = columns.indices.last else {
      return self
    }
    var joined: [[Cell]] = []
    var values: [[Cell]] = []
    for row in rows {
      if let last = joined.last, row.indices.allSatisfy({ $0 == value || $0 == id || row[$0] == last[$0] }),
        case .key = row[value]
      {
        values[values.count - 1].append(row[value])
        joined[joined.count - 1][id] = .statements(last[id].ids + row[id].ids)
      } else {
        joined.append(row)
        values.append([row[value]])
      }
    }
    for index in joined.indices where values[index].count > 1 {
      joined[index][value] = .list(values[index])
    }
    var copy = self
    copy.rows = joined
    return copy
  }
}

extension Cell {
  fileprivate var ids: [StatementID] { if case .statements(let ids) = self { ids } else { [] } }

  /// The cells of a list; of anything else, itself; of nothing, none.
  fileprivate var elements: [Cell] {
    switch self {
    case .list(let cells): cells
    case .empty: []
    default: [self]
    }
  }
}

extension [StatementRecord] {
  /// Without the denials of what narrows a property where somebody claims the same value otherwise: who is no signatory may
  /// be a member all the same.
  func withoutNarrowerDenials(of property: Key, _ schema: Schema) -> [StatementRecord] {
    let isNarrower = { (record: StatementRecord) in
      record.isOnlyDenied && record.statement.property != property
    }
    guard contains(where: isNarrower) else { return self }
    let claims = Dictionary(grouping: filter(\.isClaimed), by: \.statement.subject)
    return filter { record in
      guard isNarrower(record) else { return true }
      let claimed = (claims[record.statement.subject] ?? []).map(\.statement).filter {
        $0.value == record.statement.value
      }
      let denied = schema.propertyAndNarrower(of: record.statement.property)
      return claimed.isEmpty || claimed.contains { denied.contains($0.property) }
    }
  }
}
