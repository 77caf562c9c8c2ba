import PluginKit

/// What some sources say: which of it nobody else says, and what is left of the rest.
struct Falling {
  let sources: [String]
  let scope: Scope
  let days: ClosedRange<Int64>?
  let most: Int

  private static let columns = [
    ResultColumn("subject", .key, "of what"),
    ResultColumn("property", .key, "what of it"),
    ResultColumn("value", .text, "what is claimed, of which mineral, stage, year …, and when it holds"),
    ResultColumn("stance", .text, "claims, or denies"),
    ResultColumn("falls", .boolean, "whether nobody else says so"),
    ResultColumn("left", .text, "who else says so"),
    ResultColumn("rivals", .text, "of what falls, the values that others state in its place"),
  ]
  private struct Said: Hashable {
    var id: String
    var stance: String
  }

  func run(_ call: Call) throws {
    try call.say(columns: Self.columns, evidence: [Evidence.row])
    let gone = Set(sources)
    var said: Set<Said> = []
    for row in try call.rows(
      of: "citations", columns: ["statement", "stance"], where: ["source": sources.map(Datum.key)])
    {
      said.insert(Said(id: row[0].label, stance: row[1].label))
    }
    guard !said.isEmpty else {
      return try call.note("\(sources.joined(separator: ", ")) says nothing here, so nothing falls with it")
    }
    var left: [Said: Set<String>] = [:]
    var claims: [String: Claim] = [:]
    for batch in Set(said.map(\.id)).sorted().batches(of: 10_000) {
      let ids = batch.map(Datum.text)
      for row in try call.rows(
        of: "citations", columns: ["statement", "stance", "source"], where: ["statement": ids])
      where !gone.contains(row[2].label) {
        left[Said(id: row[0].label, stance: row[1].label), default: []].insert(row[2].label)
      }
      for row in try scope.rows(
        call, of: "statements", columns: Claim.columns + Dating.columns, where: ["id": ids])
      where Dating.lies(row, from: Claim.columns.count, in: days) {
        claims[row[0].label] = Claim(row)
      }
    }
    let found = said.compactMap { said in
      claims[said.id].map { claim in
        (
          said, claim,
          falls: left[said] == nil && !(said.stance == "claims" && claim.stays)
        )
      }
    }.sorted { one, other in
      if one.falls != other.falls { return one.falls }
      if one.1.id != other.1.id { return Claim.precedes(one.1, other.1) }
      return one.0.stance < other.0.stance
    }
    let rivals = try rivals(call, found.filter { $0.falls && $0.0.stance == "claims" }.map(\.1))
    for (said, claim, falls) in found.prefix(most) {
      let others = (left[said] ?? []).sorted().joined(separator: ", ")
      let kept = others.isEmpty && !falls ? "what a thing is and is called stays" : others
      try call.emit(
        row: [
          .key(claim.subject), .key(claim.property),
          .text(claim.when.isEmpty ? claim.words : claim.words + " " + claim.when), .text(said.stance),
          .boolean(falls), kept.isEmpty ? .empty : .text(kept),
          rivals[claim.id].map { .text($0.joined(separator: ", ")) } ?? .empty,
        ], because: Evidence(row: [.text(claim.id)]))
    }
    if found.count > most { try call.note("the first \(most) of \(found.count) statements") }
    let falling = found.count { $0.falls }
    try call.note(
      "without \(sources.joined(separator: ", ")): \(falling) statements lose all support, \(found.count - falling) stay"
    )
  }

  /// Of what falls, the values that stand against it and stay.
  private func rivals(_ call: Call, _ falling: [Claim]) throws -> [String: [String]] {
    guard !falling.isEmpty else { return [:] }
    let ids = Set(falling.map(\.id))
    let subjects = Set(falling.map(\.subject)).sorted().map(Datum.key)
    struct Cell: Hashable {
      var subject: String
      var property: String
      var cell: String
    }
    var fallen: [Cell: [String]] = [:]
    var staying: [Cell: Set<String>] = [:]
    for row in try call.rows(
      of: "contested", columns: ["subject", "property", "cell", "statement", "value", "claimed"],
      where: ["subject": subjects, "claimed": [true]])
    {
      let cell = Cell(subject: row[0].label, property: row[1].label, cell: row[2].label)
      if ids.contains(row[3].label) {
        fallen[cell, default: []].append(row[3].label)
      } else {
        staying[cell, default: []].insert(row[4].label)
      }
    }
    var found: [String: [String]] = [:]
    for (cell, ids) in fallen {
      for id in ids { found[id] = staying[cell]?.sorted() }
    }
    return found
  }
}
