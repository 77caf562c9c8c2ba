/// A graph of what a relation says of pairs: nodes by their names, edges in a compressed adjacency array.
///
///     let graph = try Graph(call.rows(of: "memberships", columns: ["member", "initiative"]), "member", "initiative")
///     for place in graph.neighbours(of: graph.place(of: "USA")!) { print(graph.nodes[place]) }
///
/// Several edges between two nodes are one, whose weight is their number. Nodes and neighbours are in the order of their
/// names, whatever order the rows came in.
public struct Graph: Sendable {
  /// The names of the nodes, sorted.
  public let nodes: [String]
  /// Whether an edge leads one way only.
  public let isDirected: Bool
  private let places: [String: Int]
  /// Where the neighbours of each node begin, and behind the last.
  private let starts: [Int]
  private let targets: [Int]
  private let weights: [Int]

  /// A graph of pairs.
  ///
  /// - Parameter isolated: names of nodes that may be in no pair.
  public init(
    _ edges: some Sequence<(String, String)>, isolated: some Sequence<String> = [String](),
    isDirected: Bool = false
  ) {
    var weighted: [String: [String: Int]] = [:]
    var names = Set(isolated)
    for (from, to) in edges {
      names.insert(from)
      names.insert(to)
      weighted[from, default: [:]][to, default: 0] += 1
      if !isDirected, from != to { weighted[to, default: [:]][from, default: 0] += 1 }
    }
    let sorted = names.sorted()
    let byName = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    var (begins, ends, counts) = ([0], [Int](), [Int]())
    for node in sorted {
      let mine = (weighted[node] ?? [:]).compactMap { name, count in byName[name].map { ($0, count) } }
      for (target, weight) in mine.sorted(by: { $0.0 < $1.0 }) {
        ends.append(target)
        counts.append(weight)
      }
      begins.append(ends.count)
    }
    self.isDirected = isDirected
    (nodes, places) = (sorted, byName)
    (starts, targets, weights) = (begins, ends, counts)
  }

  /// A graph of the rows of a relation, by two of the columns that were asked for; rows in which either is empty are passed
  /// over.
  public init(_ rows: Rows, _ from: String, _ to: String, isDirected: Bool = false) {
    let edges = rows.lazy.map { ($0[from], $0[to]) }.filter { $0 != .empty && $1 != .empty }
    self.init(edges.map { ($0.label, $1.label) }, isDirected: isDirected)
  }

  /// How many edges there are.
  public var edgeCount: Int {
    guard !isDirected else { return targets.count }
    let loops = nodes.indices.count { weight($0, $0) > 0 }
    return (targets.count + loops) / 2
  }

  /// The place of a node among ``nodes``.
  public func place(of node: String) -> Int? { places[node] }

  /// The places of a node's neighbours, in their order.
  public func neighbours(of place: Int) -> ArraySlice<Int> { targets[starts[place]..<starts[place + 1]] }

  /// How many neighbours a node has.
  public func degree(of place: Int) -> Int { starts[place + 1] - starts[place] }

  /// How many edges lead from one node to another.
  public func weight(_ from: Int, _ to: Int) -> Int {
    let mine = starts[from]..<starts[from + 1]
    var (low, high) = (mine.lowerBound, mine.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if targets[middle] < to { low = middle + 1 } else { high = middle }
    }
    return low < mine.upperBound && targets[low] == to ? weights[low] : 0
  }

  /// How many steps each node is away, at least; nothing for those that cannot be reached.
  public func distances(from place: Int) -> [Int?] {
    var found = [Int?](repeating: nil, count: nodes.count)
    found[place] = 0
    var queue = [place]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      let further = (found[node] ?? 0) + 1
      for neighbour in neighbours(of: node) where found[neighbour] == nil {
        found[neighbour] = further
        queue.append(neighbour)
      }
    }
    return found
  }

  /// The parts that hang together, whichever way edges lead, the largest first.
  public var components: [[Int]] {
    var both = [[Int]](repeating: [], count: nodes.count)
    for node in nodes.indices {
      for neighbour in neighbours(of: node) {
        both[node].append(neighbour)
        both[neighbour].append(node)
      }
    }
    var isSeen = [Bool](repeating: false, count: nodes.count)
    var found: [[Int]] = []
    for node in nodes.indices where !isSeen[node] {
      var (part, next) = ([node], 0)
      isSeen[node] = true
      while next < part.count {
        for neighbour in both[part[next]] where !isSeen[neighbour] {
          isSeen[neighbour] = true
          part.append(neighbour)
        }
        next += 1
      }
      found.append(part.sorted())
    }
    return found.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  /// Of a graph whose edges join two kinds of nodes: who shares how many of the other kind with whom.
  ///
  /// - Parameter kind: whether a node is of the kind that is kept.
  public func projection(onto kind: (String) -> Bool) -> Graph {
    let kept = nodes.indices.filter { kind(nodes[$0]) }
    let isKept = Set(kept)
    var pairs: [(String, String)] = []
    for between in nodes.indices where !isKept.contains(between) {
      let mine = neighbours(of: between).filter(isKept.contains)
      for (index, one) in mine.enumerated() {
        for other in mine[(mine.startIndex + index + 1)...] { pairs.append((nodes[one], nodes[other])) }
      }
    }
    return Graph(pairs, isolated: kept.map { nodes[$0] })
  }
}
