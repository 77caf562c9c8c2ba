/// How far the ties of a graph keep within blocs, beyond what would come of its nodes' ties by chance: M. E. J. Newman & M.
/// Girvan, "Finding and evaluating community structure in networks", Physical Review E 69 (2004).
struct Modularity: Sendable {
  /// The bloc of each node, by its number: the largest first, of equal ones that of the first node.
  let blocs: [Int]
  let count: Int
  /// Σ over blocs of (ties within / all ties − γ (ends of ties in it / ends of all ties)²); nothing where there is no tie.
  let value: Double?
  /// How many of the starts led to this value.
  var agreeing = 1

  init(of net: Net, blocs given: [Int], resolution: Double) {
    var members: [Int: [Int]] = [:]
    for (node, bloc) in given.enumerated() { members[bloc, default: []].append(node) }
    let ordered = members.values.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    var blocs = [Int](repeating: 0, count: net.count)
    for (number, nodes) in ordered.enumerated() { for node in nodes { blocs[node] = number } }
    self.blocs = blocs
    count = ordered.count
    let ends = net.weights.reduce(0, +)
    guard ends > 0 else {
      value = nil
      return
    }
    var (within, all) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for node in net.names.indices {
      for arc in net.arcs(node) {
        all[blocs[node]] += net.weights[arc]
        if blocs[Int(net.targets[arc])] == blocs[node] { within[blocs[node]] += net.weights[arc] }
      }
    }
    value = zip(within, all).reduce(0) { $0 + $1.0 / ends - resolution * ($1.1 / ends) * ($1.1 / ends) }
  }

  /// The best of what Leiden finds from several starts: chance is in it, and no start is sure to find the best.
  static func best(
    of net: Net, resolution: Double, starts: Int, seed: UInt64, _ progress: (Double) throws -> Void
  ) throws -> Modularity {
    var best: Modularity?
    for start in 0..<starts {
      let share = Double(start) / Double(starts)
      let blocs = try IGraph.leiden(net, resolution: resolution, seed: seed &+ UInt64(start)) {
        try progress(share)
      }
      let found = Modularity(of: net, blocs: blocs, resolution: resolution)
      guard let old = best, let value = found.value, let oldValue = old.value else {
        best = best ?? found
        continue
      }
      let isSame = abs(value - oldValue) < 1e-12
      if isSame {
        best?.agreeing += 1
        // Of equal ones that whose numbers come first, so that no start decides.
        if found.blocs.lexicographicallyPrecedes(old.blocs) {
          var first = found
          first.agreeing = old.agreeing + 1
          best = first
        }
      } else if value > oldValue {
        best = found
      }
    }
    return best ?? Modularity(of: net, blocs: Array(net.names.indices), resolution: resolution)
  }
}
