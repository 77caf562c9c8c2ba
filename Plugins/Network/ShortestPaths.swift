import Dispatch
import PluginKit
import Synchronization

/// What the shortest paths between all pairs of nodes say of each node.
struct ShortestPaths: Sendable {
  /// Over all pairs of others, the part of their shortest paths that goes through it; each pair once where ties lead both
  /// ways.
  var betweenness: [Double]
  /// How far all that it reaches is from it, in all.
  var farness: [Double]
  /// How many others it reaches.
  var reached: [Int]

  /// Ulrik Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25 (2001).
  ///
  /// From every node the others are found in the order of their distance, with the number of shortest paths that lead
  /// there; back in that order each node hands on what depends on it. Here a node takes in what its successors have to
  /// hand on, which is nothing from all that are no further away: so no distance is looked at on the way back, and no
  /// list of predecessors kept. Sources are dealt out in as many shares as ever there are, which the machine's cores take
  /// one after another; the sums of the shares are added in their order, so that the result is the same to the last bit
  /// on one core and on many.
  ///
  /// - Parameters:
  ///   - net: steps count where its ties have no lengths.
  ///   - lengths: how long each arc is, in the order of `targets`; nothing where each is one step.
  ///   - cores: how many shares are worked on at a time.
  ///   - progress: told how far it is, from 0 to 1, on the thread of the caller, some fifty times a second; it throws where
  ///     the work is to end.
  init(
    of net: Net, lengths: [Double]? = nil, cores: Int = 2, _ progress: (Double) throws -> Void = { _ in }
  ) throws {
    let count = net.count
    (betweenness, reached) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    farness = betweenness
    guard count > 0 else { return }
    let work = Work(net, lengths)
    let helpers = min(cores, work.shares)
    // What takes no time takes no threads.
    if helpers < 2 || count * (net.targets.count + count) < 2_000_000 {
      while work.doNext() { try progress(work.fraction) }
    } else {
      let group = DispatchGroup()
      for _ in 0..<helpers {
        DispatchQueue.global(qos: .userInitiated).async(group: group) { while work.doNext() {} }
      }
      do {
        while group.wait(timeout: .now() + .milliseconds(20)) == .timedOut { try progress(work.fraction) }
      } catch {
        work.stop()
        group.wait()
        throw error
      }
    }
    guard !work.hasTooManyPaths else {
      throw AnalysisFailure(
        "too-many-paths", "there are more shortest paths between two nodes than can be counted",
        hint: "Narrow the ties that are read, by type, among or a date")
    }
    for share in work.results {
      for node in 0..<count { betweenness[node] += share.betweenness[node] }
      for (source, sum) in share.sums {
        farness[source] = sum.farness
        reached[source] = sum.reached
      }
    }
    if !net.isDirected { for node in 0..<count { betweenness[node] /= 2 } }
  }
}

/// The sources, dealt out in shares, and what became of them. Shared by the threads that work on them.
private final class Work: Sendable {
  struct Share: Sendable {
    var betweenness: [Double]
    var sums: [(source: Int, sum: (farness: Double, reached: Int))] = []
  }

  /// How many shares there are, whatever the machine: few enough to hold a number for each node in each.
  let shares: Int
  private let net: Net
  private let lengths: [Double]?
  private let next = Atomic<Int>(0)
  private let done = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let isTooMany = Atomic<Bool>(false)
  private let finished: Mutex<[Share?]>

  init(_ net: Net, _ lengths: [Double]?) {
    self.net = net
    self.lengths = lengths
    shares = min(64, net.count)
    finished = Mutex(Array(repeating: nil, count: shares))
  }

  /// The shares in their order.
  var results: [Share] { finished.withLock { $0.compactMap(\.self) } }
  /// How much is done, from 0 to 1.
  var fraction: Double { Double(done.load(ordering: .relaxed)) / Double(net.count) }

  /// Whether a number of paths was beyond what a number can be.
  var hasTooManyPaths: Bool { isTooMany.load(ordering: .relaxed) }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Does a share that nobody has taken; false where there is none left.
  func doNext() -> Bool {
    let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
    guard index < shares, !isStopped.load(ordering: .relaxed) else { return false }
    var share = Share(betweenness: Array(repeating: 0, count: net.count))
    let search = Search(net)
    // One source in so many, since those that lie beside each other are often alike.
    for source in stride(from: index, to: net.count, by: shares) {
      if isStopped.load(ordering: .relaxed) { return false }
      let sum =
        if let lengths {
          search.run(from: source, lengths: lengths, &share.betweenness)
        } else {
          search.run(from: source, &share.betweenness)
        }
      guard search.isCounted else {
        isTooMany.store(true, ordering: .relaxed)
        stop()
        return false
      }
      share.sums.append((source, sum))
      done.wrappingAdd(1, ordering: .relaxed)
    }
    finished.withLock { $0[index] = share }
    return true
  }
}

/// One source after another, with the arrays that all of them use. Of one thread.
private final class Search {
  private let net: Net
  private let distance: UnsafeMutableBufferPointer<Int32>
  /// How many shortest paths lead to each node.
  private let paths: UnsafeMutableBufferPointer<Double>
  /// What each node hands on to those before it: (1 + what depends on it) / its paths; 0 until that is known.
  private let handed: UnsafeMutableBufferPointer<Double>
  private let order: UnsafeMutableBufferPointer<Int32>
  /// Whether the paths of the last search could be counted.
  private(set) var isCounted = true

