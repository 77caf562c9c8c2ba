import CommandLanguage
import RegistryModel
import RegistryStore

/// Writes every statement with each of its citations, as rows.
struct StatementExporter: CommandReader {
  static let columns = [
    "id", "subject", "property", "value", "qualifiers", "when", "stance", "source", "via", "locator", "quote",
    "said", "inferred",
  ].map { Column($0) }

  let interpreter: Interpreter

  /// The whole registry as one table.
  func allStatements(_ times: Times, _ span: Span) throws(Failure) -> ResultTable {
    var table = ResultTable(columns: Self.columns)
    try entityReader.forEachEntity(nil, times, span) { (_, records) throws(Failure) in
      for record in records { table.rows += rows(record) }
    }
    return table
  }

  /// Writes the whole registry, an entity at a time.
  /// - Returns: how many statements were written.
  func writeStatements(
    _ times: Times, as text: any TableText, to file: WrittenFile, _ span: Span,
    onProgress: ((Session.Progress?) -> Void)?
  ) throws(Failure) -> Int {
    var text = text
    var count = 0
    var waiting = text.opening()
    try entityReader.forEachEntity(nil, times, span) { (_, records) throws(Failure) in
      count += records.count
      for record in records { waiting += text.text(rows(record)) }
      guard waiting.utf8.count > 1 << 16 else { return }
      try file.write(waiting)
      waiting = ""
      onProgress?(Session.Progress(what: file.name, done: count, unit: "statements", fraction: nil))
    }
    try file.write(waiting + text.closing())
    try file.finish()
    return count
  }

  private func rows(_ record: StatementRecord) -> [[Cell]] {
    let statement = record.statement
    let qualifiers = statement.qualifierWords
    let head: [Cell] = [
      .text(EditableCell.text(record.id)), .key(statement.subject), .key(statement.property),
      EditableCell.exported(statement.value), qualifiers.isEmpty ? .empty : .text(qualifiers),
      .validity(statement.validity),
    ]
    if record.citations.isEmpty {
      let stance = record.isClaimed ? Stance.claims : Stance.denies
      return [head + [.text(stance.rawValue)] + Array(repeating: .empty, count: 6)]
    }
    return record.citations.map { citation in
      let fields = [citation.via, citation.locator, citation.quote, citation.said, citation.inferred]
      return head + [.text(citation.stance.rawValue), .key(citation.source)]
        + fields.map { $0.map { .text($0) } ?? .empty }
    }
  }
}
