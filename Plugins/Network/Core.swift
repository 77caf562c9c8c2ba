import PluginKit

/// Who is the core that everybody is tied to, and who hangs on to it.
struct Core: Analysis {
  private let ties = TieParameters(mode: .members)
  private let by = Parameter.choice(
    "by", of: CorePeriphery.Criterion.allCases.map(\.rawValue), default: "misfit",
    "what the core is chosen by: the fewest ties out of place, or the best correlation")

  let name = "core"
  let summary = "Who is the core of a network, and who its periphery"
  var parameters: [ParameterDeclaration] { ties.declarations + [by.declaration] }
  let columns = [
    ResultColumn("node", .key, "who, or what"),
    ResultColumn("side", .text, "in mode two-mode: member, or initiative"),
    ResultColumn("core", .boolean, "whether it is in the core"),
    ResultColumn("degree", .integer, "how many ties it has"),
    ResultColumn("core_ties", .integer, "how many of them lead to the core"),
    ResultColumn(
      "coreness", .integer, "the greatest k so that it is among nodes that all have k ties to each other's"),
  ]
  let examples = [
    Example("core on 2026-06-30", "who shares initiatives with whom"),
    Example(
      "core mode two-mode type partnership, agreement by fit", "members and initiatives, with a core of each"),
  ]
  var view: ViewHint? { ViewHint(.bar, "node", "coreness") }
  var evidence: [String] { [Evidence.row] }
  private let whole = TableDeclaration(
    "whole", "How well core and periphery tell the graph",
    [
      ResultColumn("measure", .text, "what is measured"), ResultColumn("value", .real, "how much"),
      ResultColumn("says", .text, "what that is"),
    ])
  var tables: [TableDeclaration] { [whole, ReadingsReport.table] }

  let about: About? = .core

  func run(_ call: Call) throws {
    let ties = try ties.ties(call)
    let mode = try self.ties.mode(call)
    let shape = TieSet.Shape(mode: mode)
    let net = try ties.graph(shape, progress: { try call.progress(nil, "joining what is shared") })
    try ties.note(mode, call)
    let evidence = ties.evidence(of: net, mode)
    guard net.count > 0 else {
      return try call.note("no tie is stated, which does not mean that there is none")
    }
    let criterion = CorePeriphery.Criterion(rawValue: try call[by]) ?? .misfit
    let found = CorePeriphery(of: net, by: criterion)
    let order = net.names.indices.sorted { left, right in
      (found.isCore[left] ? 0 : 1, net.degree(right), left) < (
        found.isCore[right] ? 0 : 1, net.degree(left), right
      )
    }
    for node in order {
      try call.emit(
        .key(net.names[node]), Side.cell(node, net), .boolean(found.isCore[node]),
        .integer(Int64(net.degree(node))),
        .integer(Int64(net.neighbours(node).count { found.isCore[Int($0)] })),
        .integer(Int64(found.coreness[node])),
        because: Evidence(row: evidence[node]))
    }
    if !found.alike.isEmpty {
      let names = found.alike.prefix(10).map { net.names[$0] }.joined(separator: ", ")
      let more = found.alike.count > 10 ? " and \(found.alike.count - 10) more" : ""
      try call.note(
        "as many ties as the last of the core have \(names)\(more): of equal ones the first keys are in it")
    }
    if !found.isCore.contains(true) {
      try call.note(
        "no core leaves fewer ties out of place than none does: `by fit` shows the one that correlates best")
    }
    try call.begin(whole)
    func row(_ name: String, _ value: Double?, _ says: String) throws {
      try call.emit(.text(name), .real(value), .text(says))
    }
    func share(_ part: Int, _ whole: Int) -> Double? { whole > 0 ? Double(part) / Double(whole) : nil }
    let within = found.within
    try row("core", Double(found.isCore.count { $0 }), "how many are in it")
    try row(
      "core-density", share(within.core, within.coreMost),
      "ties within the core by how many there can be; ideally 1")
    try row(
      "periphery-density", share(within.periphery, within.peripheryMost),
      "ties within the periphery by how many there can be; ideally 0")
    try row(
      "misfit", Double(found.misfit), "ties missing in the core, and ties within the periphery (Lip 2011)")
    try row(
      "fit", found.fit,
      "the correlation of ties with what they would ideally be, those between both left out (Borgatti & Everett 2000)"
    )
    try NodeReadings(
      ties: ties, shape: shape, net: net, call: call, cost: Double(net.count + net.targets.count) * 1e-6
    ).report { net in
      try call.progress(nil, "reading competing claims")
      let other = CorePeriphery(of: net, by: criterion)
      let nodes = [("coreness", other.coreness.map { Optional(Double($0)) })]
      return (
        nodes,
        [("core", Double(other.isCore.count { $0 })), ("misfit", Double(other.misfit)), ("fit", other.fit)]
      )
    }
  }
}