  init(_ net: Net) {
    self.net = net
    distance = .allocate(capacity: net.count)
    paths = .allocate(capacity: net.count)
    handed = .allocate(capacity: net.count)
    order = .allocate(capacity: net.count)
    distance.initialize(repeating: -1)
    paths.initialize(repeating: 0)
    handed.initialize(repeating: 0)
    order.initialize(repeating: 0)
  }

  deinit {
    distance.deallocate()
    paths.deallocate()
    handed.deallocate()
    order.deallocate()
  }

  /// In steps.
  func run(from source: Int, _ betweenness: inout [Double]) -> (farness: Double, reached: Int) {
    net.starts.withUnsafeBufferPointer { starts in
      net.targets.withUnsafeBufferPointer { targets in
        betweenness.withUnsafeMutableBufferPointer { betweenness in
          run(from: source, starts, targets, betweenness)
        }
      }
    }
  }

  private func run(
    from source: Int, _ starts: UnsafeBufferPointer<Int>, _ targets: UnsafeBufferPointer<Int32>,
    _ betweenness: UnsafeMutableBufferPointer<Double>
  ) -> (farness: Double, reached: Int) {
    distance[source] = 0
    paths[source] = 1
    order[0] = Int32(truncatingIfNeeded: source)
    var found = 1
    var next = 0
    var farness = 0
    while next < found {
      let node = Int(order[next])
      next += 1
      let further = distance[node] &+ 1
      let mine = paths[node]
      for arc in starts[node]..<starts[node &+ 1] {
        let target = Int(targets[arc])
        if distance[target] < 0 {
          distance[target] = further
          paths[target] = mine
          order[found] = Int32(truncatingIfNeeded: target)
          found &+= 1
          farness &+= Int(further)
        } else if distance[target] == further {
          paths[target] += mine
        }
      }
    }
    isCounted = (0..<found).allSatisfy { paths[Int(order[$0])].isFinite }
    // Back, all of one distance after all that are further; what they hand on is written down when all of them are done.
    var last = found
    while last > 1 {
      let level = distance[Int(order[last - 1])]
      var first = last
      while first > 1, distance[Int(order[first - 1])] == level {
        first -= 1
        let node = Int(order[first])
        var sum = 0.0
        for arc in starts[node]..<starts[node &+ 1] { sum += handed[Int(targets[arc])] }
        betweenness[node] += paths[node] * sum
        // Kept where the number of paths was, of which this is the last use but one.
        paths[node] = 1 / paths[node] + sum
      }
      for place in first..<last { handed[Int(order[place])] = paths[Int(order[place])] }
      last = first
    }
    for place in 0..<found {
      let node = Int(order[place])
      distance[node] = -1
      handed[node] = 0
    }
    return (Double(farness), found - 1)
  }

  /// By lengths: nodes are settled in the order of their distance (Dijkstra). Paths whose lengths differ by less than what
  /// adding them up may differ by are of one length.
  func run(
    from source: Int, lengths: [Double], _ betweenness: inout [Double]
  ) -> (farness: Double, reached: Int) {
    var far = [Double](repeating: .infinity, count: net.count)
    var isSettled = [Bool](repeating: false, count: net.count)
    var settled: [Int] = []
    var heap = Heap()
    far[source] = 0
    heap.push(0, source)
    while let (distance, node) = heap.pop() {
      guard !isSettled[node], distance == far[node] else { continue }
      isSettled[node] = true
      settled.append(node)
      for arc in net.arcs(node) {
        let (target, length) = (Int(net.targets[arc]), distance + lengths[arc])
        if !isSettled[target], length < far[target] {
          far[target] = length
          heap.push(length, target)
        }
      }
    }
    func isOnTheWay(_ node: Int, _ arc: Int) -> Bool {
      let (target, length) = (Int(net.targets[arc]), far[node] + lengths[arc])
      return isSettled[target] && length - far[target] <= 1e-12 * max(1, length)
    }
    var count = [Double](repeating: 0, count: net.count)
    count[source] = 1
    // Lengths are above 0, so whoever is before a node on a shortest path was settled before it.
    for node in settled {
      for arc in net.arcs(node) where isOnTheWay(node, arc) { count[Int(net.targets[arc])] += count[node] }
    }
    isCounted = settled.allSatisfy { count[$0].isFinite }
    var depends = [Double](repeating: 0, count: net.count)
    for node in settled.reversed() where node != source {
      for arc in net.arcs(node) where isOnTheWay(node, arc) {
        let target = Int(net.targets[arc])
        depends[node] += count[node] / count[target] * (1 + depends[target])
      }
      betweenness[node] += depends[node]
    }
    return (settled.reduce(0) { $0 + far[$1] }, settled.count - 1)
  }
}

/// Nodes by their distance, the nearest first; of equal ones the first node.
private struct Heap {
  private var items: [(distance: Double, node: Int)] = []

  private func isBefore(_ left: Int, _ right: Int) -> Bool {
    (items[left].distance, items[left].node) < (items[right].distance, items[right].node)
  }

  mutating func push(_ distance: Double, _ node: Int) {
    items.append((distance, node))
    var place = items.count - 1
    while place > 0, isBefore(place, (place - 1) / 2) {
      items.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func pop() -> (distance: Double, node: Int)? {
    guard let first = items.first else { return nil }
    let last = items.removeLast()
    guard !items.isEmpty else { return first }
    items[0] = last
    var place = 0
    while 2 * place + 1 < items.count {
      var child = 2 * place + 1
      if child + 1 < items.count, isBefore(child + 1, child) { child += 1 }
      guard isBefore(child, place) else { break }
      items.swapAt(child, place)
      place = child
    }
    return first
  }
}
