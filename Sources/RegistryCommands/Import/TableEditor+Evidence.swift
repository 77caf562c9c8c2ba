import CommandLanguage
import RegistryModel
import RegistryStore

/// Where a table has the parts of a citation.
struct EditedEvidenceColumns {
  var source: Int
  var stance: Int
  private var others: [WritableKeyPath<Citation, String?>: Int] = [:]

  init?(_ place: (String) -> Int?) {
    guard let source = place("source"), let stance = place("stance") else { return nil }
    (self.source, self.stance) = (source, stance)
    for (name, path) in Self.parts { others[path] = place(name) }
  }

  private static var parts: [(String, WritableKeyPath<Citation, String?>)] {
    [("via", \.via), ("locator", \.locator), ("quote", \.quote), ("said", \.said), ("inferred", \.inferred)]
  }

  /// The citation of a row; nothing where it names no source.
  func citation(_ row: ImportRow) -> Citation? {
    guard let key = Key(row.fields[source].trimmed), let stance = Stance(rawValue: row.fields[stance].trimmed)
    else { return nil }
    var citation = Citation(source: key, stance: stance)
    for (path, place) in others where !row.fields[place].isEmpty {
      citation[keyPath: path] = row.fields[place]
    }
    return citation
  }

  /// Whether a citation, the first, is that of a row, the other: what a table has no column for may be anything, and an empty text is none.
  func matches(_ one: Citation, _ other: Citation) -> Bool {
    one.source == other.source && one.stance == other.stance
      && others.keys.allSatisfy { WorkbookText.isCell(other[keyPath: $0] ?? "", of: one[keyPath: $0] ?? "") }
  }
}

/// The export of the whole registry, edited: a row says what one citation says.
extension TableEditor {
  /// Moves a row's citation to the statement that the row now makes, or withdraws it.
  func editEvidence(
    _ row: ImportRow, _ columns: EditedStatementColumns, _ evidence: EditedEvidenceColumns,
    _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let property = try property(
      Word(row.fields[columns.property].trimmed, span), try schema(at: span), isWritten: true)
    let citation = evidence.citation(row)
    guard let record = try recorded(row.list(columns.id), span).first else {
      return try addEvidence(row, columns, property, citation, &changes, span)
    }
    let statement = record.statement
    try testIdentity(statement, row, columns, span)
    var edited = statement
    let text = text(row, columns)
    // Without quotation marks around its own it is as earlier programs wrote it.
    let words = "\(statement.subject).\(statement.property)"
    let isKnown =
      try isUnedited(text, EditableCell.exported(statement.value).exportedText, words, span)
      || text.first == "\"" && text == Cell(statement.value).exportedText
    if !text.isEmpty, !isKnown {
      edited.value = try editedValue(text, property, span)
    }
    edited.validity = try editedPeriod(row, columns, record, span)
    let own = citation.flatMap { wanted in record.citations.first { evidence.matches($0, wanted) } }
    let isThere = citation == nil ? record.isClaimed && record.citations.isEmpty : own != nil
    if edited == statement, !text.isEmpty {
      guard isThere else { throw Failures.editedEvidence(LanguageText.told(statement), span) }
      return
    }
    if !isThere {
      // Edited before, by this very table perhaps.
      if text.isEmpty { return }
      let there = try standing(edited, span)
      let isDone = citation.map { wanted in
        there?.citations.contains { evidence.matches($0, wanted) } ?? false
      }
      guard isDone ?? there?.isClaimed ?? false else {
        throw Failures.editedEvidence(LanguageText.told(statement), span)
      }
      return
    }
    guard let own else {
      return text.isEmpty
        ? try withdraw(record, &changes, span) : try replace(record, with: edited, &changes, span)
    }
    let told = LanguageText.told(statement)
    let outcome: EditedBefore.Outcome = text.isEmpty ? .gone : .statement(edited.id)
    guard try isFirst(.evidence(record.id, own), outcome, told, span) else { return }
    if !text.isEmpty { try testEdited(edited, span) }
    let source = ", by \(own.source)"
    tell(told + source, by: .withdrawCitation(record.id, own), &changes)
    guard !text.isEmpty else { return }
    tell(
      LanguageText.told(edited) + source,
      by: own.stance == .denies ? .deny(edited, own) : .claim(edited, own), &changes)
  }

  private func addEvidence(
    _ row: ImportRow, _ columns: EditedStatementColumns, _ property: PropertyDefinition,
    _ citation: Citation?, _ changes: inout [EditedChange], _ span: Span
  ) throws(Failure) {
    let text = text(row, columns)
    guard !text.isEmpty else { return }
    _ = try isUnedited(text, nil, "\(row.fields[columns.subject].trimmed).\(property.key)", span)
    guard let key = Key(row.fields[columns.subject].trimmed), let entity = try record(key, .all, span) else {
      throw Failures.editedKey(row.fields[columns.subject], span)
    }
    guard columns.qualifiers.map({ row.fields[$0].trimmed.isEmpty }) ?? true else {
      throw Failures.editedIdentity(span)
    }
    if let citation { _ = try source(NameSyntax(.bare, citation.source.text, span)) }
    let statement = Statement(
      subject: entity.key, property: property.key, value: try editedValue(text, property, span),
      validity: try editedPeriod(row, columns, nil, span))
    let there = try standing(statement, span)
    let isThere = citation.map { there?.citations.contains($0) ?? false } ?? there?.isClaimed ?? false
    if isThere { return }
    if citation?.stance == .denies {
      try testEdited(statement, span)
      tell(LanguageText.told(statement), sign: "+ deny", by: .deny(statement, citation), &changes)
    } else {
      var cited = citation
      if cited == nil { cited = interpreter.citationAround() }
      try claim(statement, cited, &changes, span)
    }
  }

  /// The value of a row; a number is an object in JSON, of which the text is read.
  private func text(_ row: ImportRow, _ columns: EditedStatementColumns) -> String {
    if let given = row.given, !given.contains(columns.value), let text = columns.quantity {
      return row.fields[text]
    }
    return row.fields[columns.value]
  }
}

extension Cell {
  /// What stands in an export for a value.
  var exportedText: String {
    switch self {
    case .text(let text): text
    case .key(let key): key.text
    case .quantity(let quantity): quantity.canonicalText
    case .date(let date): date.edtf
    default: ""
    }
  }
}
