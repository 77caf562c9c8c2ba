import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let whyTotal = CommandDefinition(
    CommandSignature(name: "why total", head: [TotalClauses.what.element], clauses: totalClauses),
    group: .reading, effect: .reads, summary: "Show what a total adds up, and what it leaves out and why",
    details:
      "One row for each amount, with its statement, sources and quotes; `total` says how they are added.",
    examples: [
      Example(
        "why total commitments",
        gives: #"""
          key\#tamount\#trung\#tcounted\#tsources\#tquotes\#tid
          first-money\#tat least USD 1bn each\#tannounced\#tleft out: part of pipeline\#tcourier\#tat least $1 billion each\#t@fw5qja
          mine\#tup to AUD 65m\#tpledged\#tas it stands\#tcourier\#tup to 65 million AUD\#t@pwbrg4
          pipeline\#tUSD 8.5bn\#tannounced\#tas it stands\#tcourier\#t$8.5 billion\#t@vk2bt7
          smelters\#tAUD 135m\#tpledged\#tas it stands\#tcourier\#t135 million AUD\#t@yaazm2
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let times = try session.times(command)
    let totalled = try Totaller(interpreter: session.interpreter(at: times)).totalled(command, times)
    let rows = totalled.amounts.map { amount -> [Cell] in
      let citations = amount.record.citations.filter { $0.stance == .claims }
      let sources = Cell.sources(citations)
      let quotes = citations.compactMap(\.quote).map { Cell.text($0) }
      let groups = amount.groups.map { $0.map { Cell($0) } ?? .text("not stated") }
      return groups + [
        .key(amount.subject), Cell(amount.record.statement.value), .text(amount.rung ?? "not stated"),
        .text(amount.treatment), sources.isEmpty ? .empty : .list(sources),
        quotes.isEmpty ? .empty : .list(quotes), .text(amount.record.id.short),
      ] + (totalled.through.isEmpty ? [] : [totalled.through[amount.subject] ?? .empty])
    }
    let table = ResultTable(
      columns: totalled.groups.map { Column($0.text) } + [
        Column("key"), Column("amount", alignsRight: true), Column("rung"), Column("counted"),
        Column("sources"),
        Column("quotes"), Column("id"),
      ] + (totalled.through.isEmpty ? [] : [Column("through")]), rows: rows, notes: totalled.notes)
    return .table(table, try session.output(command))
  }
}

extension CountedAmount {
  /// How it is counted, in words.
  fileprivate var treatment: String {
    if let omission = omission { return "left out: \(omission.words)" }
    if let apart = apart { return "apart: \(apart.words)" }
    guard let quantity = quantity else { return "left out" }
    switch quantity.reading {
    case .each:
      guard let factor = factor else { return "apart: not all givers are known" }
      return "× \(factor): \(givers.map(\.unquoted).joined(separator: ", "))"
    case .unclear: return "apart: each or combined is unclear"
    case .combined, nil: return quantity.forecast ? "as a forecast" : "as it stands"
    }
  }
}
