import FoundationEssentials
import PluginKit

/// What is exposed where a party, a mineral or a stage is lost: shares of markets, initiatives, what follows in the chain.
struct Exposure: Analysis {
  private let lost = Parameter.entities(
    "lost", of: "actor, mineral, product, stage", "what is lost: parties, minerals, stages"
  ).positional
  private let party = Parameter.entity("for", of: "actor", "whose exposure is asked for").optional
  private let minerals = Parameter.entities("minerals", of: "mineral", "only these, and their parts").optional
  private let stages = Parameter.entities("stages", of: "stage", "only these").optional
  private let property = Parameter.property(
    "property", default: "share", "which figure of the holders counts: share, production, capacity")
  private let groups = Parameter.boolean(
    "groups", default: true, "whether what a group has a part in counts for its members")

  private let selection = Selection()

  let name = "exposure"
  let summary = "What is exposed where a party, a mineral or a stage is lost"
  var parameters: [ParameterDeclaration] {
    [
      lost.declaration, party.declaration, minerals.declaration, stages.declaration, property.declaration,
      groups.declaration,
    ] + selection.declarations
  }
  let columns = [
    ResultColumn("mineral", .key, "the mineral"),
    ResultColumn("stage", .key, "the step of the supply chain"),
    ResultColumn("year", .text, "the year of the data"),
    ResultColumn("scope", .text, "what the figures cover, and what they count"),
    ResultColumn("lost_low", .decimal, "percent of the market that is lost at least"),
    ResultColumn("lost_high", .decimal, "percent that is lost at most"),
    ResultColumn("holders", .list, "who of those that are lost holds it"),
    ResultColumn("next", .key, "who has most of what is left and known"),
    ResultColumn("next_high", .decimal, "percent that it has at most"),
    ResultColumn(
      "single_point", .text,
      "yes where all is lost, known where nobody else is stated to hold any, else no"),
  ]
  let tables = [
    TableDeclaration(
      "initiatives", "initiatives in which those that are lost have a part, or that concern it",
      [
        ResultColumn("initiative", .key, "the initiative"),
        ResultColumn("part", .list, "as what it has a part in it, or that it concerns it"),
        ResultColumn("through", .list, "the groups or parts through which it does"),
        ResultColumn("only", .list, "the parts that nobody else is stated to have: single points of failure"),
        ResultColumn("concerns", .list, "the minerals, products and stages that it concerns"),
        ResultColumn(
          "certainty", .text, "certainly, or possibly on the date asked for, or where it is only to come"),
      ], evidence: [Evidence.row]),
    TableDeclaration(
      "dependence", "who is stated to depend on a party that is lost",
      [
        ResultColumn("who", .key, "who depends on it"),
        ResultColumn("mineral", .key, "for which mineral"),
        ResultColumn("on", .key, "on whom"),
        ResultColumn("low", .decimal, "percent of its supply at least"),
        ResultColumn("high", .decimal, "percent of its supply at most"),
        ResultColumn("when", .text, "the year or the time of the figure"),
      ], evidence: [Evidence.row]),
    TableDeclaration(
      "downstream", "products made of what is lost, and steps of the chain that follow it",
      [
        ResultColumn("what", .key, "the product or the step"),
        ResultColumn("of", .key, "what it is made of, or follows"),
        ResultColumn("steps", .integer, "how many steps away it is"),
      ], evidence: [Evidence.row]),
    ReadingsReport.table,
  ]
  let view: ViewHint? = ViewHint(.matrix, "mineral", "stage", "lost_high")
  let about: About? = About(
    """
    What is touched where parties, minerals or steps of the chain are lost. The first table has each \
    market of which something is lost, how much of it by the stated shares (of a mineral or a step all \
    that anybody holds), who has most of what is left, and whether it is a single point of failure: \
    `yes` where one holder has all, `known` where nobody else is stated to hold any. `initiatives` has \
    those in which a lost party has a part, itself or through a group, or that concern a lost mineral or \
    step, with the parts that nobody else is stated to have; with `for X` those of X, also where they \
    concern a mineral that the lost supply. `dependence` has stated shares of supply, `downstream` the \
    products and steps behind it.
    """,
    sources: [
      "the sole producer as a single point of failure: N. T. Nassar et al., Methodology and technical input for the 2025 U.S. List of Critical Minerals, U.S. Geological Survey Open-File Report 2025–1047",
      "USGS looks at domestic producers and at effects on GDP; here it is whoever is stated to hold a market, and no effect is computed",
    ],
    limits: [
      "that nobody else is stated is not that there is nobody else",
      "a share that is lost is not a shortage: stocks, spare capacity, substitutes and prices are not looked at",
      "markets of different years, scopes and sources stand side by side, and are never added up",
    ])
  let evidence = [Evidence.row]
  let examples = [
    Example("exposure CHN for JPN", "what Japan is exposed to where China is lost"),
    Example("exposure CHN, RUS minerals nickel, cobalt", "two parties at once, of two minerals"),
    Example("exposure gallium", "who holds it, who has to do with it, what is made of it"),
    Example("exposure refining property production", "a step of the chain, by tonnes"),
  ]

