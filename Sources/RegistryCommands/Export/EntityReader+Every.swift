import CommandLanguage
import RegistryModel
import RegistryStore

extension EntityReader {
  /// Hands on entities with their statements, many read together, sorted by key where all are wanted.
  /// - Parameters:
  ///   - keys: the entities; nothing for all.
  ///   - times: of a date those statements are handed on that hold on it, certainly or possibly.
  func forEachEntity(
    _ keys: [Key]?, _ times: Times, _ span: Span,
    _ body: (EntityRecord, [StatementRecord]) throws(Failure) -> Void
  ) throws(Failure) {
    let size = 1_000
    if let keys {
      for start in stride(from: 0, to: keys.count, by: size) {
        var page: [EntityRecord] = []
        for key in keys[start..<min(start + size, keys.count)] {
          if let record = try record(key, times, span) { page.append(record) }
        }
        try forEach(page, times, span, body)
      }
      return
    }
    let entities = RelationDeclaration.entities
    let every = RelationQuery(
      entities, [entities["key"], entities["type"], entities["name"]], order: [.ascending(entities["key"])])
    let rows = try storing(span) { () throws(StoreProblem) in try store.rows(every, times) }
    var page: [EntityRecord] = []
    while try storing(span, { () throws(StoreProblem) in try rows.next() }) {
      page.append(
        EntityRecord(
          key: Key(unchecked: rows.text(0)), type: Key(unchecked: rows.text(1)), name: rows.text(2)))
      guard page.count == size else { continue }
      try forEach(page, times, span, body)
      page = []
    }
    try forEach(page, times, span, body)
  }

  private func forEach(
    _ page: [EntityRecord], _ times: Times, _ span: Span,
    _ body: (EntityRecord, [StatementRecord]) throws(Failure) -> Void
  ) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(subjects: page.map(\.key), tellsHeld: times.on != nil), times)
    }.filter { times.on == nil || $0.holdsPossibly || !$0.isClaimed }
    let statements = Dictionary(grouping: found, by: \.statement.subject)
    for record in page { try body(record, statements[record.key] ?? []) }
  }
}
