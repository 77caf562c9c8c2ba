import FoundationEssentials
import PluginKit

/// The rows of what was promised, in their order, and how they are told.
struct PromisedTable {
  private let ledger: Ledger
  private let rows: [(name: Ledger.RowName, entries: [Ledger.Entry])]
  /// By whole and row, the statements of what is inside it.
  private let inside: [String: [Datum]]
  private let rates: Rates?

  init(_ ledger: Ledger, _ sums: Ledger.Sums, _ rates: Rates?) {
    self.ledger = ledger
    self.rates = rates
    inside = Dictionary(grouping: sums.inside, by: \.whole).mapValues { $0.flatMap(\.entry.statements) }
    rows = sums.rows.map { ($0, $1.sorted { $0.commitment < $1.commitment }) }.sorted {
      ledger.order($0.0).lexicographicallyPrecedes(ledger.order($1.0))
    }
  }

  func emit(_ columns: [ResultColumn], _ evidence: [String], _ call: Call) throws {
    var columns = columns
    if let rates {
      let heading = "in_\(rates.target.lowercased())"
      columns += [
        ResultColumn(heading, .text, "the sum in \(rates.target)"),
        ResultColumn("rate", .text, "the rate, and whose it is"),
      ]
    }
    try call.say(columns: columns, evidence: evidence)
    for (name, entries) in rows {
      guard let sum = Figure.sum(entries.map(\.figure)) else { continue }
      var row: [Datum] = [
        ledger.datum(name.who), .text(name.currency), .text(name.rung), .text(name.reading), .text(sum.words),
        .decimal(entries.reduce(0) { $0 + $1.figure.least }), Self.most(entries.map(\.figure)),
        .integer(Int64(entries.count)), .text(name.apart), .list(entries.map { .key($0.commitment) }),
      ]
      var statements = entries.flatMap { $0.statements + (inside[$0.commitment] ?? []) }
      if let rates {
        let rate = rates.rate(of: name.currency)
        row.append(rate.map { .text($0.converted(sum, to: rates.target).words) } ?? .empty)
        row.append(.text(rate?.words ?? "no rate is stated or given"))
        statements += [rate?.statement].compactMap(\.self)
      }
      try call.emit(row: row, because: Evidence(row: statements.uniqued()))
    }
  }

  /// The most that figures can come to; nothing where one has no bound.
  private static func most(_ figures: [Figure]) -> Datum {
    let most = figures.compactMap(\.most)
    return most.count == figures.count ? .decimal(most.reduce(0, +)) : .empty
  }

  /// A row for each of them and each currency, a column for each rung.
  func emitLadder(_ declared: TableDeclaration, _ call: Call) throws {
    let plain = rows.filter { $0.name.apart.isEmpty }
    let rungs = Set(plain.map(\.name.rung)).sorted { (ledger.place(of: $0), $0) < (ledger.place(of: $1), $1) }
    let headings = rungs.map { rung in
      ResultColumn(
        rung.isEmpty ? "not_stated" : rung.replacing("-", with: "_"), .text,
        rung.isEmpty ? "of which no rung is stated" : "what is \(rung)")
    }
    try call.begin(declared, columns: declared.columns + headings)
    var lines: [[String]: [String: [String]]] = [:]
    var order: [[String]] = []
    for (name, entries) in plain {
      guard var sum = Figure.sum(entries.map(\.figure)) else { continue }
      let line = [name.currency] + name.who
      if lines[line] == nil { order.append(line) }
      sum.reading = name.reading
      lines[line, default: [:]][name.rung, default: []].append(sum.words)
    }
    for line in order {
      let cells = rungs.map { rung in
        lines[line]?[rung].map { Datum.text($0.joined(separator: "; ")) } ?? .empty
      }
      try call.emit(row: [ledger.datum(Array(line.dropFirst())), .text(line[0])] + cells)
    }
  }

