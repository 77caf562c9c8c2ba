import PluginKit

/// A network as a picture: its ties, and where its nodes lie so that those who are tied are near each other.
struct Drawing: Analysis {
  private let ties = TieParameters()
  private let seed = Parameter.integer(
    "seed", in: 0...Int64(Int32.max), default: 1, "of parts of more than 300 nodes: what chance begins with")

  let name = "network"
  let summary = "Who is tied to what, as a picture: ties, and where nodes lie"
  var parameters: [ParameterDeclaration] { ties.declarations + [seed.declaration] }
  let columns = [
    ResultColumn("from", .key, "one end: in mode two-mode the member"),
    ResultColumn("to", .key, "the other: in mode two-mode the initiative"),
    ResultColumn("weight", .real, "how strong the tie is"),
  ]
  let examples = [
    Example("network topic rare-earths on 2026-06-30", "who is in what that concerns rare earths"),
    Example(
      "network type partnership mode initiatives including groups",
      "partnerships, as near as they share members"),
  ]
  var view: ViewHint? { ViewHint(.network, "from", "to", "weight") }
  var evidence: [String] { [Evidence.row] }
  private let nodes = TableDeclaration(
    "nodes", "The nodes, those without a tie too, and where they lie",
    [
      ResultColumn("node", .key, "who, or what"),
      ResultColumn("name", .text, "what it is called"),
      ResultColumn(
        "kind", .text,
        "in mode two-mode: member or initiative, of another property its value or its subject; else its type"),
      ResultColumn("degree", .integer, "how many ties it has"),
      ResultColumn("part", .integer, "the number of the part that hangs together"),
      ResultColumn("x", .real, "where it lies within its part"),
      ResultColumn("y", .real, "the same, downwards"),
    ], evidence: [Evidence.row])
  var tables: [TableDeclaration] { [nodes, ReadingsReport.table] }

  let about: About? = .drawing

  func run(_ call: Call) throws {
    let ties = try ties.ties(call)
    let mode = try self.ties.mode(call)
    let shape = TieSet.Shape(mode: mode)
    let net = try ties.graph(shape, progress: { try call.progress(nil, "joining what is shared") })
    try ties.note(mode, call)
    guard net.count > 0 else {
      return try call.note("no tie is stated, which does not mean that there is none")
    }
    let evidence = ties.evidence(ofTies: net, mode)
    for edge in net.edges {
      try call.emit(
        .key(net.names[edge.from]), .key(net.names[edge.to]), .real(edge.weight),
        because: Evidence(row: evidence(edge)))
    }
    var places: [(x: Double, y: Double)]?
    do {
      places = try IGraph.places(net, seed: UInt64(try call[seed])) {
        try call.progress(nil, "laying out \(net.count) nodes")
      }
    } catch let fault as IGraph.Fault {
      // The picture has a layout of its own then.
      try call.note("x and y are empty: \(AnalysisFailure(fault).message). \(IGraph.remedy)")
    }
    try call.begin(nodes)
    let described = try described(net, call)
    let (parts, _) = net.parts
    let ofNodes = ties.evidence(of: net, mode)
    let property = try call[self.ties.property]
    for node in net.names.indices {
      let about = described[net.names[node]]
      let side = Side.cell(node, net, of: property)
      try call.emit(
        .key(net.names[node]), .text(about?.name ?? ""),
        net.firstMode == nil ? .text(about?.type ?? "") : side,
        .integer(Int64(net.degree(node))), .integer(Int64(parts[node] + 1)), .real(places?[node].x),
        .real(places?[node].y), because: Evidence(row: ofNodes[node]))
    }
    try NodeReadings(
      ties: ties, shape: shape, net: net, call: call, cost: Double(net.count + net.targets.count) * 1e-6
    ).report { net in ([], [("ties", Double(net.tieCount)), ("parts", Double(net.parts.count))]) }
  }

  /// What the nodes are called, and their types.
  private func described(_ net: Net, _ call: Call) throws -> [String: (name: String, type: String)] {
    var found: [String: (name: String, type: String)] = [:]
    let keys = Set(net.names)
    for row in try call.rows(of: "entities", columns: ["key", "name", "type"])
    where keys.contains(row[0].label) {
      found[row[0].label] = (row[1].label, row[2].label)
    }
    return found
  }
}
