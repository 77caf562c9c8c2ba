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
    let rows = try call.rows(
      of: "memberships", columns: ["initiative", "member", "certainty", "statement"],
      where: [
        "initiative": initiatives.map(Datum.key),
        "property": try Self.narrowing(property, call).map(Datum.key),
      ])
    for row in rows {
      rosters[row[0].label, default: Roster()].everyone.insert(row[1].label)
      if row[3] != .empty { rosters[row[0].label]?.named[row[1].label, default: []].append(row[3]) }
      if row[2].label != "possibly" { rosters[row[0].label]?.certain.insert(row[1].label) }
    }
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