  /// The sums over all currencies.
  func emitConverted(_ declared: TableDeclaration, _ call: Call) throws {
    guard let rates else { return }
    try call.begin(declared)
    var (order, lines) = ([Ledger.RowName](), [Ledger.RowName: [(entry: Ledger.Entry, figure: Figure?)]]())
    var used: Set<String> = []
    for (name, entries) in rows where name.apart.isEmpty {
      var line = name
      line.currency = rates.target
      if lines[line] == nil { order.append(line) }
      let rate = rates.rate(of: name.currency)
      if let rate, !rate.words.isEmpty { used.insert(rate.words) }
      lines[line, default: []] += entries.map { ($0, rate?.converted($0.figure, to: rates.target)) }
    }
    for name in order {
      let found = lines[name] ?? []
      let figures = found.compactMap(\.figure)
      try call.emit(
        ledger.datum(name.who), .text(name.rung), .text(name.reading),
        Figure.sum(figures).map { .text($0.words) } ?? .empty,
        figures.isEmpty ? .empty : .decimal(figures.reduce(0) { $0 + $1.least }),
        figures.isEmpty ? .empty : Self.most(figures), .integer(Int64(figures.count)),
        .list(found.filter { $0.figure == nil }.map { .key($0.entry.commitment) }),
        because: Evidence(row: found.filter { $0.figure != nil }.flatMap(\.entry.statements).uniqued()))
    }
    for words in used.sorted() { try call.note("converted at \(words)") }
  }
}

/// What a reader should know of the sums.
struct PromisedNotes {
  private static let most = 12
  private let ledger: Ledger
  private let sums: Ledger.Sums

  init(_ ledger: Ledger, _ sums: Ledger.Sums) {
    self.ledger = ledger
    self.sums = sums
  }

  func emit(_ call: Call) throws {
    if sums.asked == 0 {
      try call.note("no commitment like this is stated, which does not mean that there is none")
    }
    let entries = sums.rows.values.joined().sorted { $0.commitment < $1.commitment }
    var told: [String] = []
    for entry in entries where entry.factor > 1 {
      told.append("\(entry.commitment): \(entry.stated.words) × \(entry.factor) givers")
    }
    for (entry, whole) in sums.inside.sorted(by: { $0.entry.commitment < $1.entry.commitment }) {
      told.append("left out: \(entry.commitment), \(entry.stated.words): part of \(whole)")
    }
    for omitted in sums.omitted.sorted(by: { $0.commitment < $1.commitment }) {
      told.append("left out: \(omitted.commitment), \(omitted.words): \(omitted.why)")
    }
    told = told.uniqued()
    for line in told.prefix(Self.most) { try call.note(line) }
    if told.count > Self.most {
      try call.note("and \(told.count - Self.most) more are left out or multiplied")
    }
    let elsewhere = partsElsewhere
    if !elsewhere.isEmpty {
      let more = elsewhere.count > 3 ? " and \(elsewhere.count - 3) more" : ""
      try call.note(
        "rows are not to be added up: in another row stands what these go towards: "
          + elsewhere.prefix(3).joined(separator: ", ") + more)
    }
    if sums.silent > 0 { try call.note("\(sums.silent) of \(sums.asked) commitments state no amount") }
    let unsure = Set(entries.filter(\.isPossible).map(\.commitment)).count
    if unsure > 0 { try call.note("\(unsure) of them \(call.moment.possibly)") }
    if entries.contains(where: { $0.stated.isRough }) {
      try call.note("what is about an amount counts as that amount")
    }
  }

  /// What stands in one row, and what it is part of in another one.
  private var partsElsewhere: [String] {
    let counted = Set(sums.rows.filter { $0.key.apart.isEmpty }.values.joined().map(\.commitment))
    return counted.filter { ledger.wholes(above: $0, { $0.isChosen }).contains(where: counted.contains) }
      .sorted()
  }
}

extension Ledger {
  /// By what rows are sorted: what is not stated comes last.
  func order(_ name: RowName) -> [String] {
    let rung = String(place(of: name.rung))
    return [
      name.who.isEmpty ? "\u{10FFFF}" : name.who.joined(separator: ", "), name.currency,
      String(repeating: "0", count: max(0, 4 - rung.count)) + rung, name.rung, name.apart, name.reading,
    ]
  }

  /// Who it is, as a cell.
  func datum(_ who: [String]) -> Datum {
    switch who.count {
    case 0: .text("not stated")
    case 1: who[0] == "unknown" ? .text(who[0]) : .key(who[0])
    default: .text(who.joined(separator: ", ") + " jointly")
    }
  }
}
