internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What the relation `readings` reads: the ways in which the cells of one property of one subject can be read.
struct ReadingsReader {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var resolver: CellResolver { CellResolver(state) }
  private var heldReader: HeldReader { HeldReader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// A statement that a reading takes.
  private struct Taken {
    var choice: Int
    var reading: Int
    var preferred: String?
    var row: Int64
    var claimed: Int
    var denied: Int
    var certainty: String?
  }

  /// The readings of what can be read in several ways, as a list in JSON whose elements are lists: which choice it is, which
  /// reading of it (0 for the chosen one), the id of the statement that it takes to be right, the row of a statement that it
  /// takes, whether it takes its claim and its denial, and how certainly that holds on the date asked for.
  func readings(of subject: Int64, _ property: String) throws(StoreProblem) -> String {
    guard let holding = state.memory.viewed?.holding else { return "[]" }
    let scope = holding.scope
    let cell = Dirty.Cell(subject: subject, property: property)
    var groups: [(first: String, said: CellResolver.GroupSaid, readings: [CellReading])] = []
    try resolver.eachGroupSaid(of: try resolver.undecided([cell], in: scope), in: scope) {
      said throws(StoreProblem) in
      let readings = CellReading.all(
        said.group.map(\.record), broader: said.broader.map(\.record), said.definition
      ) { said.standings[$0] }
      guard readings.count > 1 else { return }
      groups.append((said.group.map(\.record.id.digest).min() ?? "", said, readings))
    }
    guard !groups.isEmpty else { return "[]" }
    var existences: [Int64: Timeline] = [:]
    if holding.date != nil {
      let loaded = groups.flatMap { $0.said.group + $0.said.broader }
      existences = try heldReader.existences(
        of: Set(loaded.map(\.subject) + loaded.compactMap(\.object)), scope)
    }
    var found: [Taken] = []
    for (choice, group) in groups.sorted(by: { $0.first < $1.first }).enumerated() {
      let all = group.said.group + group.said.broader
      for (place, reading) in group.readings.enumerated() {
        let timelines = reading.rules.timelines(of: group.said.group.map(\.record))
        for one in all {
          var certainty: Certainty?
          let denial =
            reading.denied.contains(one.record.id) ? reading.rules.timeline(ofDenial: one.record.id) : nil
          if let date = holding.date, let timeline = denial ?? timelines[one.record.id] {
            certainty = heldReader.held(one, timeline, on: date, holding, existences).certainty
          }
          guard let taken = reading.taken(of: one.record, on: certainty) else { continue }
          // Of all time, what is only to come is no more than possible.
          if holding.date == nil, let today = holding.today,
            timelines[one.record.id]?.isToCome(one.record.statement, today: today) == true
          {
            certainty = .possibly
          }
          found.append(
            Taken(
              choice: choice, reading: place, preferred: reading.preferred?.digest, row: one.row,
              claimed: taken.claim ? 1 : 0, denied: taken.denial ? 1 : 0,
              certainty: certainty == .not ? nil : certainty?.rawValue))
        }
      }
    }
    return json(found)
  }

  /// Digests and words need no escapes.
  private func json(_ found: [Taken]) -> String {
    func text(_ text: String?) -> String { text.map { "\"\($0)\"" } ?? "null" }
    let rows = found.map {
      "[\($0.choice),\($0.reading),\(text($0.preferred)),\($0.row),\($0.claimed),\($0.denied),\(text($0.certainty))]"
    }
    return "[" + rows.joined(separator: ",") + "]"
  }
}
