internal import RegistryStore

extension ViewDefinition {
  /// Views of the kinds of things that the shipped schema defines. Over what is not defined, they are empty.
  static let ofThings: [ViewDefinition] = [
    ViewDefinition(
      .initiatives,
      """
      SELECT e.key, e.type, e.name, \(ViewSQL.chosen("status")) AS status,
        \(ViewSQL.chosen("announced")) AS announced, \(ViewSQL.chosen("launched")) AS launched,
        \(ViewSQL.chosen("signed")) AS signed, coalesce(\(ViewSQL.chosen("started")), \(ViewSQL.chosen("launched")), \(ViewSQL.chosen("signed")))
          AS started,
        \(ViewSQL.chosen("ended")) AS ended, \(ViewSQL.list("lead")) AS lead
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("initiative"))
      """),
    ViewDefinition(
      .commitments,
      """
      SELECT e.key, \(ViewSQL.chosen("under")) AS under, \(ViewSQL.list("giver")) AS giver,
        \(ViewSQL.list("receiver")) AS receiver, \(ViewSQL.chosen("rung")) AS rung,
        \(ViewSQL.content("amount", "low")) AS low, \(ViewSQL.content("amount", "high")) AS high,
        \(ViewSQL.content("amount", "unit")) AS currency, \(ViewSQL.content("amount", "bound")) AS bound,
        \(ViewSQL.content("amount", "reading")) AS reading, \(ViewSQL.content("amount", "forecast")) AS forecast,
        \(ViewSQL.chosen("due")) AS due, \(ViewSQL.days { ViewSQL.factOfChosen("rung", "f.\($0)") }),
        \(ViewSQL.content("rung", "digest")) AS rung_statement, \(ViewSQL.content("amount", "digest")) AS amount_statement,
        \(ViewSQL.content("due", "digest")) AS due_statement,
        \(ViewSQL.day(announced("f.start_earliest"))) AS announced_earliest, \(ViewSQL.day(announced("f.start_latest"))) AS announced_latest,
        \(announced("(SELECT s.digest FROM main.statement s WHERE s.id = f.statement)")) AS announced_statement,
        \(ViewSQL.list("towards")) AS towards, \(ViewSQL.list("instrument")) AS instrument,
        (SELECT group_concat(d, ', ') FROM (SELECT s.digest AS d FROM @.fact f JOIN main.statement s ON s.id = f.statement
          WHERE f.subject = e.id AND f.chosen ORDER BY f.property, s.digest)) AS statements
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("commitment"))
      """),
    ViewDefinition(
      .events,
      """
      SELECT e.key, e.type, e.name, \(ViewSQL.chosen("date")) AS date, \(ViewSQL.chosen("place")) AS place
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("event"))
      """),
    ViewDefinition(
      .offices,
      """
      SELECT e.key, e.name, \(ViewSQL.chosen("of")) AS of, \(ViewSQL.text("h.key")) AS holder,
        \(ViewSQL.day("f.start_earliest")) AS start_earliest, \(ViewSQL.day("f.end_latest")) AS end_latest, f.certainty,
        \(ViewSQL.day("f.start_latest")) AS start_latest, \(ViewSQL.day("f.end_earliest")) AS end_earliest,
        (SELECT s.digest FROM main.statement s WHERE s.id = f.statement) AS statement
      FROM @.entity_now e
        LEFT JOIN @.fact f ON f.subject = e.id AND f.property = 'holder' AND f.chosen
        LEFT JOIN @.entity_key h ON h.id = f.object
      WHERE e.type IN \(ViewSQL.under("office"))
      """),
    ViewDefinition(
      .figures,
      """
      SELECT e.key AS subject, f.property, \(ViewSQL.qualifier("mineral")) AS mineral,
        \(ViewSQL.qualifier("stage")) AS stage, \(ViewSQL.qualifier("product")) AS product,
        \(ViewSQL.qualifier("year")) AS year, \(ViewSQL.qualifier("scope")) AS scope,
        \(ViewSQL.qualifier("basis")) AS basis, \(ViewSQL.qualifier("market")) AS market,
        s.low, s.high, f.unit, f.bound, s.forecast, f.chosen,
        (SELECT count(DISTINCT c.source) FROM @.citation_now c
          WHERE c.statement = f.statement AND c.stance = 'claims') AS source_count,
        s.digest AS statement
      FROM @.fact f JOIN @.entity_now e ON e.id = f.subject JOIN main.statement s ON s.id = f.statement
      WHERE f.kind = 2 AND f.claimed
      """),
  ]

  /// Of the first claim that a commitment was announced, whatever holds of it on a date: it may have come further.
  private static func announced(_ column: String) -> String {
    """
    (SELECT \(column) FROM @.told_fact f WHERE f.subject = e.id AND f.property = 'rung' AND f.text = 'announced'
      AND f.chosen ORDER BY f.start_earliest, f.statement LIMIT 1)
    """
  }
}
