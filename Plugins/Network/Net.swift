/// A graph as the measures read it: nodes by number, the neighbours of each in one array with the others'.
///
/// Between two nodes there is one tie at most, and none from a node to itself. Nodes are in the order of their names, a
/// graph of two modes with the first mode first, so that no answer depends on the order in which ties were read.
struct Net: Sendable {
  /// What the nodes are called.
  let names: [String]
  /// How many nodes are of the first mode; nothing where there is one mode only.
  let firstMode: Int?
  /// Whether a tie leads one way only.
  let isDirected: Bool
  /// Where the neighbours of each node begin, and behind the last.
  let starts: [Int]
  let targets: [Int32]
  let weights: [Double]

  /// A tie between two nodes.
  struct Edge: Sendable {
    var from: Int
    var to: Int
    var weight = 1.0
  }

  /// A graph of its ties. Of several between two nodes the strongest counts; those of a node with itself do not.
  init(names: [String], firstMode: Int? = nil, edges: [Edge], isDirected: Bool = false) {
    self.names = names
    self.firstMode = firstMode
    self.isDirected = isDirected
    // Counted and dealt out twice, by their ends and then by their beginnings, edges are in order without being sorted.
    var arcs = edges.filter { $0.from != $0.to }
    if !isDirected { arcs += arcs.map { Edge(from: $0.to, to: $0.from, weight: $0.weight) } }
    arcs = Self.dealt(Self.dealt(arcs, names.count, by: \.to), names.count, by: \.from)
    var starts = [0]
    starts.reserveCapacity(names.count + 1)
    var (targets, weights) = ([Int32](), [Double]())
    targets.reserveCapacity(arcs.count)
    weights.reserveCapacity(arcs.count)
    var next = 0
    for node in names.indices {
      let first = targets.count
      while next < arcs.count, arcs[next].from == node {
        let arc = arcs[next]
        if targets.count > first, targets[targets.count - 1] == Int32(arc.to) {
          weights[weights.count - 1] = max(weights[weights.count - 1], arc.weight)
        } else {
          targets.append(Int32(arc.to))
          weights.append(arc.weight)
        }
        next += 1
      }
      starts.append(targets.count)
    }
    (self.starts, self.targets, self.weights) = (starts, targets, weights)
  }

  /// The edges in the order of an end, those of one end as they were.
  private static func dealt(_ edges: [Edge], _ nodes: Int, by end: KeyPath<Edge, Int>) -> [Edge] {
    var places = [Int](repeating: 0, count: nodes + 1)
    for edge in edges { places[edge[keyPath: end] + 1] += 1 }
    for node in 0..<nodes { places[node + 1] += places[node] }
    var dealt = edges
    for edge in edges {
      let node = edge[keyPath: end]
      dealt[places[node]] = edge
      places[node] += 1
    }
    return dealt
  }

  var count: Int { names.count }
  /// How many ties there are.
  var tieCount: Int { isDirected ? targets.count : targets.count / 2 }
  /// The sum of their weights.
  var totalWeight: Double { weights.reduce(0, +) / (isDirected ? 1 : 2) }
  /// Whether a tie is stronger than another.
  var isWeighted: Bool { weights.contains { $0 != 1 } }

  func degree(_ node: Int) -> Int { starts[node + 1] - starts[node] }
  func strength(_ node: Int) -> Double { weights[starts[node]..<starts[node + 1]].reduce(0, +) }
  func arcs(_ node: Int) -> Range<Int> { starts[node]..<starts[node + 1] }
  func neighbours(_ node: Int) -> ArraySlice<Int32> { targets[arcs(node)] }

  /// Whether a node is of the second mode.
  func isSecond(_ node: Int) -> Bool { firstMode.map { node >= $0 } ?? false }

  /// The weight of the tie from one node to another, 0 where there is none.
  func weight(_ from: Int, _ to: Int) -> Double {
    var (low, high) = (starts[from], starts[from + 1])
    while low < high {
      let middle = (low + high) / 2
      if targets[middle] < Int32(to) { low = middle + 1 } else { high = middle }
    }
    return low < starts[from + 1] && targets[low] == Int32(to) ? weights[low] : 0
  }

  /// Every tie once, in order.
  var edges: [Edge] {
    var edges: [Edge] = []
    edges.reserveCapacity(tieCount)
    for node in names.indices {
      for arc in arcs(node) where isDirected || targets[arc] > Int32(node) {
        edges.append(Edge(from: node, to: Int(targets[arc]), weight: weights[arc]))
      }
    }
    return edges
  }

  /// The same ties, read both ways; of two that lead both ways the stronger.
  var undirected: Net {
    isDirected ? Net(names: names, firstMode: firstMode, edges: edges) : self
  }

  /// The same ties with other weights.
  func weighted(_ weight: (Double) -> Double) -> Net {
    Net(
      names: names, firstMode: firstMode,
      edges: edges.map { Edge(from: $0.from, to: $0.to, weight: weight($0.weight)) }, isDirected: isDirected)
  }

  /// The parts that hang together, whichever way ties lead: the number of each node's part, parts in the order of their
  /// first nodes, and how many parts there are.
  var parts: (of: [Int], count: Int) {
    let both = undirected
    var part = [Int](repeating: -1, count: count)
    var found = 0
    for start in names.indices where part[start] < 0 {
      var queue = [start]
      var next = 0
      part[start] = found
      while next < queue.count {
        for neighbour in both.neighbours(queue[next]) where part[Int(neighbour)] < 0 {
          part[Int(neighbour)] = found
          queue.append(Int(neighbour))
        }
        next += 1
      }
      found += 1
    }
    return (part, found)
  }
}

extension Net {
  /// Of a graph of two modes: who of one mode shares how much of the other with whom. The weight of a tie is the sum over
  /// what is shared of the product of both weights, which is the number of what is shared where no tie has a weight.
  ///
  /// - Parameter second: whether the second mode is kept, and not the first.
  func projected(ontoSecond second: Bool, _ progress: () throws -> Void = {}) throws -> Net {
    guard let firstMode else { return self }
    let kept = second ? firstMode..<count : 0..<firstMode
    var edges: [Edge] = []
    var shared = [Double](repeating: 0, count: count)
    var met: [Int] = []
    for node in kept {
      if node % 256 == 0 { try progress() }
      for arc in arcs(node) {
        let between = Int(targets[arc])
        for back in arcs(between) {
          let other = Int(targets[back])
          guard other > node else { continue }
          if shared[other] == 0 { met.append(other) }
          shared[other] += weights[arc] * weights[back]
        }
      }
      for other in met.sorted() {
        edges.append(Edge(from: node - kept.lowerBound, to: other - kept.lowerBound, weight: shared[other]))
        shared[other] = 0
      }
      met.removeAll(keepingCapacity: true)
    }
    return Net(names: Array(names[kept]), edges: edges)
  }
}
