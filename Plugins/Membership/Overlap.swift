import PluginKit

/// How far initiatives share their members, pair by pair: the Jaccard index |A∩B| / |A∪B| (P. Jaccard, "The
/// distribution of the flora in the alpine zone", New Phytologist 11, 1912).
struct Overlap: Analysis {
  private let initiatives = Parameter.entities(
    "initiatives", of: "initiative, group", atLeast: 2, "the initiatives or groups to compare"
  ).positional
  private let property = Parameter.property(
    "property", default: "member", "which part in them counts, with what narrows it")

  let name = "overlap"
  let summary = "How far initiatives share their members, pair by pair"
  var parameters: [ParameterDeclaration] { [initiatives.declaration, property.declaration] }
  let columns = [
    ResultColumn("a", .key, "an initiative"),
    ResultColumn("b", .key, "another one"),
    ResultColumn("shared", .integer, "members that are certainly in both"),
    ResultColumn("union", .integer, "members that are certainly in one or both"),
    ResultColumn("jaccard", .real, "shared / union, from 0 to 1; empty where nobody is certainly in either"),
    ResultColumn("possible", .integer, "members in both, but only possibly in one or both"),
    ResultColumn("members", .list, "the shared members"),
  ]
  let examples = [
    Example("overlap forge, pax-silica on 2026-02-28", "who was in both on a day"),
    Example(
      "overlap forge, pax-silica, msp property signatory",
      "three pairs, signatories only"),
    Example("overlap pax-silica, waico property involves", "whoever has any part in both"),
  ]

  let evidence = [Evidence.row, "shared", "possible", "members"]

  func run(_ call: Call) throws {
    let initiatives = try call[initiatives].uniqued()
    guard initiatives.count >= 2 else {
      throw AnalysisFailure(
        "one-initiative", "an initiative cannot be compared with itself", hint: "Name another one")
    }
    let rosters = try Rosters(initiatives, property: try call[property], call)
    for (index, a) in initiatives.enumerated() {
      for b in initiatives[(index + 1)...] { try emit(a, b, rosters, call) }
    }
    for empty in initiatives where rosters[empty].everyone.isEmpty {
      let part = try call[property]
      let words = part == "member" ? "member of \(empty)" : "\(part) of \(empty)"
      try call.note("no \(words) is stated, which does not mean that it has none")
    }
  }

  private func emit(_ a: String, _ b: String, _ rosters: Rosters, _ call: Call) throws {
    let shared = rosters[a].certain.intersection(rosters[b].certain)
    let union = rosters[a].certain.union(rosters[b].certain).count
    let possible = rosters[a].everyone.intersection(rosters[b].everyone).subtracting(shared)
    let inBoth = rosters[a].statements(of: shared) + rosters[b].statements(of: shared)
    let evidence = Evidence(
      row: rosters[a].statements(of: rosters[a].everyone) + rosters[b].statements(of: rosters[b].everyone)
    ).of("shared", inBoth).of("members", inBoth)
      .of("possible", rosters[a].statements(of: possible) + rosters[b].statements(of: possible))
    try call.emit(
      .key(a), .key(b), .integer(Int64(shared.count)), .integer(Int64(union)),
      union == 0 ? .empty : .real(Double(shared.count) / Double(union)), .integer(Int64(possible.count)),
      .list(shared.sorted().map(Datum.key)), because: evidence)
  }
}

extension [String] {
  /// The same names in the same order, each once.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
