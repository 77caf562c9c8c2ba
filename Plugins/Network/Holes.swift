/// The holes between a node's contacts that it alone closes.
struct Holes: Sendable {
  /// How far all its contacts lead back to each other; nothing where it has none.
  var constraint: [Double?]
  /// How many contacts it has that are not of use twice over; nothing where it has none.
  var effectiveSize: [Double?]
  /// How many contacts it has.
  var contacts: [Int]

  init(of net: Net, _ progress: () throws -> Void) throws {
    self = net.firstMode == nil ? try Holes(oneMode: net, progress) : try Holes(twoMode: net, progress)
  }

  /// R. S. Burt, "Structural Holes" (1992), pp. 51–55: with p the part of a node's ties that one contact has, the
  /// constraint is Σⱼ (pᵢⱼ + Σq pᵢq pqⱼ)², and the effective size Σⱼ (1 − Σq pᵢq mⱼq), where m is the strength of a tie by the
  /// greatest that j has. Where a tie leads one way, the strengths of both ways are added.
  private init(oneMode net: Net, _ progress: () throws -> Void) throws {
    let mutual = net.isDirected ? net.mutual : net
    let strengths = mutual.names.indices.map(mutual.strength)
    let greatest = mutual.names.indices.map { mutual.weights[mutual.arcs($0)].max() ?? 0 }
    contacts = mutual.names.indices.map(mutual.degree)
    constraint = []
    effectiveSize = []
    // What a node's contacts lead to besides: Σq pᵢq pqⱼ and Σq pᵢq mⱼq for each j.
    var (indirect, redundant) = (
      [Double](repeating: 0, count: mutual.count), [Double](repeating: 0, count: mutual.count)
    )
    for node in mutual.names.indices {
      if node % 64 == 0 { try progress() }
      guard strengths[node] > 0 else {
        constraint.append(nil)
        effectiveSize.append(nil)
        continue
      }
      for arc in mutual.arcs(node) {
        let between = Int(mutual.targets[arc])
        let share = mutual.weights[arc] / strengths[node]
        for further in mutual.arcs(between) {
          let other = Int(mutual.targets[further])
          indirect[other] += share * mutual.weights[further] / strengths[between]
          redundant[other] += share * mutual.weights[further] / greatest[other]
        }
      }
      var (sum, size) = (0.0, 0.0)
      for arc in mutual.arcs(node) {
        let other = Int(mutual.targets[arc])
        let whole = mutual.weights[arc] / strengths[node] + indirect[other]
        sum += whole * whole
        size += 1 - redundant[other]
      }
      constraint.append(sum)
      effectiveSize.append(size)
      for arc in mutual.arcs(node) {
        for further in mutual.arcs(Int(mutual.targets[arc])) {
          indirect[Int(mutual.targets[further])] = 0
          redundant[Int(mutual.targets[further])] = 0
        }
      }
    }
  }

  /// Of two modes: the constraint of J. Hollway, J.-F. Morin & J. Pauwelyn, "Structural conditions for novelty",
  /// International Environmental Agreements 20 (2020); the effective size of J. Burchard & B. Cornwell, "Structural holes
  /// and bridging in two-mode networks", Social Networks 55 (2018), without ties' strengths: the others of its mode that a
  /// node shares something with, less how many of each other these meet, each weighted by how much is shared.
  private init(twoMode net: Net, _ progress: () throws -> Void) throws {
    let nodes = net.names.indices
    let strengths = nodes.map(net.strength)
    constraint = Array(repeating: nil, count: net.count)
    for node in nodes where strengths[node] > 0 {
      if node % 64 == 0 { try progress() }
      constraint[node] = Self.constraint(node, net, strengths)
    }
    contacts = Array(repeating: 0, count: net.count)
    effectiveSize = constraint.map { _ in nil }
    let plain = net.weighted { _ in 1 }
    for isSecond in [false, true] {
      let shared = try plain.projected(ontoSecond: isSecond, progress)
      let first = isSecond ? net.firstMode ?? 0 : 0
      var isContact = [Bool](repeating: false, count: shared.count)
      for node in shared.names.indices {
        if node % 64 == 0 { try progress() }
        contacts[first + node] = shared.degree(node)
        guard shared.degree(node) > 0 else { continue }
        for contact in shared.neighbours(node) { isContact[Int(contact)] = true }
        var redundancy = 0.0
        for arc in shared.arcs(node) {
          let met = shared.neighbours(Int(shared.targets[arc])).count { isContact[Int($0)] }
          redundancy += shared.weights[arc] * Double(met)
        }
        for contact in shared.neighbours(node) { isContact[Int(contact)] = false }
        effectiveSize[first + node] = Double(shared.degree(node)) - redundancy / shared.strength(node)
      }
    }
  }

  /// Over each of a node's affiliates a: (p + Σ over the others b, and over whatever j else b and a meet at, of what part of
  /// the node is b's, what part of b is j's, and what part of j is a's)².
  ///
  /// With i the node, cₓᵧ the part of y's ties that x has and rₓᵧ the part of x's ties that lead to y, the inner sum is
  /// Σⱼ cₐⱼ Σ_b c_bᵢ r_bⱼ, of which a's own part and j = i are left out.
  private static func constraint(_ node: Int, _ net: Net, _ strengths: [Double]) -> Double {
    // For each j: Σ over all b of c_bᵢ · r_bⱼ.
    var reach: [Int: Double] = [:]
    for arc in net.arcs(node) {
      let other = Int(net.targets[arc])
      let part = net.weights[arc] / strengths[node]
      for further in net.arcs(other) where Int(net.targets[further]) != node {
        reach[Int(net.targets[further]), default: 0] += part * net.weights[further] / strengths[other]
      }
    }
    var sum = 0.0
    for arc in net.arcs(node) {
      let affiliate = Int(net.targets[arc])
      let part = net.weights[arc] / strengths[node]
      var whole = part
      for further in net.arcs(affiliate) where Int(net.targets[further]) != node {
        let (event, weight) = (Int(net.targets[further]), net.weights[further])
        let others = (reach[event] ?? 0) - part * weight / strengths[affiliate]
        whole += weight / strengths[event] * others
      }
      sum += whole * whole
    }
    return sum
  }
}

extension Net {
  /// The same ties, read both ways, with the strengths of both ways added.
  var mutual: Net {
    Net(
      names: names,
      edges: undirected.edges.map { edge in
        Edge(from: edge.from, to: edge.to, weight: weight(edge.from, edge.to) + weight(edge.to, edge.from))
      })
  }
}
