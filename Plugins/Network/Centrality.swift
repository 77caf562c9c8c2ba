import Foundation
import PluginKit

/// Who is central: by ties, by how many paths go through, by nearness, and by central neighbours.
struct Centrality: Analysis {
  private let ties = TieParameters()
  private let direction = Parameter.choice(
    "direction", of: ["both", "out", "in"], default: "both",
    "in mode one-mode, which way a tie is followed: from the left of a statement to its right is out")
  private let distance = Parameter.choice(
    "distance", of: ["steps", "inverse", "weight"], default: "steps",
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
      "centrality types partnership mode members including groups", "who shares partnerships with whom"),
    Example("centrality topics rare-earths property involves", "any part in what concerns rare earths"),
  ]
  var view: ViewHint? { ViewHint(.bar, "node", "betweenness") }
  var evidence: [String] { [Evidence.row] }

  private let whole = TableDeclaration(
    "whole", "Of the whole graph",
    [
      ResultColumn("measure", .text, "what is measured"), ResultColumn("value", .real, "how much"),
      ResultColumn("says", .text, "what that is"),
    ])
  var tables: [TableDeclaration] { [whole] }

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
    let net = try ties.graph(
      mode, isDirected: direction != "both", reversed: direction == "in",
      progress: { try call.progress(nil, "joining what is shared") })
    try ties.note(mode, call)
    guard net.count > 0 else {
      return try call.note("no tie is stated, which does not mean that there is none")
    }
    let measures = try CentralityMeasures(of: net, lengths: try lengths(net, call), cores: Machine.cores) {
      try call.progress($0, "following paths")
    }
    let eigenvector = try eigenvector(net, ties, mode, call)
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
        .real(eigenvector?[node] ?? nil),
        because: Evidence(row: ties.evidence(node, of: net, mode)))
    }
    try note(net, call)
    try call.begin(whole)
    for row in WholeMeasures(of: net, measures).rows {
      try call.emit(.text(row.name), .real(row.value), .text(row.says))
    }
  }

  /// How long each arc is, where that is not one step.
  private func lengths(_ net: Net, _ call: Call) throws -> [Double]? {
    switch try call[distance] {
    case "inverse": net.weights.map { 1 / $0 }
    case "weight": net.weights
    default: nil
    }
  }

  /// The eigenvector of what is asked for; nothing where there is none, which a note says.
  private func eigenvector(_ net: Net, _ ties: Ties, _ mode: TieParameters.Mode, _ call: Call) throws
    -> [Double?]?
  {
    let scale = Eigenvector.Scale(rawValue: try call[scale]) ?? .greatest
    let progress = { try call.progress(nil, "finding the eigenvector") }
    do {
      guard mode == .twoMode, let first = net.firstMode else {
        return try vector(net, scale, call, progress)?.map(Optional.some)
      }
      let halves: [[Double]?]
      if try call[eigenvector] == "projected" {
        halves = try [false, true].map {
          try vector(try net.projected(ontoSecond: $0, progress), scale, call, progress)
        }
      } else {
        // Each mode is scaled by itself: both have one length (Borgatti & Everett 1997).
        let both = try vector(net, .greatest, call, progress)
        halves = [0..<first, first..<net.count].map { range in
          both.map { Eigenvector.scaled(Array($0[range]), scale) }
        }
      }
      guard halves.contains(where: { $0 != nil }) else { return nil }
      let sizes = [first, net.count - first]
      return zip(halves, sizes).flatMap { half, size in
        half?.map(Optional.some) ?? Array(repeating: nil, count: size)
      }
    } catch let fault as IGraph.Fault {
      let failure = AnalysisFailure(fault)
      try call.note("eigenvector is empty: \(failure.message). \(failure.hint)")
      return nil
    }
  }

  private func vector(
    _ net: Net, _ scale: Eigenvector.Scale, _ call: Call, _ progress: () throws -> Void
  ) throws -> [Double]? {
    guard let found = try Eigenvector(of: net, scale: scale, progress) else {
      try call.note(
        "an eigenvector is empty: \(net.tieCount == 0 ? "there is no tie" : "ties lead round in no circle")")
      return nil
    }
    if found.outside > 0 {
      try call.note(
        "\(found.outside) nodes have an eigenvector of 0: it lies in the part that is tied most closely, and they are in others"
      )
    }
    return found.values
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

/// The machine that this runs on.
enum Machine {
  static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
}

extension Datum {
  /// A measure, or nothing where there is none.
  static func real(_ value: Double?) -> Datum { value.flatMap { $0.isFinite ? .real($0) : nil } ?? .empty }
}
