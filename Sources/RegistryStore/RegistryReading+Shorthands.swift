public import RegistryModel

/// Shorter ways to say what is asked often.
extension RegistryReading {
  /// The entity with this key: see ``NameQuery/keys(_:_:)``.
  public func entity(_ key: Key, _ times: Times) throws(StoreProblem) -> EntityRecord? {
    try names(.keys([key], times)).first?.entity
  }

  /// The entities with these keys, each by the key that was given, found at once.
  public func entities(_ keys: [Key], _ times: Times) throws(StoreProblem) -> [Key: EntityRecord] {
    if keys.isEmpty { return [:] }
    let found = try names(.keys(keys, times)).map { (Key(unchecked: $0.text), $0.entity) }
    return Dictionary(found, uniquingKeysWith: { first, _ in first })
  }

  /// The entities with this key or name: see ``NameQuery/name(_:_:)``.
  public func entities(named name: String, _ times: Times) throws(StoreProblem) -> [EntityRecord] {
    try names(.name(name, times)).map(\.entity)
  }

  /// What is known of a source.
  public func source(_ key: Key, _ times: Times) throws(StoreProblem) -> SourceData? {
    try sources(.keys([key]), times)[key]
  }

  /// What was recorded of an entity, or of one property of it, oldest first.
  public func history(of subject: Key, property: Key?) throws(StoreProblem) -> [HistoryEntry] {
    try parts(.subject(subject, property: property)) { if case .entry(let entry) = $0 { entry } else { nil } }
  }

  /// What was recorded of some statements, oldest first.
  public func history(of statements: [StatementID]) throws(StoreProblem) -> [HistoryEntry] {
    try parts(.of(statements)) { if case .entry(let entry) = $0 { entry } else { nil } }
  }

  /// Whether anything came from another registry.
  public func hasArrivals() throws(StoreProblem) -> Bool {
    try !parts(.arrived(1)) { if case .transaction(let found) = $0 { found } else { nil } }.isEmpty
  }

  /// The newest transactions first.
  public func transactions(limit: Int) throws(StoreProblem) -> [Transaction] {
    try parts(.newest(limit)) { if case .transaction(let found) = $0 { found } else { nil } }
  }

  /// The transaction with this number.
  public func transaction(_ id: TransactionID) throws(StoreProblem) -> Transaction? {
    try parts(.transaction(id)) { if case .transaction(let found) = $0 { found } else { nil } }.first
  }

  /// What a transaction, committed or open, changed on the whole.
  /// - Parameter visit: false ends the reading.
  public func changes(of id: TransactionID, _ visit: (RecordedChange) -> Bool) throws(StoreProblem) {
    try history(.changes(of: id)) { if case .change(let change) = $0 { visit(change) } else { true } }
  }

  /// How many changes of each kind a transaction made, most first.
  public func changeCounts(of id: TransactionID) throws(StoreProblem) -> [ChangeCount] {
    try parts(.counts(of: id)) { if case .count(let count) = $0 { count } else { nil } }
  }

  /// The statements whose id begins so, those no longer asserted too.
  public func statements(idPrefix: String) throws(StoreProblem) -> [StatementRecord] {
    try parts(.statements(idPrefix: idPrefix)) { if case .statement(let found) = $0 { found } else { nil } }
  }

  private func parts<Part>(
    _ query: HistoryQuery, _ part: (HistoryPart) -> Part?
  ) throws(StoreProblem) -> [Part] {
    var found: [Part] = []
    try history(query) {
      if let part = part($0) { found.append(part) }
      return true
    }
    return found
  }
}
