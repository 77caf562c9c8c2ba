import FoundationEssentials
import PluginKit

/// The supply risk of a mineral for one who imports it: how concentrated the world's production is, times how risky the
/// states are that it imports from.
struct Risk: Analysis {
  private let importer = Parameter.entity("importer", of: "actor", "who imports it").positional
  private let mineral = Parameter.entity("mineral", of: "mineral", "the mineral")
  private let year = Parameter.text("year", "only this year").optional
  private let stage = Parameter.entity("stage", of: "stage", "the step at which it is produced").optional
  private let production = Parameter.property(
    "production", default: "production", "what is produced, in tonnes")
  private let imports = Parameter.property("imports", default: "imports", "what is imported, in tonnes")
  private let governance = Parameter.property(
    "governance", default: "governance", "how risky a state is, from 0 to 1")
  private let domestic = Parameter.number(
    "domestic", in: 0...1_000_000_000_000_000, "domestic production, where it is not what is stated"
  ).optional
  private let without = Parameter.entities("without", of: "actor, initiative", "producers to leave out")
    .optional

  let name = "risk"
  let summary = "The supply risk of a mineral: concentration of production × governance × share of imports"
  var parameters: [ParameterDeclaration] {
    [
      importer.declaration, mineral.declaration, year.declaration, stage.declaration, production.declaration,
      imports.declaration, governance.declaration, domestic.declaration, without.declaration,
    ]
  }
  let columns = [
    ResultColumn("year", .text, "the year of the data"),
    ResultColumn("hhi_low", .decimal, "the index of production from 0 to 1, at least"),
    ResultColumn("hhi_high", .decimal, "the index of production at most"),
    ResultColumn("imports", .decimal, "tonnes imported, as they are stated"),
    ResultColumn("domestic", .decimal, "tonnes produced at home; empty where none are stated"),
    ResultColumn("import_share", .decimal, "percent of the supply that is imported"),
    ResultColumn("risk_low", .decimal, "the import risk at least"),
    ResultColumn("risk_high", .decimal, "the import risk at most"),
    ResultColumn("score_low", .decimal, "the index times the import risk, at least"),
    ResultColumn("score_high", .decimal, "the index times the import risk, at most"),
    ResultColumn("producers", .integer, "how many produce it"),
    ResultColumn("exporters", .integer, "from how many it is imported"),
  ]
  let tables = [
    TableDeclaration(
      "exporters", "from whom it is imported, and how much each adds to the import risk",
      [
        ResultColumn("year", .text, "the year of the data"),
        ResultColumn("exporter", .key, "the state"),
        ResultColumn("tonnes", .text, "how much"),
        ResultColumn("governance", .text, "how risky it is; empty where nobody says"),
        ResultColumn("adds_low", .decimal, "what it adds to the import risk at least"),
        ResultColumn("adds_high", .decimal, "what it adds at most"),
      ], view: ViewHint(.bar, "exporter", "adds_high"), evidence: [Evidence.row, "tonnes", "governance"]),
    ReadingsReport.table,
  ]
  let evidence = [Evidence.row, "hhi_low", "imports", "domestic"]
  let view: ViewHint? = ViewHint(.bar, "year", "score_high")
  // The Seed has no imports; the known answers of `about` are commands too.
  let examples: [Example] = []
  let about: About? = About(
    """
    The GeoPolRisk score of a mineral for one importer and year: how concentrated production is, times \
    the import risk, the share of each exporter in the supply weighted by how risky its government is. \
    Production is claimed as `production` of each state, imports as `imports` of the importer with the \
    partner country, governance as `governance` of each exporter from 0 (no risk) to 1; domestic \
    production is the importer's own `production`, or what `domestic` says. Where a number is a range, \
    or nobody states a governance (from 0 to 1 then), both ends are told.
    """,
    formulas: [
      "HHI = Σ pᵢ² / (Σ pᵢ)², pᵢ the production of state i",
      "import risk = Σ qⱼ gⱼ / (Σ qⱼ + domestic production), qⱼ the imports from state j, gⱼ its governance",
      "score = HHI × import risk",
    ],
    sources: [
      "A. Koyamparambath et al., geopolrisk-py, Journal of Open Source Software, doi 10.21105/joss.09600",
      "E. D. Gemechu et al., “Import-based Indicator for the Geopolitical Supply Risk of Raw Materials in Life Cycle Sustainability Assessments”, Journal of Industrial Ecology 20 (2016)",
      "governance: Worldwide Governance Indicators, Political Stability and Absence of Violence, as (2.5 − estimate) / 5",
    ],
    known: [
      KnownAnswer(
        of: "nickel, USA 2022: the test case of geopolrisk-py", data: "nickel",
        "risk state:USA mineral nickel",
        row: "2022", column: "hhi_low", "0.26749"),
      KnownAnswer(
        of: "the same: the import risk", data: "nickel", "risk state:USA mineral nickel", row: "2022",
        column: "risk_low", "0.001208"),
      KnownAnswer(
        of: "the same: the score", data: "nickel", "risk state:USA mineral nickel", row: "2022",
        column: "score_low", "0.000323"),
    ],
    limits: [
      "anything of prices, stocks, recycling or substitutes",
      "that a state is risky does not say that it would withhold this mineral",
      "re-exports: who sells it may not have mined it",
    ])

  func run(_ call: Call) throws {
    let asked = try SupplyRisk(
      importer: try call[importer], mineral: try call[mineral], year: try call[year], stage: try call[stage],
      properties: (try call[production], try call[imports], try call[governance]),
      domestic: try call[domestic], without: Set(try call[without] ?? []), call)
    if asked.years.isEmpty {
      try call.note(
        "no imports of \(try call[mineral]) by \(try call[importer]) are stated, which does not mean that there are none"
      )
    }
    for year in asked.years {
      let answer = asked.answer(year) { id, isChosen in isChosen }
      try call.emit(row: answer.row, because: asked.evidence(year))
      for note in answer.notes.uniqued() { try call.note(year.isEmpty ? note : "\(year): \(note)") }
    }
    try call.note(
      "GeoPolRisk (Koyamparambath et al., geopolrisk-py, Journal of Open Source Software, doi 10.21105/joss.09600): "
        + "index × Σ(imports × governance) / (Σ imports + domestic production)")
    try call.begin(tables[0])
    for year in asked.years {
      for exporter in asked.answer(year, { id, isChosen in isChosen }).exporters {
        try call.emit(row: [.text(year)] + exporter.row, because: exporter.evidence)
      }
    }
    var report = ReadingsReport()
    for year in asked.years { asked.report(year, to: &report) }
    try report.emit(to: call)
  }
}
