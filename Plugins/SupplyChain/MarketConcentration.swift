import FoundationEssentials
import PluginKit

/// The Herfindahl–Hirschman index of what is stated for a mineral, year by year.
struct MarketConcentration: Analysis {
  private let mineral = Parameter.entity("mineral", of: "mineral", "the mineral")
  private let stage = Parameter.entity("stage", of: "stage", "the step of the supply chain").optional
  private let property = Parameter.property(
    "property", default: "share", "which figure of the holders counts: share, production, capacity")
  private let year = Parameter.text("year", "only this year").optional
  private let scope = Parameter.text("scope", "only figures with this scope").optional
  private let basis = Parameter.text("basis", "only figures that count this: tonnage, value …").optional
  private let without = Parameter.entities("without", of: "actor, initiative", "holders to leave out")
    .optional

  let name = "concentration"
  let summary = "How concentrated the market of a mineral is: the Herfindahl–Hirschman index of its shares"
  var parameters: [ParameterDeclaration] {
    [
      mineral.declaration, stage.declaration, property.declaration, year.declaration, scope.declaration,
      basis.declaration, without.declaration,
    ]
  }
  let columns = [
    ResultColumn("year", .text, "the year of the data"),
    ResultColumn("scope", .text, "what the shares cover, where not the whole"),
    ResultColumn("basis", .text, "what the shares count"),
    ResultColumn("holders", .integer, "how many holders have a known share"),
    ResultColumn(
      "covered_low", .decimal, "percent that the known shares cover at least; empty where no whole is known"),
    ResultColumn("covered_high", .decimal, "percent that the known shares cover at most"),
    ResultColumn("hhi_low", .decimal, "the index if all others are many and small"),
    ResultColumn("hhi_high", .decimal, "the index if all others are one holder"),
    ResultColumn(
      "level", .text, "low below 1000, moderate to 1800, high above; both where the index may be either"),
    ResultColumn("top", .key, "the holder of the largest share"),
    ResultColumn("top3_low", .decimal, "percent that the three largest holders have at least"),
    ResultColumn(
      "top3_high", .decimal, "percent that three holders can have at most, one of them all the rest"),
    ResultColumn("stage", .key, "the step of the supply chain"),
    ResultColumn("unit", .text, "in what the figures are stated"),
  ]
  let examples = [
    Example("concentration mineral cobalt stage mining", "every year that has shares"),
    Example("concentration mineral cobalt stage refining year 2024", "one year"),
    Example("concentration mineral nickel property production", "by tonnes, at every stage"),
  ]
  let view: ViewHint? = ViewHint(.bar, "year", "hhi_high")
  let evidence = [Evidence.row, "top"]
  let about: About? = About(
    """
    The sum of the squared percentages of all holders, from near 0 to 10000 (divided by 10000, from 0 to \
    1), and the percentage of the three largest. Where only some holders are known, `hhi_low` takes the \
    rest for many small ones and `hhi_high` for one; where shares are ranges, both ends are found within \
    a sum of 100 %. Figures in tonnes are shares of a stated whole (a holder called World or Total, \
    which is no holder), else of all that is stated. Shares that sum to more than 100 % have no index.
    """,
    formulas: [
      "HHI = Σ sᵢ², sᵢ the share of holder i in percent",
      "top3 = the sum of the three largest sᵢ",
      "level: low below 1000, moderate to 1800, high above",
    ],
    sources: [
      "O. C. Herfindahl, Concentration in the Steel Industry (1950); A. O. Hirschman, “The Paternity of an Index”, American Economic Review 54 (1964)",
      "levels: U.S. Department of Justice and Federal Trade Commission, Merger Guidelines (2023), guideline 1",
    ],
    known: [
      KnownAnswer(
        of:
          "nickel mined in 2022 (World Mining Data), as geopolrisk-py computes it (doi 10.21105/joss.09600): .26749 from 0 to 1",
        data: "nickel", "concentration mineral nickel stage mining property production", row: "2022",
        column: "hhi_low", "2674.9"),
      KnownAnswer(
        of: "the same with its row Total left in, which would give .3169",
        data: "nickel-total", "concentration mineral nickel stage mining property production", row: "2022",
        column: "hhi_low", "2674.9"),
    ],
    limits: [
      "who owns the holders: mines of one firm in two states are two holders",
      "anything of prices, substitutes or stocks",
      "shares of one market may come from several sources; `why row 1` names them",
    ])
  let tables = [ReadingsReport.table]

