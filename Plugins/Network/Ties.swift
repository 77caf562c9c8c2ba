import Foundation
import PluginKit

/// Who is tied to what, and by which statements.
struct Ties: Sendable {
  /// A statement that says of a tie.
  struct Claim: Hashable, Sendable {
    /// Its id; empty where none is told.
    var statement: String
    /// Whether it holds only possibly on the date asked for.
    var isPossible = false
  }

  /// What has the property: initiatives, or whatever stands on the left of a statement.
  private(set) var subjects: Set<String> = []
  /// What stands on the right: members.
  private(set) var objects: Set<String> = []
  private var claims: [String: [String: [Claim]]] = [:]
  /// On whose right each thing stands.
  private var subjectsOf: [String: Set<String>] = [:]
  private var weights: [String: [String: Double]] = [:]
  /// What a reader should know of how they were read.
  private(set) var notes: [String] = []

  mutating func add(_ subject: String, _ object: String, _ claim: Claim) {
    subjects.insert(subject)
    objects.insert(object)
    claims[subject, default: [:]][object, default: []].append(claim)
    subjectsOf[object, default: []].insert(subject)
  }

  mutating func addSubject(_ name: String) { subjects.insert(name) }
  mutating func addObject(_ name: String) { objects.insert(name) }

  var isEmpty: Bool { claims.isEmpty }

  /// All statements, each once.
  var statements: Set<String> {
    Set(claims.values.flatMap { $0.values.flatMap { $0.map(\.statement) } })
  }

  /// Gives ties the strength that a qualifier of their statements tells; of several the greatest.
  mutating func weigh(by property: String, _ call: Call) throws {
    var told: [String: Double] = [:]
    var ranges = 0
    for row in try call.rows(
      of: "qualifiers", columns: ["statement", "low", "high"], where: ["property": [.key(property)]])
    {
      guard let low = (row[1].number ?? row[2].number)?.double,
        let high = (row[2].number ?? row[1].number)?.double
      else { continue }
      if low != high { ranges += 1 }
      told[row[0].label] = (low + high) / 2
    }
    var without = 0
    for (subject, mine) in claims {
      for (object, said) in mine {
        guard let weight = said.compactMap({ told[$0.statement] }).max() else {
          without += 1
          continue
        }
        guard weight > 0 else {
          throw AnalysisFailure(
            "weight-not-positive",
            "the \(property) of \(subject) and \(object) is \(weight): no strength of a tie",
            hint: "Leave weight out, or ask of ties whose \(property) is above 0")
        }
        weights[subject, default: [:]][object] = weight
      }
    }
    if without > 0 { notes.append("\(without) ties have no \(property) stated, and count as 1") }
    if ranges > 0 { notes.append("\(ranges) ranges of \(property) are read by their middle") }
  }

  /// A graph of them, and the statements behind each of its nodes.
  ///
  /// - Parameters:
  ///   - reversed: whether an arc leads from the right of a statement to its left.
  ///   - takes: which claims count; unless told those that hold for certain.
  func graph(
    _ mode: TieParameters.Mode, isDirected: Bool = false, reversed: Bool = false,
    taking takes: (Claim) -> Bool = { !$0.isPossible }, progress: () throws -> Void = {}
  ) throws -> Net {
    if mode == .oneMode { return oneMode(isDirected, reversed, takes) }
    let (first, second) = (objects.sorted(), subjects.sorted())
    let firstPlaces = Self.places(first, from: 0)
    let secondPlaces = Self.places(second, from: first.count)
    var edges: [Net.Edge] = []
    for (subject, object, weight) in taken(takes) {
      guard let from = firstPlaces[object], let to = secondPlaces[subject] else { continue }
      edges.append(Net.Edge(from: from, to: to, weight: weight))
    }
    let net = Net(names: first + second, firstMode: first.count, edges: edges)
    switch mode {
    case .members: return try net.projected(ontoSecond: false, progress)
    case .initiatives: return try net.projected(ontoSecond: true, progress)
    case .twoMode, .oneMode: return net
    }
  }

  private func oneMode(_ isDirected: Bool, _ reversed: Bool, _ takes: (Claim) -> Bool) -> Net {
    let names = subjects.union(objects).sorted()
    let places = Self.places(names, from: 0)
    var edges: [Net.Edge] = []
    for (subject, object, weight) in taken(takes) {
      guard let from = places[subject], let to = places[object] else { continue }
      edges.append(Net.Edge(from: reversed ? to : from, to: reversed ? from : to, weight: weight))
    }
    return Net(names: names, edges: edges, isDirected: isDirected)
  }

  private static func places(_ names: [String], from first: Int) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, first + $0) })
  }

  private func taken(_ takes: (Claim) -> Bool) -> [(subject: String, object: String, weight: Double)] {
    var taken: [(String, String, Double)] = []
    for (subject, mine) in claims {
      for (object, said) in mine where said.contains(where: takes) {
        taken.append((subject, object, weights[subject]?[object] ?? 1))
      }
    }
    return taken
  }

  /// The statements that tie a thing on the right of a statement (or both sides) to others, in order.
  func statements(ofObject name: String) -> [Datum] {
    ids(claimsOnRight(name))
  }

  /// The statements that tie a thing on the left of a statement to others, in order.
  func statements(ofSubject name: String) -> [Datum] {
    ids(claimsOnLeft(name))
  }

  private func claimsOnRight(_ name: String) -> [Claim] {
    (subjectsOf[name] ?? []).flatMap { claims[$0]?[name] ?? [] }
  }

  private func claimsOnLeft(_ name: String) -> [Claim] { (claims[name] ?? [:]).values.flatMap(\.self) }

  /// The statements of a tie.
  func statements(_ subject: String, _ object: String) -> [Datum] { ids(claims[subject]?[object] ?? []) }

  /// The statements behind what a graph says of a node.
  func evidence(_ node: Int, of net: Net, _ mode: TieParameters.Mode) -> [Datum] {
    let name = net.names[node]
    switch mode {
    case .twoMode: return net.isSecond(node) ? statements(ofSubject: name) : statements(ofObject: name)
    case .members: return statements(ofObject: name)
    case .initiatives: return statements(ofSubject: name)
    case .oneMode: return ids(claimsOnRight(name) + claimsOnLeft(name))
    }
  }

  private func ids(_ claims: [Claim]) -> [Datum] {
    Set(claims.map(\.statement)).filter { !$0.isEmpty }.sorted().map(Datum.text)
  }

  /// Says what was left out, and how sides meet.
  func note(_ mode: TieParameters.Mode, _ call: Call) throws {
    for note in notes { try call.note(note) }
    let possible = claims.values.flatMap(\.values).count { said in said.allSatisfy(\.isPossible) }
    if possible > 0 {
      try call.note("\(possible) ties hold only possibly on the date, and are left out")
    }
    let loops = claims.count { subject, mine in mine[subject] != nil }
    if loops > 0, mode == .oneMode { try call.note("\(loops) ties of a thing with itself are left out") }
    let both = subjects.intersection(objects).count
    if both > 0, mode != .oneMode {
      try call.note(
        "\(both) names stand on both sides, and are a node on each; mode one-mode reads both sides alike")
    }
  }
}

extension Decimal {
  /// The nearest number of the machine.
  var double: Double { NSDecimalNumber(decimal: self).doubleValue }
}
