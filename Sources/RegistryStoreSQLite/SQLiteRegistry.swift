internal import RegistryModel
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

    public init(readOnly: Bool = false, createIfMissing: Bool = true, patience: Double = 30) {
      self.readOnly = readOnly
      self.createIfMissing = createIfMissing
      self.patience = patience
    }
  }

  /// The file, or `:memory:`.
  public let location: String
  let options: Options
  let db: Connection

  public var isInterrupted: (() -> Bool)? {
    get { db.isInterrupted }
    set { db.isInterrupted = newValue }
  }

  /// The open transaction.
  var open: OpenTransaction?
  /// What was edited since the projections were brought up to date.
  var dirty = Dirty()
  /// What was read once and is true until the registry changes.
  var memory = Memory()

  init(_ db: Connection, location: String, options: Options) {
    self.db = db
    self.location = location
    self.options = options
  }

  deinit { try? close() }

  /// Drops an open transaction and gives the file back. The handle must not be used afterwards.
  public func close() throws(StoreProblem) {
    if open != nil { try rollback() }
    try db.close()
  }
}

/// The transaction that is being written.
struct OpenTransaction {
  var info: TransactionInfo
  /// Its number, once it has changed something.
  var number: Int64?
  /// What went wrong where no error could be thrown; commit throws it.
  var failure: StoreProblem?
}

/// What was edited since the projections were brought up to date.
struct Dirty {
  struct Cell: Hashable {
    var subject: Int64
    var property: String
  }
  var statements: Set<Int64> = []
  var citations: Set<Int64> = []
  /// Cells of rivals to be resolved again.
  var cells: Set<Cell> = []
  /// Entities whose type, names or aliases changed.
  var entities: Set<Int64> = []
  var aliases: Set<Int64> = []
  /// Sources whose data changed: the cells that cite them are resolved again.
  var sources: Set<Int64> = []
  /// Properties whose definition changed: all their cells are resolved again.
  var properties: Set<String> = []
  /// Entities that were renamed or merged, or are not any more.
  var identities: Set<Int64> = []
  /// Types whose definition changed: what counts as a group may have.
  var types: Set<String> = []

  var isEmpty: Bool {
    statements.isEmpty && citations.isEmpty && cells.isEmpty && entities.isEmpty && aliases.isEmpty
      && sources.isEmpty && properties.isEmpty && types.isEmpty && identities.isEmpty
  }
}

/// What was read once and is true until the registry changes.
struct Memory {
  /// Rows of keys. Forgotten when something is rolled back, since the row may be gone.
  var entityIDs: [Key: Int64] = [:]
  /// The keys that were given later, with those that statements are recorded under.
  var recordedKeys: [Key: Key]?
  /// Dates by their text: few are used often.
  var validities: [String: Validity] = [:]
  /// SQLite's `data_version`: another connection wrote when it changes.
  var dataVersion: Int64 = -1
  var schema: Schema?
  var standings: [Key: SourceStanding]?
  /// The other time that the tables in `temp` are made for.
  var past: Past?
  /// What the documented views read.
  var viewed: Holding?
}

/// The time that the tables in `temp` are made for, with what was read of it.
struct Past {
  var times: Times
  var schema: Schema?
  var standings: [Key: SourceStanding]?
}
