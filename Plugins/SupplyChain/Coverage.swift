import PluginKit

/// Which initiatives cover each mineral at each step of its supply chain, and where there is none.
struct Coverage: Analysis {
  private let minerals = Parameter.entities("minerals", of: "mineral", "only these").optional
  private let stages = Parameter.entities("stages", of: "stage", "only these").optional
  private let initiatives = Parameter.entities("initiatives", of: "initiative", "only these").optional
  private let selection = Selection()
  private let involving = Parameter.entity("involving", of: "actor", "only those in which it has a part")
    .optional
  private let parts = Parameter.boolean(
    "parts", default: true, "whether what concerns a part of a mineral concerns the whole too")
  private let only = Parameter.choice(
    "only", of: ["covered", "gaps"], "only what is covered, or only the gaps"
  ).optional

  let name = "coverage"
  let summary = "Which initiatives concern each mineral at each stage, and where none does"
  var parameters: [ParameterDeclaration] {
    [
      minerals.declaration, stages.declaration, initiatives.declaration, involving.declaration,
      parts.declaration,
      only.declaration,
    ] + selection.declarations
  }
  let columns = [
    ResultColumn("mineral", .key, "the mineral; empty where a stage is concerned without one"),
    ResultColumn("stage", .key, "the stage; empty where a mineral is concerned without one"),
    ResultColumn("initiatives", .integer, "how many concern both"),
    ResultColumn("certain", .integer, "how many of them certainly"),
    ResultColumn("who", .list, "the initiatives"),
    ResultColumn("by", .list, "the parts by which they do, where it is not the mineral or the stage itself"),
    ResultColumn("gap", .text, "that no initiative is stated to concern it"),
  ]
  let tables = [
    TableDeclaration(
      "matrix", "a row for each mineral that is concerned, a column for each stage; a blank is a gap",
      [
        ResultColumn("mineral", .key, "the mineral"),
        ResultColumn("any", .integer, "initiatives that concern it, at whatever stage"),
      ], addsColumns: true, evidence: [Evidence.row]),
    ReadingsReport.table,
  ]
  let view: ViewHint? = ViewHint(.matrix, "mineral", "stage", "initiatives")
  let evidence = [Evidence.row]
  let about: About? = About(
    """
    For each mineral and each step of the chain the initiatives that concern both. What concerns a part \
    concerns its whole: dysprosium is one of the heavy rare earths; what concerns the rare earths does \
    not concern dysprosium. Who concerns a mineral at no step, or a step of no mineral, has a row with \
    the other left empty. A gap is a mineral or a step that no initiative is stated to concern; where \
    minerals or stages are named, also a pair of both. In the table `matrix` a blank is a gap.
    """,
    sources: [
      "the properties `concerns` and `part-of` of the registry; parts as in Language.md, `including parts`"
    ],
    limits: [
      "that one initiative concerns a mineral and a step does not say that it takes the step with the mineral",
      "a gap is what nobody states, not that nobody does it",
      "a mineral that is concerned says nothing of how much of it, or when",
    ])
  let examples = [
    Example("coverage", "what is covered, and what is not"),
    Example("coverage only gaps", "the minerals and stages that no initiative concerns"),
    Example(
      "coverage minerals heavy-rare-earths, gallium on 2026-03-01",
      "who concerns these, parts followed, on a day"),
    Example("coverage type project involving CAN", "by the projects in which Canada has a part"),
  ]

  func run(_ call: Call) throws {
    let touching = try Touching(call, initiatives: try selected(call), followsParts: try call[parts])
    let minerals = try call[minerals]?.sorted() ?? touching.minerals
    let stages = try call[stages]?.sorted() ?? touching.stages
    let cover = Cover(touching, minerals: minerals, stages: stages)
    let only = try call[only]
    for cell in cover.cells where only != "gaps" {
      try call.emit(row: cell.row, because: Evidence(row: cell.statements))
    }
    if cover.cells.isEmpty {
      try call.note(
        "no initiative like this is stated to concern any of them, which does not mean that none does")
    }
    let isNarrowed = try call[self.minerals] != nil || call[self.stages] != nil
    for gap in cover.gaps(ofPairs: isNarrowed) where only != "covered" {
      try call.emit(row: gap)
    }
    try call.note(
      "a mineral and a stage are covered where one initiative concerns both, not where it links them; a gap is what "
        + "nobody states")
    try emitMatrix(cover, call)
    var report = ReadingsReport()
    for cell in cover.cells where only != "gaps" { report.add(cell, touching) }
    try report.emit(to: call)
  }

  /// The initiatives that are asked for; nothing for all.
  private func selected(_ call: Call) throws -> Set<String>? {
    var found = try selection.subjects(call, among: try call[initiatives]).map(Set.init)
    if let actor = try call[involving] {
      let involved = try Involvement(call, of: [actor], throughGroups: true)
      let keys = Set(involved.parts.keys)
      found = found?.intersection(keys) ?? keys
    }
    return found
  }

