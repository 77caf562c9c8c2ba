internal import RegistryModel
internal import RegistryStore

/// Parts two things that got the same key: moves what some transactions say of one entity to another.
///
/// What is moved is ended where it stood and asserted anew with all that belongs to it, so that it is an edit like any other.
struct KeySplitter {
  let state: RegistryState
  private var assertions: Assertions { Assertions(state) }
  private var db: any SQLEngine { state.db }
  private var editor: Editor { Editor(state) }
  private var recordedRows: RecordedRows { RecordedRows(state) }
  private var restorer: Restorer { Restorer(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func part(
    _ key: Key, as new: Key, by transactions: Set<TransactionID>, reason: String?
  ) throws(StoreProblem) -> Parting {
    guard let open = state.transaction else { throw .noTransaction }
    if let failure = db.lost ?? open.failure { throw failure }
    try editor.makeRoom()
    try editor.batch.restoreIndexes()
    try editor.projector.flush()
    let entity = try truth.entityID(key)
    let old = try truth.recordedKey(entity)
    let numbers = Set(transactions.map(\.number))
    let evidence = try EvidenceReader(state).evidence(about: entity)
    let apart = try truth.findEntityID(new)
    let other = try apart.map { id throws(StoreProblem) in try truth.recordedKey(id) } ?? new
    if let apart { try test(apart, new, isApartFrom: entity) }

    var moving = Moving(of: numbers, from: old, to: other)
    let left = try add(evidence, to: &moving)
    try addRest(of: entity, besides: evidence, to: &moving)
    guard !moving.contents.isEmpty else { return Parting(moved: 0, left: 0, others: 0) }
    _ = try truth.createEntity(new)
    for (thing, row, transaction) in moving.ends { try truth.end(thing, row, begunBy: transaction) }
    for content in moving.contents {
      try restorer.restore(content.replacing(old, with: other), asserts: true)
    }
    try giveType(entity, old, other)
    try keepApart(old, other, reason)
    return Parting(moved: moving.statements.count, left: left, others: moving.others)
  }

  /// What is moved.
  private struct Moving {
    let transactions: Set<Int64>
    let from: Key
    let to: Key
    /// As it stood, in the order in which it is asserted anew.
    var contents: [RecordedContent] = []
    /// What ends: the thing, its row and the transaction by which it stands.
    var ends: [(Thing, Int64, Int64)] = []
    var statements: Set<Int64> = []
    var others = 0

    init(of transactions: Set<Int64>, from: Key, to: Key) {
      (self.transactions, self.from, self.to) = (transactions, from, to)
    }

    func isMeant(_ standing: Assertions.Standing) -> Bool { !standing.first.isDisjoint(with: transactions) }

    mutating func end(_ thing: Thing, _ row: Int64, _ standing: [Assertions.Standing]) {
      ends += standing.map { (thing, row, $0.by) }
    }
  }

  /// A key that nothing has, or of what is held distinct already.
  private func test(_ other: Int64, _ key: Key, isApartFrom entity: Int64) throws(StoreProblem) {
    let isThere = try db.integer(
      """
      SELECT 1 FROM main.statement s WHERE \(RecordedAs.isOf("?1", .subject))
        AND (\(Lives.isClaimed("s", .current)) OR \(Lives.isDenied("s", .current))) LIMIT 1
      """, [.list([other])])
    let isFirst = try truth.recordedKey(other) == key
    guard other == entity || isThere != nil || !isFirst else { return }
    if other == entity { throw .keyTaken(key) }
    if try truth.distinctions(entity, other).isEmpty { throw .keyTaken(key) }
  }

  /// The statements with their citations, ranks and dates of review.
  /// - Returns: of how many others say so too.
  private func add(_ evidence: Evidence, to moving: inout Moving) throws(StoreProblem) -> Int {
    var (left, citing, statements): (Set<Int64>, [Int64], [RecordedContent]) = ([], [], [])
    for stance in evidence.stances {
      guard let statement = evidence.contents[stance.statement], isMovable(statement, moving) else {
        continue
      }
      let mine = stance.standing.filter(moving.isMeant)
      let cited = stance.citations.filter { $0.standing.contains(where: moving.isMeant) }
      guard !mine.isEmpty || !cited.isEmpty else { continue }
      moving.statements.insert(stance.statement)
      statements.append(stance.thing == .statement ? .claim(statement) : .denial(statement))
      for citation in cited {
        citing.append(citation.row)
        moving.end(.citation, citation.row, citation.standing.filter(moving.isMeant))
      }
      // What only others cite stands on, by whomever it was said first.
      if stance.all.contains(where: { !moving.isMeant($0) }) {
        left.insert(stance.statement)
        if mine.count < stance.standing.count { moving.end(stance.thing, stance.statement, mine) }
      } else {
        moving.end(stance.thing, stance.statement, mine)
      }
    }
    let citations = try recordedRows.contents(.citation, citing.sorted())
    moving.contents += statements + citing.compactMap { citations[$0] }
    try addJudgements(to: &moving, left: left)
    return left.count
  }

  private func isMovable(_ statement: Statement, _ moving: Moving) -> Bool {
    // Who speaks of both means the old one by its key.
    !RecordedContent.claim(statement).keys.contains(moving.to)
  }

  private func addJudgements(to moving: inout Moving, left: Set<Int64>) throws(StoreProblem) {
    for thing in [Thing.judgement, .review] {
      var statements: [Int64: Int64] = [:]
      let row = try db.rows(
        "SELECT c.id, c.statement FROM json_each(?) j CROSS JOIN main.\(thing.table) c ON c.statement = j.value",
        [.list(moving.statements.sorted())])
      while try row.next() { statements[row.integer(0)] = row.integer(1) }
      try add(thing, statements.keys.sorted(), to: &moving) { row in
        // Where nothing is left of what others judged, their judgement goes with it.
        statements[row].map { !left.contains($0) } ?? false
      }
    }
  }

  /// Other names, data of sources, citations of it as a source, and mergings.
  private func addRest(
    of entity: Int64, besides evidence: Evidence, to moving: inout Moving
  ) throws(StoreProblem) {
    let before = moving.contents.count
    let citations = try db.integers(
      "SELECT id FROM main.citation WHERE source = ? ORDER BY id", [.integer(entity)])
    let told = Set(evidence.stances.flatMap(\.citations).map(\.row))
    try add(.citation, citations.filter { !told.contains($0) }, to: &moving) { _ in false }
    for (thing, condition) in [
      (Thing.alias, "entity = ?1 OR source = ?1"), (.merging, "entity = ?1 OR target = ?1"),
    ] {
      let rows = try db.integers(
        "SELECT id FROM main.\(thing.table) WHERE \(condition) ORDER BY id", [.integer(entity)])
      try add(thing, rows, to: &moving) { _ in false }
    }
    let data = try db.integers(
      "SELECT id FROM main.source_data WHERE source = ?1 OR corrects IS NOT NULL ORDER BY id",
      [.integer(entity)])
    let contents = try recordedRows.contents(.sourceData, data)
    try add(
      .sourceData, data.filter { contents[$0]?.keys.contains(moving.from) == true }, to: &moving
    ) { _ in false }
    moving.others = moving.contents.count - before
  }

  /// - Parameter goesAlong: whether something goes along although others say it.
  private func add(
    _ thing: Thing, _ rows: [Int64], to moving: inout Moving, goesAlong: (Int64) -> Bool
  ) throws(StoreProblem) {
    let standing = try assertions.standing(thing, rows)
    let wanted = rows.filter { row in
      guard let standing = standing[row] else { return false }
      return goesAlong(row) || standing.contains(where: moving.isMeant)
    }
    let contents = try recordedRows.contents(thing, wanted)
    for row in wanted {
      guard let content = contents[row], !content.keys.contains(moving.to) else { continue }
      moving.contents.append(content)
      moving.end(thing, row, (standing[row] ?? []).filter(moving.isMeant))
    }
  }

  /// What nobody whose word was moved says the type of is of the type of that from which it is parted.
  private func giveType(_ entity: Int64, _ old: Key, _ other: Key) throws(StoreProblem) {
    let typed = """
      SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?1", .subject)) AND s.property = '\(BuiltIn.type)'
        AND \(Lives.isClaimed("s", .current)) ORDER BY s.id
      """
    guard try db.integers(typed, [.list([try truth.entityID(other)])]).isEmpty else { return }
    let rows = try db.integers(typed, [.list([entity])])
    let standing = try recordedRows.standing(rows)
    for row in rows {
      for content in standing[row] ?? [] {
        try restorer.restore(content.replacing(old, with: other), asserts: true)
      }
    }
  }

  /// So that no merging joins them.
  private func keepApart(_ one: Key, _ other: Key, _ reason: String?) throws(StoreProblem) {
    guard try truth.distinctions(try truth.entityID(one), try truth.entityID(other)).isEmpty else { return }
    let qualifiers = reason.map { [Qualifier(BuiltIn.because, .text($0))] } ?? []
    for (first, second) in [(other, one), (one, other)] {
      let statement = Statement(
        subject: first, property: BuiltIn.distinctFrom, value: .entity(second), qualifiers: qualifiers)
      try restorer.restore(.claim(statement), asserts: true)
    }
  }
}
