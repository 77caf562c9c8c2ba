import PluginKit

/// The claims that go back to one origin, or that only machine-written sources make.
struct RestingClaims {
  enum Wanted {
    /// Of one origin: this, or whichever.
    case oneOrigin(String?)
    case machine(SourceLabels)
  }

  let wanted: Wanted
  let labels: SourceLabels
  let scope: Scope
  let days: ClosedRange<Int64>?
  let most: Int

  private static let claim = [
    ResultColumn("subject", .key, "of what"),
    ResultColumn("property", .key, "what of it"),
    ResultColumn("value", .text, "what is claimed, and of which mineral, stage, year …"),
    ResultColumn("when", .text, "when it holds"),
  ]
  private static let rest = [
    ResultColumn("sources", .text, "who says so"),
    ResultColumn("machine", .text, "what says that a machine had a hand in them"),
    ResultColumn("standing", .text, "passed over where the rules chose another"),
  ]

  /// Of those of one origin, which that is.
  private var columns: [ResultColumn] {
    if case .machine = wanted { return Self.claim + Self.rest }
    return Self.claim + [ResultColumn("origin", .text, "whom it goes back to")] + Self.rest
  }

  func run(_ call: Call) throws {
    try call.say(columns: columns, evidence: [Evidence.row])
    var origins: [String: [String]] = [:]
    switch wanted {
    case .oneOrigin(let name):
      var filters: [String: [Datum]] = ["only": [true]]
      // Names are compared without case, as the host folds them.
      let folded = name?.lowercased()
      if folded != nil { filters["only"] = nil }
      for row in try call.rows(
        of: "origins", columns: ["statement", "origin", "name", "only"], where: filters)
      where row[3].isYes && (folded == nil || row[1].label.lowercased() == folded) {
        origins[row[0].label] = [row[2].label]
      }
      if let name, origins.isEmpty { try call.note("no claim goes back to \(name) alone") }
    case .machine(let labels):
      let machines = labels.labels.keys.sorted().map(Datum.key)
      guard !machines.isEmpty else { return }
      for row in try call.rows(
        of: "citations", columns: ["statement"], where: ["source": machines, "stance": ["claims"]])
      {
        origins[row[0].label] = []
      }
    }
    let claims = try claims(call, origins)
    for claim in claims.prefix(most) {
      let origin: [Datum] = if case .machine = wanted { [] } else { [.text(origins[claim.id]?.first ?? "")] }
      try call.emit(
        row: [
          .key(claim.subject), .key(claim.property), .text(claim.words),
          claim.when.isEmpty ? .empty : .text(claim.when),
        ] + origin + [
          .text(claim.cited.joined(separator: ", ")), machine(claim),
          claim.isChosen ? .empty : .text("passed over"),
        ], because: Evidence(row: [.text(claim.id)]))
    }
    if claims.count > most { try call.note("the first \(most) of \(claims.count) claims") }
    try call.note("\(claims.count) claims\(scope.words.isEmpty ? "" : " " + scope.words)")
  }

  private func machine(_ claim: Claim) -> Datum {
    let found = claim.cited.compactMap { labels[$0] }
    return found.isEmpty ? .empty : .text(found.joined(separator: "; "))
  }

  private func claims(_ call: Call, _ origins: [String: [String]]) throws -> [Claim] {
    var found: [Claim] = []
    for batch in origins.keys.sorted().batches(of: 10_000) {
      let rows = try scope.rows(
        call, of: "statements", columns: Claim.columns + Dating.columns,
        where: ["id": batch.map(Datum.text), "claimed": [true]], [.isNotIn("property", Claim.staying)])
      for row in rows where Dating.lies(row, from: Claim.columns.count, in: days) {
        let claim = Claim(row)
        if case .machine(let labels) = wanted, !labels.coverAll(claim.cited) { continue }
        found.append(claim)
      }
    }
    return found.sorted(by: Claim.precedes)
  }
}