  private func emitMatrix(_ cover: Cover, _ call: Call) throws {
    let stages = cover.stages.filter { stage in cover.cells.contains { $0.stage == stage } }
    let headings = stages.map {
      ResultColumn($0.replacing("-", with: "_"), .integer, "initiatives that concern \($0) too")
    }
    try call.begin(tables[0], columns: tables[0].columns + headings)
    for mineral in cover.minerals {
      let cells = cover.cells.filter { $0.mineral == mineral }
      guard !cells.isEmpty else { continue }
      let counts = stages.map { stage in
        cells.first { $0.stage == stage }.map { Datum.integer(Int64($0.initiatives.count)) } ?? .empty
      }
      let all = Set(cells.flatMap(\.initiatives))
      try call.emit(
        row: [.key(mineral), .integer(Int64(all.count))] + counts,
        because: Evidence(row: cells.flatMap(\.statements).uniqued()))
    }
  }
}

extension ReadingsReport {
  /// How many initiatives every reading has in a cell.
  fileprivate mutating func add(_ cell: Cover.Cell, _ touching: Touching) {
    let things = [cell.mineral, cell.stage].compactMap(\.self)
    let parts = cell.initiatives.map { initiative in
      Part(touching.open(initiative, things)) { touching.isThere(initiative, things, $0) ? 1 : 0 }
    }
    add(
      things.joined(separator: ", "), "initiatives",
      touching.readings.extreme(ofSum: parts).chosen(cell.initiatives.count))
  }
}

/// The cells of minerals and stages that initiatives concern.
struct Cover {
  struct Cell {
    var mineral: String?
    var stage: String?
    var initiatives: [String]
    var certain: Int
    var by: [String]
    var statements: [Datum]

    var row: [Datum] {
      [
        mineral.map(Datum.key) ?? .empty, stage.map(Datum.key) ?? .empty, .integer(Int64(initiatives.count)),
        .integer(Int64(certain)), .list(initiatives.map(Datum.key)), .list(by.map(Datum.key)), .empty,
      ]
    }
  }

  let minerals: [String]
  let stages: [String]
  private(set) var cells: [Cell] = []
  private let touching: Touching

  init(_ touching: Touching, minerals: [String], stages: [String]) {
    self.touching = touching
    self.minerals = minerals
    self.stages = stages
    // Who concerns a mineral at no stage, or a stage of no mineral, has a cell too.
    let atStage = touching.concerning(touching.stages)
    let ofMineral = touching.concerning(touching.minerals)
    for mineral in minerals {
      let mine = touching.initiatives(mineral)
      add(mineral, nil, mine.subtracting(atStage))
      for stage in stages { add(mineral, stage, mine.intersection(touching.initiatives(stage))) }
    }
    for stage in stages { add(nil, stage, touching.initiatives(stage).subtracting(ofMineral)) }
  }

  private mutating func add(_ mineral: String?, _ stage: String?, _ initiatives: Set<String>) {
    guard !initiatives.isEmpty else { return }
    let things = [mineral, stage].compactMap(\.self)
    var (by, statements, certain) = (Set<String>(), [Datum](), 0)
    for initiative in initiatives.sorted() {
      var isCertain = true
      for thing in things {
        let ways = (touching.ways[thing] ?? []).filter { $0.initiative == initiative }
        by.formUnion(ways.map(\.named).filter { $0 != thing })
        statements += ways.flatMap(\.statements).map(Datum.text)
        isCertain = isCertain && ways.contains { !$0.isPossible }
      }
      if isCertain { certain += 1 }
    }
    cells.append(
      Cell(
        mineral: mineral, stage: stage, initiatives: initiatives.sorted(), certain: certain, by: by.sorted(),
        statements: statements.uniqued()))
  }

  /// What no initiative concerns: minerals, stages and, where they are asked for, pairs of what is concerned apart.
  func gaps(ofPairs: Bool) -> [[Datum]] {
    let none = "no initiative is stated to concern it"
    func row(_ mineral: String?, _ stage: String?, _ words: String) -> [Datum] {
      [
        mineral.map(Datum.key) ?? .empty, stage.map(Datum.key) ?? .empty, .integer(0), .integer(0), .empty,
        .empty,
        .text(words),
      ]
    }
    let untouched = minerals.filter { touching.initiatives($0).isEmpty }
    let idle = stages.filter { touching.initiatives($0).isEmpty }
    var gaps = untouched.map { row($0, nil, none) } + idle.map { row(nil, $0, none) }
    guard ofPairs else { return gaps }
    for mineral in minerals where !untouched.contains(mineral) {
      for stage in stages where !idle.contains(stage) {
        guard !cells.contains(where: { $0.mineral == mineral && $0.stage == stage }) else { continue }
        gaps.append(row(mineral, stage, "no initiative is stated to concern both"))
      }
    }
    return gaps
  }
}
