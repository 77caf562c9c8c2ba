internal import RegistryModel
internal import RegistryStore

/// What is recorded, handed on in the order in which it is added and read a thousand rows at once, so that the SQL
/// statements grow in number by the thousand rows. Where that meets damage, each row is read by itself.
struct RecordedQueue {
  enum Part {
    indirect case transaction(Transaction, undoing: [TransactionID])
    case asserted(Thing, Int64)
    case withdrawn(Thing, Int64)
    /// By a transaction that came from another registry.
    case ended(Thing, Int64, by: Int64)
    /// What stands of a statement, by its row.
    case standing(Int64)
  }

  /// How many parts wait for each other, and how many rows are looked up together.
  static let most = 1_000

  private let state: RegistryState
  private var db: any SQLEngine { state.db }
  private let salvage: Salvage
  private var waiting: [Part] = []

  init(_ state: RegistryState, _ salvage: Salvage) { (self.state, self.salvage) = (state, salvage) }

  /// - Returns: whether more is wanted.
  mutating func add(_ part: Part, _ visit: (RecordedChange) -> Bool) throws(StoreProblem) -> Bool {
    waiting.append(part)
    return waiting.count < Self.most ? true : try handOn(visit)
  }

  /// Hands on all that waits.
  /// - Returns: whether more is wanted.
  mutating func handOn(_ visit: (RecordedChange) -> Bool) throws(StoreProblem) -> Bool {
    defer { waiting.removeAll(keepingCapacity: true) }
    let found = try read()
    for part in waiting {
      let isWanted = try salvage.part(true) { () throws(StoreProblem) in
        for change in try changes(part, found) where !visit(change) { return false }
        return true
      }
      guard isWanted else { return false }
    }
    return true
  }

  private func changes(_ part: Part, _ found: Found) throws(StoreProblem) -> [RecordedChange] {
    func content(_ thing: Thing, _ row: Int64) throws(StoreProblem) -> RecordedContent {
      if let content = found.contents[thing]?[row] { return content }
      return try RecordedRows(state).content(thing, row)
    }
    switch part {
    case .transaction(let transaction, let undone): return [.transaction(transaction, undoing: undone)]
    case .asserted(let thing, let row): return [.asserted(try content(thing, row))]
    case .withdrawn(let thing, let row): return [.withdrawn(try content(thing, row))]
    case .ended(let thing, let row, let number):
      let seen = try db.integers(
        """
        SELECT e.seen FROM (\(Lives.endings(by: "?1"))) e WHERE e.thing = ?2 AND e.id = ?3 ORDER BY e.seen
        """, [.integer(number), .integer(thing.rawValue), .integer(row)])
      return [.ended(try content(thing, row), seen: seen.map(TransactionID.init))]
    case .standing(let row):
      if let contents = found.standing[row] { return contents.map(RecordedChange.asserted) }
      return try (RecordedRows(state).standing([row])[row] ?? []).map(RecordedChange.asserted)
    }
  }

  /// What was read of what waits.
  private struct Found {
    var contents: [Thing: [Int64: RecordedContent]] = [:]
    var standing: [Int64: [RecordedContent]] = [:]
  }

  private func read() throws(StoreProblem) -> Found {
    var rows: [Thing: Set<Int64>] = [:]
    var standing: Set<Int64> = []
    for part in waiting {
      switch part {
      case .transaction: break
      case .asserted(let thing, let row), .withdrawn(let thing, let row), .ended(let thing, let row, _):
        rows[thing, default: []].insert(row)
      case .standing(let row): standing.insert(row)
      }
    }
    var found = Found()
    for (thing, rows) in rows {
      found.contents[thing] = try salvage.together { () throws(StoreProblem) in
        try RecordedRows(state).contents(thing, rows.sorted())
      }
    }
    found.standing =
      try salvage.together { () throws(StoreProblem) in try RecordedRows(state).standing(standing.sorted()) }
      ?? [:]
    return found
  }
}
