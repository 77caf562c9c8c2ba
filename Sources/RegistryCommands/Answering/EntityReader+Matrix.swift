import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// `list initiatives by member as matrix`.
extension EntityReader {
  /// The values of a property against the entities of a type: who is in what, on a date, or ever and today.
  func matrix(
    ofType name: NameSyntax, _ by: [Word]?, _ command: Invocation, _ times: Times
  ) throws(Failure) -> ResultTable {
    guard let word = by?.first, by?.count == 1 else {
      throw Failures.matrixOfNothing(
        name.text, command.span(of: ListGrammar.by) ?? command.span(of: ListGrammar.format) ?? command.span)
    }
    let schema = try schema(at: name.span, times)
    let definition = try property(word, schema)
    let read = try query(name, command, times, schema, groupsBy: true)
    try test([definition.key], fit: read.type, schema, word.span)
    let throughGroups = command.includesGroups
    if throughGroups { try command.refuseGroups(of: [definition.key], schema) }
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let keys = page.rows.map(\.entity.key)
    let found = try matrixRows(page.rows, definition, times, schema, throughGroups, word.span)
    var notes = [
      times.on == nil
        ? "a cell says what holds today; a blank is \"not stated\", not \"no\""
        : "a blank is \"not stated\", or not so on that date, which list THING.\(definition.key) on it tells"
    ]
    if let limit = read.query.limit, page.rows.count == limit {
      notes.append(LimitNote.words(limit))
    }
    if page.undecided.isWorthTelling { notes.append(page.undecided.note(read.filtered, schema)) }
    var table = ResultTable(
      title: "\(read.type.plural) by \(definition.key)\(throughGroups ? ", including groups" : "")",
      columns: [Column(definition.key.text)] + keys.map { Column($0.text) }, rows: found.rows, notes: notes)
    table.pictureSources = found.sources
    table.view = .wideMatrix
    table.ofWhen = times.caption(today: context.today, readsToday: true)
    return table
  }

  /// A row for each value that any of some entities has, a cell for each of these; and the sources that speak of it.
  func matrixRows(
    _ found: [EntityPage.Row], _ definition: PropertyDefinition, _ times: Times, _ schema: Schema,
    _ throughGroups: Bool, _ span: Span
  ) throws(Failure) -> (rows: [[Cell]], sources: [String]) {
    let records = try matrixRecords(found.map(\.entity.key), definition.key, times, schema)
    let members =
      throughGroups
      ? try statementReader.members(of: records, times, span)
      : records.map { NamedMember(record: $0, member: $0.statement.value) }
    let cells = Dictionary(grouping: members) {
      MatrixPlace(value: $0.member, subject: $0.record.statement.subject)
    }
    let order = ValueOrder(definition)
    let values = Set(cells.keys.map(\.value)).subtracting([Value.none]).sorted {
      if case .before = order.compare($0, $1) { true } else { false }
    }
    let rows = values.map { value in
      [Cell(value)]
        + found.map { row in
          matrixCell(cells[MatrixPlace(value: value, subject: row.entity.key)] ?? [], row, times)
        }
    }
    return (rows, records.citedSources)
  }

  private struct MatrixPlace: Hashable {
    var value: Value
    var subject: Key
  }

  /// What is said of a property of entities: without a date what is chosen and what is denied, on one what is said of it.
  private func matrixRecords(
    _ keys: [Key], _ property: Key, _ times: Times, _ schema: Schema
  ) throws(Failure) -> [StatementRecord] {
    guard !keys.isEmpty else { return [] }
    let found = try storing(nil) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: keys, properties: schema.propertyAndNarrower(of: property), tellsHeld: true,
          includesOver: times.on != nil), times)
    }
    return found.withoutNarrowerDenials(of: property, schema).filter {
      $0.isDenied ? $0.isSaid(times) : $0.counts(times)
    }
  }

  /// What is said of one value of one entity: the surest of what is claimed of it itself and of what is so through a group,
  /// and that it is denied itself, which says nothing of a group.
  private func matrixCell(_ members: [NamedMember], _ row: EntityPage.Row, _ times: Times) -> Cell {
    let own = members.filter(\.paths.isEmpty)
    // Of what is as sure, what is claimed of it itself is told.
    let words = (own + members.filter { !$0.paths.isEmpty }).filter { $0.record.isClaimed }.compactMap {
      matrixWord($0, row, times)
    }
    let order = ["yes", "in part", "maybe", "stated", "not today"]
    let surest = words.min {
      (order.firstIndex(of: $0.word) ?? order.count) < (order.firstIndex(of: $1.word) ?? order.count)
    }
    let denied = own.filter(\.record.isDenied).compactMap { $0.record.denialWord(times) }.min {
      $0.count < $1.count
    }
    let said = surest.map { found in
      found.through.map { "\(found.word), through \($0)" } ?? found.word
    }
    let told = [said, denied].compactMap(\.self).map { Cell.text($0) }
    return told.count > 1 ? .list(told) : told.first ?? .empty
  }

  private func matrixWord(
    _ member: NamedMember, _ row: EntityPage.Row, _ times: Times
  ) -> (word: String, through: String?)? {
    let through = member.paths.first?.words
    guard var held = member.held else { return ("stated", through) }
    if times.on != nil, row.certainty < held.certainty {
      held.certainty = row.certainty
      held.isInPart = false
    }
    if member.evidence != .certainly, held.certainty == .certainly { return ("maybe", through) }
    if times.on != nil { return held.certainty == .not ? nil : (held.word, through) }
    return (held.certainty == .not ? "not today" : held.word, through)
  }
}
