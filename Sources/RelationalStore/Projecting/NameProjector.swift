internal import RegistryModel
internal import RegistryStore

/// What entities are, and what they are called.
struct NameProjector {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  private static let listed = "IN (SELECT value FROM json_each(?1))"

  /// Makes the rows of some entities as they are to be. Only what differs is written: who has hundreds of names mostly gets
  /// one more.
  func refreshEntities(_ entities: Set<Int64>) throws(StoreProblem) {
    guard !entities.isEmpty else { return }
    defer { state.memory.forgetRecords() }
    let asked = questions(try withTargets(entities))
    let (before, named) = (try shown(asked.shown), try self.named(asked.named))
    let others = Set(try db.integers(asked.others))
    var made = try plain(asked.plain, except: others)
    let rest = SQL.list(others.sorted())
    if !others.isEmpty {
      let rows = try shown(SQLQuestion(Projection.main.entities(where: "e.id \(Self.listed)"), [rest]))
      made.shown.merge(rows) { $1 }
    }
    try write(made.shown, over: before)
    if !others.isEmpty {
      // They are asked of those that are shown.
      made.named.formUnion(
        try self.named(SQLQuestion(Projection.main.names(where: "n.id \(Self.listed)"), [rest])))
    }
    try write(made.named, over: named)
  }

  /// Writes the rows of new things, of which there are none.
  func add(_ things: [Int64: Introduced]) throws(StoreProblem) {
    state.memory.forgetRecords()
    var made: (shown: [Int64: Shown], named: Set<Name>) = ([:], [])
    for (id, thing) in things {
      guard let record = thing.record else { continue }
      let (key, name) = (record.key.text, thing.name)
      made.shown[id] = Shown(key: key, type: record.type.text, name: ExactText(record.name))
      made.named.insert(
        Name(folded: ExactText(foldedName(key)), place: 0, entity: id, text: ExactText(key)))
      if let name {
        made.named.insert(
          Name(folded: ExactText(foldedName(name)), place: 1, entity: id, text: ExactText(name)))
      }
      state.memory.know(record, of: id)
    }
    try write(made.shown, over: [:])
    try write(made.named, over: [])
  }

  /// What is asked of some entities before anything is written.
  func questionsAhead(of entities: Set<Int64>) throws(StoreProblem) -> [SQLQuestion] {
    guard !entities.isEmpty else { return [] }
    let asked = questions(try withTargets(entities))
    return [asked.shown, asked.named, asked.others, asked.plain]
  }

  /// An alias of what is merged is a name of what it counts as.
  private func withTargets(_ entities: Set<Int64>) throws(StoreProblem) -> Set<Int64> {
    guard try truth.hasIdentities() else { return entities }
    return entities.union(
      try db.integers(
        "SELECT i.target FROM main.identity_now i WHERE i.id \(Self.listed)", [.list(entities.sorted())]))
  }

  private struct Questions {
    /// The rows that are there.
    var shown: SQLQuestion
    var named: SQLQuestion
    /// Who has more than a key and names of its own.
    var others: SQLQuestion
    /// What is said of the names and types of all.
    var plain: SQLQuestion
  }

  private func questions(_ entities: Set<Int64>) -> Questions {
    let list: [SQL] = [.list(entities.sorted())]
    return Questions(
      shown: SQLQuestion("SELECT id, key, type, name FROM main.entity_now WHERE id \(Self.listed)", list),
      named: SQLQuestion(
        "SELECT folded, place, entity, text FROM main.name WHERE entity \(Self.listed)", list),
      others: SQLQuestion(
        """
        SELECT a.entity FROM json_each(?1) j CROSS JOIN main.alias a ON a.entity = j.value
        UNION SELECT i.id FROM json_each(?1) j CROSS JOIN main.identity_now i ON i.id = j.value
        UNION SELECT i.target FROM json_each(?1) j CROSS JOIN main.identity_now i ON i.target = j.value
        """, list),
      plain: SQLQuestion(
        """
        SELECT f.subject, e.key, f.property = 'type', f.text, f.folded, f.chosen, f.rank, f.claimed, f.end_latest,
          f.start_earliest, s.digest, length(f.text)
        FROM json_each(?1) j CROSS JOIN main.fact f ON f.subject = j.value AND f.property IN ('type', 'name')
          CROSS JOIN main.entity e ON e.id = f.subject CROSS JOIN main.statement s ON s.id = f.statement
        """, list))
  }

  // MARK: As it is

  private func shown(_ question: SQLQuestion) throws(StoreProblem) -> [Int64: Shown] {
    var found: [Int64: Shown] = [:]
    let row = try db.rows(question)
    while try row.next() {
      found[row.integer(0)] = Shown(key: row.text(1), type: row.text(2), name: ExactText(row.text(3)))
    }
    return found
  }