  func run(_ call: Call) throws {
    let lost = try call[lost].uniqued()
    let things = try LostThings(lost, call)
    let (markets, holders) = (try markets(things, call), try Market.Holders(call))
    let supplied = try emitMarkets(markets, holders, things, call)
    try emitInitiatives(things, supplied: supplied, call)
    let dependences = try Dependence.read(on: things.actors, of: try call[party], call)
    try emitDependence(dependences, call)
    try emitDownstream(things, call)
    var report = try report(markets, holders, things, call)
    try Dependence.add(dependences, to: &report, call)
    try report.emit(to: call)
  }

  /// The markets in which something is lost.
  private func markets(_ things: LostThings, _ call: Call) throws -> [Market] {
    var selection = Market.Selection(property: try call[property])
    selection.minerals = try call[minerals].map { try things.withParts($0) }
    selection.stages = try call[stages]
    return try Market.read(selection, call)
  }

  /// - Returns: the minerals of which something is lost.
  private func emitMarkets(
    _ markets: [Market], _ holders: Market.Holders, _ things: LostThings, _ call: Call
  ) throws -> Set<String> {
    var (found, minerals) = (0, Set<String>())
    for market in markets {
      let shares = MarketShares(market, holders, \.isChosen)
      guard let loss = Loss(market, shares, things) else { continue }
      found += 1
      minerals.insert(market.address.mineral)
      let statements = market.statements
      let address = market.address
      try call.emit(
        row: [
          address.mineral.isEmpty ? .empty : .key(address.mineral),
          address.stage.isEmpty ? .empty : .key(address.stage), .text(address.year),
          .text([address.scope, address.basis].filter { !$0.isEmpty }.joined(separator: ", ")),
          .number(loss.low),
          .number(loss.high), .list(loss.holders.map(Datum.key)), loss.next.map(Datum.key) ?? .empty,
          .number(loss.nextHigh), .text(loss.singlePoint),
        ],
        because: Evidence(
          row: (loss.holders + [loss.next].compactMap(\.self)).flatMap { statements[$0] ?? [] }))
      for note in shares.notes
      where shares.shares.map({ $0.coveredLow > 100 }) ?? false || note.contains("whole") {
        try call.note(
          [address.mineral, address.words].filter { !$0.isEmpty }.joined(separator: ", ") + ": " + note)
      }
    }
    if found == 0 {
      try call.note(
        "no figure of a market in which it is lost is stated, which does not mean that there is none")
    }
    try call.note(
      "single points of failure after the sole producer of USGS Open-File Report 2025–1047; that nobody else is stated is "
        + "not that there is nobody else")
    return minerals
  }

  private func emitInitiatives(_ things: LostThings, supplied: Set<String>, _ call: Call) throws {
    let followsGroups = try call[groups]
    let parts = try Involvement(call, of: things.actors, throughGroups: followsGroups).parts
    let touching = try Touching(call, initiatives: nil, followsParts: true)
    let within = concerned(by: try call[minerals], try call[stages], touching)
    let asked = try selection.subjects(call).map(Set.init)
    let known = Set(try call.rows(of: "initiatives", columns: ["key"]).map { $0[0].label })
    var concerns: [String: [String]] = [:]
    for (thing, ways) in touching.ways {
      for way in ways where way.named == thing { concerns[way.initiative, default: []].append(thing) }
    }
    var keys = Set(parts.keys)
    // What touches what is lost; of one party's exposure also what it does about minerals that those who are lost supply.
    var things = things.things
    if let party = try call[party] {
      things.formUnion(supplied)
      for thing in things { keys.formUnion(touching.initiatives(thing)) }
      keys.formIntersection(try Involvement(call, of: [party], throughGroups: followsGroups).parts.keys)
    } else {
      for thing in things { keys.formUnion(touching.initiatives(thing)) }
    }
    keys = keys.filter { known.contains($0) && within?.contains($0) ?? true && asked?.contains($0) ?? true }
    try call.begin(tables[0])
    for key in keys.sorted() {
      let mine = parts[key] ?? []
      let ways = things.sorted().flatMap { thing in
        (touching.ways[thing] ?? []).filter { $0.initiative == key }
      }
      let through = Set(mine.compactMap(\.through) + ways.filter { !things.contains($0.named) }.map(\.named))
      let isCertain = mine.contains { !$0.isPossible } || ways.contains { !$0.isPossible }
      let statements = mine.flatMap(\.statements) + ways.flatMap(\.statements).map(Datum.text)
      try call.emit(
        .key(key),
        .list(Set(mine.map(\.property) + (ways.isEmpty ? [] : ["concerns"])).sorted().map(Datum.key)),
        .list(through.sorted().map(Datum.key)),
        .list(Set(mine.filter(\.isOnly).map(\.property)).sorted().map(Datum.key)),
        .list((concerns[key] ?? []).uniqued().sorted().map(Datum.key)),
        .text(isCertain ? "certainly" : "possibly"),
        because: Evidence(row: statements.uniqued()))
    }
    if keys.isEmpty { try call.note("no initiative is stated to have to do with it") }
  }

