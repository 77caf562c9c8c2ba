import PluginKit

/// Contradictions by property and by pair of sources, of the kinds that `conflicts` tells.
struct Quarrels: Analysis {
  private static let kinds = [
    "conflict", "denied", "period", "each-combined", "superseded", "different-precision", "part-whole",
    "different-scope", "different-year",
  ]
  private let asked = ScopeParameters()
  private let kinds = Parameter.choices(
    "kind", of: Quarrels.kinds, default: Quarrels.kinds, "only these kinds")
  private let between = Parameter.entities("between", of: "source", "only between these sources, or with one")
    .optional
  private let all = Parameter.boolean(
    "all", default: false,
    "whether what stands beside each other counts too: other scopes, years, parts, successors")

  let name = "quarrels"
  let summary = "In how many cells sources contradict each other: by property, and by pair of sources"
  var parameters: [ParameterDeclaration] {
    asked.declarations + [kinds.declaration, between.declaration, all.declaration]
  }
  private static let counts = [
    ResultColumn("excluding", .integer, "of them, those in which one of the two must be wrong"),
    ResultColumn("conflict", .integer, "they cannot both be right"),
    ResultColumn("denied", .integer, "the one claims what the other denies"),
    ResultColumn("period", .integer, "two beginnings or two ends of one value exclude each other"),
    ResultColumn("each", .integer, "amounts for each, for all together, or unclear"),
    ResultColumn(
      "superseded", .integer, "a correction, a later source or what came of a plan took its place"),
    ResultColumn("precision", .integer, "what the words allow overlaps: both can be right"),
    ResultColumn("others", .integer, "other scopes, years, or a part and its whole"),
  ]
  let columns =
    [
      ResultColumn("property", .key, "of what is said"),
      ResultColumn("cells", .integer, "cells in which something differs, each once, by its gravest kind"),
    ] + Quarrels.counts + [
      ResultColumn("pairs", .integer, "pairs of statements that differ")
    ]
  let evidence = [Evidence.row]
  private static let pairs = TableDeclaration(
    "pairs", "how often two sources contradict each other, by pairs of statements",
    [
      ResultColumn("one", .key, "a source"), ResultColumn("other", .key, "another one"),
      ResultColumn("pairs", .integer, "pairs of statements, one of each, that differ"),
      ResultColumn("excluding", .integer, "of them, those in which one of the two must be wrong"),
      ResultColumn("kinds", .text, "of which kinds they are"),
      ResultColumn("properties", .list, "of which properties"),
      ResultColumn("origin", .text, "whom both quote where they differ, so that one of them misquotes"),
    ], view: ViewHint(.network, "one", "other", "pairs"), evidence: [Evidence.row])
  let tables = [pairs]
  let examples = [
    Example("quarrels", "by property, and who contradicts whom"),
    Example(
      "quarrels about pax-silica kind conflict, denied, period",
      "of one initiative, where one of the two must be wrong"),
    Example("quarrels between geopoliticsai-dates, wpnews-second-summit", "between two sources"),
  ]

  let about: About? = About(
    """
    The cells in which two statements differ, each counted once by its gravest kind, as the command conflicts tells them; and \
    for each two sources how many pairs of statements, one of each, differ.
    """,
    sources: ["the rule of the command conflicts, read as the relation contradictions"],
    limits: [
      "in how many cells two sources speak at all: conflicts between a, b counts that",
      "who is right",
    ])

  func run(_ call: Call) throws {
    let scope = try asked.scope(call)
    let found = try contradictions(call, scope)
    try emitProperties(call, found)
    if found.isEmpty {
      let about = scope.words.isEmpty ? "" : " " + scope.words
      try call.note("nothing\(about) differs, which does not mean that all of it is right")
    } else {
      try call.note(
        "\(found.count { $0.counts }) cells, in \(found.count { $0.counts && $0.isOfOneSource }) of them one source contradicts itself"
      )
      try call.note(
        "told by what each two statements say alone, whatever is chosen: no competing claim moves any number")
    }
    try emitPairs(call, found)
  }

  private func contradictions(_ call: Call, _ scope: Scope) throws -> [Quarrel] {
    let wanted = Set(try call[kinds])
    let between = try call[between]
    let isAll = try call[all]
    let isQuiet = wanted.count < Quarrels.kinds.count && !wanted.isDisjoint(with: Quarrels.kinds[6...])
    var found: [Quarrel] = []
    for row in try scope.rows(call, of: "contradictions", columns: Quarrel.columns) {
      let quarrel = Quarrel(row)
      if wanted.contains(quarrel.kind), isAll || isQuiet || quarrel.isOfRivals { found.append(quarrel) }
    }
    try Quarrel.tellSources(of: &found, call)
    if let between {
      let named = Set(between)
      found.removeAll { quarrel in
        let (one, other) = (quarrel.one.sources, quarrel.other.sources)
        guard between.count > 1 else { return one.union(other).isDisjoint(with: named) }
        return one.isDisjoint(with: named) || other.isDisjoint(with: named)
          || one.union(other).intersection(named).count < 2
      }
    }
    return found
  }

