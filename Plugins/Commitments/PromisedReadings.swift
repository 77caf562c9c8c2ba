import FoundationEssentials
import PluginKit

/// What every reading of the competing claims makes of what was promised.
///
/// Commitments that hang together (``Ledger/clusters``) are looked at together: no choice bears on two clusters, so that the
/// extremes of a row are the sums of theirs.
final class PromisedReadings {
  /// What a cluster adds to a row.
  private struct Addition {
    var least = Decimal(0)
    /// Nothing where the words set no bound.
    var most: Decimal? = 0
    var count = 0
  }

  private let ledger: Ledger
  private let clusters: [(keys: [String], open: [String])]
  /// By cluster and by which of its open statements are taken.
  private var known: [Int: [[Bool]: [Ledger.RowName: Addition]]] = [:]

  init(_ ledger: Ledger) {
    self.ledger = ledger
    clusters = ledger.clusters.map { ($0, ledger.open(of: $0)) }
  }

  /// - Parameter chosen: what the first table has.
  func report(_ chosen: Ledger.Sums) -> ReadingsReport {
    var report = ReadingsReport()
    var bearing: [Ledger.RowName: [Int]] = [:]
    for (place, cluster) in clusters.enumerated() {
      var rows = Set(additions(of: place, ledger.readings.chosen).keys)
      _ = ledger.readings.extremes(dependingOn: cluster.open) { reading -> [Int?] in
        rows.formUnion(additions(of: place, reading).keys)
        return []
      }
      for row in rows { bearing[row, default: []].append(place) }
    }
    let names = Set(bearing.keys).union(chosen.rows.keys.filter { $0.apart.isEmpty })
      .sorted { ledger.order($0).lexicographicallyPrecedes(ledger.order($1)) }
    for name in names {
      let places = bearing[name] ?? []
      let entries = chosen.rows[name] ?? []
      guard places.contains(where: { !clusters[$0].open.isEmpty }) else {
        report.settled(2)
        continue
      }
      add(name, places, entries, to: &report)
    }
    return report
  }

  private func add(
    _ name: Ledger.RowName, _ places: [Int], _ entries: [Ledger.Entry], to report: inout ReadingsReport
  ) {
    func parts<Number>(_ number: @escaping (Addition) -> Number) -> [Part<Number>] {
      places.map { place in
        Part(clusters[place].open) { number(self.additions(of: place, $0)[name] ?? Addition()) }
      }
    }
    let least = ledger.readings.extreme(ofSum: parts(\.least))
    let most = ledger.readings.extreme(ofSum: parts { $0.most ?? $0.least })
    let open = ledger.readings.extreme(ofSum: parts { $0.most == nil ? 1 : 0 })
    let count = ledger.readings.extreme(ofSum: parts(\.count))
    let row = [ledger.datum(name.who).label, name.currency, name.rung, name.reading].filter { !$0.isEmpty }
      .joined(separator: ", ")
    var total = Extreme(
      chosen: Figure.sum(entries.map(\.figure))?.low, least: least.least,
      greatest: most.greatest,
      isExact: least.isExact && most.isExact && open.isExact,
      movedMostBy: least.movedMostBy ?? most.movedMostBy)
    total.see(total.chosen)
    total.isUnbounded = (open.greatest ?? 0) > 0
    // What only its own words leave open stands in the first table.
    if least.moves || most.moves || open.moves { report.add(row, "total", total) } else { report.settled(1) }
    report.add(row, "counted", count.chosen(entries.count))
  }

  private func additions(of place: Int, _ reading: Reading) -> [Ledger.RowName: Addition] {
    let cluster = clusters[place]
    let key = cluster.open.map(reading.takes)
    if let found = known[place]?[key] { return found }
    let sums = ledger.sums(of: cluster.keys, ledger.taken(reading))
    var found: [Ledger.RowName: Addition] = [:]
    for (name, entries) in sums.rows where name.apart.isEmpty {
      let most = entries.compactMap(\.figure.most)
      found[name] = Addition(
        least: entries.reduce(0) { $0 + $1.figure.least },
        most: most.count == entries.count ? most.reduce(0, +) : nil, count: entries.count)
    }
    known[place, default: [:]][key] = found
    return found
  }
}
