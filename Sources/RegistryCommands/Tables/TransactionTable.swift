import CommandLanguage
import RegistryModel
import RegistryStore

extension TableReader {
  /// `list transactions`, the newest first.
  func transactionTable(_ times: Times, _ span: Span) -> TableHead<Transaction> {
    TableHead(
      name: "transactions",
      columns: [
        .transaction("id", "its number") { $0.id },
        TableColumn(
          definition: .column("at", .date, "the day on which it was made, in UTC"),
          values: { row in (try? PartialDate(edtf: String(row.at.prefix(10)))).map { [.date($0)] } ?? [] },
          cell: { .text($0.at) }),
        .text("author", "who made it") { $0.author },
        .text("reason", "why") { $0.reason },
        .transaction("undoes", "the transaction that it undid") { $0.reverts },
        .text("tool", "the program") { $0.tool },
        .text("origin", "the registry that it was made in") { $0.identity?.origin },
        TableColumn(
          definition: .column("arrived", .date, "the day on which it came from another registry, in UTC"),
          values: { row in
            row.arrived.flatMap { try? PartialDate(edtf: String($0.prefix(10))) }.map { [.date($0)] } ?? []
          }, cell: { .text($0.arrived ?? "") }),
      ],
      shown: ["id", "at", "author", "reason", "undoes", "tool"].map { Key(unchecked: $0) },
      always: [Key(unchecked: "id")], usualLimit: 100,
      read: { (_, more) throws(Failure) in
        let found = try storing(span) { () throws(StoreProblem) in
          try self.store.transactions(limit: .max)
        }
        _ = try more(found.filter(times.includes))
      })
  }
}
