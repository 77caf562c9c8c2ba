internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Ending all that a transaction asserted and that says so by itself: of an import that is nearly all.
extension TransactionUndo {
  /// The rows that a transaction asserted and nobody has ended, of a table, as a condition on `r`.
  private struct Asserted {
    var number: Int64
    var statements: ClosedRange<Int64>?
    var citations: ClosedRange<Int64>?

    func condition(_ range: ClosedRange<Int64>) -> String {
      "r.id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND +r.tx = \(number)"
    }
  }

  /// What a transaction asserted by itself. No cursor is left open, beside which no index could be dropped.
  private func asserted(by number: Int64) throws(StoreProblem) -> Asserted {
    var asserted = Asserted(number: number)
    let row = try db.rows(
      "SELECT first_statement, last_statement, first_citation, last_citation FROM main.tx WHERE id = ?",
      [.integer(number)])
    guard try row.next() else { return asserted }
    func range(_ first: Int) -> ClosedRange<Int64>? {
      guard let low = row.optionalInteger(first), let high = row.optionalInteger(first + 1) else {
        return nil
      }
      return low...high
    }
    asserted.statements = range(0)
    asserted.citations = range(2)
    return asserted
  }

  /// - Returns: whether there was any.
  func withdrawAsserted(by number: Int64) throws(StoreProblem) -> Bool {
    let asserted = try asserted(by: number)
    let own = try truth.transactionNumber()
    var hasChanged = false
    if let statements = asserted.statements {
      let condition = asserted.condition(statements) + " AND r.ended IS NULL"
      let count = try db.integer("SELECT count(*) FROM main.statement r WHERE \(condition)") ?? 0
      if count > 0 {
        hasChanged = true
        if try isMuch(count) {
          try noteFollowed(in: statements)
          if try isMost(count) { try batch.dropIndexOfStanding() }
          try withdrawMany(condition, statements, count, by: own)
        } else {
          try withdrawFew(condition, by: own)
        }
      }
    }
    if let citations = asserted.citations {
      if try withdrawCitations(asserted.condition(citations) + " AND r.ended IS NULL", citations, by: own) {
        hasChanged = true
      }
    }
    return hasChanged
  }

  /// Whether so many statements change that all is counted anew in less time.
  private func isMuch(_ count: Int64) throws(StoreProblem) -> Bool {
    let all = try lastStatement()
    return count > Int64(state.limits.withdrawnOneByOne) && count > all / 50
  }

  private func isMost(_ count: Int64) throws(StoreProblem) -> Bool {
    Double(count) > Double(try lastStatement()) * state.limits.most
  }

  private func lastStatement() throws(StoreProblem) -> Int64 {
    try db.integer("SELECT max(id) FROM main.statement") ?? 0
  }

  private func withdrawFew(_ condition: String, by number: Int64) throws(StoreProblem) {
    let rows = try db.integers("SELECT r.id FROM main.statement r WHERE \(condition)")
    try db.write(
      "UPDATE main.statement SET ended = \(number) WHERE id IN (SELECT value FROM json_each(?))",
      [.list(rows)])
    try truth.touchStatements(rows)
  }