  /// The initiatives that concern some minerals and stages; nothing where none are asked for.
  private func concerned(by minerals: [String]?, _ stages: [String]?, _ touching: Touching) -> Set<String>? {
    let sets = [minerals, stages].compactMap { $0.map { touching.concerning($0) } }
    return sets.first.map { sets.dropFirst().reduce($0) { $0.intersection($1) } }
  }

  private func emitDependence(_ dependences: [Dependence], _ call: Call) throws {
    let chosen = dependences.filter(\.figure.isChosen)
    guard !chosen.isEmpty else { return }
    try call.begin(tables[1])
    for dependence in chosen {
      try call.emit(
        .key(dependence.who), dependence.mineral.isEmpty ? .empty : .key(dependence.mineral),
        .key(dependence.on), .decimal(dependence.low), .number(dependence.high), .text(dependence.when),
        because: Evidence(row: [.text(dependence.figure.id)]))
    }
  }

  private func emitDownstream(_ things: LostThings, _ call: Call) throws {
    let links = try things.downstream(call)
    guard !links.isEmpty else { return }
    try call.begin(tables[2])
    for link in links {
      try call.emit(
        .key(link.what), .key(link.of), .integer(Int64(link.steps)),
        because: Evidence(row: [.text(link.statement)]))
    }
  }

  /// What every reading makes of the shares that are lost.
  private func report(
    _ markets: [Market], _ holders: Market.Holders, _ things: LostThings, _ call: Call
  ) throws -> ReadingsReport {
    let readings = Readings(try call.openChoices(of: try call.propertyAndNarrower(of: try call[property])))
    var report = ReadingsReport()
    for market in markets {
      func numbers(_ taken: (Market.Stated) -> Bool) -> [Decimal?] {
        let loss = Loss(market, MarketShares(market, holders, taken), things)
        return [loss?.low.rounded(4), loss?.high.rounded(4)]
      }
      let chosen = numbers(\.isChosen)
      guard chosen != [nil, nil] else { continue }
      let open = market.stated.values.joined().map(\.id).filter { !readings.isAlwaysTaken($0) }
      let extremes = readings.extremes(dependingOn: open) { reading in
        numbers { ($0.isChosen || !readings.isAlwaysTaken($0.id)) && reading.takes($0.id) }
      }
      let row = [market.address.mineral, market.address.words].filter { !$0.isEmpty }.joined(separator: ", ")
      for (measure, (number, extreme)) in zip(["lost_low", "lost_high"], zip(chosen, extremes)) {
        report.add(row, measure, extreme.chosen(number))
      }
    }
    return report
  }
}

/// What of a market is lost.
struct Loss {
  let low: Decimal
  let high: Decimal
  let holders: [String]
  private(set) var next: String?
  private(set) var nextHigh: Decimal?
  let singlePoint: String

  /// Nothing where nothing of it is lost.
  init?(_ market: Market, _ shares: MarketShares, _ things: LostThings) {
    let all = shares.holders
    // Where a mineral or a step is lost, all that anybody has of it is.
    let isAll = things.things.contains(market.address.mineral) || things.things.contains(market.address.stage)
    let isNarrowed = !things.actors.isEmpty
    let holders = isAll && !isNarrowed ? all : all.filter(things.actors.contains)
    guard !holders.isEmpty else { return nil }
    self.holders = holders
    if !things.things.isEmpty, isNarrowed, !isAll { return nil }
    let percents = holders.compactMap(shares.percent)
    guard !percents.isEmpty else { return nil }
    low = min(100, percents.reduce(0) { $0 + $1.low })
    high = min(100, percents.reduce(0) { $0 + $1.high })
    let others = all.filter { !holders.contains($0) }
    let best = others.compactMap { other in shares.percent(of: other).map { (other, $0.high) } }
      .max { ($0.1, $1.0) < ($1.1, $0.0) }
    next = best?.0
    nextHigh = best?.1
    // A single point of failure is somebody; of all who hold a mineral that is lost it is the only one.
    let isOne = holders.count == 1
    singlePoint = low >= 100 && isOne ? "yes" : others.isEmpty && isOne ? "known" : "no"
  }
}
