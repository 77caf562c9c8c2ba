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
public protocol RegistryStore: AnyObject, RegistryReading, RegistryWriting, RegistryRestoring {
  /// The file, or `:memory:`.
  var location: String { get }

  /// Asked now and then while something is read; once it is true, reading throws `interrupted` and changes nothing.
  /// Writing is not broken off: who writes much asks between edits.
  var isInterrupted: (() -> Bool)? { get set }

  /// Told who is waited for (`locked`) where another writer makes this one wait for more than a second, and again when
  /// that is another one. `isInterrupted` ends the wait.
  var onWait: ((StoreProblem) -> Void)? { get set }
}

/// Reading. `times` says from where: see ``Times``.
public protocol RegistryReading: AnyObject {
  /// Runs `body` so that all it reads is as it was at one moment, whatever other sessions write meanwhile.
  func atOneMoment<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result

  /// The definitions that stand. Cheap when nothing was defined since the last call.
  func schema(_ times: Times) throws(StoreProblem) -> Schema

  /// The entity with this key, old keys and those of what was merged into it included; nothing where no statement
  /// gives it a type.
  func entity(_ key: Key, _ times: Times) throws(StoreProblem) -> EntityRecord?

  /// The entities with these keys, each by the key that was given, found at once.
  func entities(_ keys: [Key], _ times: Times) throws(StoreProblem) -> [Key: EntityRecord]

  /// The entities that one of these sources calls so: the aliases that count where it is cited, by key.
  func entities(named name: String, in sources: [Key], _ times: Times) throws(StoreProblem) -> [EntityRecord]

  /// The entities of which `name` is the key, a name or an alias that counts everywhere, ignoring case, accents and the difference of
  /// hyphen and space; those whose key it is first.
  func entities(named name: String, _ times: Times) throws(StoreProblem) -> [EntityRecord]

  /// Names and keys that begin with `prefix` (folded), best first: keys, then names, each sorted.
  func names(withPrefix prefix: String, types: [Key], limit: Int) throws(StoreProblem) -> [NameMatch]

  /// The names nearest to a misspelt one, best first (for "did you mean").
  func names(near name: String, types: [Key], limit: Int) throws(StoreProblem) -> [NameMatch]

  /// The statements selected, with their citations, ordered by subject, property and age.
  ///
  /// Under `on D` those that certainly or possibly hold, and of figures the latest year up to D (``LatestFigures``).
  func statements(_ selection: StatementSelection, _ times: Times) throws(StoreProblem) -> [StatementRecord]

  /// The places in which statements stand against each other, ordered by subject and property. Under `on D` there may be
  /// some in which none of those that hold do.
  func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place]

  /// In how many statements about others the entity occurs as a value, by their property, most first. Counted as
  /// ``statements(_:_:)`` would find them.
  func mentions(of key: Key, _ times: Times) throws(StoreProblem) -> [(property: Key, count: Int)]

  /// In how many statements the entity is among the qualifiers, by their property, most first; and how many cite it.
  /// Neither is counted beyond `most`.
  func furtherMentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> FurtherMentions

  /// The statements whose id begins so; more than one where it is ambiguous, also of statements no longer asserted.
  func statements(idPrefix: String) throws(StoreProblem) -> [StatementRecord]

  /// The entities that a query finds, and how many it could not decide.
  func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage

  /// The paths by which `members` are in `groups` (nothing: in any, or whoever), those that possibly hold under `on D`.
  /// They are background, by all sources: whose word counts narrows what is asked, not what groups are.
  func groupPaths(of members: [Key]?, in groups: [Key]?, _ times: Times) throws(StoreProblem) -> [GroupPath]

  /// The paths by which parts (`members`) belong to wholes (`groups`), each by one property that can be followed
  /// (``Parts``). Background as ``groupPaths(of:in:_:)``.
  func partPaths(of parts: [Key]?, in wholes: [Key]?, _ times: Times) throws(StoreProblem) -> [GroupPath]

  /// How many entities a query finds, in groups by the chosen values of properties (none: one row), largest first.
  func count(_ query: EntityQuery, by properties: [Key], _ times: Times) throws(StoreProblem) -> CountPage

  /// Full text over names, texts and quotes, best first.
  func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit]

  /// What is known of sources, each by the key that was given; those of which nothing is known are left out.
  func sourceData(of keys: [Key], _ times: Times) throws(StoreProblem) -> [Key: SourceData]

  /// What is known of the pages that citations name (``Citation/book``): of a page by itself, else of what it counts as,
  /// else of what counts as that. Those of which nothing is known are left out.
  func sources(_ keys: Set<Key>, _ times: Times) throws(StoreProblem) -> [Key: SourceData]

  /// What was recorded of an entity, or of one property of it, oldest first.
  func history(of subject: Key, property: Key?) throws(StoreProblem) -> [HistoryEntry]

  /// The transaction with this number.
  func transaction(_ id: TransactionID) throws(StoreProblem) -> Transaction?

  /// What a transaction, committed or open, changed on the whole: as ``RegistryRestoring/recordedChanges(_:)`` tells it,
  /// without the transaction itself.
  /// - Parameter visit: false ends the reading.
  func changes(
    of id: TransactionID, _ visit: (RecordedChange) -> Bool
  ) throws(StoreProblem)

  /// How many changes there are of each kind, most first.
  func changeCounts(of id: TransactionID) throws(StoreProblem) -> [ChangeCount]

  /// The number of the open transaction; nothing where it has changed nothing yet.
  var openTransactionID: TransactionID? { get }

  /// The newest transactions first.
  func transactions(limit: Int) throws(StoreProblem) -> [Transaction]

  /// Rows of a relation, read one by one as they are asked for. Nothing is written, and no other times are read, before
  /// the cursor is let go.
  func rows(_ query: RelationQuery, _ times: Times) throws(StoreProblem) -> any RowCursor

  /// How many statements and citations are not in the full text yet, so that ``search(_:limit:_:)`` does not find them:
  /// after a long import they are put there later, by ``RegistryWriting/indexText()``.
  func textWaiting() throws(StoreProblem) -> Int

  /// Runs the database's integrity check, compares the projections with a rebuild, and tests the invariants.
  func check() throws(StoreProblem) -> [CheckFinding]
}

