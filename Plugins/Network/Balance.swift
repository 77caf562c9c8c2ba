import PluginKit

/// Whether the friends of friends are friends, and the enemies of enemies.
struct Balance: Analysis {
  private let positive = Parameter.properties(
    "positive", default: ["member"], "what makes a positive tie, with what narrows it")
  private let negative = Parameter.properties(
    "negative", default: ["opponent"], "what makes a negative tie, with what narrows it")
  private let denials = Parameter.boolean(
    "denials", default: false, "whether a denial of a positive tie is a negative one")
  private let ties = TieParameters(mode: .members, of: [.members, .initiatives, .oneMode])
  private let show = Parameter.integer(
    "show", in: 0...100_000, default: 100, "how many unbalanced triads to show")

  let name = "balance"
  let summary =
    "Whether the friends of friends are friends: balanced triads of signed ties, and the two camps that fit best"
  var parameters: [ParameterDeclaration] {
    [
      positive.declaration, negative.declaration, denials.declaration, ties.among.declaration,
    ] + ties.selection.declarations + [ties.mode.declaration, show.declaration]
  }
  let columns = [
    ResultColumn("node", .key, "who, or what"),
    ResultColumn("positive", .integer, "how many it is for"),
    ResultColumn("negative", .integer, "how many it is against"),
    ResultColumn("triads", .integer, "in how many threes it is that are all tied to each other"),
    ResultColumn("balanced", .integer, "in how many of them the product of the signs is positive"),
    ResultColumn("balance", .real, "the part of its triads that is balanced"),
    ResultColumn("camp", .integer, "which of the two camps that fit best it is in"),
  ]
  let examples = [
    Example(
      "balance positive member, supporter, proposer negative opponent, target",
      "who is on the same side of initiatives as whom"),
    Example("balance denials yes on 2026-06-30", "with denied memberships as negative ties"),
  ]
  var view: ViewHint? { ViewHint(.map, "node", "camp") }
  var evidence: [String] { [Evidence.row] }
  private let kinds = TableDeclaration(
    "triads", "Threes that are all tied to each other, by the signs of their ties",
    [
      ResultColumn("signs", .text, "of the three ties"),
      ResultColumn("triads", .integer, "how many there are"),
      ResultColumn("is", .text, "balanced, or not"),
    ])
  private let unbalanced = TableDeclaration(
    "unbalanced", "Triads whose product of signs is negative",
    [
      ResultColumn("a", .key, "one"), ResultColumn("b", .key, "another"),
      ResultColumn("c", .key, "the third"),
      ResultColumn("a_b", .text, "the sign of the tie of the first two"),
      ResultColumn("b_c", .text, "of the last two"), ResultColumn("a_c", .text, "of the first and the last"),
    ], evidence: [Evidence.row])
  private let pairs = TableDeclaration(
    "ties", "Who is for and against whom",
    [
      ResultColumn("a", .key, "one"), ResultColumn("b", .key, "another"),
      ResultColumn("sign", .integer, "1 or -1"),
      ResultColumn("fits", .boolean, "whether it is positive within a camp or negative between both"),
    ], view: ViewHint(.network, "a", "b", "sign"), evidence: [Evidence.row])
  private let whole = TableDeclaration(
    "whole", "Of the whole graph",
    [
      ResultColumn("measure", .text, "what is measured"), ResultColumn("value", .real, "how much"),
      ResultColumn("says", .text, "what that is"),
    ])
  var tables: [TableDeclaration] { [kinds, unbalanced, pairs, whole, ReadingsReport.table] }

  let about: About? = .balance

  func run(_ call: Call) throws {
    let mode = try ties.mode(call)
    let kept = try self.ties.selection.subjects(call, among: try call[self.ties.among]).map { Set($0) }
    let ties = try SignedTies(
      positive: try call[positive], negative: try call[negative], denials: try call[denials], of: kept, call)
    let (net, undecided) = ties.graph(mode)
    guard !net.signs.isEmpty else {
      return try call.note(
        "nobody is for or against anybody by these properties, which does not mean that nobody is")
    }
    let evidence = ties.evidence()
    if ties.possible > 0 {
      try call.note("\(ties.possible) ties \(call.moment.possibly): the first table leaves them out")
    }
    let progress = { try call.progress(nil, "looking for triads") }
    let triads = try net.triads(progress)
    let camps = try net.camps(seed: 1, progress)
    try emitNodes(net, triads, camps, evidence, call)
    try emitTriads(net, triads, evidence, mode, call)
    try call.begin(pairs)
    for (pair, sign) in net.signs.sorted(by: { ($0.key.low, $0.key.high) < ($1.key.low, $1.key.high) }) {
      let (a, b) = (net.names[pair.low], net.names[pair.high])
      let fits = (camps.camp[pair.low] == camps.camp[pair.high]) == (sign > 0)
      try call.emit(
        .key(a), .key(b), .integer(Int64(sign)), .boolean(fits),
        because: Evidence(row: evidence.of(a, b, mode)))
    }
    try emitWhole(net, triads, camps, call)
    if undecided > 0 {
      try call.note("\(undecided) pairs are for each other as often as against, and count as not tied")
    }
    if triads.isEmpty {
      try call.note("no three are all tied to each other, so that nothing is balanced or not")
    }
    if !camps.isExact {
      try call.note("the camps are the best that were found from 50 beginnings; better ones may exist")
    }
    try report(ties, net, mode, call)
  }

