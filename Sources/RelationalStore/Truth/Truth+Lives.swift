internal import RegistryModel
internal import RegistryStore

/// Asserting and withdrawing content.
extension Truth {
  /// Whether a thing is asserted now.
  func isOpen(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> Bool {
    if thing.saysByItself, let own = try ownLife(thing, id) { return own.ended == nil }
    return try db.integer(
      "SELECT 1 FROM main.life WHERE thing = ? AND id = ? AND tx_out = \(openEnd)",
      [.integer(thing.rawValue), .integer(id)]) != nil
  }

  /// The rows of some content that stand, those too that do not count since others are newer.
  func standing(
    _ thing: Thing, where condition: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> [Int64] {
    try db.integers(
      """
      SELECT c.id FROM main.\(thing.table) c WHERE \(condition) AND EXISTS(SELECT 1 FROM main.life l
        WHERE l.thing = \(thing.rawValue) AND l.id = c.id AND l.tx_out = \(openEnd)) ORDER BY c.id
      """, arguments)
  }

  /// The transactions that made a claim or a citation and ended it, where its row says so.
  func ownLife(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> (began: Int64, ended: Int64?)? {
    let row = try db.rows(
      "SELECT tx, ended FROM main.\(thing.table) WHERE id = ? AND tx IS NOT NULL", [.integer(id)])
    return try row.next() ? (row.integer(0), row.optionalInteger(1)) : nil
  }

  /// Asserts a thing that is not asserted.
  /// - Returns: whether it was not asserted before.
  @discardableResult
  func assert(_ thing: Thing, _ id: Int64, isNew: Bool = false) throws(StoreProblem) -> Bool {
    if !isNew, try isOpen(thing, id) { return false }
    try live(thing, id)
    try touch(thing, id)
    return true
  }

  /// Begins a life of a thing that is not asserted. What this very transaction ended is as it was before.
  func live(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    let number = try transactionNumber()
    if thing.saysByItself, let own = try ownLife(thing, id), let ended = own.ended {
      if ended == number {
        try db.run("UPDATE main.\(thing.table) SET ended = NULL WHERE id = ?", [.integer(id)])
        return try note(thing, id, seen: own.began, isTakenBack: true)
      }
      // Its second life: from here on both are told of it.
      try db.write(
        "INSERT INTO main.life(thing, id, tx_in, tx_out) VALUES (?, ?, ?, ?)",
        [.integer(thing.rawValue), .integer(id), .integer(own.began), .integer(ended)])
      try db.write("UPDATE main.\(thing.table) SET tx = NULL, ended = NULL WHERE id = ?", [.integer(id)])
    }
    if state.transaction?.content.mayHaveEnded == true, try liveOn(thing, id, number) { return }
    try db.write("INSERT INTO main.life(thing, id, tx_in) VALUES (?, ?, ?)") {
      (row: any SQLBinding) throws(StoreProblem) in
      row.integer(thing.rawValue)
      row.integer(id)
      row.integer(number)
    }
    try note(thing, id)
  }

  /// Goes on with the lives that the open transaction ended.
  /// - Returns: whether there were any.
  private func liveOn(_ thing: Thing, _ id: Int64, _ number: Int64) throws(StoreProblem) -> Bool {
    let lives: [SQL] = [.integer(thing.rawValue), .integer(id), .integer(number)]
    let began = try db.integers(
      "SELECT tx_in FROM main.life WHERE thing = ? AND id = ? AND tx_out = ?", lives)
    guard !began.isEmpty else { return false }
    try db.run(
      "UPDATE main.life SET tx_out = \(openEnd) WHERE thing = ? AND id = ? AND tx_out = ?", lives)
    for transaction in began { try note(thing, id, seen: transaction, isTakenBack: true) }
    return true
  }

  /// Ends the lives of a thing. What this very transaction asserted leaves no trace: nobody else ever saw it.
  /// - Returns: whether it was asserted.
  @discardableResult
  func withdraw(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> Bool {
    // First: what is not asserted must not open a transaction that has nothing to say.
    if thing.saysByItself, let own = try ownLife(thing, id) {
      guard own.ended == nil else { return false }
      let number = try transactionNumber()
      if own.began == number {
        try db.write("UPDATE main.\(thing.table) SET tx = NULL WHERE id = ?", [.integer(id)])
        try note(thing, id, isTakenBack: true)
      } else {
        try db.write(
          "UPDATE main.\(thing.table) SET ended = ? WHERE id = ?", [.integer(number), .integer(id)])
        try note(thing, id, seen: own.began)
      }
    } else {
      let lives: [SQL] = [.integer(thing.rawValue), .integer(id)]
      let began = try db.integers(
        "SELECT tx_in FROM main.life WHERE thing = ? AND id = ? AND tx_out = \(openEnd)", lives)
      guard !began.isEmpty else { return false }
      let number = try transactionNumber()
      for transaction in began {
        let life = lives + [.integer(transaction)]
        if transaction == number {
          try db.write("DELETE FROM main.life WHERE thing = ? AND id = ? AND tx_in = ?", life)
          try note(thing, id, isTakenBack: true)
        } else {
          try db.write(
            "UPDATE main.life SET tx_out = ?4 WHERE thing = ?1 AND id = ?2 AND tx_in = ?3",
            life + [.integer(number)])
          try note(thing, id, seen: transaction)
        }
      }
    }
    try touch(thing, id)
    return true
  }

  /// Notes what the open transaction did with a thing.
  func note(
    _ thing: Thing, _ id: Int64, seen: Int64? = nil, isTakenBack: Bool = false
  ) throws(StoreProblem) {
    state.transaction?.content.note(
      TransactionContent.Change(thing: thing, row: id, seen: seen, isTakenBack: isTakenBack))
    if state.transaction?.content.waiting.count ?? 0 >= TransactionContent.most { try noteAll() }
  }

  /// Looks up what was noted.
  func noteAll() throws(StoreProblem) {
    guard let waiting = state.transaction?.content.waiting, !waiting.isEmpty else { return }
    var ids: [Thing: [Int64: ContentID]] = [:]
    for (thing, changes) in Dictionary(grouping: waiting, by: \.thing) {
      ids[thing] = try contentIDs.ids(thing, Set(changes.map(\.row)).sorted())
    }
    state.transaction?.content.take(ids)
  }

  /// Notes which projections a change of this thing concerns.
  func touch(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    state.memory.past = nil
    switch thing {
    case .statement, .denial: try touchStatement(id)
    case .citation:
      state.dirty.citations.insert(id)
      if let statement = try db.integer("SELECT statement FROM citation WHERE id = ?", [.integer(id)]) {
        try touchCited(statement)
      }
    case .judgement:
      if let statement = try db.integer("SELECT statement FROM judgement WHERE id = ?", [.integer(id)]) {
        try touchStatement(statement)
      }
    // By when something is to be looked at again is read from where it is kept.
    case .review: break
    case .alias:
      state.dirty.aliases.insert(id)
      let row = try db.rows("SELECT entity, folded FROM alias WHERE id = ?", [.integer(id)])
      while try row.next() {
        state.dirty.entities.insert(row.integer(0))
        state.dirty.names.insert(row.text(1))
      }
    case .sourceData:
      state.memory.standings = [:]
      if let source = try db.integer("SELECT source FROM source_data WHERE id = ?", [.integer(id)]) {
        state.dirty.sources.insert(source)
      }
    case .merging, .renaming:
      state.memory.forgetEntities()
      state.memory.forgetIntroduced()
      state.memory.hasMergings = nil
      if thing == .renaming { try followRenaming(id) }
      state.memory.standings = [:]
      if let entity = try db.integer("SELECT entity FROM \(thing.table) WHERE id = ?", [.integer(id)]) {
        state.dirty.identities.insert(entity)
      }
    case .definition:
      state.memory.schema = nil
      let row = try db.rows("SELECT kind, key FROM definition WHERE id = ?", [.integer(id)])
      while try row.next() { state.dirty.touchDefinition(row.text(0), row.text(1)) }
    }
  }

  /// Whether a source whose data changed, or one that counts as it, is cited for what anything is or is called: looked up once,
  /// when somebody asks.
  func namesAnything() throws(StoreProblem) -> Bool {
    if let known = state.dirty.hasNamingSources { return known }
    var families: Set<Int64> = []
    for source in state.dirty.sources { families.formUnion(try family(of: source, in: .main)) }
    let found =
      try db.integer(
        """
        SELECT 1 FROM json_each(?) j CROSS JOIN main.citation c ON c.source = j.value
          CROSS JOIN main.statement s ON s.id = c.statement AND s.property IN ('type', 'name') LIMIT 1
        """, [.list(families.sorted())]) != nil
    state.dirty.hasNamingSources = found
    return found
  }

  /// Notes a citation that was recorded just now.
  func touchNew(citation: Int64, of statement: Int64, hasQuote: Bool) throws(StoreProblem) {
    if hasQuote { state.dirty.addQuote(citation) }
    try touchCited(statement)
  }

  /// Notes a statement of which a citation came or went.
  func touchCited(_ statement: Int64) throws(StoreProblem) {
    state.memory.past = nil
    if !state.dirty.knows(statement) { try touchStatement(statement) }
  }

  func touchStatement(_ id: Int64) throws(StoreProblem) { try touchStatements([id]) }

  func touchStatements(_ ids: [Int64]) throws(StoreProblem) {
    state.memory.past = nil
    let row = try db.rows(
      """
      SELECT s.id, s.subject, s.property, CASE WHEN s.property IN ('type', 'name') THEN coalesce(s.folded, folded(e.key)) END
      FROM json_each(?) j CROSS JOIN main.statement s ON s.id = j.value CROSS JOIN main.entity e ON e.id = s.subject
      """, [.list(ids)])
    var typed: [Int64] = []
    while try row.next() {
      touchStatement(row.integer(0), of: row.integer(1), row.text(2), naming: row.text(3))
      if row.text(2) == BuiltIn.type.text { typed.append(row.integer(1)) }
    }
    // With its type it gains or loses all its names.
    for entity in typed { try touchNames(of: entity) }
  }

  private func touchNames(of entity: Int64) throws(StoreProblem) {
    let row = try db.rows(
      """
      SELECT folded FROM statement WHERE subject = ?1 AND property = 'name' AND folded IS NOT NULL
      UNION SELECT folded FROM alias WHERE entity = ?1
      """, [.integer(entity)])
    while try row.next() { state.dirty.names.insert(row.text(0)) }
  }

  private func touchStatement(_ id: Int64, of subject: Int64, _ property: String, naming name: String) {
    state.dirty.statements.insert(id)
    state.memory.forgetIntroduced(subject)
    touch(subject: subject, property, naming: name)
  }

  /// - Parameter name: what a type or a name makes the subject known by, folded.
  func touch(subject: Int64, _ property: String, naming name: @autoclosure () -> String) {
    state.memory.past = nil
    state.dirty.subjects.insert(subject)
    // Who is held distinct counts for no one else.
    if property == BuiltIn.distinctFrom.text, state.memory.hasMergings != false {
      state.dirty.identities.insert(subject)
    }
    guard property == BuiltIn.type.text || property == BuiltIn.name.text else { return }
    state.dirty.entities.insert(subject)
    if property == BuiltIn.type.text { state.dirty.typed.insert(subject) }
    state.dirty.names.insert(name())
  }

  /// As ``assert(_:_:isNew:)`` for a statement that was recorded just now, without reading again what it says.
  func assertNew(_ row: Int64, _ statement: Statement, as stance: Stance) throws(StoreProblem) {
    let subject = try entityID(statement.subject)
    var object: Int64?
    if case .entity(let key) = statement.value { object = try entityID(key) }
    if stance == .claims {
      let value = CountedValue(subject: subject, property: statement.property.text, object: object ?? 0)
      state.dirty.addFresh(row, value, FreshTraits(statement))
      try state.dirty.freshCells.add(value, isPlain: PlainClaim.isPlain(statement)) {
        () throws(StoreProblem) in try SchemaReader(state).currentSchema().hasRivals(statement.property)
      }
    } else {
      try live(.denial, row)
      state.dirty.statements.insert(row)
    }
    var name = statement.subject.text
    if statement.property == BuiltIn.name, case .text(let text) = statement.value { name = text }
    state.memory.tell(subject, statement, object: object, isClaimed: stance == .claims)
    touch(subject: subject, statement.property.text, naming: foldedName(name))
  }
}
