internal import RegistryModel
internal import RegistryStore

extension Truth {
  /// Writes among which rows those are that the open transaction asserted by themselves.
  func settle() throws(StoreProblem) {
    guard let open = state.transaction, !open.isSettled, let number = open.number else { return }
    try db.write(
      "UPDATE main.tx SET first_statement = ?, last_statement = ?, first_citation = ?, last_citation = ? WHERE id = ?",
      [
        SQL(open.statements?.lowerBound), SQL(open.statements?.upperBound), SQL(open.citations?.lowerBound),
        SQL(open.citations?.upperBound), .integer(number),
      ])
    state.transaction?.isSettled = true
  }

  /// The last transaction of a point in the registry's history; 0 before the first.
  func number(of point: RecordedPoint) throws(StoreProblem) -> Int64 {
    switch point {
    case .transaction(let id): return id.number
    case .date(let date):
      return try db.integer(
        "SELECT coalesce(max(id), 0) FROM tx WHERE substr(at, 1, 10) <= ?", [.text(date.latest.isoText)]) ?? 0
    }
  }

  /// The number of the open transaction, which is recorded with its first change.
  func transactionNumber() throws(StoreProblem) -> Int64 {
    guard let transaction = state.transaction else { throw .noTransaction }
    if let lost = db.lost { throw lost }
    if let number = transaction.number { return number }
    let info = transaction.info
    try db.write(
      "INSERT INTO tx(at, author, reason, tool) VALUES (?, ?, ?, ?)",
      [.text(info.at), .text(info.author), SQL(info.reason), .text(info.tool)])
    let number = db.lastInsertedID
    state.transaction?.number = number
    if let reverted = info.reverts { try recordReversal(of: reverted.number, by: number) }
    return number
  }

  func recordReversal(of reverted: Int64, by number: Int64) throws(StoreProblem) {
    try db.write(
      "INSERT INTO reversal(tx, reverted) SELECT ?, id FROM tx WHERE id = ? ON CONFLICT DO NOTHING",
      [.integer(number), .integer(reverted)])
  }
}
