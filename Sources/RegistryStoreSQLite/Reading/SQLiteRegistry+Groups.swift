public import RegistryModel
public import RegistryRules
public import RegistryStore

extension SQLiteRegistry {
  public func groupPaths(
    of members: [Key]?, in groups: [Key]?, _ times: Times
  ) throws(StoreProblem) -> [GroupPath] {
    let scope = try scope(times)
    try ready(.everything(groups: true), in: scope)
    var conditions: [String] = []
    var arguments: [SQL] = []
    for (column, keys) in [("member", members), ("reached", groups)] {
      guard let keys else { continue }
      var ids: [Int64] = []
      for key in keys { if let id = try findEntityID(key, in: scope) { ids.append(id) } }
      conditions.append("p.\(column) IN (SELECT value FROM json_each(?))")
      arguments.append(.list(ids))
    }
    let holding = try holding(scope, times)
    if times.on != nil { conditions.append("TRUE" + holding.condition(path: "p")) }
    let row = try db.rows(
      """
      SELECT m.key, p.path, p.statements, p.start_earliest, p.start_latest, p.end_earliest, p.end_latest, p.evidence,
        \(holding.certainty(path: "p"))
      FROM \(scope.rawValue).group_path p CROSS JOIN \(scope.rawValue).entity_key m ON m.id = p.member
      WHERE \(conditions.isEmpty ? "TRUE" : conditions.joined(separator: " AND "))
      ORDER BY m.key, json_array_length(p.path), p.path, p.statements
      """, arguments)
    var found: [GroupPath] = []
    while try row.next() {
      found.append(
        GroupPath(
          member: row.key(0),
          groups: try texts(of: "\(scope.rawValue).entity_key", "key", row.text(1)).map(Key.init(unchecked:)),
          statements: try texts(of: "main.statement", "digest", row.text(2)).map(StatementID.init),
          bounds: Validity.Bounds(
            startEarliest: Day(row.integer(3)), startLatest: Day(row.integer(4)),
            endEarliest: Day(row.integer(5)), endLatest: Day(row.integer(6))),
          evidence: row.integer(7) == 2 ? .certainly : .possibly,
          certainty: row.optionalText(8).flatMap(Certainty.init(rawValue:)) ?? .certainly))
    }
    return found
  }

  /// A column of the rows in a JSON list, in its order.
  private func texts(of table: String, _ column: String, _ list: String) throws(StoreProblem) -> [String] {
    let row = try db.rows(
      """
      SELECT t.\(column) FROM json_each(?) j CROSS JOIN \(table) t ON t.id = j.value ORDER BY j.key
      """, [.text(list)])
    var found: [String] = []
    while try row.next() { found.append(row.text(0)) }
    return found
  }
}
