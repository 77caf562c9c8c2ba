import PluginKit

/// How long the shortest chain between two things is, under every reading of the statements that may be its steps.
struct ChainLengths {
  private struct Step {
    var to: Int
    /// The statement, where it is open whether it holds.
    var open: String?
  }

  private var places: [String: Int] = [:]
  private var steps: [[Step]] = []
  private let readings: Readings

  init(_ call: Call) throws {
    readings = Readings(try call.openChoices())
    var known: Set<String> = []
    for row in try call.rows(
      of: "statements", columns: ["id", "subject", "property", "object"],
      where: ["claimed": [.boolean(true)], "chosen": [.boolean(true)]])
    { add(row, &known) }
    // What the rules pass over may be a step by another reading; what holds on the date in none is no step.
    let hasDate = call.moment.on != nil
    for row in try call.rows(
      of: "readings", columns: ["statement", "subject", "property", "object", "certainty"],
      where: ["claimed": [.boolean(true)]]) where !hasDate || row[4] != .empty
    { add(row, &known) }
  }

  private mutating func add(_ row: Row, _ known: inout Set<String>) {
    let (id, subject, object) = (row[0].label, row[1].label, row[3].label)
    guard !object.isEmpty, subject != object, row[2].label != "distinct-from", known.insert(id).inserted
    else {
      return
    }
    let (one, other) = (place(subject), place(object))
    let open = readings.isAlwaysTaken(id) ? nil : id
    steps[one].append(Step(to: other, open: open))
    steps[other].append(Step(to: one, open: open))
  }

  private mutating func place(_ name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = steps.count
    steps.append([])
    return steps.count - 1
  }

  /// The number of steps under every reading; nothing where there are too many to look at.
  func extreme(from start: String, to end: String, _ call: Call) throws -> Extreme<Int>? {
    guard let from = places[start], let goal = places[end] else { return Extreme(nil) }
    let open = Set(steps.joined().compactMap(\.open))
    let cost = Double(steps.reduce(steps.count) { $0 + $1.count }) * 4e-7
    let affordable = Int(min(1e6, NodeReadings.patience / max(cost, 1e-6)))
    let changes = readings.choices(on: open).reduce(0) { $0 + readings.choices[$1].alternatives.count - 1 }
    guard changes <= affordable else { return nil }
    let bounded = Readings(
      readings.choices, most: min(4096, affordable), samples: min(200, max(0, affordable - changes)))
    return try bounded.extreme(dependingOn: open) { reading in
      try call.progress(nil, "reading competing claims")
      return length(from, goal, reading)
    }
  }

  private func length(_ start: Int, _ goal: Int, _ reading: Reading) -> Int? {
    var distance = [Int](repeating: -1, count: steps.count)
    distance[start] = 0
    var queue = [start]
    var next = 0
    while next < queue.count {
      let place = queue[next]
      next += 1
      if place == goal { return distance[place] }
      for step in steps[place] where distance[step.to] < 0 && step.open.map(reading.takes) ?? true {
        distance[step.to] = distance[place] + 1
        queue.append(step.to)
      }
    }
    return nil
  }
}
