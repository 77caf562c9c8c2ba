import FoundationEssentials
import PluginKit

/// Who sticks together: the blocs that Leiden finds, and how far ties keep within them.
struct Blocs: Analysis {
  private let ties = TieParameters(mode: .members)
  private let resolution = Parameter.number(
    "resolution", in: Decimal(sign: .plus, exponent: -6, significand: 1)...1_000_000, default: 1,
    "above 1 gives more and smaller blocs, below 1 fewer and larger ones")
  private let starts = Parameter.integer(
    "starts", in: 1...10_000, default: 20, "how often Leiden begins anew")
  private let seed = Parameter.integer(
    "seed", in: 0...Int64(Int32.max), default: 1, "what chance begins with")

  let name = "blocs"
  let summary = "Who sticks together: blocs by the Leiden algorithm, and their modularity"
  var parameters: [ParameterDeclaration] {
    ties.declarations + [resolution.declaration, starts.declaration, seed.declaration]
  }
  let columns = [
    ResultColumn("node", .key, "who, or what"),
    ResultColumn("side", .text, "in mode two-mode: member, or initiative"),
    ResultColumn("bloc", .integer, "the number of its bloc, the largest first"),
    ResultColumn("degree", .integer, "how many ties it has"),
    ResultColumn("strength", .real, "the sum of the weights of its ties"),
    ResultColumn("within", .real, "the part of that strength that stays in its bloc"),
  ]
  let examples = [
    Example("blocs on 2026-06-30 including groups", "who shares initiatives with whom"),
    Example("blocs mode two-mode type partnership, agreement", "members together with their initiatives"),
  ]
  var view: ViewHint? { ViewHint(.map, "node", "bloc") }
  var evidence: [String] { [Evidence.row] }
  private let each = TableDeclaration(
    "each", "The blocs",
    [
      ResultColumn("bloc", .integer, "its number"), ResultColumn("size", .integer, "how many are in it"),
      ResultColumn("within", .real, "the sum of the weights of ties within it"),
      ResultColumn("leaving", .real, "the sum of the weights of ties that leave it"),
      ResultColumn("nodes", .list, "who is in it"),
    ])
  private let whole = TableDeclaration(
    "whole", "How well the blocs part the graph",
    [
      ResultColumn("measure", .text, "what is measured"), ResultColumn("value", .real, "how much"),
      ResultColumn("says", .text, "what that is"),
    ])
  var tables: [TableDeclaration] { [each, whole, ReadingsReport.table] }

  let about: About? = .blocs

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
    let (resolution, starts) = (try call[resolution].measure, Int(try call[starts]))
    let seed = UInt64(try call[seed])
    let found: Modularity
    do {
      found = try Modularity.best(
        of: net, resolution: resolution, starts: starts, seed: seed,
        { try call.progress($0, "looking for blocs") })
    } catch let fault as IGraph.Fault { throw AnalysisFailure(fault) }
    let inside = net.names.indices.map { node in
      net.arcs(node).reduce(0) { sum, arc in
        found.blocs[Int(net.targets[arc])] == found.blocs[node] ? sum + net.weights[arc] : sum
      }
    }
    for node in net.names.indices.sorted(by: { (found.blocs[$0], $0) < (found.blocs[$1], $1) }) {
      let strength = net.strength(node)
      try call.emit(
        .key(net.names[node]), Side.cell(node, net), .integer(Int64(found.blocs[node] + 1)),
        .integer(Int64(net.degree(node))), .real(strength),
        .real(strength > 0 ? inside[node] / strength : nil),
        because: Evidence(row: evidence[node]))
    }
    try emitBlocs(net, found, inside, call)
    try call.begin(whole)
    try call.emit(
      "modularity", .real(found.value),
      "ties within blocs beyond what chance would give, at most 1 (Newman & Girvan 2004)")
    try call.emit("blocs", .real(Double(found.count)), "how many there are")
    try call.emit("starts", .real(Double(starts)), "how often Leiden began anew; the best is shown")
    try call.emit("agreeing", .real(Double(found.agreeing)), "how many starts found blocs as good as these")
    if found.value == nil { try call.note("there is no tie, so that everything is a bloc by itself") }
    let size = Double(net.count + net.targets.count)
    try NodeReadings(ties: ties, shape: shape, net: net, call: call, cost: size * Double(starts) * 2e-6)
      .report { net in
        let other = try Modularity.best(of: net, resolution: resolution, starts: starts, seed: seed) { _ in
          try call.progress(nil, "reading competing claims")
        }
        return ([], [("modularity", other.value), ("blocs", Double(other.count))])
      }
  }

  private func emitBlocs(_ net: Net, _ found: Modularity, _ inside: [Double], _ call: Call) throws {
    try call.begin(each)
    var members = [[Int]](repeating: [], count: found.count)
    for node in net.names.indices { members[found.blocs[node]].append(node) }
    for (bloc, nodes) in members.enumerated() {
      let within = nodes.reduce(0) { $0 + inside[$1] }
      let all = nodes.reduce(0) { $0 + net.strength($1) }
      try call.emit(
        .integer(Int64(bloc + 1)), .integer(Int64(nodes.count)), .real(within / 2), .real(all - within),
        .list(nodes.map { .key(net.names[$0]) }))
    }
  }
}
