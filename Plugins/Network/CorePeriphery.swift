/// Which nodes are the core of a graph: all of them tied to each other, and all ties of the others leading there.
struct CorePeriphery: Sendable {
  /// What a core is chosen by.
  enum Criterion: String, CaseIterable, Sendable { case misfit, fit }

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
  ///
  /// - Parameter criterion: what the core is chosen by: the least misfit, or the greatest fit among cores of those with the most
  ///   ties.
  init(of net: Net, by criterion: Criterion = .misfit) {
    coreness = Self.coreness(of: net)
    isCore = Array(repeating: false, count: net.count)
    let first = net.firstMode ?? net.count
    let order = [0..<first, first..<net.count].map { range in
      range.sorted { (net.degree($1), $0) < (net.degree($0), $1) }
    }
    let sizes =
      switch (criterion, net.firstMode) {
      case (.misfit, nil): Self.size(net, order[0])
      case (.misfit, _): Self.sizes(net, order)
      case (.fit, nil): Self.fittingSize(net, order[0])
      case (.fit, _): Self.fittingSizes(net, order)
      }
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

  /// Among cores of so many with the most ties, the one whose ties correlate best.
  private static func fittingSize(_ net: Net, _ order: [Int]) -> (first: Int, second: Int) {
    var isCore = [Bool](repeating: false, count: net.count)
    var (within, ends) = (0, 0)
    var best = (size: 0, fit: -Double.infinity)
    for (index, node) in order.enumerated() {
      within += net.neighbours(node).count { isCore[Int($0)] }
      ends += net.degree(node)
      isCore[node] = true
      let (size, others) = (index + 1, net.count - index - 1)
      // Ties within the periphery are all but those that touch the core.
      let fit = Self.fit(
        within: within, most: size * (size - 1) / 2, outside: net.tieCount - ends + within,
        outsideMost: others * (others - 1) / 2)
      if let fit, fit > best.fit { best = (size, fit) }
    }
    return (best.size, 0)
  }

  private static func fittingSizes(_ net: Net, _ order: [[Int]]) -> (first: Int, second: Int) {
    let (rows, columns) = (order[0], order[1])
    var place = [Int](repeating: 0, count: net.count)
    for (index, column) in columns.enumerated() { place[column] = index }
    // Of so many rows, the ties to each column.
    var ties = [Int](repeating: 0, count: columns.count)
    var rowEnds = 0
    var best = (first: 0, second: 0, fit: -Double.infinity)
    for (index, row) in rows.enumerated() {
      for column in net.neighbours(row) { ties[place[Int(column)]] += 1 }
      rowEnds += net.degree(row)
      var (within, columnEnds) = (0, 0)
      for (other, column) in columns.enumerated() {
        within += ties[other]
        columnEnds += net.degree(column)
        let (first, second) = (index + 1, other + 1)
        let fit = Self.fit(
          within: within, most: first * second, outside: net.tieCount - rowEnds - columnEnds + within,
          outsideMost: (rows.count - first) * (columns.count - second))
        if let fit, fit > best.fit { best = (first, second, fit) }
      }
    }
    return (best.first, best.second)
  }

  /// Of two yes-or-no values, being within the core and not the periphery, and being tied, the correlation, which is that of their
  /// table of four; nothing where one of them is the same for all.
  private static func fit(within: Int, most: Int, outside: Int, outsideMost: Int) -> Double? {
    let (a, b) = (Double(within), Double(most - within))
    let (c, d) = (Double(outside), Double(outsideMost - outside))
    let spread = (a + b) * (c + d) * (a + c) * (b + d)
    return spread > 0 ? (a * d - b * c) / spread.squareRoot() : nil
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
    fit = Self.fit(
      within: within.core, most: within.coreMost, outside: within.periphery,
      outsideMost: within.peripheryMost)
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
