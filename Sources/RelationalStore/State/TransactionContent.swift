internal import RegistryStore

/// What the open transaction asserted and ended, as it goes on: of this its uid is made.
struct TransactionContent {
  struct Change {
    var thing: Thing
    var row: Int64
    /// By the number of the transaction that had asserted what is ended; nil for what is asserted.
    var seen: Int64?
    /// Whether it takes back what was noted before.
    var isTakenBack = false
  }

  var asserted = ContentSum()
  var ended: [Int64: ContentSum] = [:]
  /// What was changed and is looked up later, some of it together.
  private(set) var waiting: [Change] = []
  /// Whether it is read from the tables in the end, as after many things were changed at once.
  var isStale = false
  /// Whether it has ended anything that it may assert again.
  private(set) var hasEnded = false
  var mayHaveEnded: Bool { hasEnded || isStale }
  /// Whether it took back what it had asserted itself, of which then nothing is left.
  private(set) var hasTakenBack = false

  /// The citation that was digested last, without its line: of an import thousands differ in the line alone.
  var citing = CitationDigest()

  /// So many wait at most: a part of a transaction that is dropped goes back to what waited before it.
  static let most = 100

  mutating func note(_ change: Change) {
    if change.seen != nil { hasEnded = true } else if change.isTakenBack { hasTakenBack = true }
    if !isStale { waiting.append(change) }
  }

  /// Puts what waited where it belongs, by the ids of all of it.
  mutating func take(_ ids: [Thing: [Int64: ContentID]]) {
    for change in waiting {
      guard let id = ids[change.thing]?[change.row] else {
        isStale = true
        break
      }
      let kind = change.thing.rawValue
      switch (change.seen, change.isTakenBack) {
      case (nil, false): asserted.add(id, as: kind)
      case (nil, true): asserted.remove(id, as: kind)
      case (let seen?, false): ended[seen, default: ContentSum()].add(id, as: kind)
      case (let seen?, true): ended[seen, default: ContentSum()].remove(id, as: kind)
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
