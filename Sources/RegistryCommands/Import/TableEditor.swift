import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Importing a table that `export` made and somebody edited.
struct EditedTable {
  /// The places of the columns that matter.
  enum Kind {
    /// A row for each entity: the key's column, and each property's with that of its ids.
    case entities(key: Int, [(property: Key, value: Int, ids: Int)])
    /// A row for each statement.
    case statements(EditedStatementColumns)
    /// A row for each citation of each statement.
    case evidence(EditedStatementColumns, EditedEvidenceColumns)
  }
  var kind: Kind
  /// Columns that nothing is read from.
  var ignored: [String]

  /// Recognises the header of a table that can be edited.
  init?(_ columns: ColumnNames) {
    let names = columns.names
    func place(_ name: String) -> Int? { names.firstIndex(of: name) }
    if let statements = EditedStatementColumns(place) {
      kind =
        EditedEvidenceColumns(place).map { .evidence(statements, $0) } ?? .statements(statements)
      ignored = []
      return
    }
    guard let key = place("key") else { return nil }
    var pairs: [(property: Key, value: Int, ids: Int)] = []
    var others: [String] = []
    for (index, name) in names.enumerated() where index != key && !name.hasSuffix("@") {
      if let ids = place(EditableCell.idColumn(of: name)) {
        pairs.append((Key(unchecked: name), index, ids))
      } else {
        others.append(name)
      }
    }
    guard !pairs.isEmpty else { return nil }
    kind = .entities(key: key, pairs)
    ignored = others
  }
}

/// Where a table has the parts of a statement.
struct EditedStatementColumns {
  var id: Int
  var subject: Int
  var property: Int
  var value: Int
  /// The text of a number that is an object in JSON.
  var quantity: Int?
  var qualifiers: Int?
  var when: Int?
  /// The keys of those who say it; nothing of evidence is edited in a table.
  var sources: Int?

  init?(_ place: (String) -> Int?) {
    guard let id = place("id"), let subject = place("subject"), let property = place("property"),
      let value = place("value") ?? place("value_text")
    else { return nil }
    (self.id, self.subject, self.property, self.value) = (id, subject, property, value)
    (quantity, qualifiers, when) = (place("value_text"), place("qualifiers"), place("when"))
    sources = place("sources")
  }
}

/// One change that a table makes, in words.
struct EditedChange: Sendable {
  var sign: String
  var words: String
  var line: Int
  var id: StatementID?
}

/// Makes of the rows of an edited table the edits that they mean.
struct TableEditor: CommandReader {
  let recorder: Recorder
  let current: CurrentRow
  let before = EditedBefore()
  let held = HeldEdits()

  var interpreter: Interpreter { recorder.interpreter }

  /// Makes of the row that is read the edits that it means.
  func editRow(
    _ table: EditedTable, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let mark = changes.count
    before.beginRow()
    held.beginRow()
    do throws(Failure) {
      let row = current.raw
      switch table.kind {
      case .entities(let key, let pairs):
        guard let entity = Key(row.fields[key].trimmed), let record = try record(entity, .all, span) else {
          throw Failures.editedKey(row.fields[key], span)
        }
        for pair in pairs where row.given?.contains(pair.value) ?? true {
          let property = try property(Word(pair.property.text, span), try schema(at: span), isWritten: true)
          try editCell(record, property, row, pair.value, ids: row.list(pair.ids), &changes, span)
        }
      case .statements(let columns):
        let property = try property(
          Word(row.fields[columns.property].trimmed, span), try schema(at: span), isWritten: true)
        try editStatement(row, columns, property, &changes, span)
      case .evidence(let columns, let evidence):
        try editEvidence(row, columns, evidence, &changes, span)
      }
    } catch {
      changes.removeSubrange(mark...)
      before.dropRow()
      held.dropRow()
      throw error
    }
  }

