import PluginKit

/// How far initiatives share their members, pair by pair: the Jaccard index |A∩B| / |A∪B| (P. Jaccard, "The
/// distribution of the flora in the alpine zone", New Phytologist 11, 1912).
struct Overlap: Analysis {
  private let initiatives = Parameter.entities(
    "initiatives", of: "initiative, group", atLeast: 2,
    "the initiatives or groups to compare; without any, all that share a member"
  ).positional.optional
  private let selection = Selection()
  private let property = Parameter.property(
    "property", default: "member", "which part in them counts, with what narrows it")
  private let top = Parameter.integer(
    "top", in: 1...100_000, default: 100, "without initiatives: so many pairs, those with the largest index")

  let name = "overlap"
  let summary = "How far initiatives share their members, pair by pair"
  var parameters: [ParameterDeclaration] {
    [initiatives.declaration, property.declaration, top.declaration] + selection.declarations
  }
  let columns = [
    ResultColumn("a", .key, "an initiative"),
    ResultColumn("b", .key, "another one"),
    ResultColumn("shared", .integer, "members that are certainly in both"),
    ResultColumn("union", .integer, "members that are certainly in one or both"),
    ResultColumn("jaccard", .real, "shared / union, from 0 to 1; empty where nobody is certainly in either"),
    ResultColumn("possible", .integer, "members in both, but only possibly in one or both"),
    ResultColumn("members", .list, "the shared members"),
  ]
  let tables = [ReadingsReport.table]
  let examples = [
    Example("overlap forge, pax-silica on 2026-02-28", "who was in both on a day"),
    Example(
      "overlap forge, pax-silica, msp property signatory",
      "three pairs, signatories only"),
    Example("overlap pax-silica, waico property involves", "whoever has any part in both"),
    Example("overlap top 5 on 2026-06-30", "the five pairs that share most"),
    Example("overlap top 5 type agreement topic rare-earths", "of agreements about rare earths"),
  ]
  let view: ViewHint? = ViewHint(.matrix, "a", "b", "jaccard")

  let evidence = [Evidence.row, "shared", "possible", "members"]

  let about: About? = About(
    """
    Of each two initiatives, how many members they share, how many are in one or both, and the first divided by the second: \
    the Jaccard index. A member that several statements name counts once. Certain members count; who is only possibly in on the \
    date asked for is told under `possible`, and in the least and the greatest. Without names, all pairs that share somebody \
    are compared, and those with the largest index are shown.
    """,
    formulas: ["jaccard(A, B) = |A ∩ B| / |A ∪ B|, empty where nobody is in either"],
    sources: [
      "P. Jaccard, “The distribution of the flora in the alpine zone”, New Phytologist 11 (1912), 37–50",
      "for overlapping regimes: K. Raustiala and D. Victor, “The Regime Complex for Plant Genetic Resources”, International Organization 58 (2004)",
    ],
    known: [
      KnownAnswer(
        of:
          "Davis, Gardner and Gardner, Deep South (1941): the women who came to events E1 and E2, counted by hand",
        data: "davis", "overlap event:E1, event:E2", row: "event:E1", column: "jaccard", "0.5"),
      KnownAnswer(
        of: "the same: events E8 and E9", data: "davis", "overlap event:E8, event:E9", row: "event:E8",
        column: "shared", "9"),
    ],
    limits: [
      "that two initiatives have the same members does not say that they do the same, or work together",
      "an index of 0 says that no shared member is stated, not that there is none",
      "groups count as one member each; with `including groups` their members count beside them",
    ])

  func run(_ call: Call) throws {
    let named = try call[initiatives].map { $0.uniqued() }
    if let named, named.count < 2 {
      throw AnalysisFailure(
        "one-initiative", "an initiative cannot be compared with itself", hint: "Name another one")
    }
    let property = try call[property]
    let asked = try selection.subjects(call, among: named)
    let rosters = Rosters(try call.ties(of: property, subjects: asked))
    var report = ReadingsReport()
    if named != nil, let asked {
      for (index, a) in asked.enumerated() {
        for b in asked[(index + 1)...] {
          try emit(Pair(a, b, rosters), rosters, call)
          report.add(a, b, rosters)
        }
      }
      for empty in asked where rosters[empty].everyone.isEmpty {
        let words = property == "member" ? "member of \(empty)" : "\(property) of \(empty)"
        try call.note("no \(words) is stated, which does not mean that it has none")
      }
    } else {
      let (pairs, count) = try rosters.pairs(top: Int(call[top]), call)
      for pair in pairs {
        try emit(pair, rosters, call)
        report.add(pair.a, pair.b, rosters)
      }
      if count == 0 {
        try call.note("no two share a \(property) that is stated, which does not mean that none do")
      } else if count > pairs.count {
        try call.note(
          "the first \(pairs.count) of \(count) pairs that share somebody; top \(count) shows all")
      }
    }
    try report.emit(to: call)
  }

  private func emit(_ pair: Pair, _ rosters: Rosters, _ call: Call) throws {
    let (a, b) = (rosters[pair.a], rosters[pair.b])
    let shared = a.certain.intersection(b.certain)
    let possible = a.possible.intersection(b.possible).subtracting(shared)
    func naming(_ members: Set<String>) -> [Datum] {
      rosters.statements(of: members, in: pair.a) + rosters.statements(of: members, in: pair.b)
    }
    let evidence = Evidence(row: naming(a.possible.union(b.possible))).of("shared", naming(shared))
      .of("members", naming(shared)).of("possible", naming(possible))
    try call.emit(
      .key(pair.a), .key(pair.b), .integer(Int64(pair.shared)), .integer(Int64(pair.union)),
      pair.jaccard.map(Datum.real) ?? .empty, .integer(Int64(possible.count)),
      .list(shared.sorted().map(Datum.key)), because: evidence)
  }
}

extension ReadingsReport {
  /// What readings make of a pair.
  fileprivate mutating func add(_ a: String, _ b: String, _ rosters: Rosters) {
    guard rosters[a].isOpen || rosters[b].isOpen else { return settled(3) }
    let readings = rosters.ties.readings
    var (shared, union): ([Part<Int>], [Part<Int>]) = ([], [])
    var ratio: [RatioPart] = []
    for member in rosters[a].everyone.union(rosters[b].everyone).sorted() {
      let (inA, inB) = (rosters[a].ties[member], rosters[b].ties[member])
      let open = [inA, inB].compactMap(\.self).flatMap(rosters.ties.openStatements)
      func isIn(_ tie: Ties.Tie?, _ reading: Reading) -> Bool { tie?.isThere(reading) ?? false }
      func both(_ reading: Reading) -> Int { isIn(inA, reading) && isIn(inB, reading) ? 1 : 0 }
      func either(_ reading: Reading) -> Int { isIn(inA, reading) || isIn(inB, reading) ? 1 : 0 }
      shared.append(Part(open, both))
      union.append(Part(open, either))
      ratio.append(RatioPart(open) { (Double(both($0)), Double(either($0))) })
    }
    let row = "\(a), \(b)"
    add(row, "shared", readings.extreme(ofSum: shared))
    add(row, "union", readings.extreme(ofSum: union))
    add(row, "jaccard", readings.extreme(ofRatio: ratio))
  }
}
