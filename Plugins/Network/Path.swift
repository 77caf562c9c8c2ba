import PluginKit

/// The shortest chains of statements that link two things: each step is a statement that names both of its ends.
struct Path: Analysis {
  private let start = Parameter.entity("start", of: "entity", "the thing that the chain begins at").positional
  private let end = Parameter.entity("to", of: "entity", "the thing that it leads to")
  private let chains = Parameter.integer(
    "chains", in: 1...Int64(Links.most), default: 1, "how many chains to show, where several are as short")

  let name = "path"
  let summary = "The shortest chain of statements that links two things"
  var parameters: [ParameterDeclaration] { [start.declaration, end.declaration, chains.declaration] }
  let columns = [
    ResultColumn("chain", .integer, "which of the chains"),
    ResultColumn("step", .integer, "its place in the chain"),
    ResultColumn("from", .key, "the thing that the step begins at"),
    ResultColumn("says", .text, "the statement that links the two, in words"),
    ResultColumn("to", .key, "the thing that it leads to"),
    ResultColumn("when", .text, "when the statement holds"),
    ResultColumn("id", .text, "the beginning of the statement's id: show @… tells who says it"),
  ]
  let examples = [
    Example("path realloys to exim", "how a firm and a bank have to do with each other"),
    Example("path realloys to pax-silica on 2026-03-01", "by what held on a day"),
    Example("path realloys to pax-silica chains 10", "all chains that are as short, up to ten"),
  ]
  var view: ViewHint? { ViewHint(.network, "from", "to") }
  var evidence: [String] { [Evidence.row] }
  var tables: [TableDeclaration] { [ReadingsReport.table] }

  let about: About? = .path

  func run(_ call: Call) throws {
    let (start, end) = (try call[start], try call[end])
    guard start != end else {
      throw AnalysisFailure(
        "one-end", "a chain has two ends, and \(start) is both",
        hint: "Name another thing: path realloys to exim")
    }
    let links = try Links(call)
    let chains = links.shortest(from: start, to: end)
    if chains.isEmpty { try call.note("nothing that is stated links \(start) and \(end)") }
    let shown = chains.prefix(Int(try call[self.chains]))
    for (index, chain) in shown.enumerated() {
      var from = start
      for (step, link) in chain.enumerated() {
        let to = link.other(than: from)
        try call.emit(
          .integer(Int64(index + 1)), .integer(Int64(step + 1)), .key(from), .text(link.words), .key(to),
          .text(link.validity), .text("@" + link.id.prefix(8)), because: Evidence(row: [.text(link.id)]))
        from = to
      }
    }
    if shown.joined().contains(where: \.isPossible) { try call.note("a step of it holds possibly") }
    if chains.count > shown.count {
      let count = chains.count < Links.most ? "\(chains.count)" : "at least \(Links.most)"
      let which = shown.count == 1 ? "the first" : "the first \(shown.count)"
      try call.note("\(which) of \(count) chains of this length, by their keys")
    }
    guard let extreme = try ChainLengths(call).extreme(from: start, to: end, call) else {
      return try call.note("competing claims leave too many readings to look at what chains each has")
    }
    var report = ReadingsReport()
    report.add("\(start), \(end)", "steps", extreme)
    try report.emit(to: call)
  }
}
