import Foundation
import PluginKit

/// The Herfindahl–Hirschman index of the shares stated for a mineral and a stage, year by year.
struct MarketConcentration: Analysis {
  private let mineral = Parameter.entity("mineral", of: "mineral", "the mineral")
  private let stage = Parameter.entity("stage", of: "stage", "the step of the supply chain")
  private let year = Parameter.text("year", "only this year").optional
  private let scope = Parameter.text("scope", "only figures with this scope").optional
  private let basis = Parameter.text("basis", "only figures that count this: tonnage, value …").optional

  let name = "concentration"
  let summary = "How concentrated the market of a mineral is: the Herfindahl–Hirschman index of its shares"
  var parameters: [ParameterDeclaration] {
    [mineral.declaration, stage.declaration, year.declaration, scope.declaration, basis.declaration]
  }
  let columns = [
    ResultColumn("year", .text, "the year of the data"),
    ResultColumn("scope", .text, "what the shares cover, where not the whole"),
    ResultColumn("basis", .text, "what the shares count"),
    ResultColumn("holders", .integer, "how many holders have a known share"),
    ResultColumn("covered_low", .decimal, "percent that the known shares cover at least"),
    ResultColumn("covered_high", .decimal, "percent that the known shares cover at most"),
    ResultColumn("hhi_low", .decimal, "the index if all others are many and small"),
    ResultColumn("hhi_high", .decimal, "the index if all others are one holder"),
    ResultColumn(
      "level", .text, "low below 1000, moderate to 1800, high above; both where the index may be either"),
    ResultColumn("top", .key, "the holder of the largest share"),
  ]
  let examples = [
    Example("concentration mineral dysprosium stage refining", "every year that has shares"),
    Example("concentration mineral cobalt stage refining year 2024", "one year"),
  ]

  let evidence = [Evidence.row, "top"]

  func run(_ call: Call) throws {
    let markets = try Market.read(
      mineral: try call[mineral], stage: try call[stage], year: try call[year], scope: try call[scope],
      basis: try call[basis], call)
    if markets.isEmpty {
      try call.note("no share of this mineral and stage is stated, which does not mean that there is none")
    }
    for market in markets {
      let shares = market.shares
      let (low, high) = (shares.indexLow, shares.indexHigh)
      try call.emit(
        .text(market.year), .text(market.scope), .text(market.basis), .integer(Int64(shares.count)),
        .decimal(shares.coveredLow), .decimal(shares.coveredHigh), .decimal(low), .decimal(high),
        .text(Level.words(low, high)), shares.top.map(Datum.key) ?? .empty,
        because: Evidence(row: market.statements.sorted { $0.key < $1.key }.flatMap(\.value))
          .of("top", shares.top.flatMap { market.statements[$0] } ?? []))
      for note in market.notes { try call.note(note) }
    }
    try call.note(
      "the index is the sum of squared percentages, up to 10000; levels after the Merger Guidelines of the U.S. "
        + "Department of Justice and the Federal Trade Commission, 2023, guideline 1")
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