  func run(_ call: Call) throws {
    let selection = Market.Selection(
      property: try call[property], minerals: [try call[mineral]], stages: try call[stage].map { [$0] },
      year: try call[year], scope: try call[scope], basis: try call[basis],
      without: Set(try call[without] ?? []))
    let markets = try Market.read(selection, call)
    if markets.isEmpty {
      try call.note(
        "no \(selection.property) of this mineral and stage is stated, which does not mean that there is none"
      )
    }
    let holders = try Market.Holders(call)
    let readings = Readings(try call.openChoices(of: try call.propertyAndNarrower(of: selection.property)))
    var report = ReadingsReport()
    for market in markets {
      let shares = MarketShares(market, holders, \.isChosen)
      let counted = Set(shares.holders)
      let index = shares.index
      let statements = market.statements.filter { counted.contains($0.key) }
      try call.emit(
        row: [
          .text(market.address.year), .text(market.address.scope), .text(market.address.basis),
          .integer(Int64(shares.count)), .number(shares.covered?.low), .number(shares.covered?.high),
          .number(index?.low), .number(index?.high),
          index.map { .text(Level.words($0.low, $0.high)) } ?? .empty,
          shares.top.map(Datum.key) ?? .empty, .number(index?.topLow), .number(index?.topHigh),
          market.address.stage.isEmpty ? .empty : .key(market.address.stage), .text(market.address.unit),
        ],
        because: Evidence(row: statements.sorted { $0.key < $1.key }.flatMap(\.value))
          .of("top", shares.top.flatMap { statements[$0] } ?? []))
      let place = market.address.words
      for note in shares.notes { try call.note(place.isEmpty ? note : "\(place): \(note)") }
      report.add(market, holders, readings)
      if index?.isExact == false {
        try call.note("\(place): more than \(Shares.mostRanges) ranges: the index is nowhere above hhi_high")
      }
    }
    try call.note(
      "the index is the sum of squared percentages, up to 10000; levels after the Merger Guidelines of the U.S. "
        + "Department of Justice and the Federal Trade Commission, 2023, guideline 1")
    try report.emit(to: call)
  }
}

extension ReadingsReport {
  /// What every reading makes of a market's numbers.
  fileprivate mutating func add(_ market: Market, _ holders: Market.Holders, _ readings: Readings) {
    let measures = [
      "holders", "covered_low", "covered_high", "hhi_low", "hhi_high", "top3_low", "top3_high",
    ]
    let open = market.stated.values.joined().map(\.id).filter { !readings.isAlwaysTaken($0) }
    guard !open.isEmpty else { return settled(measures.count) }
    func numbers(_ taken: (Market.Stated) -> Bool) -> [Decimal?] {
      let shares = MarketShares(market, holders, taken)
      let index = shares.index
      return [
        Decimal(shares.count), shares.covered?.low, shares.covered?.high, index?.low, index?.high,
        index?.topLow,
        index?.topHigh,
      ].map { $0?.rounded(4) }
    }
    let extremes = readings.extremes(dependingOn: open) { reading in
      // In no reading do the shares of a market sum to more than all of it.
      let found = numbers { ($0.isChosen || !readings.isAlwaysTaken($0.id)) && reading.takes($0.id) }
      return found[1].map { $0 > 100 } == true ? found.map { _ in nil } : found
    }
    for (measure, (number, extreme)) in zip(measures, zip(numbers(\.isChosen), extremes)) {
      add(market.address.words, measure, extreme.chosen(number))
    }
  }
}

extension Datum {
  /// A number to four places; nothing where there is none.
  static func number(_ number: Decimal?, places: Int = 4) -> Datum {
    number.map { .decimal($0.rounded(places)) } ?? .empty
  }
}

/// How concentrated a market is called.
enum Level: String {
  case low, moderate, high

  /// The level of an index: above 1800 is highly concentrated, from 1000 to 1800 moderately.
  init(_ index: Decimal) { self = index > 1800 ? .high : index >= 1000 ? .moderate : .low }

  /// The level, or from which to which where the index is a range.
  static func words(_ low: Decimal, _ high: Decimal) -> String {
    let (from, to) = (Level(low), Level(high))
    return from == to ? from.rawValue : "\(from.rawValue) to \(to.rawValue)"
  }
}
