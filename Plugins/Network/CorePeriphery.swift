/// Which nodes are the core of a graph: all of them tied to each other, and all ties of the others leading there.
struct CorePeriphery: Sendable {
  /// Whether each node is in the core.
  var isCore: [Bool]
  /// The greatest k so that it is in a part of the graph in which everybody has k ties.
  var coreness: [Int]
  /// The ties that are missing within the core, and those that are within the periphery.
  var misfit: Int
  /// The correlation of the ties within the core and within the periphery with 1 and 0; nothing where either is empty.
  var fit: Double?
  /// Nodes that have as many ties as the last one in the core, and are outside.
  var alike: [Int] = []
  /// How many ties are within the core, and how many there can be; within the periphery; and between both.
  var within: (core: Int, coreMost: Int, periphery: Int, peripheryMost: Int) = (0, 0, 0, 0)

  /// S. P. Borgatti & M. G. Everett, "Models of core/periphery structures", Social Networks 21 (2000), parted exactly as S. Z.
  /// W. Lip shows ("A fast algorithm for the discrete core/periphery bipartitioning problem", arXiv:1102.5511, 2011): a core
  /// of k nodes misfits least with those of the most ties, since what is tied within the core counts once for it and once
  /// less for the periphery. Of two modes each has a core, and the same holds of them.
  init(of net: Net) {
    coreness = Self.coreness(of: net)
    isCore = Array(repeating: false, count: net.count)
    let first = net.firstMode ?? net.count
    let order = [0..<first, first..<net.count].map { range in
      range.sorted { (net.degree($1), $0) < (net.degree($0), $1) }
    }
    let sizes = net.firstMode == nil ? Self.size(net, order[0]) : Self.sizes(net, order)
    for (size, nodes) in zip([sizes.first, sizes.second], order) {
      for node in nodes.prefix(size) { isCore[node] = true }
      guard size > 0, size < nodes.count else { continue }
      let last = net.degree(nodes[size - 1])
      alike += nodes[size...].prefix { net.degree($0) == last }
    }
    misfit = 0
    weighFit(net, first)
  }

  /// With k nodes in the core, one more is a gain while it has more ties than there are in it already.
  private static func size(_ net: Net, _ order: [Int]) -> (first: Int, second: Int) {
    (order.enumerated().prefix { net.degree($1) > $0 }.count, 0)
  }

  /// With a and b nodes in both cores a·b − (their ties), which is least for one of the a with all of the other mode that have
  /// more than a ties.
  private static func sizes(_ net: Net, _ order: [[Int]]) -> (first: Int, second: Int) {
    var best = (first: 0, second: 0, misfit: 0)
    var ties = 0
    var second = order[1].count
    var secondTies = order[1].reduce(0) { $0 + net.degree($1) }
    for first in 0...order[0].count {
      if first > 0 { ties += net.degree(order[0][first - 1]) }
      while second > 0, net.degree(order[1][second - 1]) <= first {
        second -= 1
        secondTies -= net.degree(order[1][second])
      }
      let misfit = first * second - ties - secondTies
      if misfit < best.misfit { best = (first, second, misfit) }
    }
    // One side alone is no core: nothing could be tied in it.
    return best.first == 0 || best.second == 0 ? (0, 0) : (best.first, best.second)
  }

  private mutating func weighFit(_ net: Net, _ first: Int) {
    for edge in net.edges {
      if isCore[edge.from], isCore[edge.to] { within.core += 1 }
      if !isCore[edge.from], !isCore[edge.to] { within.periphery += 1 }
    }
    let cores = (isCore[..<first].count { $0 }, isCore[first...].count { $0 })
    if net.firstMode == nil {
      let others = net.count - cores.0
      within.coreMost = cores.0 * (cores.0 - 1) / 2
      within.peripheryMost = others * (others - 1) / 2
    } else {
      within.coreMost = cores.0 * cores.1
      within.peripheryMost = (first - cores.0) * (net.count - first - cores.1)
    }
    misfit = within.coreMost - within.core + within.periphery
    let (a, b) = (Double(within.core), Double(within.coreMost - within.core))
    let (c, d) = (Double(within.periphery), Double(within.peripheryMost - within.periphery))
    let spread = (a + b) * (c + d) * (a + c) * (b + d)
    // Of two yes-or-no values the correlation is that of their table of four.
    fit = spread > 0 ? (a * d - b * c) / spread.squareRoot() : nil
  }

  /// S. B. Seidman, "Network structure and minimum degree", Social Networks 5 (1983), as V. Batagelj & M. Zaveršnik find it
  /// (arXiv:cs/0310049, 2003): whoever has the fewest ties is taken away, again and again.
  private static func coreness(of net: Net) -> [Int] {
    var degree = net.names.indices.map(net.degree)
    var buckets = [[Int]](repeating: [], count: (degree.max() ?? 0) + 1)
    for node in net.names.indices { buckets[degree[node]].append(node) }
    var isGone = [Bool](repeating: false, count: net.count)
    var coreness = degree
    var level = 0
    while level < buckets.count {
      guard let node = buckets[level].popLast() else {
        level += 1
        continue
      }
      guard !isGone[node], degree[node] == level else { continue }
      isGone[node] = true
      coreness[node] = level
      for neighbour in net.neighbours(node).map(Int.init)
      where !isGone[neighbour] && degree[neighbour] > level {
        degree[neighbour] -= 1
        buckets[degree[neighbour]].append(neighbour)
      }
    }
    return coreness
  }
}
