import Foundation
import PluginKit

/// The shares stated for one year, scope and basis; figures of different ones are never put together.
struct Market {
  var year: String
  var scope: String
  var basis: String
  var shares: Shares
  /// What a reader should know of the figures.
  var notes: [String]
  /// The ids of the statements that give each holder's share.
  var statements: [String: [Datum]]

  private struct Address: Hashable, Comparable {
    var year: String
    var scope: String
    var basis: String

    static func < (left: Address, right: Address) -> Bool {
      (left.year, left.scope, left.basis) < (right.year, right.scope, right.basis)
    }
  }

  /// Reads the markets of a mineral and a stage, in order of their years.
  static func read(
    mineral: String, stage: String, year: String?, scope: String?, basis: String?, _ call: Call
  ) throws -> [Market] {
    var figures: [Address: [String: [StatedShare]]] = [:]
    let rows = try call.rows(
      of: "figures", columns: ["subject", "year", "scope", "basis", "low", "high", "bound", "statement"],
      where: [
        "property": [.key("share")], "mineral": [.key(mineral)], "stage": [.key(stage)], "chosen": [true],
      ])
    for row in rows {
      let address = Address(year: row["year"].label, scope: row["scope"].label, basis: row["basis"].label)
      guard year ?? address.year == address.year, scope ?? address.scope == address.scope,
        basis ?? address.basis == address.basis, let figure = StatedShare(row)
      else { continue }
      figures[address, default: [:]][row["subject"].label, default: []].append(figure)
    }
    return figures.sorted { $0.key < $1.key }.map { Market($0.key, $0.value) }
  }

  private init(_ address: Address, _ figures: [String: [StatedShare]]) {
    (year, scope, basis) = (address.year, address.scope, address.basis)
    statements = figures.mapValues { $0.map(\.statement).filter { $0 != .empty } }
    shares = Shares(
      figures.sorted { $0.key < $1.key }.map { holder, figures in
        Shares.Share(
          holder: holder, low: figures.map(\.low).min() ?? 0, high: figures.map(\.high).max() ?? 0)
      })
    let place = [year, scope, basis].filter { !$0.isEmpty }.joined(separator: ", ")
    notes = Market.notes(figures, shares).map { place.isEmpty ? $0 : "\(place): \($0)" }
  }

  private static func notes(_ figures: [String: [StatedShare]], _ shares: Shares) -> [String] {
    var notes: [String] = []
    if shares.coveredLow > 100 {
      notes.append(
        "the shares sum to \(shares.coveredLow) %, so some overlap or contradict each other; read the index with care"
      )
    } else if shares.coveredHigh < 100 {
      notes.append("the shares known cover \(shares.coveredHigh) %; who holds the rest is not stated")
    }
    for (holder, rivals) in figures.sorted(by: { $0.key < $1.key }) where rivals.count > 1 {
      notes.append("\(rivals.count) figures for \(holder) are read as one range; see `conflicts`")
    }
    if figures.count > 1 { notes.append("the shares may come from different sources; ask `why` for each") }
    if figures.values.joined().contains(where: \.isApproximate) {
      notes.append("some shares are approximate (about), and are counted as they stand")
    }
    return notes
  }
}

/// One stated share, in percent.
private struct StatedShare {
  var low: Decimal
  var high: Decimal
  var isApproximate: Bool
  var statement: Datum

  /// Nothing where neither end is known.
  init?(_ row: Row) {
    guard let least = row["low"].number ?? row["high"].number,
      let most = row["high"].number ?? row["low"].number
    else { return nil }
    let bound = row["bound"].label
    low = bound == "up to" || bound == "nearly" ? 0 : least
    high = bound == "at least" || bound == "more than" ? 100 : most
    isApproximate = bound == "about"
    statement = row["statement"]
  }
}
