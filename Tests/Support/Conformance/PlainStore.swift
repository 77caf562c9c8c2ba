public import RegistryModel
public import RegistryRules
public import RegistryStore

/// A store that has all that every store must have and nothing else, in front of one that may have more: what a second
/// backend writes at the least, and by which it is tested what the program does where a capability is lacking.
public final class PlainStore: RegistryStore {
  private let store: any RegistryStore

  public init(_ store: any RegistryStore) { self.store = store }

  public var location: String { store.location }

  public var hooks: StoreHooks {
    get { store.hooks }
    set { store.hooks = newValue }
  }

  public func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try store.atOneMoment(body)
  }

  public func schema(_ times: Times) throws(StoreProblem) -> Schema { try store.schema(times) }

  public func names(_ query: NameQuery) throws(StoreProblem) -> [NameMatch] { try store.names(query) }

  public func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    try store.entities(query, times)
  }

  public func statements(
    _ selection: StatementSelection, _ times: Times
  ) throws(StoreProblem) -> [StatementRecord] {
    try store.statements(selection, times)
  }

  public func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions {
    try store.mentions(of: key, most: most, times)
  }

  public func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place] {
    try store.contestedPlaces(query, times)
  }

  public func paths(_ query: PathQuery, _ times: Times) throws(StoreProblem) -> [GroupPath] {
    try store.paths(query, times)
  }

  public func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    try store.sources(query, times)
  }

  public func rows(_ query: RelationQuery, _ times: Times) throws(StoreProblem) -> any RowCursor {
    try store.rows(query, times)
  }

  public func history(_ query: HistoryQuery, _ visit: (HistoryPart) -> Bool) throws(StoreProblem) {
    try store.history(query, visit)
  }

  public func check() throws(StoreProblem) -> [CheckFinding] { try store.check() }

  public var state: WritingState { store.state }

  public func begin(_ beginning: Beginning) throws(StoreProblem) { try store.begin(beginning) }

  public func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome { try store.apply(edit) }

  public func atomically<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try store.atomically(body)
  }

  public func commit(reason: String?) throws(StoreProblem) -> TransactionID? {
    try store.commit(reason: reason)
  }

  public func rollback(_ dropping: Dropping) throws(StoreProblem) { try store.rollback(dropping) }
}
