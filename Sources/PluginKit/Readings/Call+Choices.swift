extension Call {
  /// What competing claims leave open of some properties, as of the times of the call or of others: rivals, claims against
  /// denials, and what holds only possibly on a date, or without one is only to come.
  ///
  /// - Parameters:
  ///   - properties: only these, which narrow nothing by themselves (``propertyAndNarrower(of:)``); nothing for all.
  ///   - subjects: only of these; nothing for all.
  public func openChoices(
    of properties: [String]? = nil, subjects: [String]? = nil, at times: ReadTimes = .ofCall
  ) throws -> [Choice] {
    var filters: [String: [Datum]] = [:]
    if let properties { filters["property"] = properties.map(Datum.key) }
    if let subjects { filters["subject"] = subjects.map(Datum.key) }
    var open = OpenChoices()
    for row in try rows(
      of: "readings",
      columns: [
        "subject", "property", "choice", "reading", "preferred", "statement", "claimed", "certainty",
      ],
      where: filters, at: times)
    {
      open.add(row)
    }
    try open.readPossible(self, filters, times)
    return open.choices(isDated: times.hasDate(in: moment))
  }
}

/// What was read of choices.
private struct OpenChoices {
  private struct Place: Hashable, Comparable {
    let subject: String
    let property: String
    let choice: Int64
    static func < (one: Place, other: Place) -> Bool {
      (one.subject, one.property, one.choice) < (other.subject, other.property, other.choice)
    }
  }
  private struct Taken {
    var preferred = ""
    var certain: Set<String> = []
    var possible: Set<String> = []
    /// What it takes whatever the date.
    var claimed: Set<String> = []
  }
  private struct Value: Hashable {
    let subject: String
    let property: String
    let value: String
  }

  private var readings: [Place: [Int64: Taken]] = [:]
  private var isOpen: Set<String> = []
  private var possible: [Value: Set<String>] = [:]

  mutating func add(_ row: Row) {
    guard case .integer(let choice) = row[2], case .integer(let reading) = row[3] else { return }
    let place = Place(subject: row[0].label, property: row[1].label, choice: choice)
    let statement = row[5].label
    var taken = readings[place]?[reading] ?? Taken()
    taken.preferred = row[4].label
    isOpen.insert(statement)
    if row[6].isYes {
      taken.claimed.insert(statement)
      if row[7].label == "certainly" { taken.certain.insert(statement) }
      if row[7].label == "possibly" { taken.possible.insert(statement) }
    }
    readings[place, default: [:]][reading] = taken
  }

  /// Reads what holds only possibly and is in no choice.
  mutating func readPossible(_ call: Call, _ filters: [String: [Datum]], _ times: ReadTimes) throws {
    // Of all time few things are only to come, and mostly none.
    if !times.hasDate(in: call.moment) {
      let toCome = filters.merging(["certainty": ["possibly"], "chosen": [.boolean(true)]]) { mine, _ in mine
      }
      var isAny = false
      for row in try call.rows(of: "statements", columns: ["id"], where: toCome, at: times)
      where !isOpen.contains(row[0].label) { isAny = true }
      guard isAny else { return }
    }
    var isCertain: Set<Value> = []
    for row in try call.rows(
      of: "statements", columns: ["subject", "property", "value", "id", "certainty"],
      where: filters.merging(["claimed": [.boolean(true)], "chosen": [.boolean(true)]]) { mine, _ in mine },
      at: times) where !isOpen.contains(row[3].label)
    {
      let value = Value(subject: row[0].label, property: row[1].label, value: row[2].label)
      if row[4].label == "possibly" {
        possible[value, default: []].insert(row[3].label)
      } else {
        isCertain.insert(value)
      }
    }
    // What is certain by another word is not open.
    for value in isCertain { possible[value] = nil }
  }

  func choices(isDated: Bool) -> [Choice] {
    var found: [Choice] = []
    for (_, readings) in readings.sorted(by: { $0.key < $1.key }) {
      var alternatives: [Choice.Alternative] = []
      for (_, taken) in readings.sorted(by: { $0.key < $1.key }) {
        // Without a date all counts that is not only to come.
        let certain = isDated ? taken.certain : taken.claimed.subtracting(taken.possible)
        alternatives.append(.init(certain, by: taken.preferred))
        if let first = taken.possible.min() {
          let word = taken.preferred.isEmpty ? first : taken.preferred
          alternatives.append(.init(certain.union(taken.possible), by: word))
        }
      }
      found.append(Choice(alternatives))
    }
    found += possible.sorted {
      ($0.key.subject, $0.key.property, $0.key.value) < ($1.key.subject, $1.key.property, $1.key.value)
    }.map { Choice.whether($0.value) }
    return found.filter { $0.alternatives.count > 1 }
  }
}
