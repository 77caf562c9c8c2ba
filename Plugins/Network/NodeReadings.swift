import PluginKit

/// What readings make of numbers of nodes, and of a graph as a whole.
struct NodeReadings {
  let ties: TieSet
  let shape: TieSet.Shape
  /// The graph by the chosen claims.
  let net: Net
  let call: Call
  /// How long it takes, in seconds, to measure a graph once.
  let cost: Double
  /// So long may all readings take.
  static let patience = 8.0

  /// Measures of a graph: of each its name, and the number of each node; of a measure of the whole graph one number.
  typealias Measures = (Net) throws -> (
    ofNodes: [(name: String, values: [Double?])], ofWhole: [(name: String, value: Double?)]
  )

  /// Adds all numbers to a report: degrees exactly, others by as many readings as there is time for.
  func report(_ measures: Measures) throws {
    var report = ReadingsReport()
    let parts = ties.parts(shape.mode)
    var settled = 0
    let shown = Set(net.names.indices.map(net.nodeName))
    if !parts.isEmpty, !shape.isDirected {
      for (node, parts) in parts.sorted(by: { $0.key < $1.key }) {
        // What is in no chosen tie has no row.
        guard shown.contains(node) else { continue }
        report.add(node.name, "degree", ties.readings.extreme(ofSum: parts))
      }
    }
    let open = ties.open
    let choices = ties.readings.choices(on: open)
    let changes = choices.reduce(0) { $0 + ties.readings.choices[$1].alternatives.count - 1 }
    guard changes > 0 else {
      report.settled(net.count)
      return try report.emit(to: call)
    }
    let affordable = Int(min(1e6, Self.patience / max(cost, 1e-6)))
    guard changes <= affordable else {
      try report.emit(to: call)
      return try call.note(
        "\(choices.count) choices among competing claims are too many for a graph of this size: only degrees are told under every reading"
      )
    }
    let readings = Readings(
      ties.readings.choices, most: min(4096, affordable), samples: min(200, max(0, affordable - changes)))
    let chosen = try measures(net)
    let names = net.names.indices.map(net.nodeName)
    let extremes = try readings.extremes(dependingOn: open) { reading -> [Double?] in
      try call.progress(nil, "reading competing claims")
      let other = try ties.graph(shape, reading)
      let measured = try measures(other)
      let places = Dictionary(
        uniqueKeysWithValues: other.names.indices.map { (other.nodeName($0), $0) })
      return measured.ofNodes.flatMap { measure in
        names.map { name in places[name].flatMap { measure.values[$0] } }
      } + measured.ofWhole.map(\.value)
    }
    for (index, measure) in chosen.ofNodes.enumerated() {
      for (place, node) in names.enumerated() {
        let extreme = extremes[index * names.count + place].rounded
        if extreme.moves { report.add(node.name, measure.name, extreme) } else { settled += 1 }
      }
    }
    for (index, measure) in chosen.ofWhole.enumerated() {
      report.add("whole", measure.name, extremes[chosen.ofNodes.count * names.count + index].rounded)
    }
    report.settled(settled)
    try report.emit(to: call)
  }
}

extension Extreme<Double> {
  /// The same where numbers differ; what differs by no more than adding up in another order may is one number.
  var rounded: Extreme<Double> {
    guard let chosen, let least, let greatest, greatest - least <= 1e-11 * max(1, abs(chosen)) else {
      return self
    }
    return Extreme(chosen)
  }
}
