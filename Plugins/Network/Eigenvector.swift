import PluginKit

/// How central nodes are by how central those are that they are tied to: x = A·x / λ with the greatest λ (P. Bonacich,
/// "Power and centrality", American Journal of Sociology 92, 1987).
struct Eigenvector: Sendable {
  /// How it is scaled.
  enum Scale: String, CaseIterable, Sendable {
    /// The greatest entry is 1.
    case greatest
    /// The sum of the squares is 1.
    case norm
  }

  /// One entry a node; nothing where there is none.
  var values: [Double]
  /// How many nodes have 0 because the part of the graph that they are in is less closely tied than another.
  var outside = 0

  /// Of each part that hangs together its own vector is found. Those with the greatest λ stay, each in the length in which it
  /// is contained in a vector of ones, which is where repeated multiplication from such a vector ends; in all other parts
  /// the entries are 0.
  init?(of net: Net, scale: Scale, _ progress: () throws -> Void) throws {
    guard net.tieCount > 0 else { return nil }
    values = Array(repeating: 0, count: net.count)
    let parts = net.isDirected ? (of: Array(repeating: 0, count: net.count), count: 1) : net.parts
    var members = [[Int]](repeating: [], count: parts.count)
    for node in net.names.indices { members[parts.of[node]].append(node) }
    var found: [(nodes: [Int], vector: [Double], value: Double)] = []
    for nodes in members where nodes.count > 1 {
      let (vector, value) = try IGraph.eigenvector(nodes.count == net.count ? net : net.part(nodes), progress)
      found.append((nodes, vector.map(abs), value))
    }
    guard let greatest = found.map(\.value).max(), greatest > 1e-9 else { return nil }
    outside = net.count
    for (nodes, vector, value) in found where value >= greatest * (1 - 1e-10) {
      let squares = vector.reduce(0) { $0 + $1 * $1 }
      let length = vector.reduce(0, +) / squares
      for (node, entry) in zip(nodes, vector) { values[node] = entry * length }
      outside -= nodes.count
    }
    values = Self.scaled(values, scale)
  }

  /// Entries so that what is to be 1 is 1.
  static func scaled(_ values: [Double], _ scale: Scale) -> [Double] {
    let measure =
      switch scale {
      case .greatest: values.max() ?? 0
      case .norm: values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    return measure > 0 ? values.map { $0 / measure } : values
  }
}

extension Net {
  /// The graph of some of its nodes, which are in order, and the ties between them.
  func part(_ nodes: [Int]) -> Net {
    var places = [Int](repeating: -1, count: count)
    for (place, node) in nodes.enumerated() { places[node] = place }
    var edges: [Edge] = []
    for node in nodes {
      for arc in arcs(node) where places[Int(targets[arc])] >= 0 {
        let target = places[Int(targets[arc])]
        if isDirected || target > places[node] {
          edges.append(Edge(from: places[node], to: target, weight: weights[arc]))
        }
      }
    }
    return Net(names: nodes.map { names[$0] }, edges: edges, isDirected: isDirected)
  }
}

/// The eigenvector of a graph of one mode, or of each mode of two.
struct EigenvectorMeasure: Sendable {
  /// Of two modes: whether by the ties between both, and not by what is shared within each.
  var isOfBoth: Bool
  var scale: Eigenvector.Scale

  /// The entries, none where there are none, and why.
  func measure(_ net: Net, _ progress: () throws -> Void) throws -> (values: [Double?], notes: [String]) {
    var notes: [String] = []
    let none = [Double?](repeating: nil, count: net.count)
    func vector(_ net: Net, _ scale: Eigenvector.Scale) throws -> [Double]? {
      guard let found = try Eigenvector(of: net, scale: scale, progress) else {
        let why = net.tieCount == 0 ? "there is no tie" : "ties lead round in no circle"
        notes.append("an eigenvector is empty: \(why)")
        return nil
      }
      if found.outside > 0 {
        notes.append(
          "\(found.outside) nodes have an eigenvector of 0: it lies in the part that is tied most closely, and they are in others"
        )
      }
      return found.values
    }
    do {
      guard let first = net.firstMode else {
        return (try vector(net, scale)?.map(Optional.some) ?? none, notes)
      }
      let ranges = [0..<first, first..<net.count]
      let halves: [[Double]?]
      if isOfBoth {
        // Each mode is scaled by itself: both have one length (Borgatti & Everett 1997).
        let both = try vector(net, .greatest)
        halves = ranges.map { range in both.map { Eigenvector.scaled(Array($0[range]), scale) } }
      } else {
        halves = try [false, true].map { try vector(try net.projected(ontoSecond: $0, progress), scale) }
      }
      let values = zip(halves, ranges).flatMap { half, range in
        half?.map(Optional.some) ?? Array(none[range])
      }
      return (values, notes)
    } catch let fault as IGraph.Fault {
      let failure = AnalysisFailure(fault)
      return (none, ["eigenvector is empty: \(failure.message). \(failure.hint)"])
    }
  }
}
