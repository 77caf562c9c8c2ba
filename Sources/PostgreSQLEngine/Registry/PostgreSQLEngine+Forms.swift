internal import RegistryModel
internal import RegistryStore
internal import RelationalStore

/// What the dates in texts are: the server cannot read them, so that each new text is noted with what it means in the
/// transaction that records it.
extension PostgreSQLEngine {
  /// - Parameter isOfAll: whether of all texts, and not of those that the open transaction recorded.
  private func formsQuestion(isOfAll: Bool = false) -> String {
    let name: (String) -> String = catalog.shared
    // Of a range that is open at one side the server expects a third of the table, and reads all of it.
    func isNew(_ row: String, since last: String) -> String {
      if isOfAll { return "TRUE" }
      return "\(row) > (SELECT m.\"\(last)\" FROM \(name("moment")) m) AND \(row) < (SELECT \(Int64.max))"
    }
    return """
      SELECT DISTINCT 0, s."validity" FROM \(name("statement")) s
        WHERE \(isNew("s.\"id\"", since: "statement")) AND s."validity" IS NOT NULL
          AND NOT EXISTS(SELECT 1 FROM \(name("period_said")) p WHERE p."text" = s."validity")
      UNION ALL SELECT 1, t FROM (
        SELECT s."text" AS t FROM \(name("statement")) s
          WHERE \(isNew("s.\"id\"", since: "statement")) AND s."kind" = 3
        UNION SELECT q."text" FROM \(name("qualifier")) q
          WHERE \(isNew("q.\"statement\"", since: "statement")) AND q."kind" = 3
        UNION SELECT d."published" FROM \(name("source_data")) d WHERE \(isNew("d.\"id\"", since: "source"))
        UNION SELECT d."retrieved" FROM \(name("source_data")) d WHERE \(isNew("d.\"id\"", since: "source"))) d
        WHERE t IS NOT NULL AND NOT EXISTS(SELECT 1 FROM \(name("date_said")) p WHERE p."text" = t)
      """
  }

  /// Notes the dates that are new, and that one more transaction is committed.
  /// - Returns: under which name the latter is prepared, once it is committed.
  func noteCommit() throws(StoreProblem) -> String {
    if saysDates { try noteDates() }
    let next = nextName ?? "next\(connections)_\(commits)"
    let moment = """
      UPDATE \(catalog.shared("moment")) SET number = number + 1,
        statement = (SELECT coalesce(max("id"), 0) FROM \(catalog.shared("statement"))),
        source = (SELECT coalesce(max("id"), 0) FROM \(catalog.shared("source_data")))
      """
    if nextName == nil { try wait(for: [.prepare(name: next, sql: moment, types: [])]) }
    try wait(for: [.execute(name: next, values: [])])
    return next
  }

  /// When a period starts, ends and was seen.
  private static func parts(of period: String) -> [String?] {
    let validity = Validity(canonicalText: period)
    return [validity?.start?.edtf, validity?.end?.edtf, validity?.seen?.edtf]
  }

  /// What an editor's own SQL could note, which no trigger reads: whether each text is noted, as it says.
  func checkForms() throws(StoreProblem) -> String? {
    try noteDatesToRead()
    let way = "entente copy makes a registry that has it right"
    func rows(_ sql: String) throws(StoreProblem) -> ServerRows {
      try send { (connection) throws(ServerProblem) in try connection.run(sql) }
    }
    let missing = try rows("SELECT * FROM (\(formsQuestion(isOfAll: true))) d ORDER BY 1, 2 LIMIT 1")
    if missing.count > 0 { return "what “\(missing.text(0, 1))” means is not noted; \(way)" }
    let periods = try rows("SELECT * FROM \(catalog.shared("period_said")) p ORDER BY 1")
    for row in 0..<periods.count {
      let noted = (1...3).map { periods.isNull(row, $0) ? nil : periods.text(row, $0) }
      if noted != Self.parts(of: periods.text(row, 0)) {
        return "the period “\(periods.text(row, 0))” is noted with other dates than it says; \(way)"
      }
    }
    let dates = try rows("SELECT * FROM \(catalog.shared("date_said")) p ORDER BY 1")
    for row in 0..<dates.count {
      let date = try? PartialDate(edtf: dates.text(row, 0))
      if dates.integer(row, 1) != date?.earliest.number || dates.integer(row, 2) != date?.latest.number {
        return "the date “\(dates.text(row, 0))” is noted with other days than it says; \(way)"
      }
    }
    return nil
  }

  /// Notes the dates of the open transaction that are new, for who reads in it. What it notes is dropped with the part that it
  /// reads in, so that it is asked for again.
  func noteDatesToRead() throws(StoreProblem) {
    if writing, saysDates { try noteDates() }
  }

  private func noteDates() throws(StoreProblem) {
    let name: (String) -> String = catalog.shared
    // Planned once: it is asked with every commit.
    let asked = formsName ?? "forms\(connections)_\(commits)"
    let prepared: [ServerRequest] =
      formsName == nil ? [.prepare(name: asked, sql: formsQuestion(), types: [])] : []
    let answers = try askAll(prepared + [.execute(name: asked, values: [])])
    formsName = asked
    let found = answers[answers.count - 1]
    var dates: Set<String> = []
    var periods: [String] = []
    for row in 0..<found.count {
      let text = found.text(row, 1)
      if found.integer(row, 0) == 1 {
        dates.insert(text)
      } else {
        let parts = Self.parts(of: text)
        for case let part? in parts { dates.insert(part) }
        let words = parts.map { part in part.map { SQLTranslator.literal($0) } ?? "NULL" }.joined(
          separator: ", ")
        periods.append("(\(SQLTranslator.literal(text)), \(words))")
      }
    }
    var script: [String] = []
    if !periods.isEmpty {
      script.append(
        "INSERT INTO \(name("period_said")) VALUES \(periods.joined(separator: ", ")) ON CONFLICT DO NOTHING")
    }
    let days = dates.sorted().compactMap { text in
      (try? PartialDate(edtf: text)).map {
        "(\(SQLTranslator.literal(text)), \($0.earliest.number), \($0.latest.number))"
      }
    }
    if !days.isEmpty {
      script.append(
        "INSERT INTO \(name("date_said")) VALUES \(days.joined(separator: ", ")) ON CONFLICT DO NOTHING")
    }
    try wait(for: script.map { .plain($0) })
  }
}
