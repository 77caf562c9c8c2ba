internal import RegistryModel
internal import RegistryStore

/// Reads by which transactions things stand, and who said so first: what an undo brought back is said by those from whom it had
/// been taken.
struct Assertions {
  let state: RegistryState
  private var db: any SQLEngine { state.db }

  init(_ state: RegistryState) { self.state = state }

  /// That a thing stands.
  struct Standing: Hashable {
    /// The transaction by which it does.
    var by: Int64
    /// Those that said it first: itself, unless it brought something back.
    var first: Set<Int64>
  }

  struct Life: Hashable {
    var began: Int64
    /// The transactions that ended it.
    var ended: Set<Int64>
    var isOpen: Bool
  }

  /// By what each of some rows stands; those that do not are left out.
  func standing(_ thing: Thing, _ rows: [Int64]) throws(StoreProblem) -> [Int64: [Standing]] {
    guard !rows.isEmpty else { return [:] }
    let lives = try lives(thing, rows)
    let undone = try undone()
    var found: [Int64: [Standing]] = [:]
    for (row, lives) in lives {
      let open = lives.filter(\.isOpen)
      guard !open.isEmpty else { continue }
      found[row] = open.map {
        Standing(by: $0.began, first: Self.first($0.began, lives, undone, []))
      }.sorted { $0.by < $1.by }
    }
    return found
  }

  /// Those that said first what a transaction says of a thing that lived so.
  private static func first(
    _ transaction: Int64, _ lives: [Life], _ undone: [Int64: [Int64]], _ seen: Set<Int64>
  ) -> Set<Int64> {
    guard !seen.contains(transaction) else { return [] }
    var found: Set<Int64> = []
    for reverted in undone[transaction] ?? [] {
      for life in lives where life.ended.contains(reverted) && life.began != transaction {
        found.formUnion(first(life.began, lives, undone, seen.union([transaction])))
      }
    }
    return found.isEmpty ? [transaction] : found
  }

  private func undone() throws(StoreProblem) -> [Int64: [Int64]] {
    var found: [Int64: [Int64]] = [:]
    let row = try db.rows("SELECT tx, reverted FROM main.reversal")
    while try row.next() { found[row.integer(0), default: []].append(row.integer(1)) }
    return found
  }

  /// Every life of some rows.
  func lives(_ thing: Thing, _ rows: [Int64]) throws(StoreProblem) -> [Int64: [Life]] {
    let number = thing.rawValue
    let itself =
      thing.saysByItself
      ? """
       UNION ALL SELECT r.id, r.tx, coalesce(r.ended, \(openEnd)) FROM json_each(?1) j
        CROSS JOIN main.\(thing.table) r ON r.id = j.value AND r.tx IS NOT NULL
      """ : ""
    let row = try db.rows(
      """
      SELECT l.id, l.tx_in, l.tx_out FROM json_each(?1) j
        CROSS JOIN main.life l ON l.thing = \(number) AND l.id = j.value
      UNION ALL SELECT n.id, n.tx_in, n.tx_out FROM json_each(?1) j
        CROSS JOIN main.ending n ON n.thing = \(number) AND n.id = j.value
      """ + itself, [.list(rows)])
    var found: [Int64: [Int64: Life]] = [:]
    while try row.next() {
      let (id, began, ended) = (row.integer(0), row.integer(1), row.integer(2))
      var life = found[id]?[began] ?? Life(began: began, ended: [], isOpen: true)
      if ended != Int64.max {
        life.ended.insert(ended)
        life.isOpen = false
      }
      found[id, default: [:]][began] = life
    }
    return found.mapValues { Array($0.values) }
  }
}
