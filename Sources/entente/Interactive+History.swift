import FoundationEssentials
import RegistryCommands
import RegistryModel
import Terminal

extension Interactive {
  /// The statements typed, of all sessions, with how they ended.
  func showHistory(_ words: String?) throws(Failure) {
    let entries: [HistoryEntry]
    do {
      entries = try history.load()
    } catch {
      throw Failure(.storage, code: error.code, error.message, help: error.help)
    }
    let found = entries.filter { entry in words.map(entry.mentions) ?? true }
    let rows = found.suffix(1_000).map(row)
    let columns = [
      Column("time"), Column("registry"), Column("status", alignsRight: true),
      Column("ms", alignsRight: true),
      Column("statement"),
    ]
    let notes = found.count > rows.count ? ["the last \(rows.count) of \(found.count)"] : []
    try printer.write(.table(ResultTable(columns: columns, rows: rows, notes: notes)))
  }

  private func row(_ entry: HistoryEntry) -> [Cell] {
    let status = entry.status.map { Cell.integer(Int64($0)) } ?? .empty
    let time = entry.milliseconds.map { Cell.integer(Int64($0)) } ?? .empty
    let registry = URL(filePath: entry.registry).lastPathComponent
    return [.text(entry.time), .text(registry), status, time, .text(entry.statement)]
  }
}
