import CommandLanguage
import RegistryModel
import RegistryStore

/// Makes tables that a colleague can edit in a spreadsheet.
struct EditableTables: CommandReader {
  let interpreter: Interpreter

  /// A list as a table in which each cell can be traced to its statements; nothing where its rows are no entities and
  /// no statements of one.
  func table(
    _ command: Invocation, _ form: EditableCell.Form, _ times: Times
  ) throws(Failure) -> ResultTable? {
    let path = command[ListGrammar.what]
    let schema = try schema(at: path.span, times)
    // What is set side by side, and what groups are followed for, is no cell of a statement's own.
    guard !command.has(ListGrammar.by) else { return nil }
    if path.properties.isEmpty {
      guard schema.type(named: path.name.text) != nil else { return nil }
      return try editableEntities(path.name, command, times, schema, form)
    }
    guard !command.includesGroups, !command.includesParts, !command.has(SelectionClauses.columns) else {
      return nil
    }
    let records: [StatementRecord]
    var notes: [String] = []
    if command.has(SelectionClauses.filter) || command.has(SelectionClauses.sort) {
      let found = try tableReader.narrowedValues(path, command, times)
      (records, notes) = (found.records, found.notes)
    } else {
      records = try statementReader.statements(at: path, times).filter { $0.isListed(times) }
    }
    let shown = Array(
      records.filter(\.isClaimed).dropFirst(command[SelectionClauses.offset] ?? 0).prefix(
        command[SelectionClauses.limit] ?? .max))
    var table = editableStatements(shown, form)
    table.notes += Self.untold(
      possible: times.on == nil ? 0 : shown.count { $0.held.map { $0.certainty < .certainly } ?? false },
      notOut: shown.count { $0.evidence != .certainly }, times)
    let denials = records.count { !$0.isClaimed }
    if denials > 0 {
      table.notes.append(
        "left out: \(denials) that \(denials == 1 ? "is" : "are") only denied, which this table has no column for: as markdown it is told"
      )
    }
    table.notes += notes
    return table
  }

  /// What the columns do not tell, which are made to come back.
  private static func untold(possible: Int, notOut: Int, _ times: Times) -> [String] {
    let tells = "which the table does not mark: as markdown it does"
    var notes: [String] = []
    if possible > 0, let on = times.on {
      notes.append("\(possible) of these rows are so only possibly on \(on.edtf), \(tells)")
    }
    if notOut > 0, let published = times.published {
      notes.append(
        "of \(notOut) of these rows the source was only possibly out by \(published.edtf), \(tells)")
    }
    return notes
  }

  private func editableEntities(
    _ name: NameSyntax, _ command: Invocation, _ times: Times, _ schema: Schema,
    _ form: EditableCell.Form
  ) throws(Failure) -> ResultTable {
    let read = try entityReader.query(name, command, times, schema)
    let page = try storing(command.span) { () throws(StoreProblem) in try store.entities(read.query, times) }
    let properties =
      [BuiltIn.name] + (try entityReader.shownColumns(read, command, schema)).filter { $0 != BuiltIn.name }
    let values = try entityReader.shownValues(page.rows.map(\.entity.key), properties, times, schema)
    var table = ResultTable(columns: [Column("key")])
    for property in properties {
      table.columns += [Column(property.text), Column(EditableCell.idColumn(of: property.text))]
    }
    for row in page.rows {
      var cells: [Cell] = [.key(row.entity.key)]
      let mine = values[row.entity.key] ?? []
      for property in properties {
        let keys = Set(schema.propertyAndNarrower(of: property))
        let records = mine.filter { keys.contains($0.statement.property) && $0.isClaimed }
        let isList = schema.properties[property]?.cardinality == .many
        let texts = records.map { EditableCell.text($0.statement.value, form) }
        cells.append(EditableCell.cell(texts, form, isList: isList))
        cells.append(EditableCell.cell(records.map { EditableCell.text($0.id) }, form, isList: isList))
      }
      table.rows.append(cells)
    }
    table.notes += Self.untold(
      possible: page.rows.count { $0.certainty != .certainly },
      notOut: page.rows.count { $0.evidence != .certainly }, times)
    if page.undecided.isWorthTelling {
      table.notes.append(page.undecided.note(read.filtered, schema))
    }
    return table
  }

  private func editableStatements(
    _ records: [StatementRecord], _ form: EditableCell.Form
  ) -> ResultTable {
    let columns = ["id", "subject", "property", "value", "qualifiers", "when", "sources"]
    return ResultTable(
      columns: columns.map { Column($0) },
      rows: records.map { record in
        let statement = record.statement
        return [
          .text(EditableCell.text(record.id)), .key(statement.subject), .key(statement.property),
          .text(EditableCell.text(statement.value, form)), .text(statement.qualifierWords),
          .validity(statement.validity), .list(Cell.sources(record.citations)),
        ].map { (cell: Cell) in cell == .text("") || cell == .list([]) ? .empty : cell }
      })
  }
}
