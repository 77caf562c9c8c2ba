import FoundationEssentials
import PluginKit

/// A stated share of somebody's supply that comes from a party.
struct Dependence {
  let figure: Qualified
  var who: String { figure.subject }
  var mineral: String { figure.key("mineral") }
  /// On whom it depends.
  var on: String { figure.key("partner-country") }
  /// Of which year, time or phase the figure is.
  var when: String {
    ["year", "phase", "scope"].map(figure.text).filter { !$0.isEmpty }.joined(separator: ", ")
  }
  /// In percent.
  var low: Decimal { figure.figure.least }
  var high: Decimal { figure.figure.most ?? 100 }

  /// What a row of the table is of.
  private var row: String { [who, mineral, on, when].filter { !$0.isEmpty }.joined(separator: ", ") }

  /// What is claimed of supply that comes from some parties, rivals among it; of one whose supply it is, or of all.
  static func read(on parties: [String], of party: String?, _ call: Call) throws -> [Dependence] {
    guard !parties.isEmpty else { return [] }
    return try Qualified.read("dependence", of: party.map { [$0] }, call).map(Dependence.init).filter {
      parties.contains($0.on)
    }
  }

  /// Adds what every reading makes of them.
  static func add(_ all: [Dependence], to report: inout ReadingsReport, _ call: Call) throws {
    guard !all.isEmpty else { return }
    let readings = Readings(try call.openChoices(of: try call.propertyAndNarrower(of: "dependence")))
    for (row, claims) in Dictionary(grouping: all, by: \.row).sorted(by: { $0.key < $1.key }) {
      func numbers(_ taken: (Dependence) -> Bool) -> [Decimal?] {
        let taken = claims.filter(taken)
        return [taken.map(\.low).min(), taken.map(\.high).max()]
      }
      let chosen = numbers(\.figure.isChosen)
      guard chosen != [nil, nil] else { continue }
      let open = claims.map(\.figure.id).filter { !readings.isAlwaysTaken($0) }
      let extremes = readings.extremes(dependingOn: open) { reading in
        numbers {
          ($0.figure.isChosen || !readings.isAlwaysTaken($0.figure.id)) && reading.takes($0.figure.id)
        }
      }
      for (measure, (number, extreme)) in zip(["low", "high"], zip(chosen, extremes)) {
        report.add("dependence: " + row, measure, extreme.chosen(number))
      }
    }
  }
}