  /// The numbers of the whole graph under every reading.
  private func report(
    _ ties: SignedTies, _ net: SignedNet, _ mode: TieParameters.Mode, _ call: Call
  ) throws {
    let size = Double(net.signs.count)
    let affordable = Int(min(1e6, NodeReadings.patience / max(1e-6, size * size.squareRoot() * 3e-8)))
    let changes = ties.readings.choices(on: ties.open).reduce(0) {
      $0 + ties.readings.choices[$1].alternatives.count - 1
    }
    guard changes <= affordable else {
      return try call.note(
        "\(changes) changes that competing claims allow are too many for a graph of this size to look at each"
      )
    }
    let readings = Readings(
      ties.readings.choices, most: min(1024, affordable), samples: min(200, affordable - changes))
    let names = ["positive", "negative", "triads", "balance"]
    let extremes = try readings.extremes(dependingOn: ties.open) { reading -> [Double?] in
      try call.progress(nil, "reading competing claims")
      let net = ties.graph(mode, reading).net
      let triads = try net.triads { try call.progress(nil) }
      let balanced = Double(triads.count { $0.isBalanced })
      return [
        Double(net.signs.values.count { $0 > 0 }), Double(net.signs.values.count { $0 < 0 }),
        Double(triads.count),
        triads.isEmpty ? nil : balanced / Double(triads.count),
      ]
    }
    var report = ReadingsReport()
    for (name, extreme) in zip(names, extremes) { report.add("whole", name, extreme.rounded) }
    try report.emit(to: call)
  }

  private func emitNodes(
    _ net: SignedNet, _ triads: [SignedNet.Triad], _ camps: SignedNet.Camps, _ evidence: SignedEvidence,
    _ call: Call
  ) throws {
    var counts = [(all: Int, balanced: Int)](repeating: (0, 0), count: net.names.count)
    for triad in triads {
      for node in triad.nodes {
        counts[node].all += 1
        if triad.isBalanced { counts[node].balanced += 1 }
      }
    }
    for node in net.names.indices {
      let signs = net.neighbours(node).map { net.sign(node, $0) }
      let count = counts[node]
      try call.emit(
        .key(net.names[node]), .integer(Int64(signs.count { $0 > 0 })),
        .integer(Int64(signs.count { $0 < 0 })),
        .integer(Int64(count.all)), .integer(Int64(count.balanced)),
        .real(count.all > 0 ? Double(count.balanced) / Double(count.all) : nil),
        signs.isEmpty ? .empty : .integer(Int64(camps.camp[node] + 1)),
        because: Evidence(row: evidence.of(net.names[node])))
    }
  }

  private func emitTriads(
    _ net: SignedNet, _ triads: [SignedNet.Triad], _ evidence: SignedEvidence, _ mode: TieParameters.Mode,
    _ call: Call
  ) throws {
    try call.begin(kinds)
    for (negatives, words) in ["+++", "++-", "+--", "---"].enumerated() {
      let count = triads.count { $0.negatives == negatives }
      try call.emit(.text(words), .integer(Int64(count)), negatives % 2 == 0 ? "balanced" : "unbalanced")
    }
    try call.begin(unbalanced)
    let strained = triads.filter { !$0.isBalanced }
    let show = Int(try call[show])
    for triad in strained.prefix(show) {
      let names = triad.nodes.map { net.names[$0] }
      func sign(_ one: Int, _ other: Int) -> Datum {
        net.sign(triad.nodes[one], triad.nodes[other]) > 0 ? "+" : "-"
      }
      let ids =
        evidence.of(names[0], names[1], mode) + evidence.of(names[1], names[2], mode)
        + evidence.of(names[0], names[2], mode)
      try call.emit(
        .key(names[0]), .key(names[1]), .key(names[2]), sign(0, 1), sign(1, 2), sign(0, 2),
        because: Evidence(row: ids))
    }
    if strained.count > show {
      try call.note("\(show) of \(strained.count) unbalanced triads are shown: show N shows more")
    }
  }

  private func emitWhole(
    _ net: SignedNet, _ triads: [SignedNet.Triad], _ camps: SignedNet.Camps, _ call: Call
  ) throws {
    try call.begin(whole)
    let all = Double(triads.count)
    func row(_ name: String, _ value: Double?, _ says: Datum) throws {
      try call.emit(.text(name), .real(value), says)
    }
    try row("positive", Double(net.signs.values.count { $0 > 0 }), "positive ties")
    try row("negative", Double(net.signs.values.count { $0 < 0 }), "negative ties")
    try row("triads", all, "threes that are all tied to each other")
    try row(
      "balance", all > 0 ? Double(triads.count { $0.isBalanced }) / all : nil,
      "the part of triads that is balanced (Cartwright & Harary 1956)")
    try row(
      "weak-balance", all > 0 ? Double(triads.count { $0.negatives != 1 }) / all : nil,
      "the same where three enemies are no strain (Davis 1967)")
    try row(
      "frustrated", Double(camps.frustrated),
      camps.isExact
        ? "the fewest ties that stand against any two camps (Harary 1959)"
        : "ties that stand against the two camps that were found; at most so many must")
  }
}
