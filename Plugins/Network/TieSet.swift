import FoundationEssentials
import PluginKit

/// Who is tied to what, as the graphs of analyses are made of it: by the chosen claims, or by another reading.
struct TieSet: Sendable {
  /// A tie, by the places of its sides.
  private struct Placed: Sendable {
    var tie: Ties.Tie
    var subject: Int
    var object: Int
    var weight = 1.0
    /// The statements on which it depends whether it is there.
    var open: [String]
  }

  /// What stands on the left of statements (initiatives), and on the right (members); each sorted.
  private(set) var subjects: [String]
  private(set) var objects: [String]
  private var placed: [Placed]
  private let source: Ties
  /// Who is a node without a tie, too.
  private var forcedSubjects: Set<String> = []
  private var forcedObjects: Set<String> = []
  /// What a reader should know of how they were read.
  private(set) var notes: [String] = []

  /// - Parameter kept: what has ties; nothing for all.
  init(_ source: Ties, of kept: Set<String>?, subjects alone: [String] = [], objects others: [String] = []) {
    self.source = source
    let ties = source.ties.filter { kept?.contains($0.subject) ?? true }
    forcedSubjects = Set(alone)
    forcedObjects = Set(others)
    subjects = Set(ties.map(\.subject)).union(alone).sorted()
    objects = Set(ties.map(\.object)).union(others).sorted()
    let subjectPlaces = Self.places(subjects)
    let objectPlaces = Self.places(objects)
    placed = ties.map { tie in
      Placed(
        tie: tie, subject: subjectPlaces[tie.subject] ?? 0, object: objectPlaces[tie.object] ?? 0,
        open: source.openStatements(of: tie))
    }
  }

  static func places(_ names: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
  }

  var readings: Readings { source.readings }
  /// The statements on which any tie depends.
  var open: [String] { placed.flatMap(\.open) }

  /// Gives ties the strength that a qualifier of their statements tells; of several the greatest.
  mutating func weigh(by property: String, _ call: Call) throws {
    var told: [String: Double] = [:]
    var ranges = 0
    for row in try call.rows(
      of: "qualifiers", columns: ["statement", "low", "high"], where: ["property": [.key(property)]])
    {
      guard let low = (row[1].number ?? row[2].number)?.measure,
        let high = (row[2].number ?? row[1].number)?.measure
      else { continue }
      if low != high { ranges += 1 }
      told[row[0].label] = low / 2 + high / 2
    }
    var without = 0
    for index in placed.indices {
      let tie = placed[index].tie
      guard let weight = tie.statements.compactMap({ told[$0] }).max() else {
        without += 1
        continue
      }
      guard weight > 0 else {
        throw AnalysisFailure(
          "weight-not-positive",
          "the \(property) of \(tie.subject) and \(tie.object) is \(weight), and no strength of a tie",
          hint: "Leave weight out, or ask of ties whose \(property) is above 0")
      }
      placed[index].weight = weight
    }
    if without > 0 { notes.append("\(without) ties have no \(property) stated, and count as 1") }
    if ranges > 0 { notes.append("\(ranges) ranges of \(property) are read by their middle") }
  }

  /// How a graph is made of ties.
  struct Shape: Sendable {
    var mode: TieParameters.Mode
    var isDirected = false
    /// Whether an arc leads from the right of a statement to its left.
    var isReversed = false
  }

  /// A graph of those that are there by a reading; of nothing, by the chosen claims.
  func graph(_ shape: Shape, _ reading: Reading? = nil, progress: () throws -> Void = {}) throws -> Net {
    let taken = placed.filter { tie in
      guard let reading else { return tie.tie.standing == .certain }
      return tie.open.isEmpty ? tie.tie.standing == .certain : tie.tie.isThere(reading)
    }
    if shape.mode == .oneMode { return oneMode(taken, shape) }
    let first = Self.used(taken.map(\.object), objects, forcedObjects)
    let second = Self.used(taken.map(\.subject), subjects, forcedSubjects)
    let net = Net(
      names: first.names + second.names, firstMode: first.names.count,
      edges: taken.map { tie in
        Net.Edge(
          from: first.places[tie.object], to: first.names.count + second.places[tie.subject],
          weight: tie.weight)
      })
    switch shape.mode {
    case .members: return try net.projected(ontoSecond: false, progress)
    case .initiatives: return try net.projected(ontoSecond: true, progress)
    case .twoMode, .oneMode: return net
    }
  }

  /// The names that are used or forced, and the place of each there.
  private static func used(_ places: [Int], _ names: [String], _ forced: Set<String>) -> (
    names: [String], places: [Int]
  ) {
    var isUsed = forced.isEmpty ? [Bool](repeating: false, count: names.count) : names.map(forced.contains)
    for place in places { isUsed[place] = true }
    var (found, at) = ([String](), [Int](repeating: 0, count: names.count))
    for place in names.indices where isUsed[place] {
      at[place] = found.count
      found.append(names[place])
    }
    return (found, at)
  }

