import CIGraph
import Glibc
import PluginKit

/// igraph's C library (G. Csárdi & T. Nepusz, "The igraph software package for complex network research", InterJournal
/// Complex Systems 1695, 2006), which is looked for when it is first needed.
enum IGraph {
  /// Why something of it cannot be had.
  enum Fault: Error, Hashable {
    /// It is not on this machine, or was not when the plugin was built.
    case missing(String)
    /// It gave up.
    case failed(String)
  }

  /// What to install where it is missing.
  static let remedy = "Install it: apt-get install libigraph3, or libigraph-dev to build Entente with"

  /// The blocs that Leiden finds in a graph whose ties lead both ways (V. A. Traag, L. Waltman & N. J. van Eck, "From
  /// Louvain to Leiden", Scientific Reports 9, 2019): the number of each node's bloc.
  ///
  /// - Parameter seed: what chance begins with; one seed gives one answer.
  static func leiden(
    _ net: Net, resolution: Double, seed: UInt64, _ progress: () throws -> Void
  ) throws -> [Int] {
    let strengths = net.names.indices.map(net.strength)
    let total = strengths.reduce(0, +)
    var membership = [Int64](repeating: 0, count: net.count)
    // Of a graph without ties every node is a bloc.
    guard total > 0 else { return Array(net.names.indices) }
    try call(net, progress) { graph, context in
      cigraph_leiden(graph, strengths, resolution / total, seed, check, context, &membership)
    }
    return membership.map(Int.init)
  }

  /// The leading eigenvector of the ties' weights, with its greatest entry 1, and its eigenvalue.
  static func eigenvector(_ net: Net, _ progress: () throws -> Void) throws -> (
    vector: [Double], value: Double
  ) {
    var vector = [Double](repeating: 0, count: net.count)
    var value = 0.0
    guard net.tieCount > 0 else { return (vector, 0) }
    try call(net, progress) { graph, context in cigraph_eigenvector(graph, check, context, &vector, &value) }
    return (vector, value)
  }

  /// Where nodes lie so that those who are tied are near each other, each part about a place of its own: by Kamada & Kawai
  /// (Information Processing Letters 31, 1989), of many nodes by Fruchterman & Reingold (Software: Practice and Experience
  /// 21, 1991). It begins with a circle, so that one graph gives one answer.
  static func places(_ net: Net, seed: UInt64, _ progress: () throws -> Void) throws -> [(
    x: Double, y: Double
  )] {
    let both = net.undirected
    let parts = both.parts
    var places = [(x: Double, y: Double)](repeating: (0, 0), count: net.count)
    var members = [[Int]](repeating: [], count: parts.count)
    for node in net.names.indices { members[parts.of[node]].append(node) }
    for nodes in members where nodes.count > 1 {
      var local = [Int](repeating: 0, count: net.count)
      for (place, node) in nodes.enumerated() { local[node] = place }
      let part = Net(
        names: nodes.map { net.names[$0] },
        edges: nodes.flatMap { node in
          both.arcs(node).map { Net.Edge(from: local[node], to: local[Int(both.targets[$0])]) }
        })
      var found = [Double](repeating: 0, count: 2 * nodes.count)
      for place in nodes.indices {
        let angle = 2 * Double.pi * Double(place) / Double(nodes.count)
        (found[2 * place], found[2 * place + 1]) = (cos(angle), sin(angle))
      }
      try call(part, progress) { graph, context in
        cigraph_layout(graph, nodes.count > 300, seed, check, context, &found)
      }
      for (place, node) in nodes.enumerated() { places[node] = (found[2 * place], found[2 * place + 1]) }
    }
    return places
  }

  /// What igraph asks from time to time, and the error with which that ended it.
  private struct Watch {
    let progress: () throws -> Void
    var error: (any Error)?
  }

  private static let check: cigraph_check = { context in
    guard let watch = context?.assumingMemoryBound(to: Watch.self) else { return 0 }
    do {
      try watch.pointee.progress()
      return 0
    } catch {
      watch.pointee.error = error
      return 1
    }
  }

  private static func call(
    _ net: Net, _ progress: () throws -> Void,
    _ body: (UnsafePointer<cigraph_graph>, UnsafeMutableRawPointer) -> Int32
  ) throws {
    try withoutActuallyEscaping(progress) { progress in
      var watch = Watch(progress: progress)
      let edges = net.edges
      // igraph reads an arc as leading to the node that gains by it; here an arc is of the node that gains.
      let ends = edges.flatMap { [Int64($0.to), Int64($0.from)] }
      let status = edges.map(\.weight).withUnsafeBufferPointer { weights in
        ends.withUnsafeBufferPointer { ends in
          var graph = cigraph_graph(
            nodes: Int64(net.count), edges: Int64(edges.count), ends: ends.baseAddress,
            weights: weights.baseAddress, is_directed: net.isDirected)
          return withUnsafeMutablePointer(to: &watch) { body(&graph, UnsafeMutableRawPointer($0)) }
        }
      }
      if let error = watch.error { throw error }
      let problem = String(cString: cigraph_problem())
      switch Int(status) {
      case CIGRAPH_OK: return
      case CIGRAPH_MISSING, CIGRAPH_UNBUILT: throw Fault.missing(problem)
      default: throw Fault.failed(problem)
      }
    }
  }
}

extension AnalysisFailure {
  /// Why an analysis that cannot do without igraph ends.
  init(_ fault: IGraph.Fault) {
    switch fault {
    case .missing(let problem):
      self.init("igraph-missing", "igraph's C library is not here: \(problem)", hint: IGraph.remedy)
    case .failed(let problem):
      self.init("igraph-failed", "igraph gave up: \(problem)", hint: "Narrow the ties that are read")
    }
  }
}
