import FoundationEssentials
import RegistryModel

extension Picture {
  /// Things and what ties them.
  public struct Network: Hashable, Sendable {
    public var nodes: [Node]
    public var ties: [Tie]
    /// What a line from one to another does not show.
    public var untold: [String] = []

    /// A thing.
    public struct Node: Hashable, Sendable {
      /// Its key, or whatever the ties name it by.
      public var key: String
      /// What it is called; empty where nothing says it.
      public var name: String
      /// What it is, which its shape tells; empty where nothing says it.
      public var kind: String
      /// Where it lies within what hangs together with it, where somebody has laid that out.
      public var place: Point?

      public init(key: String, name: String = "", kind: String = "", place: Point? = nil) {
        (self.key, self.name, self.kind, self.place) = (key, name, kind, place)
      }

      /// What it is called where that is short, else its key.
      func label(upTo width: Int) -> String {
        name.isEmpty || displayWidth(name) > width ? key : name
      }

      /// Both, where they differ.
      var words: String {
        let called = name.isEmpty || name == key ? key : "\(name) (\(key))"
        return kind.isEmpty ? called : "\(called), \(kind)"
      }
    }

    /// What joins two nodes, by their numbers.
    public struct Tie: Hashable, Sendable {
      public var from: Int
      public var to: Int
      /// How strong it is, where that is told.
      public var weight: Double?
      /// The weight as it is given.
      public var words: String

      public init(from: Int, to: Int, weight: Double? = nil, words: String = "") {
        (self.from, self.to, self.weight, self.words) = (from, to, weight, words)
      }
    }

    /// More nodes than this are no picture, and more ties.
    public static let mostNodes = 150
    public static let mostTies = 1_500

    /// Whether its ties differ in strength.
    var isWeighted: Bool { Set(ties.compactMap(\.weight)).count > 1 }

    /// The kinds in the order of how many are of each; where ties lead from some kinds to others, those that they lead
    /// from first, so that a side looks the same whichever has more.
    var kinds: [(name: String, count: Int)] {
      let from = Set(ties.map { nodes[$0.from].kind })
      let isTwoSided = from.isDisjoint(with: ties.map { nodes[$0.to].kind })
      func side(_ kind: String) -> Int { isTwoSided && !from.contains(kind) ? 1 : 0 }
      return Dictionary(grouping: nodes.filter { !$0.kind.isEmpty }, by: \.kind)
        .map { (name: $0.key, count: $0.value.count) }
        .sorted { (side($0.name), $1.count, $0.name) < (side($1.name), $0.count, $1.name) }
    }

    /// How many ties each node has.
    var degrees: [Int] {
      var degrees = [Int](repeating: 0, count: nodes.count)
      for tie in ties where tie.from != tie.to {
        degrees[tie.from] += 1
        degrees[tie.to] += 1
      }
      return degrees
    }
  }

  /// Where something lies, in any length.
  public struct Point: Hashable, Sendable {
    public var x: Double
    public var y: Double
    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
  }

  /// The network of a table of ties. A table `nodes` beside it tells what they are called, and where they lie.
  static func network(_ table: ResultTable, _ view: ResultView) throws(ChartProblem) -> Network {
    var network = Network(nodes: [], ties: [])
    if let nodes = table.beside.first(where: { $0.name == "nodes" }) { network.nodes = read(nodes) }
    // A name that stands on both sides is a node on each: ties lead from the first to the last.
    let known = network.nodes.enumerated().map { ($1.key, $0) }
    var first = Dictionary(known) { first, _ in first }
    var last = Dictionary(known) { $1 }
    func node(_ name: String, isFirst: Bool) -> Int {
      if let place = isFirst ? first[name] : last[name] { return place }
      (first[name], last[name]) = (network.nodes.count, network.nodes.count)
      network.nodes.append(Network.Node(key: name))
      return network.nodes.count - 1
    }
    for row in table.rows {
      let ends = view.columns.prefix(2).map { shown(row.cell($0).displayText) }
      guard ends.count == 2 else { continue }
      // A row without one of its ends is of a node without a tie.
      guard !ends[0].isEmpty, !ends[1].isEmpty else {
        if !ends[0].isEmpty { _ = node(ends[0], isFirst: true) }
        if !ends[1].isEmpty { _ = node(ends[1], isFirst: false) }
        continue
      }
      let from = node(ends[0], isFirst: true)
      let weight = view.columns.count > 2 ? row.cell(view.columns[2]) : .empty
      network.ties.append(
        Network.Tie(
          from: from, to: node(ends[1], isFirst: false), weight: BarReach(weight)?.least,
          words: shown(weight.displayText)))
    }
    guard !network.nodes.isEmpty else { throw .nothing }
    guard network.nodes.count <= Network.mostNodes, network.ties.count <= Network.mostTies else {
      throw .tooManyNodes(network.nodes.count, ties: network.ties.count)
    }
    let own = network.ties.count { $0.from == $0.to }
    if own > 0 {
      network.untold.append("\(own == 1 ? "1 tie" : "\(own) ties") of a node with itself: no line")
    }
    let pairs = Dictionary(grouping: network.ties.filter { $0.from != $0.to }) {
      [min($0.from, $0.to), max($0.from, $0.to)]
    }
    let several = pairs.count { $0.value.count > 1 }
    if several > 0 {
      network.untold.append(
        "\(several == 1 ? "1 pair has" : "\(several) pairs have") several ties, in one line")
    }
    return network
  }

  private static func read(_ table: ResultTable) -> [Network.Node] {
    func column(_ name: String) -> Int? { table.columns.firstIndex { $0.name == name } }
    guard let key = column("node") else { return [] }
    return table.rows.compactMap { row in
      func text(_ name: String) -> String { column(name).map { shown(row.cell($0).displayText) } ?? "" }
      func number(_ name: String) -> Double? { column(name).flatMap { BarReach(row.cell($0))?.least } }
      var node = Network.Node(key: shown(row.cell(key).displayText), name: text("name"), kind: text("kind"))
      if let x = number("x"), let y = number("y") { node.place = Point(x, y) }
      return node.key.isEmpty ? nil : node
    }
  }
}
