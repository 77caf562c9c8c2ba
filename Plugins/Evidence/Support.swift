import PluginKit

/// What rests on whom: how many claims go back to each origin, how many to nobody else, and what falls with a source.
///
/// An origin is whom a source quotes (`via`), or else the source itself: two papers that quote one figure of an agency are
/// one origin (W3C PROV's `hadPrimarySource`).
struct Support: Analysis {
  private let asked = ScopeParameters()
  private let without = Parameter.entities(
    "without", of: "source", "what is said by these: which of it nobody else says, and what is left"
  ).optional
  private let facts = Parameter.choice(
    "facts", of: ["one-origin", "machine"],
    "instead of the origins the claims: those of one origin, or those that only machine-written sources make"
  ).optional
  private let origin = Parameter.text(
    "origin",
    "instead of all origins the claims that go back to this one alone: who is quoted, or a source's key"
  ).optional
  private let during = Parameter.date("during", "only claims that are dated in it, A..B").optional
  private let label = Parameter.property(
    "label", default: "label", "the property of a source that says that a machine had a hand in it")
  private let limit = Parameter.integer("limit", in: 1...1_000_000, "at most so many rows").optional

  let name = "support"
  let summary = "What rests on one origin, on machine-written text, and what falls with a source"
  var parameters: [ParameterDeclaration] {
    asked.declarations + [
      without.declaration, facts.declaration, origin.declaration, during.declaration, label.declaration,
      limit.declaration,
    ]
  }
  let columns: [ResultColumn] = []
  let addsColumns = true
  let evidence = [Evidence.row]
  let examples = [
    Example("support", "how many claims go back to each origin, and how many to nobody else"),
    Example("support facts machine during 2026", "claims of a year that only machine-written pages make"),
    Example("support without toutiao", "what falls with a source, and what is left of the rest"),
    Example("support origin wikipedia about pax-silica", "what goes back to one origin alone, through whom"),
  ]

  let about: About? = About(
    """
    How many claims go back to each origin, and how many of them to nobody else. An origin is whom a source quotes (via), or \
    else the source itself: two papers that quote one figure of an agency are one origin.
    """,
    formulas: ["share(origin) = claims of no other origin / all claims looked at"],
    sources: ["W3C PROV-O (2013): prov:hadPrimarySource, prov:wasQuotedFrom"],
    limits: [
      "two sources that quote nobody count as two origins, though one may have copied the other",
      "that a source has no label does not mean that no machine wrote it",
      "what the rules would choose without a source: ask again according to the others",
    ])

  func run(_ call: Call) throws {
    let scope = try asked.scope(call)
    let period = try call[during]
    let days = period.map { $0.firstDay...$0.lastDay }
    let labels = try SourceLabels(call, property: try call[label])
    let most = Int(try call[limit] ?? 1_000_000)
    let modes = [try call[without] != nil, try call[facts] != nil, try call[origin] != nil].count { $0 }
    guard modes <= 1 else {
      throw AnalysisFailure(
        "several-questions", "without, facts and origin are three questions",
        hint: "Ask one after the other")
    }
    if let sources = try call[without] {
      try Falling(sources: sources, scope: scope, days: days, most: most).run(call)
    } else if let kind = try call[facts] {
      let wanted: RestingClaims.Wanted = kind == "machine" ? .machine(labels) : .oneOrigin(nil)
      try RestingClaims(wanted: wanted, labels: labels, scope: scope, days: days, most: most).run(
        call)
    } else if let origin = try call[origin] {
      try RestingClaims(
        wanted: .oneOrigin(origin), labels: labels, scope: scope, days: days, most: most
      ).run(call)
    } else {
      try OriginCounts(labels: labels, scope: scope, days: days, most: most).run(call)
    }
    try labels.note(call)
  }
}

/// What a registry says of how its sources were made.
struct SourceLabels {
  let property: String
  private(set) var labels: [String: [String]] = [:]
  private let isDefined: Bool

  init(_ call: Call, property: String) throws {
    self.property = property
    isDefined =
      try call.rows(of: "properties", columns: ["key"], where: ["key": [.key(property)]]).next() != nil
    guard isDefined else { return }
    let narrower = try call.propertiesAndNarrower(of: [property]).sorted().map(Datum.key)
    for row in try call.rows(
      of: "statements", columns: ["subject", "value"], where: ["property": narrower, "claimed": [true]],
      at: .on(nil))
    {
      labels[row[0].label, default: []].append(row[1].label)
    }
  }

  /// What it says of a source; nothing where no machine is said to have had a hand in it.
  subscript(_ source: String) -> String? { labels[source]?.sorted().joined(separator: "; ") }

  /// Whether all of some sources are labelled.
  func coverAll(_ sources: [String]) -> Bool { !sources.isEmpty && sources.allSatisfy { labels[$0] != nil } }

  func note(_ call: Call) throws {
    if !isDefined {
      try call.note(
        "no property \(property) is defined, so nothing tells what a machine wrote: label names another")
    } else if labels.isEmpty {
      try call.note("no source has a \(property), which does not mean that no machine wrote any")
    }
  }
}
