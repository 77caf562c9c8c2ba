internal import RegistryStore

/// Who is in what: by member and the properties that narrow it, and through groups.
extension ViewDefinition {
  static let ofMembers: [ViewDefinition] = [
    ViewDefinition(
      .memberships,
      direct(through: "")),
    ViewDefinition(
      .membershipsIncludingGroups,
      direct(through: ", NULL AS through") + "\nUNION ALL\n" + throughGroups),
    ViewDefinition(
      .groupClosure,
      """
      SELECT m.key AS member, g.key AS reached, \(keys(of: "p.path")) AS through, json_array_length(p.path) AS steps,
        \(digests(of: "p.statements")) AS statements, \(ViewSQL.days("p")), p.certainty
      FROM @.group_path p JOIN @.entity_now m ON m.id = p.member JOIN @.entity_now g ON g.id = p.reached
      """),
    // Paths of parts lead down from the whole.
    ViewDefinition(
      .partClosure,
      """
      SELECT m.key AS part, w.key AS whole, p.property, \(keys(of: "p.path", "DESC")) AS through,
        json_array_length(p.path) AS steps, \(digests(of: "p.statements", "DESC")) AS statements,
        \(ViewSQL.days("p")), p.certainty
      FROM @.part_path p JOIN @.entity_now m ON m.id = p.member JOIN @.entity_now w ON w.id = p.reached
      """),
  ]

  /// The keys of the entities in a list of rows, in its order.
  private static func keys(of list: String, _ order: String = "ASC") -> String {
    """
    (SELECT group_concat(k, ' > ') FROM (SELECT o.key AS k FROM json_each(\(list)) j
        CROSS JOIN @.entity_key o ON o.id = j.value ORDER BY j.key \(order)))
    """
  }

  /// The ids of the statements in a list of rows, in its order.
  private static func digests(of list: String, _ order: String = "ASC") -> String {
    """
    (SELECT group_concat(d, ', ') FROM (SELECT s.digest AS d FROM json_each(\(list)) j
        CROSS JOIN main.statement s ON s.id = j.value ORDER BY j.key \(order)))
    """
  }

  private static func direct(through: String) -> String {
    """
    SELECT e.key AS initiative, m.key AS member, f.property, \(ViewSQL.qualifier("role")) AS role,
      \(ViewSQL.days("f")), s.digest AS statement, f.certainty\(through)
    FROM @.fact f JOIN @.entity_now e ON e.id = f.subject JOIN @.entity_now m ON m.id = f.object
      JOIN main.statement s ON s.id = f.statement
    WHERE f.chosen AND f.property IN \(ViewSQL.narrower("member"))
    """
  }

  /// Both the path and what names the group must hold; by the alphabet, `possibly` is the larger certainty.
  private static let throughGroups = """
    SELECT e.key, m.key, f.property, \(ViewSQL.qualifier("role")),
      \(ViewSQL.days { "\($0.hasPrefix("start") ? "max" : "min")(f.\($0), p.\($0))" }), s.digest,
      max(f.certainty, p.certainty),
      \(keys(of: "p.path"))
    FROM @.fact f JOIN @.group_path p ON p.reached = f.object AND p.member != f.subject
      JOIN @.entity_now e ON e.id = f.subject JOIN @.entity_now m ON m.id = p.member
      JOIN main.statement s ON s.id = f.statement
    WHERE f.chosen AND f.property IN \(ViewSQL.narrower("member")) AND \(GroupPaths.overlap("p", "f"))
    """
}
