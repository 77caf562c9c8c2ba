/// How central each node of a graph is, by several measures.
struct CentralityMeasures: Sendable {
  var degree: [Int]
  /// The degree as a part of the greatest that there can be; nothing where there can be none.
  var degreeNorm: [Double?]
  var strength: [Double]
  var betweenness: [Double]
  var betweennessNorm: [Double?]
  var farness: [Double]
  var reached: [Int]
  var closeness: [Double?]

  /// - Parameter lengths: how long each arc is; nothing where each is one step.
  init(of net: Net, lengths: [Double]? = nil, cores: Int, _ progress: (Double) throws -> Void) throws {
    let paths = try ShortestPaths(of: net, lengths: lengths, cores: cores, progress)
    let nodes = net.names.indices
    degree = nodes.map(net.degree)
    strength = nodes.map(net.strength)
    (betweenness, farness, reached) = (paths.betweenness, paths.farness, paths.reached)
    let bounds = Bounds(net)
    degreeNorm = nodes.map { bounds.share(Double(net.degree($0)), of: bounds.degree($0)) }
    betweennessNorm = nodes.map { bounds.share(paths.betweenness[$0], of: bounds.betweenness($0)) }
    closeness = nodes.map { bounds.closeness($0, farness: paths.farness[$0], reached: paths.reached[$0]) }
  }
}

/// What a node can have at most, in a graph of one mode (L. C. Freeman, "Centrality in social networks", Social Networks
/// 1, 1979) and of two (S. P. Borgatti & M. G. Everett, "Network analysis of 2-mode data", Social Networks 19, 1997; S. P.
/// Borgatti & D. S. Halgin, "Analyzing affiliation networks", 2011).
private struct Bounds {
  private let net: Net
  private let firstBetweenness: Double
  private let secondBetweenness: Double

  init(_ net: Net) {
    self.net = net
    guard let first = net.firstMode else {
      let others = Double(net.count - 1) * Double(net.count - 2)
      firstBetweenness = net.isDirected ? others : others / 2
      secondBetweenness = 0
      return
    }
    firstBetweenness = Self.betweenness(own: first, other: net.count - first)
    secondBetweenness = Self.betweenness(own: net.count - first, other: first)
  }

  /// The most that can go through one node of a mode.
  private static func betweenness(own: Int, other: Int) -> Double {
    guard own > 0, other > 0 else { return 0 }
    let (s, t) = ((own - 1) / other, (own - 1) % other)
    let (m, a, b) = (Double(other), Double(s), Double(t))
    return (m * m * (a + 1) * (a + 1) + m * (a + 1) * (2 * b - a - 1) - b * (2 * a - b + 3)) / 2
  }

  func degree(_ node: Int) -> Double {
    guard let first = net.firstMode else { return Double(net.count - 1) }
    return Double(net.isSecond(node) ? first : net.count - first)
  }

  func betweenness(_ node: Int) -> Double { net.isSecond(node) ? secondBetweenness : firstBetweenness }

  func share(_ value: Double, of most: Double) -> Double? { most > 0 ? value / most : nil }

  /// The least sum of distances that there can be, by the sum that there is; in a graph that falls apart times the part of
  /// the others that are reached (S. Wasserman & K. Faust, "Social Network Analysis", 1994, p. 201).
  func closeness(_ node: Int, farness: Double, reached: Int) -> Double? {
    guard net.count > 1 else { return nil }
    guard farness > 0 else { return 0 }
    let part = Double(reached) / Double(net.count - 1)
    guard let first = net.firstMode else { return part * Double(reached) / farness }
    let own = net.isSecond(node) ? net.count - first : first
    let least = Double(net.count - own) + 2 * Double(own - 1)
    return part * least / farness
  }
}

/// Of a whole graph: how far its ties are gathered in one node, and how far they close.
struct WholeMeasures: Sendable {
  /// What is measured, and how much.
  var rows: [(name: String, value: Double?, says: String)] = []

  init(of net: Net, _ measures: CentralityMeasures) {
    let parts = net.parts
    var sizes = [Int](repeating: 0, count: parts.count)
    for part in parts.of { sizes[part] += 1 }
    rows = [
      ("nodes", Double(net.count), "how many there are"),
      ("ties", Double(net.tieCount), "how many join them"),
      ("density", Self.density(net), "ties by how many there can be"),
      ("parts", Double(parts.count), "that nothing joins"),
      ("largest-part", Double(sizes.max() ?? 0), "nodes in the largest part"),
    ]
    if net.firstMode != nil {
      rows.append(
        (
          "clustering", Self.fourCycles(net),
          "paths of three ties that a fourth closes (Robins & Alexander 2004)"
        ))
      return
    }
    rows.append(
      ("clustering", Self.triangles(net), "paths of two ties that a third closes (transitivity)"))
    guard !net.isDirected else { return }
    let n = Double(net.count)
    func gathered(_ values: [Double], most: Double) -> Double? {
      guard most > 0, let greatest = values.max() else { return nil }
      return values.reduce(0) { $0 + greatest - $1 } / most
    }
    rows += [
      (
        "degree-centralisation", gathered(measures.degree.map(Double.init), most: (n - 1) * (n - 2)),
        "how far one node has all ties, from 0 to 1 (Freeman 1979)"
      ),
      (
        "betweenness-centralisation", gathered(measures.betweenness, most: (n - 1) * (n - 1) * (n - 2) / 2),
        "how far all paths go through one node (Freeman 1979)"
      ),
      (
        "closeness-centralisation",
        parts.count == 1
          ? gathered(measures.closeness.compactMap(\.self), most: (n - 1) * (n - 2) / (2 * n - 3)) : nil,
        "how far one node alone is near to all (Freeman 1979); of a graph in parts none"
      ),
    ]
  }

  private static func density(_ net: Net) -> Double? {
    let most =
      if let first = net.firstMode {
        Double(first) * Double(net.count - first)
      } else {
        Double(net.count) * Double(net.count - 1) / (net.isDirected ? 1 : 2)
      }
    return most > 0 ? Double(net.tieCount) / most : nil
  }

  /// Four-cycles by the paths of three ties that could be of one: G. Robins & M. Alexander, "Small worlds among interlocking
  /// directors", Computational & Mathematical Organization Theory 10 (2004).
  private static func fourCycles(_ net: Net) -> Double? {
    guard let projection = try? net.weighted({ _ in 1 }).projected(ontoSecond: true),
      let first = net.firstMode
    else { return nil }
    var (closed, open) = (0.0, 0.0)
    for node in projection.names.indices {
      let degree = Double(net.degree(first + node))
      for arc in projection.arcs(node) {
        let shared = projection.weights[arc]
        closed += shared * (shared - 1)
        open += shared * (degree - shared)
      }
    }
    return closed + open > 0 ? closed / (closed + open) : nil
  }

  /// Paths of two ties whose ends are tied, by all such paths, whichever way ties lead.
  private static func triangles(_ net: Net) -> Double? {
    let both = net.undirected
    var isNear = [Bool](repeating: false, count: both.count)
    var (closed, all) = (0.0, 0.0)
    for node in both.names.indices {
      let mine = both.neighbours(node)
      for one in mine { isNear[Int(one)] = true }
      for one in mine {
        for other in both.neighbours(Int(one)) where isNear[Int(other)] { closed += 1 }
      }
      for one in mine { isNear[Int(one)] = false }
      all += Double(mine.count) * Double(mine.count - 1)
    }
    return all > 0 ? closed / all : nil
  }
}
