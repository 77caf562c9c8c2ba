internal import RegistryModel
internal import RegistryStore

/// The transaction that is being written.
struct OpenTransaction {
  var info: TransactionInfo
  /// Its number, once it has changed something.
  var number: Int64?
  /// What went wrong where no error could be thrown; commit throws it.
  var failure: StoreProblem?
  /// Whether it is known that the database dropped it by itself.
  var isForgotten = false
  /// The first statement that it recorded.
  var firstStatement: Int64?
  /// Among which rows its claims and citations are that say so by themselves.
  private(set) var statements: ClosedRange<Int64>?
  private(set) var citations: ClosedRange<Int64>?
  /// Whether these ranges are written.
  var isSettled = true
  /// What it asserted and ended.
  var content = TransactionContent()
  /// What it is known by, once it has a number; its uid is empty until it is committed.
  var identity: TransactionIdentity?
  /// Whether it takes others back.
  var hasReversals = false
  /// Whether it came from another registry: what it asserts may be asserted already.
  var hasArrived = false
  /// Whether it is one of a history that is made again.
  var isRestored = false
  /// Whether it is known that nothing more of it comes.
  var isWhole = false
  /// The rows of entities that were left over and that it took for what it records.
  var revived: [Key: Int64] = [:]
  /// The definitions that were taken back and go on by what the projections are made of.
  var lapsed: [Int64] = []
  /// The uid that it had where it was recorded first.
  var expectedUID: String?

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

  /// - Parameter known: by what the citation is known, where that was made out before.
  mutating func recordCitation(
    _ row: Int64, _ citation: Citation, on statement: StatementID, known: ContentID?
  ) {
    citations = citations.spanning(row...row)
    isSettled = false
    let id = known ?? content.citing.id(of: citation, on: ContentID(digest: statement.digest))
    content.asserted.add(id, as: Thing.citation.rawValue)
  }
  /// Whether something that a long import leaves for later was asked for within it.
  var asksForCounts = false
}
