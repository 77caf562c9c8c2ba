import PluginKit

/// The shortest chain of statements that links two things: each step is a statement that names one of them.
struct Chain: Analysis {
  private let ends = Parameter.entities(
    "ends", of: "actor, initiative, event, measure, commitment, office, mineral, product, stage", atLeast: 2,
    "the two things that are to be linked"
  ).positional

  let name = "chain"
  let summary = "The shortest chain of statements that links two things"
  var parameters: [ParameterDeclaration] { [ends.declaration] }
  let columns = [
    ResultColumn("step", .integer, "its place in the chain"),
    ResultColumn("from", .key, "the thing that the step begins at"),
    ResultColumn("says", .text, "the statement that links the two, in words"),
    ResultColumn("to", .key, "the thing that it leads to"),
    ResultColumn("when", .text, "when the statement holds"),
    ResultColumn("id", .text, "the beginning of the statement's id: show @… tells who says it"),
  ]
  let examples = [
    Example("chain realloys, exim", "how a firm and a bank have to do with each other"),
    Example("chain realloys, pax-silica on 2026-03-01", "by what held on a day"),
  ]
  var evidence: [String] { [Evidence.row] }

  func run(_ call: Call) throws {
    let ends = try call[ends]
    guard ends.count == 2, ends[0] != ends[1] else {
      throw AnalysisFailure("two-ends", "a chain has two ends", hint: "Name two things: chain realloys, exim")
    }
    let links = try Links(call)
    let chains = links.shortest(from: ends[0], to: ends[1])
    guard let chain = chains.first else {
      return try call.note("nothing that is stated links \(ends[0]) and \(ends[1])")
    }
    var from = ends[0]
    for (step, link) in chain.enumerated() {
      let to = link.other(than: from)
      try call.emit(
        .integer(Int64(step + 1)), .key(from), .text(link.words), .key(to), .text(link.validity),
        .text("@" + link.id.prefix(8)),
        because: Evidence(row: [.text(link.id)]))
      from = to
    }
    if chain.contains(where: \.isPossible) { try call.note("a step of it holds possibly") }
    if chains.count > 1 {
      let count = chains.count < Links.most ? "\(chains.count)" : "at least \(Links.most)"
      try call.note("the first of \(count) chains of this length, by their keys")
    }
  }
}
