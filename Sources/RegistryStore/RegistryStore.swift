public import RegistryModel
public import RegistryRules

/// What a registry is, whatever keeps it.
///
/// One value is one session's handle, used from one thread. Reading works inside and outside a transaction and
/// sees the session's own uncommitted edits. Every backend passes the checks of
/// `StoreConformance`, in `Tests/Support/Conformance`.
///
/// The truth are immutable statements, citations and definitions with life rows; whatever a reading function
/// answers from (projections) is kept in the same transaction.
///
/// What is asked is a value, so that a backend writes the functions of these protocols and nothing else; what is shorter
/// to say stands in extensions of them. What a backend may lack is a protocol of its own, and ``StoreCapability`` how it is
/// asked for.
public protocol RegistryStore: AnyObject, RegistryReading, RegistryWriting {
  /// The file, or `:memory:`.
  var location: String { get }

  /// What it asks and tells while it works.
  var hooks: StoreHooks { get set }
}

/// Reading. `times` says from where: see ``Times``.
///
/// Everything throws `interrupted` once ``StoreHooks/isInterrupted`` says so, and `damaged` or `failed` where what keeps
/// the registry does.
public protocol RegistryReading: AnyObject {
  /// Runs `body` so that all it reads is as it was at one moment, whatever other sessions write meanwhile.
  func atOneMoment<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result

  /// The definitions that stand. Cheap when nothing was defined since the last call.
  func schema(_ times: Times) throws(StoreProblem) -> Schema

  /// Who is called something, under which name or key: see ``NameQuery``.
  func names(_ query: NameQuery) throws(StoreProblem) -> [NameMatch]

  /// The entities that a query finds, as rows or counted in groups, and how many it could not decide.
  func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage

  /// The statements selected, with their citations, ordered by subject, property and age.
  ///
  /// Under `on D` those that certainly or possibly hold, and of figures the latest year up to D (``LatestFigures``).
  func statements(_ selection: StatementSelection, _ times: Times) throws(StoreProblem) -> [StatementRecord]

  /// In how many statements an entity occurs.
  /// - Parameter most: beyond which neither those that have it among their qualifiers are counted nor those that cite it.
  func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions

  /// The places in which statements stand against each other, ordered by subject and property. Under `on D` there may be
  /// some in which none of those that hold do.
  func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place]

  /// Paths, those that possibly hold under `on D`. They are background, by all sources: whose word counts narrows what is
  /// asked, not what groups and parts are.
  func paths(_ query: PathQuery, _ times: Times) throws(StoreProblem) -> [GroupPath]

  /// What is known of sources, each by the key that was given; those of which nothing is known are left out.
  func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData]

  /// Rows of a relation, read one by one as they are asked for. Nothing is written, and no other times are read, before
  /// the cursor is let go.
  func rows(_ query: RelationQuery, _ times: Times) throws(StoreProblem) -> any RowCursor

  /// What was recorded, part by part: see ``HistoryQuery``.
  /// - Parameter visit: false ends the reading.
  func history(_ query: HistoryQuery, _ visit: (HistoryPart) -> Bool) throws(StoreProblem)

  /// Tests what keeps the registry, compares the projections with a rebuild, and tests the invariants.
  func check() throws(StoreProblem) -> [CheckFinding]
}

/// Writing. Every edit belongs to a transaction.
public protocol RegistryWriting: AnyObject {
  /// What was begun and has not ended.
  var state: WritingState { get }

  /// Opens a transaction or a trial, waiting for another writer up to 30 s.
  /// - Throws: `locked`, naming who holds the registry and since when; `readOnly`; `transactionOpen` where a transaction is
  ///   open, or a trial and another is to begin.
  func begin(_ beginning: Beginning) throws(StoreProblem)

  /// Carries out one edit in the open transaction.
  /// - Throws: `noTransaction`; why it cannot be: `unknownStatement`, `unknownEntity`, `keyTaken`, `cannotMerge`,
  ///   `undoBlocked` …
  @discardableResult
  func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome

  /// Runs `body` inside the open transaction so that it leaves nothing when it throws.
  func atomically<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result

  /// Ends the transaction; nothing where it changed nothing, and then no transaction is recorded. Where it fails, all of
  /// the transaction is dropped.
  /// - Parameter reason: in place of the one that it began with: some are known only at its end. Nothing keeps that.
  /// - Throws: `noTransaction`; `transactionLost`, `diskFull`.
  @discardableResult
  func commit(reason: String?) throws(StoreProblem) -> TransactionID?

  /// Drops what was written.
  /// - Throws: `noTransaction` where there is nothing of the kind.
  func rollback(_ dropping: Dropping) throws(StoreProblem)
}
