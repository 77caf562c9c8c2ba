import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Reads what transactions changed.
struct ChangeReader: CommandReader {
  /// So many changes are shown unless a clause says otherwise.
  static let usualLimit = 1_000

  let interpreter: Interpreter

  /// What a transaction changed.
  /// - Parameter limit: of the rows.
  /// - Returns: the rows, and whether there are more.
  func changeRows(
    of id: TransactionID, limit: Int = .max, _ span: Span? = nil
  ) throws(Failure) -> (rows: [ChangeRows.Row], isCut: Bool) {
    var rows = ChangeRows(try schema(at: span))
    try storing(span) { () throws(StoreProblem) in
      try store.changes(of: id) { change in
        rows.add(change)
        return rows.rows.count <= limit
      }
    }
    rows.finish()
    return (Array(rows.rows.prefix(limit)), rows.rows.count > limit)
  }

  /// What several transactions changed, the oldest first; what is left out for the limit is counted by its kinds.
  func triedTable(_ transactions: [Transaction], limit: Int) throws(Failure) -> ResultTable {
    var table = ResultTable(
      columns: [Column("transaction"), Column("change"), Column("text"), Column("id")], rows: [])
    var left: [TransactionID] = []
    for transaction in transactions {
      let (rows, isCut) = try changeRows(of: transaction.id, limit: max(0, limit - table.rows.count))
      table.rows += rows.map { [.text(transaction.id.description)] + $0.cells }
      if isCut { left.append(transaction.id) }
    }
    if !left.isEmpty {
      table.notes.append("shown are the first \(table.rows.count) changes")
      for id in left { table.notes.append("\(id) in all: \(try changeWords(of: id))") }
    }
    return table
  }

  /// How much a transaction changed, by kind: `member +31, name +2 -1`.
  func changeWords(of id: TransactionID) throws(Failure) -> String {
    let counts = try storing(nil) { () throws(StoreProblem) in try store.changeCounts(of: id) }
    let words = counts.prefix(12).map { count in
      count.kind + (count.asserted > 0 ? " +\(count.asserted)" : "")
        + (count.withdrawn > 0 ? " -\(count.withdrawn)" : "")
    }
    return words.joined(separator: ", ") + (counts.count > 12 ? ", and \(counts.count - 12) kinds more" : "")
  }

  /// What a transaction is, in a few lines: whose, when and why, and the first of what it changed.
  func words(of transaction: Transaction) throws(Failure) -> String {
    let time = transaction.at.prefix(16).replacing("T", with: " ")
    let reason = transaction.shortReason.map { ": \($0)" } ?? ""
    let changes = try changeRows(of: transaction.id, limit: 3)
    var lines = ["\(transaction.id) by \(transaction.author), \(time)\(reason)"]
    lines += changes.rows.map { "  \($0.line)" }
    if changes.isCut { lines.append("  in all: \(try changeWords(of: transaction.id))") }
    return lines.joined(separator: "\n")
  }
}
