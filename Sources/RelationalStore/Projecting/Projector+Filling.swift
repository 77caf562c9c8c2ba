internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Making the rows of projections from the truth: all of them, or those of some entities.
extension Projector {
  /// Fills the empty tables of a scope.
  func fill(_ scope: Scope, needsEvidence: Bool) throws(StoreProblem) {
    let name = scope.rawValue
    try identityReader.fill(name)
    switch scope {
    case .main: try fillStanding()
    case .temp:
      try fillFacts(scope, Projection(schema: name, needsEvidence: needsEvidence), from: .statements)
    }
    try existenceProjector.fillExistence(scope)
    try textIndex.fillText(scope)
    try groupProjector.fillGroupPaths(name, try schemas.readSchema(in: scope))
    try tallyProjector.fillTally(scope)
  }

  /// How all statements stand now, and everybody's names.
  private func fillStanding() throws(StoreProblem) {
    try truth.countAnew(
      where: """
        s.subject IN (SELECT id FROM main.identity_now) OR s.object IN (SELECT id FROM main.identity_now)
          OR s.id IN (SELECT statement FROM main.recorded_as)
        """)
    try truth.showAnew(where: "TRUE")
    for update in Facts.standing(where: "TRUE") { try db.write(update) }
    try resolver.resolve(try resolver.undecidedCells(in: .main), in: .main)
    state.memory.forgetRecords()
    try db.write("INSERT INTO main.entity_now " + Projection.main.entities(where: "TRUE"))
    try db.write("INSERT INTO main.name " + Projection.main.names(where: "TRUE"))
  }

  /// Everything that is said at another time, and everybody's names.
  func fillFacts(_ scope: Scope, _ projection: Projection, from origin: FactOrigin) throws(StoreProblem) {
    let name = scope.rawValue
    try db.runScript(Projection.factIndexNames.map { "DROP INDEX temp.\($0);" }.joined())
    var changed = ChangedSince()
    switch origin {
    case .statements: try db.write("INSERT INTO \(name).fact " + projection.facts(where: "TRUE"))
    case .present: try db.write("INSERT INTO \(name).fact " + projection.factsOfPresent())
    case .presentBut(let since):
      changed = since
      let (among, list) = ("IN (SELECT value FROM json_each(?1))", [SQL.list(changed.statements.sorted())])
      try db.write(
        "INSERT INTO \(name).fact " + projection.factsAsNow(where: "f.statement NOT \(among)"), list)
      try db.write("INSERT INTO \(name).fact " + projection.facts(where: "s.id \(among)"), list)
    }
    try db.runScript(Projection.factIndexes)
    try db.tell(IndexHints.of(scope), of: scope)
    let cells =
      origin.isLikeNow
      ? try resolver.undecided(.likeNow(changed: changed.statements), in: scope, areMany: true)
      : try resolver.undecidedCells(in: scope)
    try resolver.resolve(cells, in: scope)
    // Types and names count whoever says them: unless there are rivals, they are those of today.
    if origin.isLikeNow, !changed.namesDiffer,
      !cells.keys.contains(where: { $0.property == BuiltIn.type.text })
    {
      for table in ["entity_now", "name"] {
        try db.write("INSERT INTO \(name).\(table) SELECT * FROM main.\(table)")
      }
    } else {
      try db.write("INSERT INTO \(name).entity_now " + projection.entities(where: "TRUE"))
      try db.write("INSERT INTO \(name).name " + projection.names(where: "TRUE"))
    }
  }

  /// The values of some entities in `temp`, and those that follow them, of which it is to be known whether they were there.
  func bounding(_ entities: [Int64]) throws(StoreProblem) -> [Int64] {
    let list = SQL.list(entities)
    try existenceProjector.finishExistence()
    return try db.integers(
      """
      SELECT DISTINCT f.object FROM json_each(?1) j CROSS JOIN temp.fact f ON f.subject = j.value
        WHERE f.object IS NOT NULL AND EXISTS(SELECT 1 FROM main.existence x WHERE x.entity = f.object)
      UNION SELECT DISTINCT \(Identity.counted(RecordedAs.subject("s"), in: "temp")) FROM json_each(?1) j
        CROSS JOIN main.statement s ON s.object = \(Identity.counted("j.value", in: "main")) AND s.property = '\(ExistenceMarks.succession)'
      """, [list])
  }

  /// What is said of some entities in `temp`, of which nothing is there yet, and their names.
  /// - Parameter ofPresent: whether what is asserted now is what counts, and is in `main`.
  func fill(_ entities: [Int64], needsEvidence: Bool, ofPresent: Bool = false) throws(StoreProblem) {
    let projection = Projection(schema: "temp", needsEvidence: needsEvidence)
    let listed = "IN (SELECT value FROM json_each(?1))"
    let list = SQL.list(entities)
    if ofPresent {
      try db.write("INSERT INTO temp.fact " + projection.factsOfPresent(where: "f.subject \(listed)"), [list])
    } else {
      var recorded: [Int64] = []
      for entity in entities { recorded += try truth.family(of: entity, in: .temp) }
      try db.write(
        "INSERT INTO temp.fact " + projection.facts(where: RecordedAs.isOf("?1", .subject)), [.list(recorded)]
      )
    }
    try resolver.resolve(try resolver.undecidedCells(in: .temp, of: entities), in: .temp)
    try db.write("INSERT INTO temp.entity_now " + projection.entities(where: "e.id \(listed)"), [list])
    try db.write("INSERT INTO temp.name " + projection.names(where: "n.id \(listed)"), [list])
  }
}