  private func named(_ question: SQLQuestion) throws(StoreProblem) -> Set<Name> {
    var found: Set<Name> = []
    let row = try db.rows(question)
    while try row.next() {
      found.insert(
        Name(
          folded: ExactText(row.text(0)), place: row.integer(1), entity: row.integer(2),
          text: ExactText(row.text(3))))
    }
    return found
  }

  // MARK: What differs

  private func write(_ made: [Int64: Shown], over before: [Int64: Shown]) throws(StoreProblem) {
    let gone = before.keys.filter { made[$0] != before[$0] }
    if !gone.isEmpty {
      try db.write("DELETE FROM main.entity_now WHERE id \(Self.listed)", [.list(gone.sorted())])
    }
    for (id, entity) in made.sorted(by: { $0.key < $1.key }) where before[id] != entity {
      try db.write("INSERT INTO main.entity_now(id, key, type, name) VALUES (?, ?, ?, ?)") {
        (row: any SQLBinding) throws(StoreProblem) in
        row.integer(id)
        row.text(entity.key)
        row.text(entity.type)
        row.text(entity.name.text)
      }
    }
  }

  private func write(_ made: Set<Name>, over before: Set<Name>) throws(StoreProblem) {
    func each(_ names: Set<Name>, _ sql: String) throws(StoreProblem) {
      for name in names.sorted(by: {
        ($0.entity, $0.place, $0.text.text) < ($1.entity, $1.place, $1.text.text)
      }) {
        try db.write(sql) { (row: any SQLBinding) throws(StoreProblem) in
          row.text(name.folded.text)
          row.integer(name.place)
          row.integer(name.entity)
          row.text(name.text.text)
        }
      }
    }
    try each(
      before.subtracting(made),
      "DELETE FROM main.name WHERE folded = ? AND place = ? AND entity = ? AND text = ?")
    try each(
      made.subtracting(before), "INSERT INTO main.name(folded, place, entity, text) VALUES (?, ?, ?, ?)")
  }

  // MARK: As it is to be

  /// The rows of those that have only their own key and their names, as the projection says it of all; they are most by far.
  /// - Parameter others: those of whom more is to be known.
  private func plain(
    _ question: SQLQuestion, except others: Set<Int64>
  ) throws(StoreProblem) -> (shown: [Int64: Shown], named: Set<Name>) {
    let row = try db.rows(question)
    var found: [Int64: Named] = [:]
    while try row.next() {
      let id = row.integer(0)
      if others.contains(id) { continue }
      // In its place: one thing can have very many names.
      found[id, default: Named(id: id, key: row.text(1))].take(row)
    }
    var made: (shown: [Int64: Shown], named: Set<Name>) = ([:], [])
    for (id, entity) in found {
      guard let type = entity.type else { continue }
      made.shown[id] = Shown(key: entity.key, type: type, name: ExactText(entity.name ?? entity.key))
      made.named.insert(
        Name(
          folded: ExactText(foldedName(entity.key)), place: 0, entity: id, text: ExactText(entity.key)))
      for name in entity.names {
        made.named.insert(
          Name(
            folded: ExactText(name.folded), place: 1, entity: id, text: ExactText(name.text)))
      }
    }
    return made
  }
}

/// A row of `entity_now`.
private struct Shown: Equatable {
  var key: String
  var type: String
  var name: ExactText
}

/// A row of `name`.
private struct Name: Hashable {
  var folded: ExactText
  /// By whether it is a key, a name or an alias: see ``Projection/names(where:)``.
  var place: Int64
  var entity: Int64
  var text: ExactText
}

/// What is said of an entity that is shown and found by it.
private struct Named {
  let id: Int64
  let key: String
  /// What is chosen, of several the first by ``FactOrder``.
  var type: String?
  var typeDigest: String?
  var name: String?
  /// By rank, whether it has ended, when it began, its length, and what it says.
  var best: (Int64, Int, Int64, Int64, String)?
  var names: [(folded: String, text: String)] = []

  init(id: Int64, key: String) { (self.id, self.key) = (id, key) }

  /// - Parameter row: what is said of its type or its names.
  mutating func take(_ row: any SQLCursor) {
    if row.flag(2) {
      if row.flag(5), typeDigest.map({ row.text(10) < $0 }) ?? true {
        typeDigest = row.text(10)
        // That it is of no type, or of which is not known, is none.
        type = row.optionalText(3)
      }
      return
    }
    let hasEnded = row.integer(8) < Day.distantFuture.number
    let place = (-row.integer(6), hasEnded ? 1 : 0, -row.integer(9), -row.integer(11), row.text(10))
    if row.flag(5), let text = row.optionalText(3), best.map({ place < $0 }) ?? true {
      best = place
      name = text
    }
    if row.flag(7), let folded = row.optionalText(4) { names.append((folded, row.text(3))) }
  }
}
