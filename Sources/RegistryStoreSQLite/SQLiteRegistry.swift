internal import RegistryModel
internal import RegistryRules
public import RegistryStore

/// A registry in one SQLite file, or in memory.
///
/// The truth tables (see `Format`) are append-only; `fact`, `entity_now`, `name`, `found`, `group_path` and
/// `identity_now` are derived from
/// them in the same transaction, at the latest before something is read. One value is one session's handle, used
/// from one thread.
public final class SQLiteRegistry: RegistryStore {
  /// How a registry is opened.
  public struct Options: Hashable, Sendable {
    /// Nothing can be written; nothing is created.
    public var readOnly: Bool
    /// A registry is made where there is no file.
    public var createIfMissing: Bool
    /// How long to wait for another writer, in seconds.
    public var patience: Double
    /// The file is left as it is to the byte: a registry of an earlier format is brought up to date in memory, and what
    /// lies in a log beside it stays there.
    public var leavesFile: Bool

    public init(
      readOnly: Bool = false, createIfMissing: Bool = true, patience: Double = 30, leavesFile: Bool = false
    ) {
      self.readOnly = readOnly
      self.createIfMissing = createIfMissing
      self.patience = patience
      self.leavesFile = leavesFile
    }
  }

  let shared: RegistryState

  /// The file, or `:memory:`.
  public var location: String { shared.location }

  public var hooks: StoreHooks {
    get { StoreHooks(isInterrupted: shared.db.isInterrupted, onWait: shared.db.patience.onWait) }
    set {
      shared.db.isInterrupted = newValue.isInterrupted
      shared.db.patience.onWait = newValue.onWait
    }
  }

  /// Told of every SQL statement that is run, so that tests can count them.
  package var onStatement: ((String) -> Void)? {
    get { shared.db.onStatement }
    set { shared.db.onStatement = newValue }
  }

  init(_ db: Connection, location: String, options: Options) {
    let shared = RegistryState(db, location: location, options: options)
    self.shared = shared
    // The connection, which the function is added to, belongs to the shared.
    db.add { [weak shared] (subject, property) throws(StoreProblem) in
      guard let shared else { return "[]" }
      return try ReadingsReader(shared).readings(of: subject, property)
    }
  }

  deinit { try? close() }

  /// Drops an open transaction and gives the file back. The handle must not be used afterwards.
  public func close() throws(StoreProblem) {
    if shared.transaction != nil { try rollback(.transaction) }
    if shared.isTrial { try rollback(.trial) }
    try shared.db.close()
  }
}
