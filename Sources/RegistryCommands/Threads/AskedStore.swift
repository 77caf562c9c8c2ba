import RegistryModel
import RegistryRules
import RegistryStore

/// What a second thread asks of: a session's registry, and its words.
struct AskedSession {
  let store: any RegistryStore
  let isCommand: (String) -> Bool
}

/// The registry as a second thread sees it: each question is answered by the thread that has it, behind all that was handed
/// over before. Nothing can be written by it.
final class AskedStore: RegistryStore {
  let location: String
  var hooks = StoreHooks()
  /// What need not be asked.
  private let ahead: AnswersAhead
  /// Hands over a question.
  private let put: (Question<AskedSession>) -> Void

  init(_ location: String, _ ahead: AnswersAhead, put: @escaping (Question<AskedSession>) -> Void) {
    (self.location, self.ahead, self.put) = (location, ahead, put)
  }

  /// Asks without waiting for the answer.
  func asking<Content: Sendable>(
    _ body: @escaping @Sendable (AskedSession) throws(StoreProblem) -> Content
  ) -> Reply<Result<Content, StoreProblem>> {
    let reply = Reply<Result<Content, StoreProblem>>()
    put(Question(reply, body))
    return reply
  }

  /// Asks, and waits for the answer.
  func ask<Content: Sendable>(
    _ body: @escaping @Sendable (AskedSession) throws(StoreProblem) -> Content
  ) throws(StoreProblem) -> Content {
    guard let answer = asking(body).wait() else { throw .interrupted }
    return try answer.get()
  }

  // MARK: Reading

  /// Nobody else writes beside the open transaction.
  func atOneMoment<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body()
  }

  func schema(_ times: Times) throws(StoreProblem) -> Schema {
    try ask { (asked) throws(StoreProblem) in try asked.store.schema(times) }
  }

  func names(_ query: NameQuery) throws(StoreProblem) -> [NameMatch] {
    if let known = ahead.answer(query) { return known }
    return try ask { (asked) throws(StoreProblem) in try asked.store.names(query) }
  }

  func entities(_ query: EntityQuery, _ times: Times) throws(StoreProblem) -> EntityPage {
    try ask { (asked) throws(StoreProblem) in try asked.store.entities(query, times) }
  }

  func statements(
    _ selection: StatementSelection, _ times: Times
  ) throws(StoreProblem) -> [StatementRecord] {
    try ask { (asked) throws(StoreProblem) in try asked.store.statements(selection, times) }
  }

  func mentions(of key: Key, most: Int, _ times: Times) throws(StoreProblem) -> Mentions {
    try ask { (asked) throws(StoreProblem) in try asked.store.mentions(of: key, most: most, times) }
  }

  func contestedPlaces(_ query: ContestedQuery, _ times: Times) throws(StoreProblem) -> [Place] {
    try ask { (asked) throws(StoreProblem) in try asked.store.contestedPlaces(query, times) }
  }

  func paths(_ query: PathQuery, _ times: Times) throws(StoreProblem) -> [GroupPath] {
    try ask { (asked) throws(StoreProblem) in try asked.store.paths(query, times) }
  }

  func sources(_ query: SourceQuery, _ times: Times) throws(StoreProblem) -> [Key: SourceData] {
    try ask { (asked) throws(StoreProblem) in try asked.store.sources(query, times) }
  }

  /// A cursor belongs to the thread that has the registry.
  func rows(_ query: RelationQuery, _ times: Times) throws(StoreProblem) -> any RowCursor {
    throw .failed(Self.words)
  }

  func history(_ query: HistoryQuery, _ visit: (HistoryPart) -> Bool) throws(StoreProblem) {
    let parts = try ask { (asked) throws(StoreProblem) in
      var parts: [HistoryPart] = []
      try asked.store.history(query) {
        parts.append($0)
        return true
      }
      return parts
    }
    for part in parts where !visit(part) { return }
  }

  func check() throws(StoreProblem) -> [CheckFinding] {
    try ask { (asked) throws(StoreProblem) in try asked.store.check() }
  }

  // MARK: Writing

  var state: WritingState {
    (try? ask { $0.store.state }) ?? WritingState(transaction: nil, isInTrial: false)
  }

  func begin(_ beginning: Beginning) throws(StoreProblem) { throw .failed(Self.words) }

  func apply(_ edit: Edit) throws(StoreProblem) -> EditOutcome { throw .failed(Self.words) }

  /// Nothing is written in `body` that could be dropped.
  func atomically<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body()
  }

  func commit(reason: String?) throws(StoreProblem) -> TransactionID? { throw .failed(Self.words) }

  func rollback(_ dropping: Dropping) throws(StoreProblem) { throw .failed(Self.words) }

  private static let words = "this is asked of the thread that has the registry"
}