/// Writing. Every edit belongs to a transaction.
public protocol RegistryWriting: AnyObject {
  /// Whether a transaction is open.
  var isInTransaction: Bool { get }

  /// Opens a transaction, waiting for another writer up to 30 s.
  /// - Throws: `locked`, naming who holds the registry and since when; `readOnly`.
  func begin(_ info: TransactionInfo) throws(StoreProblem)

  /// Gives the open transaction another reason: some are known only at its end.
  /// - Throws: `noTransaction`.
  func setReason(_ reason: String?) throws(StoreProblem)

  /// Ends the transaction; nothing where it changed nothing, and then no transaction is recorded.
  @discardableResult
  func commit() throws(StoreProblem) -> TransactionID?

  /// Drops what the open transaction wrote.
  func rollback() throws(StoreProblem)

  /// Runs `body` inside the open transaction so that it leaves nothing when it throws.
  func atomically<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result

  /// From here to ``endTrial()`` nothing is kept: transactions are begun, numbered, committed and read as ever, and then
  /// all of them are dropped. Others can read meanwhile, and not write.
  /// - Parameter author: who is named to others that wait.
  /// - Throws: as `begin`; `transactionOpen` where a transaction or a trial is open.
  func beginTrial(author: String) throws(StoreProblem)

  /// Drops all that was written since the trial began, an open transaction with it.
  func endTrial() throws(StoreProblem)

  /// Whether a trial has begun and not ended.
  var isInTrial: Bool { get }

  /// Carries out one edit in the open transaction.
  @discardableResult
  func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome

  /// Puts some of what waits into the full text: in the open transaction, or in one that changes nothing else and is
  /// not recorded. What it did stays done when the next is interrupted.
  /// - Returns: how many statements and citations still wait; as many as before where somebody else writes, for whom
  ///   it does not wait.
  /// - Throws: `readOnly`.
  @discardableResult
  func indexText() throws(StoreProblem) -> Int

  /// Undoes a transaction in the open one.
  /// - Returns: how many life rows it opened or closed.
  /// - Throws: `undoBlocked` naming the later transactions that depend on it; `alreadyUndone`; `unknownTransaction`.
  func revert(_ id: TransactionID) throws(StoreProblem) -> Int
}

/// Who edits, and why.
public struct TransactionInfo: Hashable, Sendable {
  public var author: String
  public var reason: String?
  /// The program, with its version.
  public var tool: String
  /// ISO 8601 in UTC, to the millisecond.
  public var at: String
  /// The transaction that this one undoes.
  public var reverts: TransactionID?

  public init(author: String, reason: String?, tool: String, at: String, reverts: TransactionID? = nil) {
    self.author = author
    self.reason = reason
    self.tool = tool
    self.at = at
    self.reverts = reverts
  }
}

/// One change. The rules (domain, range …) are tested before: see ``StatementRules``.
public enum Edit: Hashable, Sendable {
  /// Makes the key known. Types and names are claims that follow.
  case createEntity(Key)
  /// Asserts a statement with a citation, or adds the citation to one that is asserted.
  case claim(Statement, Citation?)
  /// Records that a source denies a statement.
  case deny(Statement, Citation?)
  /// Withdraws a statement with its claims, denials and citations.
  case withdraw(StatementID)
  /// Withdraws one citation; the statement goes with the last of its stance.
  case withdrawCitation(StatementID, Citation)
  /// Another name for an entity. A local one counts where its source is cited; every other one everywhere, and its source
  /// is who uses it.
  case alias(Key, name: String, source: Key?, isLocal: Bool = false, reason: String?)
  case withdrawAlias(Key, name: String)
  /// What is known of a source, in place of what was.
  case setSource(Key, SourceData)
  /// In place of a definition with the same key.
  case defineType(TypeDefinition)
  case defineProperty(PropertyDefinition)
  /// Places a statement among its rivals.
  case rank(StatementID, Rank, reason: String?)
  /// Asserts a statement that is recorded, with a citation or without.
  case cite(StatementID, Citation?)
  /// Shows an entity under another key; all its keys go on meaning it, and no statement's id changes.
  case rename(Key, to: Key, reason: String?)
  /// Judges that two entities are one: what is said of the first counts for the second while the judgement stands.
  case merge(Key, into: Key, reason: String?)
  /// Takes back the judgement that the entity is another one.
  case unmerge(Key)
}

/// What an edit did.
public struct EditOutcome: Hashable, Sendable {
  /// Whether anything was not so before.
  public var changed: Bool
  /// The statement that it was about.
  public var statement: StatementID?
  public init(changed: Bool, statement: StatementID? = nil) {
    self.changed = changed
    self.statement = statement
  }
}

extension RegistryReading {
  /// What is known of a source.
  public func source(_ key: Key, _ times: Times) throws(StoreProblem) -> SourceData? {
    try sourceData(of: [key], times)[key]
  }
}
