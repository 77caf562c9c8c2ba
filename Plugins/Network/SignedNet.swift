import PluginKit

/// A graph of friends and opponents: ties with a sign, between nodes by number.
struct SignedNet: Sendable {
  let names: [String]
  /// The sign of each tie, by its nodes, the lower first.
  private(set) var signs: [Pair: Int] = [:]
  private var near: [[Int]]

  struct Pair: Hashable, Sendable {
    var low: Int
    var high: Int
    init(_ one: Int, _ other: Int) { (low, high) = (min(one, other), max(one, other)) }
  }

  init(names: [String], signs: [Pair: Int]) {
    self.names = names
    self.signs = signs.filter { $0.value != 0 }
    near = Array(repeating: [], count: names.count)
    for pair in self.signs.keys {
      near[pair.low].append(pair.high)
      near[pair.high].append(pair.low)
    }
    for node in near.indices { near[node].sort() }
  }

  func sign(_ one: Int, _ other: Int) -> Int { signs[Pair(one, other)] ?? 0 }
  func neighbours(_ node: Int) -> [Int] { near[node] }

  /// Three nodes that are all tied to each other, in their order.
  struct Triad: Hashable, Sendable {
    var nodes: [Int]
    /// How many of the three ties are negative.
    var negatives: Int
    /// Whether the friend of a friend, and the enemy of an enemy, is a friend: the product of the signs is positive.
    var isBalanced: Bool { negatives % 2 == 0 }
  }

  func triads(_ progress: () throws -> Void) rethrows -> [Triad] {
    var triads: [Triad] = []
    for one in names.indices {
      try progress()
      for other in near[one] where other > one {
        for third in near[other] where third > other {
          let last = sign(one, third)
          guard last != 0 else { continue }
          let negatives = [sign(one, other), sign(other, third), last].count { $0 < 0 }
          triads.append(Triad(nodes: [one, other, third], negatives: negatives))
        }
      }
    }
    return triads
  }

  /// Two camps so that as few ties as can be found stand against them: positive ones between, negative ones within.
  struct Camps: Sendable {
    var camp: [Int]
    var frustrated: Int
    /// Whether no other two camps are better, for certain.
    var isExact: Bool
  }

  /// Of each part that hangs together by itself. Up to so many nodes all divisions are tried; else the best that is found
  /// from many beginnings by moving one node after another.
  func camps(seed: UInt64, _ progress: () throws -> Void) rethrows -> Camps {
    var found = Camps(camp: Array(repeating: 0, count: names.count), frustrated: 0, isExact: true)
    var isSeen = [Bool](repeating: false, count: names.count)
    for start in names.indices where !isSeen[start] {
      var part = [start]
      var next = 0
      isSeen[start] = true
      while next < part.count {
        for neighbour in near[part[next]] where !isSeen[neighbour] {
          isSeen[neighbour] = true
          part.append(neighbour)
        }
        next += 1
      }
      part.sort()
      let best =
        if let balanced = twoColours(part) {
          (camp: balanced, frustrated: 0)
        } else if part.count <= 20 {
          try all(part, progress)
        } else {
          try some(part, seed, progress)
        }
      if best.frustrated > 0, part.count > 20 { found.isExact = false }
      for (node, camp) in zip(part, best.camp) { found.camp[node] = camp }
      found.frustrated += best.frustrated
    }
    return found
  }

  /// The camps of a part in which none need be frustrated; nothing where there are none such.
  private func twoColours(_ part: [Int]) -> [Int]? {
    var camp: [Int: Int] = [part[0]: 0]
    var queue = [part[0]]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for neighbour in near[node] {
        let wanted = sign(node, neighbour) > 0 ? camp[node, default: 0] : 1 - camp[node, default: 0]
        if let its = camp[neighbour] {
          if its != wanted { return nil }
        } else {
          camp[neighbour] = wanted
          queue.append(neighbour)
        }
      }
    }
    return part.map { camp[$0] ?? 0 }
  }

  /// All divisions, each from the last by moving one node (a Gray code); the first node stays where it is.
  private func all(_ part: [Int], _ progress: () throws -> Void) rethrows -> (camp: [Int], frustrated: Int) {
    let ties = local(part)
    var camp = [Int](repeating: 0, count: part.count)
    var now = frustrated(ties, camp)
    var best = (camp: camp, frustrated: now)
    for step in 1..<(1 << (part.count - 1)) {
      if step % 16_384 == 0 { try progress() }
      let node = step.trailingZeroBitCount + 1
      now += gain(node, ties, camp)
      camp[node] = 1 - camp[node]
      if now < best.frustrated || now == best.frustrated && camp.lexicographicallyPrecedes(best.camp) {
        best = (camp, now)
      }
    }
    return best
  }

  private func some(
    _ part: [Int], _ seed: UInt64, _ progress: () throws -> Void
  ) rethrows -> (camp: [Int], frustrated: Int) {
    let ties = local(part)
    var random = SplitMix(seed: seed)
    var best: (camp: [Int], frustrated: Int)?
    for _ in 0..<50 {
      try progress()
      var camp = part.map { _ in Int(random.next() >> 63) }
      camp[0] = 0
      var now = frustrated(ties, camp)
      var hasMoved = true
      while hasMoved {
        hasMoved = false
        for node in 1..<part.count {
          let change = gain(node, ties, camp)
          guard change < 0 else { continue }
          camp[node] = 1 - camp[node]
          now += change
          hasMoved = true
        }
      }
      let isBetter =
        best.map { now < $0.frustrated || now == $0.frustrated && camp.lexicographicallyPrecedes($0.camp) }
        ?? true
      if isBetter { best = (camp, now) }
    }
    return best ?? (part.map { _ in 0 }, 0)
  }

  /// The ties of the nodes of a part, by their places in it.
  private func local(_ part: [Int]) -> [[(other: Int, sign: Int)]] {
    let places = Dictionary(uniqueKeysWithValues: part.enumerated().map { ($1, $0) })
    return part.map { node in
      near[node].compactMap { other in places[other].map { ($0, sign(node, other)) } }
    }
  }

  private func frustrated(_ ties: [[(other: Int, sign: Int)]], _ camp: [Int]) -> Int {
    var count = 0
    for (node, mine) in ties.enumerated() {
      for (other, sign) in mine where other > node && (camp[node] == camp[other]) != (sign > 0) { count += 1 }
    }
    return count
  }

  /// By how much moving a node to the other camp changes the number of frustrated ties.
  private func gain(_ node: Int, _ ties: [[(other: Int, sign: Int)]], _ camp: [Int]) -> Int {
    ties[node].reduce(0) { sum, tie in
      let isFrustrated = (camp[node] == camp[tie.other]) != (tie.sign > 0)
      return sum + (isFrustrated ? -1 : 1)
    }
  }
}