  /// A cell with the values of a property: what stays is left as it is, what is not there any more is withdrawn, and what is
  /// new is claimed. Only one that stands alone in the place of another corrects it: of several nobody says which has the
  /// period and the sources of which.
  private func editCell(
    _ entity: EntityRecord, _ property: PropertyDefinition, _ row: ImportRow, _ place: Int, ids: String,
    _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let form = row.form
    let all = try recorded(ids, span)
    try testPlace(of: all, entity, property, span)
    if WorkbookText.isCut(row.fields[place]) {
      let whole = EditableCell.cell(
        all.map { EditableCell.text($0.statement.value, form) }, form, isList: false)
      let words = "\(LanguageText.name(entity.key)).\(property.key)"
      if try isUnedited(row.fields[place], whole.exportedText, words, span) { return }
    }
    let parts = row.parts(place)
    var old = all.enumerated().filter(\.element.isClaimed)
    var new: [(place: Int, value: Value)] = []
    for (place, part) in parts.enumerated() {
      if let same = old.firstIndex(where: { EditableCell.text($0.element.statement.value, form) == part }) {
        old.remove(at: same)
        continue
      }
      let value = try editedValue(part, property, span)
      if let same = old.firstIndex(where: { $0.element.statement.value == value }) {
        old.remove(at: same)
      } else {
        new.append((place, value))
      }
    }
    let gone = all.first { !$0.isClaimed }
    let isInPlace = old.count == 1 && new.count == 1 && old[0].offset == new[0].place
    // What stands already was edited before, by this very table perhaps: where ids of it are gone, with whatever period; else
    // as it would be claimed.
    if !new.isEmpty, gone != nil || !isInPlace {
      let stated = try stated(of: entity.key, property, span)
      let source = interpreter.citationAround()?.source
      new.removeAll { one in
        let plain = Statement(subject: entity.key, property: property.key, value: one.value)
        return stated.contains { record in
          guard gone == nil else { return record.statement.value == one.value }
          let isCited = source.map { key in record.citations.contains { $0.source == key } } ?? true
          return record.statement == plain && isCited
        }
      }
    }
    guard !new.isEmpty || !old.isEmpty else { return }
    if property.cardinality != .many {
      let words = "\(LanguageText.name(entity.key)).\(property.key)"
      let values = EditedBefore.Outcome.values(new.map(\.value))
      guard try isFirst(.cell(entity.key, property.key), values, words, span) else { return }
    }
    if let gone {
      let words = LanguageText.told(gone.statement)
      if let line = before.line(of: .statement(gone.id)) {
        throw Failures.editedTwice(words, before: line, span)
      }
      throw Failures.editedSince(gone.id, words, span)
    }
    if isInPlace {
      var statement = old[0].element.statement
      statement.value = new[0].value
      return try replace(old[0].element, with: statement, &changes, span)
    }
    for (_, record) in old { try withdraw(record, &changes, span) }
    for (_, value) in new {
      let statement = Statement(subject: entity.key, property: property.key, value: value)
      try claim(statement, interpreter.citationAround(), &changes, span)
    }
  }

  /// Refuses a cell whose ids are of another thing or property: a row that was copied, or a column that was sorted alone.
  private func testPlace(
    of records: [StatementRecord], _ entity: EntityRecord, _ property: PropertyDefinition, _ span: Span
  ) throws(Failure) {
    guard !records.isEmpty else { return }
    let properties = Set(try schema(at: span).propertyAndNarrower(of: property.key))
    for statement in records.map(\.statement) {
      var subject = statement.subject
      if subject != entity.key { subject = try record(subject, .all, span)?.key ?? subject }
      guard subject == entity.key, properties.contains(statement.property) else {
        throw Failures.editedElsewhere(
          EditableCell.idColumn(of: property.key.text), "\(subject).\(statement.property)",
          "\(entity.key).\(property.key)", span)
      }
    }
  }

