/// Who is in what: by member and the properties that narrow it, and through groups.
extension ViewDefinition {
  static let ofMembers: [ViewDefinition] = [
    ViewDefinition(
      "memberships", "who belongs to what, by member and the properties that narrow it",
      [
        "initiative": "a key", "member": "a key", "property": "member, signatory …", "role": "the qualifier",
        "start_earliest": "a day, nothing where it is open", "start_latest": "a day", "end_earliest": "a day",
        "end_latest": "a day", "statement": "the statement's id",
        "certainty": "on the date asked for, certainly or possibly; nothing without one",
      ], direct(through: "")),
    ViewDefinition(
      "memberships_including_groups",
      "as memberships, and who belongs to it through a group such as the EU while both hold",
      [
        "initiative": "a key", "member": "a key", "property": "member, signatory …", "role": "the qualifier",
        "start_earliest": "a day, nothing where it is open", "start_latest": "a day", "end_earliest": "a day",
        "end_latest": "a day", "statement": "the id of what names the member, or its group",
        "certainty": "on the date asked for, certainly or possibly; nothing without one",
        "through": "the groups from the member's own on, joined by >; nothing where it is named itself",
      ], direct(through: ", NULL AS through") + "\nUNION ALL\n" + throughGroups),
  ]

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
      (SELECT group_concat(k, ' > ') FROM (SELECT o.key AS k FROM json_each(p.path) j
        CROSS JOIN @.entity_key o ON o.id = j.value ORDER BY j.key))
    FROM @.fact f JOIN @.group_path p ON p.reached = f.object AND p.member != f.subject
      JOIN @.entity_now e ON e.id = f.subject JOIN @.entity_now m ON m.id = p.member
      JOIN main.statement s ON s.id = f.statement
    WHERE f.chosen AND f.property IN \(ViewSQL.narrower("member")) AND \(GroupPaths.overlap("p", "f"))
    """
}
