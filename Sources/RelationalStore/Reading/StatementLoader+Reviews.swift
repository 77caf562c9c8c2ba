internal import RegistryModel
internal import RegistryStore

extension StatementLoader {
  /// Adds to statements by when they are to be looked at again.
  func tellReviews(_ loaded: inout [LoadedStatement], _ scope: Scope) throws(StoreProblem) {
    guard !loaded.isEmpty else { return }
    let row = try db.rows(
      """
      SELECT r.statement, r.due, r.reason FROM json_each(?) j
        CROSS JOIN \(scope.rawValue).review_now r ON r.statement = j.value ORDER BY r.id
      """, [.list(loaded.map(\.row))])
    var found: [Int64: Review] = [:]
    while try row.next() {
      guard let due = try? PartialDate(edtf: row.text(1)) else {
        throw .damaged(location: state.location, reason: "there is no date \(row.text(1))")
      }
      found[row.integer(0)] = Review(due: due, reason: row.optionalText(2))
    }
    for index in loaded.indices { loaded[index].record.review = found[loaded[index].row] }
  }
}