  /// What is claimed of a property and those that narrow it.
  private func stated(
    of entity: Key, _ property: PropertyDefinition, _ span: Span
  ) throws(Failure) -> [StatementRecord] {
    let schema = try schema(at: span)
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          subjects: [entity], properties: schema.propertyAndNarrower(of: property.key)), .all)
    }
    return found.filter(\.isClaimed)
  }

  /// A statement as it stands, whatever its things were called when it was recorded: its id is made of their first keys.
  func standing(_ statement: Statement, _ span: Span) throws(Failure) -> StatementRecord? {
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(subjects: [statement.subject], properties: [statement.property]), .all)
    }
    return found.first { $0.statement == statement }
  }

  private func editStatement(
    _ row: ImportRow, _ columns: EditedStatementColumns, _ property: PropertyDefinition,
    _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let record = try recorded(row.list(columns.id), span).first
    let subject = row.fields[columns.subject].trimmed
    let qualifiers = columns.qualifiers.map { row.fields[$0] }
    let parts = row.parts(columns.value)
    if parts.isEmpty {
      if let record, record.isClaimed { try withdraw(record, &changes, span) }
      return
    }
    var statement: Statement
    if let record {
      statement = record.statement
      try testIdentity(statement, row, columns, span)
      if let place = columns.sources, record.isClaimed { try testSources(row, place, record, span) }
    } else {
      guard let key = Key(subject), let entity = try self.record(key, .all, span) else {
        throw Failures.editedKey(subject, span)
      }
      guard qualifiers?.trimmed.isEmpty ?? true else { throw Failures.editedIdentity(span) }
      statement = Statement(subject: entity.key, property: property.key, value: .none)
    }
    let known = record.map { EditableCell.text($0.statement.value, row.form) }
    let words = "\(subject).\(property.key)"
    let isUnedited = try isUnedited(row.fields[columns.value], known, words, span)
    guard isUnedited || parts.count == 1 else { throw Failures.editedSeveral(span) }
    if !isUnedited, known != parts[0] {
      statement.value = try editedValue(parts[0], property, span)
    }
    statement.validity = try editedPeriod(row, columns, record, span)
    if record?.isClaimed != true, statement != record?.statement,
      try standing(statement, span)?.isClaimed ?? false
    {
      return
    }
    guard let record else { return try claim(statement, interpreter.citationAround(), &changes, span) }
    guard record.isClaimed else {
      throw Failures.editedSince(record.id, LanguageText.told(record.statement), span)
    }
    if statement != record.statement { try replace(record, with: statement, &changes, span) }
  }

  /// Refuses a row whose sources were edited: one that the statement has not was written there. Others may have said it since.
  private func testSources(
    _ row: ImportRow, _ place: Int, _ record: StatementRecord, _ span: Span
  ) throws(Failure) {
    let said = Set(record.citations.map(\.source))
    let texts = row.lists[place] ?? row.fields[place].split { $0 == ";" || $0 == "," }.map(String.init)
    for text in texts {
      // Who speaks in it stands behind it.
      guard let key = Key(String(text.trimmed.prefix { !$0.isWhitespace })), !said.contains(key),
        let source = try self.record(key, .all, span)?.key, !said.contains(source)
      else { continue }
      let known = try storing(span) { () throws(StoreProblem) in try store.source(source, .all) }
      if known != nil { throw Failures.editedSources(span) }
    }
  }

  /// Whether a cell is as it was exported, which of what a workbook has no place for is its beginning.
  /// - Throws: where it is the beginning of something else, of which nobody has the rest.
  func isUnedited(_ cell: String, _ known: String?, _ what: String, _ span: Span) throws(Failure) -> Bool {
    if let known, WorkbookText.isCell(cell, of: known) { return true }
    guard !WorkbookText.isCut(cell) else { throw Failures.editedCut(what, span) }
    return false
  }

  /// Refuses a row that speaks of something else than its statement.
  func testIdentity(
    _ statement: Statement, _ row: ImportRow, _ columns: EditedStatementColumns, _ span: Span
  ) throws(Failure) {
    guard row.fields[columns.subject].trimmed == statement.subject.text,
      row.fields[columns.property].trimmed == statement.property.text,
      columns.qualifiers.map({ WorkbookText.isCell(row.fields[$0], of: statement.qualifierWords) }) ?? true
    else { throw Failures.editedIdentity(span) }
  }

  /// The period of a row, which may be edited; without a column for it that of the statement.
  func editedPeriod(
    _ row: ImportRow, _ columns: EditedStatementColumns, _ record: StatementRecord?, _ span: Span
  ) throws(Failure) -> Validity {
    let known = record?.statement.validity ?? Validity()
    guard let when = columns.when.map({ row.fields[$0].trimmed }), when != known.canonicalText else {
      return known
    }
    guard let validity = Validity(canonicalText: when), validity.isPossible else {
      throw Failures.editedPeriod(when, span)
    }
    return validity
  }

  /// The statements of a cell's ids. What somebody withdrew since is not overwritten.
  func recorded(_ cell: String, _ span: Span) throws(Failure) -> [StatementRecord] {
    guard let ids = EditableCell.ids(cell) else { throw Failures.editedID(cell, span) }
    var records: [StatementRecord] = []
    for id in ids {
      let found = try storing(span) { () throws(StoreProblem) in
        try store.statements(idPrefix: id.digest)
      }
      guard let record = found.first else { throw Failures.editedID(cell, span) }
      records.append(record)
    }
    return records
  }

  /// A value as somebody typed it into a cell.
  func editedValue(_ text: String, _ property: PropertyDefinition, _ span: Span) throws(Failure)
    -> Value
  {
    var text = text
    var isQuoted = false
    if text.first == "\"", text.count > 1, text.last == "\"" {
      let tree = SourceTree(parsing: "find \(text)", signatures: CommandTable.own.signatures)
      if case .text(let word)? = tree.commands.first?.arguments.values.first {
        isQuoted = true
        text = word.content
      }
    }
    if !isQuoted, text == "unknown" { return .unknown }
    if !isQuoted, text == "none" { return .none }
    if property.key == BuiltIn.type {
      return .text(try type(Word(text, span), try schema(at: span)).key.text)
    }
    // Only where things are wanted a word is a key: `12` and `2020` have the look of one.
    var isKey = false
    if case .entities = property.range { isKey = !isQuoted && Key(text) != nil }
    var name = NameSyntax(isKey ? .bare : .quoted, text, span)
    // What stands in a cell has no parameters, whatever columns the table has.
    name.isVerbatim = true
    return try interpreter.value(ValueSyntax(.name(name), span: span), for: property)
  }

  // MARK: The three edits

  /// Whether no row before made the same edit.
  /// - Throws: where one made another of the same thing.
  func isFirst(
    _ thing: EditedBefore.Thing, _ outcome: EditedBefore.Outcome, _ words: String, _ span: Span
  ) throws(Failure) -> Bool {
    guard let known = before.note(thing, outcome, line: current.raw.line) else { return true }
    guard known.isSame else { throw Failures.editedTwice(words, before: known.line, span) }
    return false
  }

  func claim(
    _ statement: Statement, _ citation: Citation?, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    guard try isFirst(.claim(statement.id), .statement(statement.id), "", span) else { return }
    try testEdited(statement, span)
    tell(LanguageText.told(statement), by: .claim(statement, citation), &changes)
  }

  func withdraw(
    _ record: StatementRecord, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let words = LanguageText.told(record.statement)
    guard try isFirst(.statement(record.id), .gone, words, span) else { return }
    tell(words, by: .withdraw(record.id), &changes)
  }

  func replace(
    _ record: StatementRecord, with statement: Statement, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let words = LanguageText.told(record.statement)
    guard try isFirst(.statement(record.id), .statement(statement.id), words, span) else { return }
    try testEdited(statement, span)
    tell(words, by: .withdraw(record.id), &changes)
    let edits = record.citations.map { citation -> Edit in
      citation.stance == .denies ? .deny(statement, citation) : .claim(statement, citation)
    }
    tell(LanguageText.told(statement), by: edits.first ?? .claim(statement, nil), &changes)
    for edit in edits.dropFirst() { held.hold(edit, change: nil) }
  }

  /// Holds an edit, and tells of it.
  func tell(_ words: String, sign: String? = nil, by edit: Edit, _ changes: inout [EditedChange]) {
    held.hold(edit, change: changes.count)
    let isWithdrawn =
      switch edit {
      case .withdraw, .withdrawCitation: true
      default: false
      }
    changes.append(
      EditedChange(sign: sign ?? (isWithdrawn ? "-" : "+"), words: words, line: current.raw.line))
  }

  func testEdited(_ statement: Statement, _ span: Span) throws(Failure) {
    let schema = try schema(at: span)
    if let violation = try interpreter.violation(of: statement, schema, span) {
      throw Failures.rule(violation, schema, span)
    }
    guard case .text(let text) = statement.value, statement.property == BuiltIn.name else { return }
    if text.allSatisfy(\.isWhitespace) { throw Failures.emptyName(span) }
  }
}

extension ImportRow {
  /// What a column says, in a table or in JSON.
  var form: EditableCell.Form { given == nil ? .table : .json }

  /// The values of a cell.
  func parts(_ place: Int) -> [String] {
    switch form {
    case .table: EditableCell.parts(fields[place])
    case .json: lists[place] ?? (fields[place].isEmpty ? [] : [fields[place]])
    }
  }

  /// The ids of a cell.
  func list(_ place: Int) -> String { lists[place]?.joined(separator: " ") ?? fields[place] }
}
