import PluginKit

/// Who stands between others that do not meet: Burt's constraint and effective size.
struct Brokerage: Analysis {
  private let ties = TieParameters()
  private let bothWays = Parameter.choice(
    "both-ways", of: ["once", "twice"], default: "once",
    "in mode one-mode, what a tie counts that is stated both ways")

  let name = "brokerage"
  let summary = "Who stands between others that do not meet: Burt's constraint and effective size"
  var parameters: [ParameterDeclaration] { ties.declarations + [bothWays.declaration] }
  let columns = [
    ResultColumn("node", .key, "who, or what"),
    ResultColumn("side", .text, "in mode two-mode: member, or initiative"),
    ResultColumn(
      "contacts", .integer, "whom it is tied to; in mode two-mode, with whom of its side it shares something"),
    ResultColumn("constraint", .real, "how far its contacts lead back to each other; low is free"),
    ResultColumn("effective_size", .real, "how many contacts are not there twice over"),
    ResultColumn("efficiency", .real, "the effective size by the number of contacts"),
  ]
  let examples = [
    Example(
      "brokerage on 2026-06-30", "who stands between initiatives, and which initiative between members"),
    Example(
      "brokerage type partnership mode members including groups",
      "who stands between the members of partnerships"),
  ]
  var view: ViewHint? { ViewHint(.bar, "node", "constraint") }
  var evidence: [String] { [Evidence.row] }
  var tables: [TableDeclaration] { [ReadingsReport.table] }

  let about: About? = .brokerage

  func run(_ call: Call) throws {
    let ties = try ties.ties(call)
    let mode = try self.ties.mode(call)
    let shape = TieSet.Shape(mode: mode, isDirected: try call[bothWays] == "twice")
    let net = try ties.graph(shape, progress: { try call.progress(nil, "joining what is shared") })
    try ties.note(mode, call)
    let evidence = ties.evidence(of: net, mode)
    guard net.count > 0 else {
      return try call.note("no tie is stated, which does not mean that there is none")
    }
    let holes = try Holes(of: net) { try call.progress(nil, "looking for holes") }
    let order = net.names.indices.sorted { left, right in
      (holes.constraint[left] ?? .infinity, left) < (holes.constraint[right] ?? .infinity, right)
    }
    for node in order {
      let contacts = holes.contacts[node]
      let size = holes.effectiveSize[node]
      try call.emit(
        .key(net.names[node]), Side.cell(node, net), .integer(Int64(contacts)), .real(holes.constraint[node]),
        .real(size), .real(size.flatMap { contacts > 0 ? $0 / Double(contacts) : nil }),
        because: Evidence(row: evidence[node]))
    }
    let alone = holes.constraint.count { $0 == nil }
    if alone > 0 {
      try call.note("\(alone) nodes have no tie: nothing constrains them, and they have no measures")
    }
    try NodeReadings(
      ties: ties, shape: shape, net: net, call: call, cost: Double(net.count + net.targets.count) * 2e-6
    ).report { net in
      let holes = try Holes(of: net) { try call.progress(nil, "reading competing claims") }
      return ([("constraint", holes.constraint), ("effective_size", holes.effectiveSize)], [])
    }
  }
}

/// On which side of a graph of two modes a node is.
enum Side {
  static func cell(_ node: Int, _ net: Net) -> Datum {
    net.firstMode == nil ? .empty : .text(net.isSecond(node) ? "initiative" : "member")
  }

  /// The same of any property: who is named by another one is no member.
  static func cell(_ node: Int, _ net: Net, of property: String) -> Datum {
    guard net.firstMode != nil, property != "member" else { return cell(node, net) }
    return .text(net.isSecond(node) ? "subject of \(property)" : "value of \(property)")
  }
}
