internal import RegistryModel
internal import RegistryStore

/// Claims, and citations, of which the lives are not written yet: all from the first to the last.
struct Unsettled {
  var statements: ClosedRange<Int64>?
  var citations: ClosedRange<Int64>?
}

/// Asserting and withdrawing content.
extension SQLiteRegistry {
  /// Whether a thing is asserted now.
  func isOpen(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> Bool {
    try settle()
    return try db.integer(
      "SELECT 1 FROM life WHERE thing = ? AND id = ? AND tx_out = \(openEnd)",
      [.integer(thing.rawValue), .integer(id)]) != nil
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

  /// Begins the life of a claim, or of a citation, that was recorded just now; it is written with those of others
  /// (``settle()``).
  func liveSoon(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    // A transaction that changed something has its number, whenever that is written.
    _ = try transactionNumber()
    let path = thing == .citation ? \Unsettled.citations : \Unsettled.statements
    guard let range = unsettled[keyPath: path] else { return unsettled[keyPath: path] = id...id }
    if range.upperBound + 1 != id { try settle() }
    let first = unsettled[keyPath: path]?.lowerBound ?? id
    unsettled[keyPath: path] = first...id
  }

  /// Writes the lives that wait.
  func settle() throws(StoreProblem) {
    let (statements, citations) = (unsettled.statements, unsettled.citations)
    unsettled = Unsettled()
    if let statements { try settle(.statement, statements) }
    if let citations { try settle(.citation, citations) }
  }

  private func settle(_ thing: Thing, _ range: ClosedRange<Int64>) throws(StoreProblem) {
    if range.count == 1 { return try live(thing, range.lowerBound) }
    try db.run(
      """
      INSERT INTO life(thing, id, tx_in) SELECT ?1, id, ?2 FROM main.\(thing.table) WHERE id BETWEEN ?3 AND ?4
      """,
      [
        .integer(thing.rawValue), .integer(try transactionNumber()), .integer(range.lowerBound),
        .integer(range.upperBound),
      ])
  }

  /// Begins the life of a thing that has none.
  func live(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    let number = try transactionNumber()
    try db.run("INSERT INTO life(thing, id, tx_in) VALUES (?, ?, ?)") {
      (row: inout Binding) throws(StoreProblem) in
      row.integer(thing.rawValue)
      row.integer(id)
      row.integer(number)
    }
  }

  /// Ends the life of a thing. What this very transaction asserted leaves no trace: nobody else ever saw it.
  /// - Returns: whether it was asserted.
  @discardableResult
  func withdraw(_ thing: Thing, _ id: Int64) throws(StoreProblem) -> Bool {
    guard try isOpen(thing, id) else { return false }
    let number = try transactionNumber()
    let arguments: [SQL] = [.integer(thing.rawValue), .integer(id), .integer(number)]
    let removed = try db.run(
      "DELETE FROM life WHERE thing = ? AND id = ? AND tx_in = ? AND tx_out = \(openEnd)", arguments)
    if removed == 0 {
      try db.run(
        "UPDATE life SET tx_out = ?3 WHERE thing = ?1 AND id = ?2 AND tx_out = \(openEnd)", arguments)
    }
    try touch(thing, id)
    return true
  }

  /// Notes which projections a change of this thing concerns.
  func touch(_ thing: Thing, _ id: Int64) throws(StoreProblem) {
    memory.past = nil
    switch thing {
    case .statement, .denial: try touchStatement(id)
    case .citation:
      dirty.citations.insert(id)
      if let statement = try db.integer("SELECT statement FROM citation WHERE id = ?", [.integer(id)]) {
        try touchStatement(statement)
      }
    case .judgement:
      if let statement = try db.integer("SELECT statement FROM judgement WHERE id = ?", [.integer(id)]) {
        try touchStatement(statement)
      }
    case .alias:
      dirty.aliases.insert(id)
      let row = try db.rows("SELECT entity, folded FROM alias WHERE id = ?", [.integer(id)])
      while try row.next() {
        dirty.entities.insert(row.integer(0))
        dirty.names.insert(row.text(1))
      }
    case .sourceData:
      memory.standings = [:]
      if let source = try db.integer("SELECT source FROM source_data WHERE id = ?", [.integer(id)]) {
        dirty.sources.insert(source)
        if try namesAnything(source) { dirty.hasNamingSources = true }
      }
    case .merging, .renaming:
      memory.forgetEntities()
      memory.recordedKeys = nil
      memory.standings = [:]
      if let entity = try db.integer("SELECT entity FROM \(thing.table) WHERE id = ?", [.integer(id)]) {
        dirty.identities.insert(entity)
      }
    case .definition:
      memory.schema = nil
      let row = try db.rows("SELECT kind, key FROM definition WHERE id = ?", [.integer(id)])
      while try row.next() {
        if row.text(0) == "type" {
          dirty.types.insert(row.text(1))
        } else {
          dirty.properties.insert(row.text(1))
        }
      }
    }
  }

  /// Whether a source, or one that counts as it, is cited for what anything is or is called.
  private func namesAnything(_ source: Int64) throws(StoreProblem) -> Bool {
    try db.integer(
      """
      SELECT 1 FROM json_each(?) j CROSS JOIN main.citation c ON c.source = j.value
        CROSS JOIN main.statement s ON s.id = c.statement AND s.property IN ('type', 'name') LIMIT 1
      """, [.list(try family(of: source, in: .main))]) != nil
  }

  func touchStatement(_ id: Int64) throws(StoreProblem) {
    let row = try db.rows(
      """
      SELECT s.subject, s.property, coalesce(s.folded, folded(e.key))
      FROM statement s JOIN main.entity e ON e.id = s.subject WHERE s.id = ?
      """, [.integer(id)])
    while try row.next() {
      touchStatement(id, of: row.integer(0), row.text(1), naming: row.text(2))
      // With its type it gains or loses all its names.
      if row.text(1) == BuiltIn.type.text { try touchNames(of: row.integer(0)) }
    }
  }

  private func touchNames(of entity: Int64) throws(StoreProblem) {
    let row = try db.rows(
      """
      SELECT folded FROM statement WHERE subject = ?1 AND property = 'name' AND folded IS NOT NULL
      UNION SELECT folded FROM alias WHERE entity = ?1
      """, [.integer(entity)])
    while try row.next() { dirty.names.insert(row.text(0)) }
  }

  private func touchStatement(_ id: Int64, of subject: Int64, _ property: String, naming name: String) {
    dirty.statements.insert(id)
    touch(subject: subject, property, naming: name)
  }

  /// - Parameter name: what a type or a name makes the subject known by, folded.
  func touch(subject: Int64, _ property: String, naming name: @autoclosure () -> String) {
    memory.past = nil
    dirty.subjects.insert(subject)
    guard property == BuiltIn.type.text || property == BuiltIn.name.text else { return }
    dirty.entities.insert(subject)
    dirty.names.insert(name())
  }
}
