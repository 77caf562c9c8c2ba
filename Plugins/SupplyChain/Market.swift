import FoundationEssentials
import PluginKit

/// The figures that are stated of one market: one property, mineral, stage, year, scope and basis. Figures of different
/// ones are never put together.
struct Market {
  struct Address: Hashable {
    var mineral: String
    var stage: String
    var year: String
    var scope: String
    var basis: String
    var unit: String

    fileprivate var order: [String] { [mineral, stage, year, scope, basis, unit] }
    /// What tells it from others in a note.
    var words: String { [stage, year, scope, basis].filter { !$0.isEmpty }.joined(separator: ", ") }
  }

  /// One statement of a holder's figure.
  struct Stated {
    let id: String
    let figure: Figure
    let isChosen: Bool
    var datum: Datum { .text(id) }
  }

  /// Which markets are asked for.
  struct Selection {
    var property = "share"
    var minerals: [String]?
    var stages: [String]?
    var year: String?
    var scope: String?
    var basis: String?
    /// Holders that are left out.
    var without: Set<String> = []
  }

  /// What holders are: of what kind, and which of them are the whole by their name.
  struct Holders {
    /// Those that several are counted together in.
    var joint: Set<String> = []
    var wholes: Set<String> = []

    private static let names: Set<String> = [
      "world", "the world", "world total", "total", "totals", "global", "all", "all countries", "sum",
      "grand total",
      "worldwide", "whole world",
    ]

    init() {}

    init(_ call: Call) throws {
      for row in try call.rows(of: "entities", columns: ["key", "type", "name"]) {
        let key = row[0].label
        if ["aggregate", "group"].contains(row[1].label) { joint.insert(key) }
        let last = key.split(separator: ":").last.map(String.init) ?? key
        let own = last.replacing("-", with: " ").replacing("_", with: " ")
        if Self.names.contains(own.lowercased()) || Self.names.contains(row[2].label.lowercased()) {
          wholes.insert(key)
        }
      }
    }
  }

  let address: Address
  let property: String
  /// All that is stated of each holder's figure, rivals among it.
  var stated: [String: [Stated]] = [:]
  /// How many forecasts are passed over.
  var forecasts = 0

  /// Reads markets, in order.
  static func read(_ selection: Selection, _ call: Call) throws -> [Market] {
    var filters: [String: [Datum]] = ["property": [.key(selection.property)]]
    filters["mineral"] = selection.minerals.map { $0.map(Datum.key) }
    filters["stage"] = selection.stages.map { $0.map(Datum.key) }
    var markets: [Address: Market] = [:]
    let rows = try call.rows(
      of: "figures",
      columns: [
        "subject", "mineral", "stage", "year", "scope", "basis", "low", "high", "unit", "bound", "forecast",
        "chosen",
        "statement", "source_count",
      ], where: filters)
    for row in rows {
      let address = Address(
        mineral: row["mineral"].label, stage: row["stage"].label, year: row["year"].label,
        scope: row["scope"].label,
        basis: row["basis"].label, unit: row["unit"].label)
      guard selection.year ?? address.year == address.year, selection.scope ?? address.scope == address.scope,
        selection.basis ?? address.basis == address.basis, let figure = Figure(row),
        row["source_count"] != .integer(0)
      else { continue }
      let holder = row["subject"].label
      guard !selection.without.contains(holder) else { continue }
      var market = markets[address] ?? Market(address: address, property: selection.property)
      if figure.isForecast {
        market.forecasts += 1
      } else {
        market.stated[holder, default: []].append(
          Stated(id: row["statement"].label, figure: figure, isChosen: row["chosen"].isYes))
      }
      markets[address] = market
    }
    return markets.values.sorted { $0.address.order.lexicographicallyPrecedes($1.address.order) }
  }

  /// The ids of the chosen statements, by holder.
  var statements: [String: [Datum]] {
    stated.mapValues { $0.filter(\.isChosen).map(\.datum).filter { $0 != .text("") } }
  }
}
