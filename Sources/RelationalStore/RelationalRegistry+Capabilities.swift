public import RegistryModel
public import RegistryStore

extension RelationalRegistry: TextSearching {
  public func search(_ text: String, limit: Int, _ times: Times) throws(StoreProblem) -> [SearchHit] {
    try TextSearch(shared).search(text, limit: limit, times)
  }

  public func textWaiting() throws(StoreProblem) -> Int { try TextIndexer(shared).textWaiting() }

  @discardableResult
  public func indexText() throws(StoreProblem) -> Int { try TextIndexer(shared).indexText() }
}

extension RelationalRegistry: SQLReading {
  public func sql(
    _ query: String, _ parameters: [String: String], limit: Int?, _ times: Times
  ) throws(StoreProblem) -> SQLResult {
    try SQLReader(shared).sql(query, parameters, limit: limit, times, of: self)
  }
}

extension RelationalRegistry: PreparedWriting {
  public func applyPrepared(_ edits: [PreparedEdit]) throws(StoreProblem) -> [EditOutcome] {
    let editor = Editor(shared)
    var outcomes: [EditOutcome] = []
    outcomes.reserveCapacity(edits.count)
    for edit in edits { outcomes.append(try editor.apply(edit.edit, known: edit.known)) }
    return outcomes
  }
}

extension RelationalRegistry: BackingUp {
  public func backup(to target: String) throws(StoreProblem) {
    if shared.transaction != nil { throw .transactionOpen }
    try shared.db.backup(to: target)
  }
}

extension RelationalRegistry: RegistryRestoring {
  public func recordedContents(
    onDamage: ((StoreProblem) -> Void)?, _ visit: (RecordedContent) -> Bool
  ) throws(StoreProblem) {
    try DumpReader(shared).recordedContents(onDamage: onDamage, visit)
  }

  public func recordedChanges(_ visit: (RecordedChange) -> Bool) throws(StoreProblem) {
    try DumpReader(shared).recordedChanges(visit)
  }

  public func begin(restoring transaction: Transaction, undoing: [TransactionID]) throws(StoreProblem) {
    try Restorer(shared).begin(restoring: transaction, undoing: undoing)
  }

  public func endRestored() throws(StoreProblem) { try Transactor(shared).endOne() }

  public func restore(_ content: RecordedContent, asserts: Bool) throws(StoreProblem) {
    try Restorer(shared).restore(content, asserts: asserts)
  }

  public func restore(_ contents: [PreparedContent]) throws(StoreProblem) {
    try Restorer(shared).restore(contents)
  }

  public func restore(ended content: RecordedContent, seen: [TransactionID]) throws(StoreProblem) {
    try Restorer(shared).restore(ended: content, seen: seen)
  }
}

extension RelationalRegistry: RegistryUniting {
  public func identities() throws(StoreProblem) -> [TransactionIdentity] {
    try Handover(shared).identities()
  }

  public func handOver(_ uids: Set<String>, _ visit: (HandedChange) -> Bool) throws(StoreProblem) {
    try Handover(shared).handOver(uids, visit)
  }

  public func unite(
    with other: any RegistryUniting, author: String, arrived: String
  ) throws(StoreProblem) -> [TransactionID] {
    try Arrival(shared).unite(with: other, author: author, arrived: arrived)
  }

  public func fingerprint() throws(StoreProblem) -> String { try Fingerprint(shared).text() }

  public func rivalJudgements() throws(StoreProblem) -> [RivalJudgement] {
    try RivalJudgementReader(shared).found()
  }

  public func sharedKeys() throws(StoreProblem) -> [SharedKey] { try SharedKeyReader(shared).found() }

  @discardableResult
  public func part(
    _ key: Key, as new: Key, by transactions: Set<TransactionID>, reason: String?
  ) throws(StoreProblem) -> Parting {
    try KeySplitter(shared).part(key, as: new, by: transactions, reason: reason)
  }
}