  private func oneMode(_ taken: [Placed], _ shape: Shape) -> Net {
    var used = forcedSubjects.union(forcedObjects)
    for tie in taken {
      used.insert(tie.tie.subject)
      used.insert(tie.tie.object)
    }
    let names = used.sorted()
    let places = Self.places(names)
    let edges = taken.compactMap { tie -> Net.Edge? in
      guard let from = places[tie.tie.subject], let to = places[tie.tie.object] else { return nil }
      return Net.Edge(
        from: shape.isReversed ? to : from, to: shape.isReversed ? from : to, weight: tie.weight)
    }
    return Net(names: names, edges: edges, isDirected: shape.isDirected)
  }

  /// The statements behind what the chosen claims say of each node of a graph.
  func evidence(of net: Net, _ mode: TieParameters.Mode) -> [[Datum]] {
    var bySubject: [String: [Datum]] = [:]
    var byObject: [String: [Datum]] = [:]
    for tie in placed where tie.tie.standing == .certain {
      let ids = source.evidence(of: tie.tie)
      bySubject[tie.tie.subject, default: []] += ids
      byObject[tie.tie.object, default: []] += ids
    }
    return net.names.indices.map { node in
      let name = net.names[node]
      let (left, right) = (bySubject[name] ?? [], byObject[name] ?? [])
      return switch mode {
      case .twoMode: net.isSecond(node) ? left : right
      case .members: right
      case .initiatives: left
      case .oneMode: left + right
      }
    }
  }

  /// The statements behind a tie of a graph: where it says what two share, those that tie both to it.
  func evidence(ofTies net: Net, _ mode: TieParameters.Mode) -> (Net.Edge) -> [Datum] {
    var direct: [Ends: [Datum]] = [:]
    // Of what is shared, who has which.
    var shared: [String: [String: [Datum]]] = [:]
    for tie in placed where tie.tie.standing == .certain {
      let ids = source.evidence(of: tie.tie)
      let (subject, object) = (tie.tie.subject, tie.tie.object)
      switch mode {
      case .members: shared[object, default: [:]][subject, default: []] += ids
      case .initiatives: shared[subject, default: [:]][object, default: []] += ids
      case .twoMode: direct[Ends(one: object, other: subject), default: []] += ids
      case .oneMode:
        direct[Ends(one: min(subject, object), other: max(subject, object)), default: []] += ids
      }
    }
    return { edge in
      let (one, other) = (net.names[edge.from], net.names[edge.to])
      switch mode {
      case .twoMode: return direct[Ends(one: one, other: other)] ?? []
      case .oneMode: return direct[Ends(one: min(one, other), other: max(one, other))] ?? []
      case .members, .initiatives:
        let (left, right) = (shared[one] ?? [:], shared[other] ?? [:])
        return left.keys.filter { right[$0] != nil }.sorted().flatMap { (left[$0] ?? []) + (right[$0] ?? []) }
      }
    }
  }

  private struct Ends: Hashable {
    var one: String
    var other: String
  }

  /// Of each node the ties that a reading may have, by whom they lead to: what its degree is a sum of.
  func parts(_ mode: TieParameters.Mode) -> [NodeName: [Part<Int>]] {
    guard mode == .twoMode || mode == .oneMode else { return [:] }
    var near: [NodeName: [String: [Placed]]] = [:]
    for tie in placed where tie.tie.subject != tie.tie.object || mode == .twoMode {
      let isTwoMode = mode == .twoMode
      let subject = NodeName(name: tie.tie.subject, isSecond: isTwoMode)
      let object = NodeName(name: tie.tie.object, isSecond: false)
      near[subject, default: [:]][tie.tie.object, default: []].append(tie)
      near[object, default: [:]][tie.tie.subject, default: []].append(tie)
    }
    return near.mapValues { others in
      others.sorted { $0.key < $1.key }.map { _, ties in
        let isSettled = ties.contains { $0.open.isEmpty && $0.tie.standing == .certain }
        return Part(isSettled ? [] : ties.flatMap(\.open)) { reading in
          isSettled || ties.contains { $0.tie.isThere(reading) } ? 1 : 0
        }
      }
    }
  }

  /// Says what was left out, and how sides meet.
  func note(_ mode: TieParameters.Mode, _ call: Call) throws {
    for note in notes { try call.note(note) }
    let possible = placed.count { $0.tie.standing == .possible }
    if possible > 0 {
      try call.note("\(possible) ties \(call.moment.possibly): the first table leaves them out")
    }
    let loops = placed.count { $0.tie.subject == $0.tie.object && $0.tie.standing == .certain }
    if loops > 0, mode == .oneMode { try call.note("\(loops) ties of a thing with itself are left out") }
    let both = Set(subjects).intersection(objects).count
    if both > 0, mode != .oneMode {
      try call.note(
        "\(both) names stand on both sides, and are a node on each; mode one-mode reads both sides alike")
    }
  }
}

/// A node of a graph, whatever the reading that made it.
struct NodeName: Hashable, Comparable, Sendable {
  var name: String
  var isSecond: Bool

  static func < (one: NodeName, other: NodeName) -> Bool {
    (one.isSecond ? 1 : 0, one.name) < (other.isSecond ? 1 : 0, other.name)
  }
}

extension Net {
  func nodeName(_ node: Int) -> NodeName { NodeName(name: names[node], isSecond: isSecond(node)) }
}