  private func emitProperties(_ call: Call, _ found: [Quarrel]) throws {
    var tallies: [String: Tally] = [:]
    for quarrel in found {
      tallies[quarrel.property, default: Tally()].add(quarrel, isCell: quarrel.counts)
    }
    for (property, tally) in tallies.sorted(by: { ($1.value.cells, $0.key) < ($0.value.cells, $1.key) }) {
      try call.emit(
        row: [.key(property), .integer(Int64(tally.cells))] + tally.cellCounts
          + [.integer(Int64(tally.pairs))],
        because: Evidence(row: tally.statements))
    }
  }

  private func emitPairs(_ call: Call, _ found: [Quarrel]) throws {
    struct Two: Hashable {
      var one: String
      var other: String
    }
    var tallies: [Two: Tally] = [:]
    for quarrel in found where !quarrel.isOfOneSource {
      var met: Set<Two> = []
      for one in quarrel.one.sources {
        for other in quarrel.other.sources where one != other {
          met.insert(one < other ? Two(one: one, other: other) : Two(one: other, other: one))
        }
      }
      for two in met { tallies[two, default: Tally()].add(quarrel, isCell: false) }
    }
    try call.begin(Self.pairs)
    let sorted = tallies.sorted {
      (-$0.value.excluding, -$0.value.pairs, $0.key.one, $0.key.other)
        < (-$1.value.excluding, -$1.value.pairs, $1.key.one, $1.key.other)
    }
    for (two, tally) in sorted {
      try call.emit(
        row: [
          .key(two.one), .key(two.other), .integer(Int64(tally.pairs)), .integer(Int64(tally.excluding)),
          .text(tally.kindWords), .list(tally.properties.sorted().map(Datum.text)),
          tally.origins.isEmpty ? .empty : .text(tally.origins.sorted().joined(separator: ", ")),
        ], because: Evidence(row: tally.statements))
    }
  }

  /// What is counted of a property or of a pair of sources.
  private struct Tally {
    var cells = 0
    var pairs = 0
    var excluding = 0
    var excludingCells = 0
    var byCell: [String: Int] = [:]
    var byPair: [String: Int] = [:]
    var properties: Set<String> = []
    var origins: Set<String> = []
    var statements: [Datum] = []

    mutating func add(_ quarrel: Quarrel, isCell: Bool) {
      pairs += 1
      byPair[quarrel.kind, default: 0] += 1
      if quarrel.excludes { excluding += 1 }
      properties.insert(quarrel.property)
      if !quarrel.origin.isEmpty { origins.insert(quarrel.origin) }
      for id in [quarrel.one.id, quarrel.other.id] where statements.count < 200 {
        let named = Datum.text(id)
        if !statements.contains(named) { statements.append(named) }
      }
      guard isCell else { return }
      cells += 1
      byCell[quarrel.kind, default: 0] += 1
      if quarrel.excludes { excludingCells += 1 }
    }

    var kindWords: String {
      Quarrels.kinds.compactMap { kind in byPair[kind].map { "\($0) \(kind)" } }.joined(separator: ", ")
    }

    /// The cells of ``Quarrels/counts``.
    var cellCounts: [Datum] {
      let told = Quarrels.kinds[..<6].map { byCell[$0] ?? 0 }
      let others = Quarrels.kinds[6...].reduce(0) { $0 + (byCell[$1] ?? 0) }
      return ([excludingCells] + told + [others]).map { Datum.integer(Int64($0)) }
    }
  }
}

/// Two statements that differ.
struct Quarrel {
  struct Side: Hashable {
    var id: String
    var stance: String
    var sources: Set<String> = []
  }
  var property: String
  var kind: String
  var one: Side
  var other: Side
  var isOfRivals: Bool
  var excludes: Bool
  var isOfOneSource: Bool
  var origin: String
  /// Whether its cell counts as this pair.
  var counts: Bool

  static let columns = [
    "property", "kind", "one", "one_stance", "other", "other_stance", "rivals", "excludes", "alone", "origin",
    "counts",
  ]

  init(_ row: Row) {
    property = row[0].label
    kind = row[1].label
    one = Side(id: row[2].label, stance: row[3].label)
    other = Side(id: row[4].label, stance: row[5].label)
    isOfRivals = row[6].isYes
    excludes = row[7].isYes
    isOfOneSource = row[8].isYes
    origin = row[9].label
    counts = row[10].isYes
  }

  /// Looks up who says what they say.
  static func tellSources(of quarrels: inout [Quarrel], _ call: Call) throws {
    var sources: [Side: Set<String>] = [:]
    let ids = Set(quarrels.flatMap { [$0.one.id, $0.other.id] }).sorted()
    for batch in ids.batches(of: 10_000) {
      for row in try call.rows(
        of: "citations", columns: ["statement", "stance", "source"],
        where: ["statement": batch.map(Datum.text)])
      {
        sources[Side(id: row[0].label, stance: row[1].label), default: []].insert(row[2].label)
      }
    }
    for index in quarrels.indices {
      quarrels[index].one.sources = sources[quarrels[index].one] ?? []
      quarrels[index].other.sources = sources[quarrels[index].other] ?? []
    }
  }
}