  /// Says at once that they have ended and how they stand; what they decided is decided anew, and counted, at the end.
  private func withdrawMany(
    _ condition: String, _ range: ClosedRange<Int64>, _ count: Int64, by number: Int64
  ) throws(StoreProblem) {
    state.memory.past = nil
    state.late.paths = true
    let subjects = try db.integers(
      "SELECT DISTINCT r.subject FROM main.statement r WHERE \(condition) ORDER BY r.subject")
    state.dirty.subjects.formUnion(subjects)
    // What is left is counted anew where it is less than what goes.
    let isMost = try isMost(count)
    if isMost { state.late.tally = true } else { try tallyProjector.count(of: subjects, sign: -1) }
    try db.write(
      """
      DELETE FROM main.timeline WHERE statement BETWEEN \(range.lowerBound) AND \(range.upperBound)
        AND EXISTS(SELECT 1 FROM main.statement r WHERE r.id = timeline.statement AND \(condition))
      """)
    try db.write(
      """
      UPDATE main.statement AS r SET ended = \(number), claimed = 0, timed = 0,
        chosen = CASE WHEN denied AND chosen IS NOT NULL THEN 0 END WHERE \(condition)
      """)
    let withdrawn = "r.id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND r.ended = \(number)"
    // Where something is left that is chosen, it may be decided otherwise.
    let others = try db.integers(
      """
      SELECT j.value FROM json_each(?) j
      WHERE EXISTS(SELECT 1 FROM main.statement o WHERE o.subject = j.value AND o.chosen IS NOT NULL)
      """, [.list(subjects)])
    var renamed = subjects
    if isMost, try !truth.hasIdentities() {
      // The others are nothing any more.
      let staying = Set(others)
      try takeOut(subjects.filter { !staying.contains($0) })
      renamed = others
    }
    let named = try db.rows(
      """
      SELECT r.subject, r.property, coalesce(r.folded, folded(e.key)) FROM json_each(?) j
        CROSS JOIN main.statement r ON r.subject = j.value AND r.property IN ('type', 'name')
        CROSS JOIN main.entity e ON e.id = r.subject
      WHERE \(withdrawn)
      """, [.list(renamed)])
    while try named.next() { truth.touch(subject: named.integer(0), named.text(1), naming: named.text(2)) }
    let left = try db.rows(
      """
      SELECT DISTINCT r.subject, r.property FROM json_each(?) j CROSS JOIN main.statement r ON r.subject = j.value
      WHERE \(withdrawn) AND EXISTS(SELECT 1 FROM main.statement o
        WHERE o.subject = r.subject AND o.property = r.property AND o.chosen IS NOT NULL)
      """, [.list(others)])
    var cells: Set<Dirty.Cell> = []
    while try left.next() { cells.insert(Dirty.Cell(subject: left.integer(0), property: left.text(1))) }
    state.dirty.cells.formUnion(cells)
    if !isMost {
      try tallyProjector.count(of: others, sign: 1)
      // Those that are decided anew are counted one by one.
      if cells.count > state.limits.countedOneByOne { state.late.tally = true }
    }
    state.dirty.withdrawn.append(range)
    try textIndex.takeOut(range, of: count, among: try lastStatement())
  }

  /// When things were there depends on what follows them: looked up while the index of values is there.
  private func noteFollowed(in range: ClosedRange<Int64>) throws(StoreProblem) {
    state.dirty.subjects.formUnion(
      try db.integers(
        """
        SELECT DISTINCT s.object FROM main.statement s WHERE s.property = '\(ExistenceMarks.succession)'
          AND s.object IS NOT NULL AND +s.id BETWEEN \(range.lowerBound) AND \(range.upperBound)
        """))
  }

  /// Takes entities of which nothing is said any more out of what is projected of entities. When the others were there is
  /// found out anew in less time.
  private func takeOut(_ entities: [Int64]) throws(StoreProblem) {
    state.late.existence = true
    for (table, entity) in [("entity_now", "id"), ("name", "entity")] {
      try db.write(
        "DELETE FROM main.\(table) WHERE \(entity) IN (SELECT value FROM json_each(?))", [.list(entities)])
    }
    state.memory.forgetRecords()
  }

  private func withdrawCitations(
    _ condition: String, _ range: ClosedRange<Int64>, by number: Int64
  ) throws(StoreProblem) -> Bool {
    let count = try db.run("UPDATE main.citation AS r SET ended = \(number) WHERE \(condition)")
    guard count > 0 else { return false }
    let withdrawn = "r.id BETWEEN \(range.lowerBound) AND \(range.upperBound) AND r.ended = \(number)"
    if count > state.limits.withdrawnOneByOne {
      try textIndex.readTextLater(.citation, range)
    } else {
      state.dirty.citations.formUnion(try db.integers("SELECT r.id FROM main.citation r WHERE \(withdrawn)"))
    }
    let others = try db.integers(
      """
      SELECT DISTINCT r.statement FROM main.citation r CROSS JOIN main.statement s ON s.id = r.statement
      WHERE \(withdrawn) AND s.ended IS NOT \(number)
      """)
    try truth.touchStatements(others.filter { !state.dirty.knows($0) })
    return true
  }
}
