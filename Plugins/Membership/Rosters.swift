import PluginKit

/// Who is in each of some initiatives. A member that several statements name counts once, and as certain where one
/// of them is.
struct Rosters {
  struct Roster {
    var certain: Set<String> = []
    var everyone: Set<String> = []
    fileprivate var named: [String: [Datum]] = [:]

    /// The ids of the statements that name some of them.
    func statements(of members: Set<String>) -> [Datum] { members.sorted().flatMap { named[$0] ?? [] } }
  }

  private var rosters: [String: Roster] = [:]

  init(_ initiatives: [String], property: String, _ call: Call) throws {
    let initiatives = initiatives.map(Datum.key)
    let members = try Self.narrowing("member", call)
    let asked = try Self.narrowing(property, call)
    let rows = try call.rows(
      of: "memberships", columns: ["initiative", "member", "certainty", "statement"],
      where: ["initiative": initiatives, "property": asked.filter(members.contains).map(Datum.key)])
    for row in rows { add(row[1].label, to: row[0].label, row[2].label, row[3]) }
    // Who has another part in it than a member's, such as having signed what is not in force yet, is in no membership.
    let others = asked.filter { !members.contains($0) }
    guard !others.isEmpty else { return }
    let parts = try call.rows(
      of: "statements", columns: ["subject", "object", "certainty", "claimed", "chosen", "id"],
      where: ["subject": initiatives, "property": others.map(Datum.key)])
    for row in parts where !row[1].label.isEmpty && row[3].isYes && row[4].isYes {
      add(row[1].label, to: row[0].label, row[2].label, row[5])
    }
  }

  private mutating func add(_ member: String, to initiative: String, _ certainty: String, _ statement: Datum)
  {
    rosters[initiative, default: Roster()].everyone.insert(member)
    if statement != .empty { rosters[initiative]?.named[member, default: []].append(statement) }
    if certainty != "possibly" { rosters[initiative]?.certain.insert(member) }
  }

  subscript(_ initiative: String) -> Roster { rosters[initiative] ?? Roster() }

  /// A property and all that narrow it: `member`, `signatory`, `founder`.
  private static func narrowing(_ property: String, _ call: Call) throws -> [String] {
    var narrower: [String: [String]] = [:]
    for row in try call.rows(of: "properties", columns: ["key", "parent", "range"]) {
      narrower[row[1].label, default: []].append(row[0].label)
      guard row[0].label == property, !["", "entities"].contains(row[2].label) else { continue }
      throw AnalysisFailure(
        "no-members", "\(property) names nobody", hint: "Name one that does, such as member")
    }
    var found = [property]
    var index = 0
    while index < found.count {
      found += (narrower[found[index]] ?? []).filter { !found.contains($0) }
      index += 1
    }
    return found
  }
}
