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

  /// The file, or `:memory:`.
  public let location: String
  let options: Options
  let db: Connection

  public var hooks: StoreHooks {
    get { StoreHooks(isInterrupted: db.isInterrupted, onWait: db.patience.onWait) }
    set {
      db.isInterrupted = newValue.isInterrupted
      db.patience.onWait = newValue.onWait
    }
  }

  /// Told of every SQL statement that is run, so that tests can count them.
  package var onStatement: ((String) -> Void)? {
    get { db.onStatement }
    set { db.onStatement = newValue }
  }

  /// Whether all that is written is dropped in the end (``Beginning/trial(author:)``).
  var isTrial = false
  /// The open transaction.
  var open: OpenTransaction?
  /// What was edited since the projections were brought up to date.
  var dirty = Dirty()
  /// What was brought up to date inside the part that can still be dropped (``atomically(_:)``); nothing outside one.
  var flushed: Dirty?
  /// Whether what is read is held at one moment.
  var isHeld = false
  /// Whether it was looked, while it is held, for what others had written before.
  var hasNoticed = false
  /// Whether more pages than usual are kept in memory.
  var isCacheWide = false
  /// From when on a transaction counts as a long import.
  var limits = ImportLimits()
  /// The pages that are kept in memory, in kilobytes, taken when they are needed.
  static let usualCache = 16_000
  /// What waits for the end of the transaction.
  var late = Late()
  /// What was read once and is true until the registry changes.
  var memory = Memory()
  /// With fewer entities everything is derived for a list of the past, and what is undecided is counted to the last.
  var leastForCandidates = 10_000
  /// With fewer statements another time is read from tables that are made for it, which takes no longer than to find out
  /// what differs; with more, through views where they tell it.
  var leastForViews = 20_000
  /// How many statements are held in memory while their ids are checked.
  var checkedAtOnce = 10_000

  init(_ db: Connection, location: String, options: Options) {
    self.db = db
    self.location = location
    self.options = options
    db.add { [weak self] (subject, property) throws(StoreProblem) in
      try self?.readings(of: subject, property) ?? "[]"
    }
  }

  deinit { try? close() }

  /// Drops an open transaction and gives the file back. The handle must not be used afterwards.
  public func close() throws(StoreProblem) {
    if open != nil { try rollback(.transaction) }
    if isTrial { try endTrial() }
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
  /// Whether it is known that SQLite dropped it.
  var isForgotten = false
  /// The first statement that it recorded.
  var firstStatement: Int64?
  /// Among which rows its claims and citations are that say so by themselves.
  private(set) var statements: ClosedRange<Int64>?
  private(set) var citations: ClosedRange<Int64>?
  /// Whether these ranges are written.
  var isSettled = true

  /// After a part of the transaction was dropped.
  mutating func goBack(to before: OpenTransaction) {
    let failure = failure
    self = before
    self.failure = failure
    isSettled = false
  }

  mutating func recordStatement(_ row: Int64) {
    if firstStatement == nil { firstStatement = row }
    statements = statements.spanning(row...row)
    isSettled = false
  }

  mutating func recordCitation(_ row: Int64) {
    citations = citations.spanning(row...row)
    isSettled = false
  }
  /// Whether something that a long import leaves for later was asked for within it.
  var asksForCounts = false
}

/// What was read once and is true until the registry changes.
struct Memory {
  /// Rows of keys. Forgotten when something is rolled back, since the row may be gone, and when they are too many.
  private(set) var entityIDs: [Key: Int64] = [:]

  mutating func know(_ key: Key, _ id: Int64) {
    if entityIDs.count >= 100_000 { entityIDs.removeAll(keepingCapacity: true) }
    entityIDs[key] = id
  }

  mutating func forgetEntities() { entityIDs = [:] }

  /// Rows of words, as those of keys.
  private(set) var words: [String: Int64] = [:]

  mutating func know(word: String, _ id: Int64) {
    if words.count >= 1_000 { words.removeAll(keepingCapacity: true) }
    words[word] = id
  }

  /// Whether any entity counts as another now; nothing where it was not asked.
  var hasMergings: Bool?
  /// The keys that were given later, with those that statements are recorded under.
  var recordedKeys: [Key: Key]?
  /// Dates by their text: few are used often.
  var validities: [String: Validity] = [:]
  /// SQLite's `data_version`: another connection wrote when it changes.
  var dataVersion: Int64 = -1
  var schema: Schema? {
    didSet { schemaRules = nil }
  }
  /// What the rules need of it.
  var schemaRules: SchemaRules?
  /// Of the sources that were looked up.
  var standings: [Key: SourceStanding] = [:]
  /// The other time that the tables in `temp` are made for.
  var past: Past?
  /// What the documented views read.
  var viewed: ViewedAs?
  /// The contradictions that are written down.
  var contradictions: [FoundTable.Row] = []
  /// Of what date the view for filters that lie deep tells what holds.
  var deeplyViewed: Holding?
}

/// The time that the tables in `temp` are made for, with what was read of it and what they hold.
struct Past {
  var times: Times
  var schema: Schema?
  var schemaRules: SchemaRules?
  /// Whether it is there when things were.
  var hasExistence = false
  var standings: [Key: SourceStanding] = [:]
  /// Of whom everything is there.
  var entities: Set<Int64> = []
  /// How many of them were looked up one by one.
  var lookedUp = 0
  /// Whether everything is there of everybody, the full text, and the paths of groups.
  var isWhole = false
  var hasText = false
  var hasGroups = false
  /// What it is read through instead of tables of its own.
  var views: PastViews?
  /// Whether it is known that it is not read so.
  var needsTables = false

  /// Whether only statements count that a source says whose word counts.
  var needsEvidence: Bool { times.published != nil || !times.accordingTo.isEmpty }
}
