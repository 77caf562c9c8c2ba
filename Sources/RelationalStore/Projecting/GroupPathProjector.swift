internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// The closure of groups: only what an edited membership touches is walked again.
struct GroupPathProjector {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var schemas: SchemaReader { SchemaReader(state) }

  init(_ state: RegistryState) { self.state = state }

  /// Whose paths are walked again.
  enum Touched {
    case everybody
    case some([Int64])
  }

  /// Those of whom a membership may have changed, and all who are in something through them.
  ///
  /// Called after facts and entities are up to date, with the paths as they were before.
  func touched(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>, _ entities: Set<Int64>
  ) throws(StoreProblem) -> Touched {
    let schema = try schemas.currentSchema()
    let followed = Groups.Followed(schema)
    if try concernsGroups(changes, followed, schema) { return .everybody }
    // What was merged, or is no more, and what it counts and counted as, with all who are in these.
    var members = changes.moved.isEmpty ? [] : changes.entities
    for question in questionsAhead(changes, cells, entities, followed) {
      members.formUnion(try db.integers(question))
    }
    return try walked(from: members)
  }

  /// The members of new things that are groups, and all who are in something through them.
  func touched(by things: [Int64: Introduced]) throws(StoreProblem) -> Touched {
    let followed = Groups.Followed(try schemas.currentSchema())
    let (types, properties) = (Set(followed.types.map(\.text)), Set(followed.properties))
    var members: Set<Int64> = []
    for thing in things.values where thing.type.map(types.contains) == true {
      members.formUnion((thing.claims ?? []).filter { properties.contains($0.property) }.compactMap(\.object))
    }
    return try walked(from: members)
  }

  private func walked(from members: Set<Int64>) throws(StoreProblem) -> Touched {
    guard !members.isEmpty else { return .some([]) }
    return .some(
      try db.integers(
        """
        SELECT value FROM json_each(?1) UNION SELECT p.member FROM json_each(?1) j
          CROSS JOIN main.group_path p ON p.reached = j.value
        """, [.list(members.sorted())]))
  }

  /// Walks again from them.
  func refreshGroupPaths(of touched: Touched) throws(StoreProblem) {
    let schema = try schemas.currentSchema()
    guard case .some(let members) = touched else {
      try db.write("DELETE FROM main.group_path")
      return try fillGroupPaths("main", schema)
    }
    guard !members.isEmpty else { return }
    let paths = GroupPaths(schema: "main", followed: Groups.Followed(schema))
    let all = SQL.list(members.sorted())
    try db.write("DELETE FROM main.group_path WHERE member IN (SELECT value FROM json_each(?1))", [all])
    try db.write(
      "INSERT INTO main.group_path " + paths.rows(from: "IN (SELECT value FROM json_each(?3))"),
      paths.arguments + [all])
  }

  func fillGroupPaths(_ scope: String, _ schema: Schema) throws(StoreProblem) {
    let paths = GroupPaths(schema: scope, followed: Groups.Followed(schema))
    try db.write(
      "INSERT INTO \(scope).group_path " + paths.rows(from: "IS NOT NULL"), paths.arguments)
  }

  func questionsAhead(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>, _ entities: Set<Int64>
  ) throws(StoreProblem) -> [SQLQuestion] {
    questionsAhead(changes, cells, entities, Groups.Followed(try schemas.currentSchema()))
  }

  /// What asks for the values of memberships that were edited or resolved anew, and for the members of what became, or ceased
  /// to be, a group.
  private func questionsAhead(
    _ changes: Dirty, _ cells: Set<Dirty.Cell>, _ entities: Set<Int64>, _ followed: Groups.Followed
  ) -> [SQLQuestion] {
    let properties = SQL.list(followed.properties.map(\.text))
    let types = SQL.list(followed.types.map(\.text))
    // Most of what has members is no group, and some members are in very much.
    func isOrWasGroup(_ id: String) -> String {
      """
      (EXISTS(SELECT 1 FROM main.entity_now n WHERE n.id = \(id) AND n.type IN (SELECT value FROM json_each(?3)))
        OR EXISTS(SELECT 1 FROM main.group_path p WHERE p.reached = \(id)))
      """
    }
    var questions: [SQLQuestion] = []
    func objects(_ statements: String, _ arguments: [SQL]) {
      questions.append(
        SQLQuestion(
          """
          SELECT s.object FROM \(statements)
          WHERE s.object IS NOT NULL AND s.property IN (SELECT value FROM json_each(?2))
            AND \(isOrWasGroup("s.subject"))
          """, arguments))
    }
    if !changes.statements.isEmpty {
      objects(
        "json_each(?1) j CROSS JOIN main.statement s ON s.id = j.value",
        [.list(changes.statements.sorted()), properties, types])
    }
    if let fresh = changes.fresh {
      objects(
        "(SELECT object, property, subject FROM main.statement NOT INDEXED WHERE id BETWEEN ?1 AND ?4) s",
        [.integer(fresh.lowerBound), properties, types, .integer(fresh.upperBound)])
    }
    let names = Set(followed.properties.map(\.text))
    let subjects = entities.union(cells.filter { names.contains($0.property) }.map(\.subject))
    guard !subjects.isEmpty else { return questions }
    return questions + [
      SQLQuestion(
        """
        SELECT f.object FROM json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value
        WHERE \(isOrWasGroup("j.value")) AND f.object IS NOT NULL
          AND f.property IN (SELECT value FROM json_each(?2))
        """, [.list(subjects.sorted()), properties, types])
    ]
  }

  /// Whether a definition that changed, as it stands or as it once stood, makes something a group or a membership.
  private func concernsGroups(
    _ changes: Dirty, _ followed: Groups.Followed, _ schema: Schema
  ) throws(StoreProblem) -> Bool {
    func concerns(_ keys: Set<String>, _ kind: String, _ root: Key, _ family: [Key]) throws(StoreProblem)
      -> Bool
    {
      guard !keys.isEmpty else { return false }
      if keys.contains(root.text) { return true }
      return try db.integer(
        """
        SELECT 1 FROM main.definition d WHERE d.kind = ?1 AND d.key IN (SELECT value FROM json_each(?2))
          AND d.parent IN (SELECT value FROM json_each(?3)) LIMIT 1
        """, [.text(kind), .list(keys.sorted()), .list(family.map(\.text))]) != nil
    }
    if try concerns(changes.types, "type", Groups.type, followed.types) { return true }
    return try concerns(changes.properties, "property", Groups.membership, followed.properties)
  }
}
