import FoundationEssentials
import PluginKit

/// Who is central: by ties, by how many paths go through, by nearness, and by central neighbours.
struct Centrality: Analysis {
  private let ties = TieParameters()
  private let direction = Parameter.choice(
    "direction", of: ["both", "out", "in"], default: "both",
    "in mode one-mode, which way a tie is followed: from the left of a statement to its right is out")
  private let distance = Parameter.choice(
    "distance", of: TieLengths.allCases.map(\.rawValue), default: TieLengths.steps.rawValue,
    "how far two that are tied are apart: one step, 1 / the strength of the tie, or that strength")
  private let eigenvector = Parameter.choice(
    "eigenvector", of: ["projected", "both"], default: "projected",
    "in mode two-mode: by what is shared within each mode, or by the ties between both")
  private let scale = Parameter.choice(
    "scale", of: Eigenvector.Scale.allCases.map(\.rawValue), default: "greatest",
    "of the eigenvector, what is 1: the greatest entry, or the sum of squares")

  let name = "centrality"
  let summary = "Who is central in who belongs to what: degree, betweenness, closeness and eigenvector"
  var parameters: [ParameterDeclaration] {
    ties.declarations + [
      direction.declaration, distance.declaration, eigenvector.declaration, scale.declaration,
    ]
  }
  let columns = [
    ResultColumn("node", .key, "who, or what"),
    ResultColumn("side", .text, "in mode two-mode: member, or initiative"),
    ResultColumn("degree", .integer, "how many ties it has"),
    ResultColumn("degree_norm", .real, "the degree by the greatest that there can be"),
    ResultColumn("strength", .real, "the sum of the weights of its ties"),
    ResultColumn("betweenness", .real, "how many shortest paths between two others go through it, in parts"),
    ResultColumn("betweenness_norm", .real, "the betweenness by the greatest that there can be"),
    ResultColumn("farness", .real, "the sum of its distances to all that it reaches"),
    ResultColumn("reached", .integer, "how many others it reaches"),
    ResultColumn(
      "closeness", .real, "the least farness that there can be, by its own, by the part that it reaches"),
    ResultColumn("eigenvector", .real, "how central those are that it is tied to"),
  ]
  let examples = [
    Example("centrality on 2026-06-30", "all initiatives and their members on a day"),
    Example(
      "centrality type partnership mode members including groups", "who shares partnerships with whom"),
    Example("centrality topic rare-earths property involves", "any part in what concerns rare earths"),
  ]
  var view: ViewHint? { ViewHint(.bar, "node", "betweenness") }
  var evidence: [String] { [Evidence.row] }

  private let whole = TableDeclaration(
    "whole", "Of the whole graph",
    [
      ResultColumn("measure", .text, "what is measured"), ResultColumn("value", .real, "how much"),
      ResultColumn("says", .text, "what that is"),
    ])
  var tables: [TableDeclaration] { [whole, ReadingsReport.table] }

  let about: About? = .centrality

  func run(_ call: Call) throws {
    let ties = try ties.ties(call)
    let mode = try self.ties.mode(call)
    let direction = try call[direction]
    guard direction == "both" || mode == .oneMode else {
      throw AnalysisFailure(
        "no-direction", "a tie of mode \(mode.rawValue) leads both ways",
        hint: "Leave direction out, or ask mode one-mode")
    }
    guard try call[distance] == "steps" || mode != .twoMode else {
      throw AnalysisFailure(
        "steps-only", "in mode two-mode a tie is one step", hint: "Leave distance out, or ask another mode")
    }
    let shape = TieSet.Shape(
      mode: mode, isDirected: direction != "both", isReversed: direction == "in")
    let net = try ties.graph(shape, progress: { try call.progress(nil, "joining what is shared") })
    try ties.note(mode, call)
    let evidence = ties.evidence(of: net, mode)
    guard net.count > 0 else {
      return try call.note("no tie is stated, which does not mean that there is none")
    }
    let lengths = TieLengths(rawValue: try call[distance]) ?? .steps
    let measures = try CentralityMeasures(of: net, lengths: lengths.of(net), cores: Machine.cores) {
      try call.progress($0, "following paths")
    }
    let central = EigenvectorMeasure(
      isOfBoth: try call[eigenvector] == "both",
      scale: Eigenvector.Scale(rawValue: try call[scale]) ?? .greatest)
    let (eigenvector, notes) = try central.measure(net) { try call.progress(nil, "finding the eigenvector") }
    for note in notes { try call.note(note) }
    let order = net.names.indices.sorted { left, right in
      (measures.betweenness[right], measures.degree[right], left)
        < (measures.betweenness[left], measures.degree[left], right)
    }
    for node in order {
      try call.emit(
        .key(net.names[node]), Side.cell(node, net), .integer(Int64(measures.degree[node])),
        .real(measures.degreeNorm[node]), .real(measures.strength[node]), .real(measures.betweenness[node]),
        .real(measures.betweennessNorm[node]), .real(measures.farness[node]),
        .integer(Int64(measures.reached[node])), .real(measures.closeness[node]),
        .real(eigenvector[node]),
        because: Evidence(row: evidence[node]))
    }
    try note(net, call)
    try call.begin(whole)
    for row in WholeMeasures(of: net, measures).rows {
      try call.emit(.text(row.name), .real(row.value), .text(row.says))
    }
    let size = Double(net.count + net.targets.count)
    try NodeReadings(
      ties: ties, shape: shape, net: net, call: call, cost: Double(net.count) * size * 6e-9 + size * 2e-6
    ).report { net in
      let paths = try CentralityMeasures(of: net, lengths: lengths.of(net), cores: Machine.cores) { _ in
        try call.progress(nil, "reading competing claims")
      }
      var measures = [
        ("betweenness", paths.betweenness.map(Optional.some)), ("closeness", paths.closeness),
        ("eigenvector", try central.measure(net) { try call.progress(nil) }.values),
      ]
      // Of one mode, or of both, degrees are told apart from these, exactly.
      if shape.isDirected || mode == .members || mode == .initiatives {
        measures.insert(("degree", paths.degree.map(Double.init)), at: 0)
      }
      return (measures, [])
    }
  }

  /// Says what parts that nothing joins mean for the numbers.
  private func note(_ net: Net, _ call: Call) throws {
    let parts = net.parts
    guard parts.count > 1 else { return }
    try call.note(
      "the graph is in \(parts.count) parts: closeness is within a node's part, times the part of all others that it reaches (Wasserman & Faust 1994), and 0 where it reaches nobody"
    )
  }
}

/// How far two that are tied are apart.
enum TieLengths: String, CaseIterable, Sendable {
  case steps, inverse, weight

  /// The length of each arc; nothing where each is one step.
  func of(_ net: Net) -> [Double]? {
    switch self {
    case .steps: nil
    case .inverse: net.weights.map { 1 / $0 }
    case .weight: net.weights
    }
  }
}

/// The machine that this runs on.
enum Machine {
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}

extension Datum {
  /// A measure, or nothing where there is none.
  static func real(_ value: Double?) -> Datum { value.flatMap { $0.isFinite ? .real($0) : nil } ?? .empty }
}
