import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// What `total` and `why total` read beside what lists do.
enum TotalClauses {
  static let what = Argument("what", .name)
  static let of = Clause("of", .word, "this property of money, where it is not amount")
  static let by = SelectionClauses.by.meaning(
    "in groups by these properties; what has several values counts in each of their groups")
}

/// What it is written with.
private enum Grammar {
  static let currency = Clause(
    "in", .textOrWord, "also in this currency, at rates that the registry holds")
}

extension CommandDefinition {
  /// What a total and its explanation are narrowed by.
  static let totalClauses: [ClauseSignature] =
    [
      TotalClauses.of.signature, SelectionClauses.filter.signature, TotalClauses.by.signature,
      StandardClauses.groups.signature, StandardClauses.parts.signature,
    ] + StandardClauses.reading

  static let total = CommandDefinition(
    CommandSignature(
      name: "total", head: [TotalClauses.what.element],
      clauses: [Grammar.currency.signature]
        + totalClauses),
    group: .reading, effect: .reads, summary: "Add up money, by currency and rung",
    details: """
      `total commitments` adds up those of a type, `total forge` the commitments under a thing and under what is under it. \
      Only chosen amounts are added, and only in one currency, at one rung, and as one reading: forecasts, amounts that \
      are unclear, and amounts for each of givers that are not all known have rows of their own; an amount for each is \
      taken as often as there are givers. `by giver` adds in each row what `where giver = …` would: what has two givers \
      counts for both. What goes `towards` a commitment that is counted beside it, in its currency and at its rung, is part \
      of it and left out; where that one is smaller than its parts, or its amount contested, the part is told apart and added to nothing. \
      Bounds stay bounds, those of a rate too. Without a date, a rung that is only to come has not been reached. `in USD` converts \
      at the newest rate up to `on D`, or today, and shows it; a forecast is none; a rate is a \
      claim such as `claim AUD.rate = USD 0.65 on 2025-10-20 citing SOURCE quote "…"`. `why total` lists what was added.
      """,
    examples: [
      Example(
        "total commitments",
        gives: #"""
          currency\#trung\#ttotal\#tcounted\#tsources
          AUD\#tpledged\#tAUD 135..200m\#t2\#tcourier
          USD\#tannounced\#tUSD 8.5bn\#t1\#tcourier
          -- left out: first-money, at least USD 1bn each: part of pipeline
          """#),
      Example(
        "total commitments by giver",
        gives: #"""
          giver\#tcurrency\#trung\#ttotal\#tcounted\#tsources
          AUS\#tAUD\#tpledged\#tAUD 135..200m\#t2\#tcourier
          JPN\#tUSD\#tannounced\#tUSD 8.5bn\#t1\#tcourier
          USA\#tUSD\#tannounced\#tUSD 8.5bn\#t1\#tcourier
          -- left out: first-money, at least USD 1bn each: part of pipeline
          -- in several groups, so that rows are not to be added up: first-money, pipeline
          """#),
      Example(
        "total commitments where giver = AUS in USD",
        gives: #"""
          currency\#trung\#ttotal\#tin USD\#trate\#tcounted\#tsources
          AUD\#tpledged\#tAUD 135..200m\#tUSD 87.75..130m\#tAUD 1 = USD 0.65 on 2026-01-12 (courier)\#t2\#tcourier
          -- 2 not stated, left out
          """#),
      Example(
        "total commitments in JPY",
        gives: #"""
          <input>:1:22: error: no rate says what AUD is in JPY
          total commitments in JPY
                               ^~~
          help: claim AUD.rate = JPY N on DATE citing SOURCE quote "…" (add currency AUD makes it known)
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let times = try session.times(command)
    let totaller = Totaller(interpreter: session.interpreter(at: times))
    let totalled = try totaller.totalled(command, times)
    var table = totaller.totals(totalled)
    if let word = command[Grammar.currency] {
      try totaller.convert(&table, totalled, into: word, times)
    }
    table = totaller.finished(table, totalled)
    let converted = command[Grammar.currency].map { "in \($0.content)" }
    let drawn = table.columns.firstIndex { $0.name == converted ?? "total" }
    table.view = drawn.map { ResultView(.bar, [0, $0]) }
    return .table(table, try session.output(command))
  }
}

extension Totaller {
  /// A total in each currency, rung and reading, with what is to be told beside it.
  func totalTable(_ totalled: Totalled) -> ResultTable { finished(totals(totalled), totalled) }

  /// A table of totals with its notes, less the columns in which nothing stands.
  fileprivate func finished(_ totals: ResultTable, _ totalled: Totalled) -> ResultTable {
    var table = totals
    let multiplied = totalled.amounts.filter {
      $0.row != nil && $0.quantity?.reading == .each && $0.factor != nil
    }
    let left = totalled.amounts.compactMap { amount in amount.omission.map { (amount, $0) } }
    let told =
      multiplied.map {
        "\($0.subject): \(LanguageText.plain($0.record.statement.value)) × \($0.factor ?? 1) givers"
      }
      + left.map { amount, omission in
        "left out: \(amount.subject), \(LanguageText.plain(amount.record.statement.value)): \(omission.words)"
      }
    let rivals = totalled.amounts.filter { $0.row != nil && !$0.passedOver.isEmpty }.map { amount in
      "\(amount.subject) \(amount.passedOver.map(LanguageText.plain).joined(separator: ", "))"
    }.reduce(into: [String]()) { words, word in if !words.contains(word) { words.append(word) } }
    if !rivals.isEmpty {
      table.notes.append("also said, passed over and not added: " + rivals.joined(separator: "; "))
    }
    // What stands in several groups is told once.
    table.notes += told.reduce(into: []) { notes, note in if !notes.contains(note) { notes.append(note) } }
    table.notes += totalled.notes
    let kept: Set<String> = ["currency", "rung", "total", "counted", "sources"]
    return table.withoutEmptyColumns(keeping: kept.union(totalled.groups.map(\.text)))
  }

  /// The rows in their order, with what is added in each.
  fileprivate func rows(_ totalled: Totalled) -> [(row: TotalRow, amounts: [CountedAmount])] {
    let counted = totalled.amounts.filter { $0.row != nil }
    func order(_ row: TotalRow) -> [String] {
      // What is not stated comes last.
      row.groups.map { $0?.canonicalText ?? "\u{10FFFF}" }
        + [
          row.currency, row.rung ?? "~", row.apart ?? "", row.forecast ? "1" : "0",
          row.reading?.rawValue ?? "",
        ]
    }
    return Dictionary(grouping: counted) { $0.row }.compactMap { row, amounts in row.map { ($0, amounts) } }
      .sorted { order($0.0).lexicographicallyPrecedes(order($1.0)) }
  }

  fileprivate func totals(_ totalled: Totalled) -> ResultTable {
    let columns =
      totalled.groups.map { Column($0.text) } + [
        Column("currency"), Column("rung"), Column("reading"), Column("forecast"), Column("apart"),
        Column("total", alignsRight: true), Column("counted", alignsRight: true), Column("sources"),
      ]
    let rows = rows(totalled).map { row, amounts -> [Cell] in
      let groups = row.groups.map { $0.map { Cell($0) } ?? .text("not stated") }
      var sum = Quantity.sum(amounts.compactMap(\.added))
      sum?.reading = row.reading
      let sources = Set(amounts.flatMap { $0.record.citations }.filter { $0.stance == .claims }.map(\.source))
      return groups + [
        .text(row.currency), .text(row.rung ?? "not stated"),
        row.reading.map { .text($0.rawValue) } ?? .empty,
        row.forecast ? .text("forecast") : .empty, row.apart.map { .text($0) } ?? .empty,
        sum.map { .quantity($0) } ?? .empty,
        .integer(Int64(amounts.count)), sources.isEmpty ? .empty : .list(sources.sorted().map { .key($0) }),
      ]
    }
    var table = ResultTable(columns: columns, rows: rows)
    // The rung of a group stands there already.
    if totalled.groups.contains(CountedAmount.rung) {
      let place = totalled.groups.count + 1
      table.columns.remove(at: place)
      table.rows = table.rows.map { row in
        var row = row
        row.remove(at: place)
        return row
      }
    }
    return table
  }

  /// Adds what each total is in another currency, with the rate.
  fileprivate func convert(
    _ table: inout ResultTable, _ totalled: Totalled, into target: Word, _ times: Times
  ) throws(Failure) {
    let rows = rows(totalled).map(\.row)
    let rates = try rates(from: Set(rows.map(\.currency)).sorted(), into: target, times)
    guard let place = table.columns.firstIndex(where: { $0.name == "total" }) else { return }
    table.columns.insert(
      contentsOf: [Column("in \(target.content)", alignsRight: true), Column("rate")], at: place + 1)
    for (index, row) in rows.enumerated() {
      guard case .quantity(let total) = table.rows[index][place] else { continue }
      let rate = rates[row.currency]
      let converted = rate.map { total.times($0.rate, unit: target.content) } ?? total
      table.rows[index].insert(
        contentsOf: [.quantity(converted), rate.map { .text($0.words(of: row.currency)) } ?? .empty],
        at: place + 1)
    }
  }
}
