public import CEntentePlugin
import PluginKit

/// How many initiatives concern each mineral at each step of its supply chain: a row a mineral, a column a stage.
struct Coverage: Analysis {
  private let parts = Parameter.boolean(
    "parts", default: true, "whether what concerns a part of a mineral counts for the whole too")

  let name = "coverage"
  let summary = "How many initiatives concern each mineral at each stage, and where there is none"
  var parameters: [ParameterDeclaration] { [parts.declaration] }
  let columns = [ResultColumn("mineral", .key, "the mineral")]
  let addsColumns = true
  let tables = [
    TableDeclaration(
      "gaps", "minerals and stages that no initiative concerns",
      [ResultColumn("mineral", .key, "the mineral"), ResultColumn("stage", .key, "the stage")]),
    TableDeclaration(
      "cells", "a row for each mineral and stage, as a matrix",
      [
        ResultColumn("mineral", .key, "the mineral"), ResultColumn("stage", .key, "the stage"),
        ResultColumn("initiatives", .integer, "how many concern both"),
      ], view: ViewHint(.matrix, "mineral", "stage", "initiatives"), evidence: [Evidence.row]),
  ]
  let evidence = [Evidence.row]
  let examples = [
    Example(
      "coverage", "all of them, parts counted for their wholes", fixture: "fixture.ent",
      expected: "expected.tsv")
  ]

  func run(_ call: Call) throws {
    let concerns = try Concerns(call, countsParts: try call[parts])
    guard !concerns.minerals.isEmpty, !concerns.stages.isEmpty else {
      throw AnalysisFailure(
        "no-coverage", "no initiative is stated to concern a mineral and a stage",
        hint: "Look at what is stated: list initiatives columns concerns")
    }
    // Headings are words joined by underscores, keys by hyphens.
    let headings = concerns.stages.map { $0.replacing("-", with: "_") }
    try call.say(
      columns: columns
        + zip(headings, concerns.stages).map { ResultColumn($0, .integer, "initiatives that concern \($1)") },
      evidence: evidence)
    for mineral in concerns.minerals {
      let found = concerns.stages.map { concerns.both(mineral, $0) }
      try call.emit(
        row: [.key(mineral)] + found.map { .integer(Int64($0.count)) },
        because: Evidence(row: concerns.statements(found.joined(), mineral, concerns.stages)))
    }
    try call.note(
      "a mineral and a stage are counted where one initiative concerns both, not where it links them")
    try call.begin(tables[0])
    for (mineral, stage) in concerns.pairs where concerns.both(mineral, stage).isEmpty {
      try call.emit(.key(mineral), .key(stage))
    }
    try call.begin(tables[1])
    for (mineral, stage) in concerns.pairs {
      let found = concerns.both(mineral, stage)
      try call.emit(
        .key(mineral), .key(stage), .integer(Int64(found.count)),
        because: Evidence(row: concerns.statements(found, mineral, [stage])))
    }
  }
}

/// What initiatives concern, with the statements that say so.
struct Concerns {
  /// Of each thing, the initiatives that concern it, and by which statements.
  private var initiatives: [String: [String: [Datum]]] = [:]
  private(set) var minerals: [String] = []
  private(set) var stages: [String] = []

  init(_ call: Call, countsParts: Bool) throws {
    var types: [String: String] = [:]
    for row in try call.rows(
      of: "entities", columns: ["key", "type"], where: ["type": [.key("mineral"), .key("stage")]])
    {
      types[row[0].label] = row[1].label
    }
    let known = Set(try call.rows(of: "initiatives", columns: ["key"]).map { $0[0].label })
    for row in try call.rows(
      of: "statements", columns: ["subject", "object", "id"],
      where: ["property": [.key("concerns")], "chosen": [true]], .isNotIn("object", [.empty]))
    where known.contains(row[0].label) {
      initiatives[row[1].label, default: [:]][row[0].label, default: []].append(row[2])
    }
    if countsParts {
      let direct = initiatives
      for row in try call.rows(of: "part_closure", columns: ["part", "whole", "statements"]) {
        let steps = row[2].label.split(separator: ", ").map { Datum.text(String($0)) }
        for (initiative, ids) in direct[row[0].label] ?? [:] {
          initiatives[row[1].label, default: [:]][initiative, default: []] += ids + steps
        }
      }
    }
    let found = initiatives.keys.sorted()
    minerals = found.filter { types[$0] == "mineral" }
    stages = found.filter { types[$0] == "stage" }
  }

  /// Every mineral with every stage.
  var pairs: [(mineral: String, stage: String)] {
    minerals.flatMap { mineral in stages.map { (mineral, $0) } }
  }

  /// The initiatives that concern both, sorted.
  func both(_ one: String, _ other: String) -> [String] {
    Set((initiatives[one] ?? [:]).keys).intersection((initiatives[other] ?? [:]).keys).sorted()
  }

  /// The statements by which some initiatives concern a mineral and stages.
  func statements(_ found: some Sequence<String>, _ mineral: String, _ stages: [String]) -> [Datum] {
    Set(found).sorted().flatMap { initiative in
      ([mineral] + stages).flatMap { initiatives[$0]?[initiative] ?? [] }
    }
  }
}

/// The plugin's entry.
@c(entente_plugin_init_v1)
public func start(
  _ host: UnsafePointer<entente_host>, _ plugin: UnsafeMutablePointer<entente_plugin>
) -> Int32 {
  PluginDefinition("coverage", "1.0.0", "What initiatives cover", [Coverage()]).start(host, plugin)
}
