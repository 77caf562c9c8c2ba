public import RegistryStore

/// A registry in a relational database, whatever engine keeps that.
///
/// The truth tables are append-only; `fact`, `entity_now`, `name`, `found`, `group_path` and
/// `identity_now` are derived from
/// them in the same transaction, at the latest before something is read. One value is one session's handle, used
/// from one thread.
public final class RelationalRegistry: RegistryStore {
  let shared: RegistryState

  /// The file, or `:memory:`.
  public var location: String { shared.location }

  public var hooks: StoreHooks {
    get { shared.db.hooks }
    set { shared.db.hooks = newValue }
  }

  /// Told of every SQL statement that is run, so that tests can count them.
  package var onStatement: ((String) -> Void)? {
    get { shared.db.onStatement }
    set { shared.db.onStatement = newValue }
  }

  package init(_ db: any SQLEngine, isReadOnly: Bool) {
    let shared = RegistryState(db, isReadOnly: isReadOnly)
    self.shared = shared
    // The connection, which the function is added to, belongs to the shared.
    db.add(readings: { [weak shared] (subject, property) throws(StoreProblem) in
      guard let shared else { return "[]" }
      return try ReadingsReader(shared).readings(of: subject, property)
    })
  }

  deinit { try? close() }

  /// Drops an open transaction and gives the file back. The handle must not be used afterwards.
  public func close() throws(StoreProblem) {
    if shared.transaction != nil { try rollback(.transaction) }
    if shared.isTrial { try rollback(.trial) }
    try shared.db.close()
  }

  /// Forgets all that was recorded, and keeps the connection with what is prepared on it: tests that need thousands of
  /// registries in memory make them so. Nothing may be open.
  package func empty() throws(StoreProblem) {
    let db = shared.db
    let row = try db.rows(
      """
      SELECT name FROM main.sqlite_master WHERE type = 'table' AND substr(name, 1, 7) != 'sqlite_'
        AND (substr(name, 1, 5) != 'found' OR name = 'found_later') ORDER BY name
      """)
    var tables: [String] = []
    while try row.next() { tables.append(row.text(0)) }
    try db.begin(.writing)
    for table in tables { try db.run("DELETE FROM main.\(table)") }
    try db.run("DELETE FROM main.found")
    try db.commit(nil)
    shared.dirty = Dirty()
    shared.late = Late()
    shared.memory = Memory()
  }

  /// Makes the tables that reading answers from, in the transaction of the database that is open.
  /// - Parameter areFilled: whether there is anything that they are made of.
  package func makeProjections(areFilled: Bool) throws(StoreProblem) {
    try shared.db.runScript(ProjectionSchema.creation)
    // Without the hints what is to be decided would be looked for among all that is said by a property.
    try shared.db.tell(IndexHints.of(.main), of: .main)
    if areFilled { try Projector(shared).fill(.main, needsEvidence: false) }
    shared.memory = Memory()
  }

  /// Makes the same tables anew, in the transaction of the database that is open, where they are of an older format.
  /// - Parameter finish: what is to be done with the tables before they are filled.
  package static func remakeProjections(
    in db: any SQLEngine, _ finish: () throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    let state = RegistryState(db, isReadOnly: false)
    try db.runScript(ProjectionSchema.removal(of: .max))
    try db.runScript(ProjectionSchema.creation)
    try finish()
    try Projector(state).fill(.main, needsEvidence: false)
  }

  /// Gives transactions of before there were uids theirs, in the transaction of the database that is open.
  package func nameTransactions() throws(StoreProblem) { try TransactionNaming(shared).nameAll() }
}
