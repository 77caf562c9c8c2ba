internal import RegistryStore

/// Reads past damage, where that is wanted: a part that cannot be read is left out, and what an index no longer tells is
/// looked for row by row.
final class Salvage {
  private let state: RegistryState
  private let onDamage: ((StoreProblem) -> Void)?
  /// The statements by their subject, where the index cannot be read.
  private var statements: [Int64: [Int64]]?

  init(_ state: RegistryState, _ onDamage: ((StoreProblem) -> Void)?) {
    (self.state, self.onDamage) = (state, onDamage)
  }

  /// - Returns: what `body` gives, `otherwise` where it meets damage.
  func part<Result>(
    _ otherwise: Result, _ body: () throws(StoreProblem) -> Result
  ) throws(StoreProblem) -> Result {
    do throws(StoreProblem) {
      return try body()
    } catch {
      guard let onDamage, case .damaged = error else { throw error }
      onDamage(error)
      return otherwise
    }
  }

  /// The rows that a query finds.
  func rows(_ query: String, _ arguments: [SQL] = []) throws(StoreProblem) -> [Int64] {
    try part([]) { () throws(StoreProblem) in try state.db.integers(query, arguments) }
  }

  /// All rows of a table.
  func ids(of table: String, orderedBy column: String) throws(StoreProblem) -> [Int64] {
    let ordered = try part(nil) { () throws(StoreProblem) -> [Int64]? in
      try state.db.integers("SELECT id FROM main.\(table) ORDER BY \(column)")
    }
    if let ordered { return ordered }
    return try probe("SELECT id FROM main.\(table) NOT INDEXED WHERE id = ?", table).map(\.0)
  }

  /// Reads much at once; nothing where that meets damage, and then each is to be read by itself.
  func together<Result>(
    _ body: () throws(StoreProblem) -> Result
  ) throws(StoreProblem) -> Result? {
    do throws(StoreProblem) {
      return try body()
    } catch {
      guard case .damaged = error else { throw error }
      return nil
    }
  }

  /// The rows of each of some entities.
  /// - Parameter query: from a list of entities, each of their rows behind its entity.
  func rows(of entities: [Int64], _ query: String) throws(StoreProblem) -> [Int64: [Int64]] {
    let found = try together { () throws(StoreProblem) in try byEntity(query, entities) }
    if let found { return found }
    var each: [Int64: [Int64]] = [:]
    for entity in entities {
      each[entity] = try part([]) { () throws(StoreProblem) in try byEntity(query, [entity])[entity] ?? [] }
    }
    return each
  }

  /// The statements that were recorded of each of some entities.
  func statements(of entities: [Int64]) throws(StoreProblem) -> [Int64: [Int64]] {
    if statements == nil {
      let found = try together { () throws(StoreProblem) in try byEntity(Self.recorded, entities) }
      if let found { return found }
    }
    var each: [Int64: [Int64]] = [:]
    for entity in entities { each[entity] = try statements(of: entity) }
    return each
  }

  private func statements(of entity: Int64) throws(StoreProblem) -> [Int64] {
    if let statements { return statements[entity] ?? [] }
    let indexed = try part(nil) { () throws(StoreProblem) -> [Int64]? in
      try byEntity(Self.recorded, [entity])[entity] ?? []
    }
    if let indexed { return indexed }
    let query = "SELECT \(RecordedAs.subject("s")) FROM main.statement s NOT INDEXED WHERE s.id = ?"
    let found = Dictionary(grouping: try probe(query, "statement"), by: \.1).mapValues { $0.map(\.0) }
    statements = found
    return found[entity] ?? []
  }

  private static let recorded = """
    SELECT \(RecordedAs.subject("s")), s.id FROM main.statement s
    WHERE \(RecordedAs.isOf("?1", .subject)) ORDER BY s.property, s.digest
    """

  private func byEntity(_ query: String, _ entities: [Int64]) throws(StoreProblem) -> [Int64: [Int64]] {
    let row = try state.db.rows(query, [.list(entities)])
    var found: [Int64: [Int64]] = [:]
    while try row.next() { found[row.integer(0), default: []].append(row.integer(1)) }
    return found
  }

  /// Asks for every row that there can be.
  private func probe(_ query: String, _ table: String) throws(StoreProblem) -> [(Int64, Int64)] {
    let most = try state.db.mostRows()
    let last = try part(most) { () throws(StoreProblem) in
      try state.db.integer("SELECT max(id) FROM main.\(table)") ?? 0
    }
    var found: [(Int64, Int64)] = []
    for id in 0...last where state.db.hooks.isInterrupted?() != true {
      let value = try part(nil) { () throws(StoreProblem) in try state.db.integer(query, [.integer(id)]) }
      if let value { found.append((id, value)) }
    }
    return found
  }
}
