import PluginKit

/// What is stated of commitments, and what it comes to by those statements that are taken.
struct Ledger {
  /// What is said of one commitment, by property.
  typealias Commitment = [String: [Saying]]
  /// Which statements are taken; the chosen ones, or those of another reading.
  typealias Taken = (Saying) -> Bool

  /// By whom or what amounts are put together.
  enum Grouping: String, CaseIterable {
    case giver, receiver, initiative
    /// The property that names it.
    var property: String { self == .initiative ? "under" : rawValue }
  }

  /// Which commitments are asked for; nothing for any.
  struct Selection {
    var giver: Set<String>?
    var receiver: Set<String>?
    var under: Set<String>?
    /// Of these, or under one of these.
    var subjects: Set<String>?

    fileprivate var wanted: [(property: String, keys: Set<String>)] {
      [("giver", giver), ("receiver", receiver), ("under", under)].compactMap { property, keys in
        keys.map { (property, $0) }
      }
    }
  }

  static let properties = [
    "amount", "rung", "giver", "receiver", "under", "towards", "due", "deadline",
  ]

  let commitments: [String: Commitment]
  /// The rungs in their order, from proposed to delivered.
  let rungs: [String]
  /// Whether it is asked what held on a date.
  let hasDate: Bool
  /// Groups, of whose members the number is not known.
  let groups: Set<String>
  /// What competing claims leave open of them.
  let readings: Readings
  var grouping = Grouping.giver
  var selection = Selection()

  init(_ call: Call) throws {
    var keys: Set<String> = []
    for row in try call.rows(of: "commitments", columns: ["key"]) { keys.insert(row[0].label) }
    var commitments = Dictionary(uniqueKeysWithValues: keys.map { ($0, Commitment()) })
    for (property, sayings) in try Saying.read(Self.properties, call) {
      for saying in sayings { commitments[saying.subject]?[property, default: []].append(saying) }
    }
    self.commitments = commitments
    hasDate = call.moment.on != nil
    var rungs: [String] = []
    for row in try call.rows(of: "properties", columns: ["targets"], where: ["key": [.key("rung")]]) {
      rungs = row[0].names
    }
    self.rungs = rungs
    var groups: Set<String> = []
    for row in try call.rows(
      of: "entities", columns: ["key"], where: ["type": [.key("group"), .key("aggregate")]])
    {
      groups.insert(row[0].label)
    }
    self.groups = groups
    var open: [String] = []
    for property in Self.properties { open += try call.propertyAndNarrower(of: property) }
    readings = Readings(Self.choices(try call.openChoices(of: open), commitments))
  }

  /// What is open, where what holds only possibly on a date, or is only to come, is open for a commitment as a whole: by its
  /// amount. That somebody only possibly gave what was certainly given is no news of the sum.
  private static func choices(_ choices: [Choice], _ commitments: [String: Commitment]) -> [Choice] {
    let possible = Set(
      commitments.values.flatMap { $0.values.joined() }.filter { $0.isChosen && $0.isPossible }.map(\.id))
    let others = choices.filter { choice in
      !(choice.alternatives.first?.statements.isEmpty == true
        && choice.alternatives.allSatisfy { $0.statements.isSubset(of: possible) })
    }
    let inOthers = Set(others.flatMap { $0.alternatives.flatMap(\.statements) })
    return others
      + commitments.sorted { $0.key < $1.key }.compactMap { _, said in
        let amounts = Set((said["amount"] ?? []).map(\.id)).intersection(possible).subtracting(inOthers)
        return amounts.isEmpty ? nil : Choice.whether(amounts)
      }
  }

  /// What a reading takes; what was passed over and is in no choice is nobody's.
  func taken(_ reading: Reading) -> Taken {
    { ($0.isChosen || !readings.isAlwaysTaken($0.id)) && reading.takes($0.id) }
  }

  /// The statements about some commitments that are not taken by every reading.
  func open(of keys: [String], _ properties: [String]? = nil) -> [String] {
    let properties =
      properties ?? ["amount", "rung", "giver", "receiver", "under", "towards"]
    return keys.flatMap { key in
      properties.flatMap { (commitments[key]?[$0] ?? []).map(\.id) }.filter { !readings.isAlwaysTaken($0) }
    }
  }

  /// Where a rung stands among them; behind all where it is none of them.
  func place(of rung: String) -> Int { rungs.firstIndex(of: rung) ?? rungs.count }

  /// What is taken of a property of a commitment.
  func said(_ property: String, of key: String, _ taken: Taken) -> [Saying] {
    (commitments[key]?[property] ?? []).filter(taken)
  }

  /// How far a commitment has come: of several rungs that hold one after the other the last. Without a date, what is only to
  /// come says so where nothing else does.
  func rung(of key: String, _ taken: Taken) -> Saying? {
    let rungs = said("rung", of: key, taken)
    let reached = hasDate ? rungs : rungs.filter { !$0.isPossible }
    return (reached.isEmpty ? rungs : reached).max { one, other in
      (one.start ?? .min, place(of: one.text), one.id) < (
        other.start ?? .min, place(of: other.text), other.id
      )
    }
  }

  /// Whether a commitment is among those that are asked for.
  func isSelected(_ key: String, _ taken: Taken) -> Bool {
    if let subjects = selection.subjects, !subjects.contains(key),
      !said("under", of: key, taken).contains(where: { subjects.contains($0.object) })
    {
      return false
    }
    return selection.wanted.allSatisfy { property, keys in
      said(property, of: key, taken).contains { keys.contains($0.name) }
    }
  }

  /// The commitments towards which one goes, near and far, the nearest first; each once.
  func wholes(above key: String, _ taken: Taken) -> [String] {
    var (found, seen, next) = ([String](), Set([key]), [key])
    while !next.isEmpty {
      let above = Set(next.flatMap { said("towards", of: $0, taken).map(\.object) })
        .filter { commitments[$0] != nil && seen.insert($0).inserted }.sorted()
      found += above
      next = above
    }
    return found
  }

  /// The commitments that hang together by what goes towards what, whichever of these statements are taken: a sum over all
  /// is the sum of the sums over these.
  var clusters: [[String]] {
    let pairs = commitments.flatMap { key, said in
      (said["towards"] ?? []).filter { commitments[$0.object] != nil }.map { (key, $0.object) }
    }
    let graph = Graph(pairs, isolated: commitments.keys)
    return graph.components.map { $0.map { graph.nodes[$0] } }.sorted { $0[0] < $1[0] }
  }
}
