internal import RegistryStore

extension ViewDefinition {
  static let basic: [ViewDefinition] = [
    ViewDefinition(
      .entities,
      "SELECT e.key, e.type, e.name FROM @.entity_now e"),
    ViewDefinition(
      .names,
      """
      SELECT e.key AS entity, n.text AS name, CASE n.place WHEN 1 THEN 'name' WHEN 2 THEN 'alias' ELSE 'source alias' END AS kind
      FROM @.name n JOIN @.entity_now e ON e.id = n.entity WHERE n.place > 0
      """),
  ]

  /// What a fact `f` of a statement `s` says, where it stands among others of its cell.
  private static let said = """
    \(ViewSQL.value("f")) AS value,
    \(ViewSQL.text("CASE f.kind WHEN 0 THEN f.text END")) AS object, s.low, s.high, f.unit,
    CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.low_key")) END AS date_earliest,
    CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.high_key")) END AS date_latest,
    (SELECT group_concat(q.property || ' ' || \(ViewSQL.qualifierValue("q")), ', ') FROM main.qualifier q
      WHERE q.statement = f.statement) AS qualifiers
    """

  static let ofStatements: [ViewDefinition] = [
    ViewDefinition(
      .statements,
      """
      SELECT s.digest AS id, e.key AS subject, f.property, \(ViewSQL.value("f")) AS value, s.low, s.high, f.unit,
        (SELECT group_concat(q.property || ' ' || \(ViewSQL.qualifierValue("q")), ', ') FROM main.qualifier q
          WHERE q.statement = f.statement) AS qualifiers,
        coalesce(s.validity, '') AS validity, f.claimed, f.denied, f.chosen, f.recorded AS recorded_tx,
        f.certainty, CASE f.evidence WHEN 2 THEN 'certain' ELSE 'possible' END AS evidence,
        \(ViewSQL.text("CASE f.kind WHEN 0 THEN f.text END")) AS object, CASE WHEN s.low = s.high THEN s.low END AS number,
        f.bound, f.approximate, f.reading, \(ViewSQL.forecast("f", "s")) AS forecast,
        CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.low_key")) END AS date_earliest,
        CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.high_key")) END AS date_latest,
        \(ViewSQL.days("f")), \(ViewSQL.lastSeen("f", "s")) AS last_seen,
        \(ViewSQL.sources("f")) AS sources,
        (SELECT count(DISTINCT \(ViewSQL.origin("c"))) FROM @.citation_now c
          WHERE c.statement = f.statement AND c.stance = 'claims') AS origins,
        \(ViewSQL.rank("f")) AS rank,
        period_start(s.validity) AS starts, period_end(s.validity) AS ends, period_seen(s.validity) AS seen,
        \(ViewSQL.cited("f")) AS cited
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN @.entity_now e ON e.id = f.subject
      """),
    ViewDefinition(
      .qualifiers,
      """
      SELECT s.digest AS statement, q.property, \(ViewSQL.qualifierValue("q")) AS value,
        \(ViewSQL.text("CASE q.kind WHEN 0 THEN (SELECT o.key FROM @.entity_key o WHERE o.id = q.object) END")) AS object,
        q.low, q.high, q.unit, q.bound, CASE q.kind WHEN 3 THEN \(ViewSQL.day("q.low_key")) END AS date_earliest,
        CASE q.kind WHEN 3 THEN \(ViewSQL.day("q.high_key")) END AS date_latest
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN main.qualifier q ON q.statement = f.statement
      """),
    ViewDefinition(
      .contested,
      """
      SELECT e.key AS subject, f.property, \(cell("f")) AS cell, s.digest AS statement, \(said),
        f.claimed, f.denied, f.chosen, \(ViewSQL.rank("f")) AS rank, \(ViewSQL.days("f")), f.certainty,
        \(ViewSQL.sources("f")) AS sources
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN @.entity_now e ON e.id = f.subject
        LEFT JOIN {definitions} d ON d.kind = 'property' AND d.key = f.property
      WHERE EXISTS(SELECT 1 FROM @.fact o WHERE o.subject = f.subject AND o.property = f.property
        AND \(Contested.condition(of: "o")) AND \(cell("o")) IS \(cell("f")))
      """),
    ViewDefinition(
      // What is said of a broader property bears on those that narrow it.
      .readings,
      """
      SELECT e.key AS subject, c.property, r.value ->> 0 AS choice, r.value ->> 1 AS reading, r.value ->> 2 AS preferred,
        s.digest AS statement, \(said),
        r.value ->> 4 AS claimed, r.value ->> 5 AS denied, r.value ->> 6 AS certainty
      FROM (SELECT DISTINCT o.subject, k.column1 AS property FROM @.told_fact o
          JOIN {narrowing} k ON k.column2 = o.property WHERE \(Contested.condition(of: "o"))) c
        JOIN @.entity_now e ON e.id = c.subject
        CROSS JOIN json_each(readings_of(c.subject, c.property)) r
        CROSS JOIN @.told_fact f ON f.statement = r.value ->> 3 JOIN main.statement s ON s.id = f.statement
      WHERE f.evidence > 0
      """),
    ViewDefinition(
      // Compared by the rule that the command follows, before it is read.
      .contradictions,
      """
      SELECT subject, property, cell, kind, one, one_stance, other, other_stance, rivals, excludes, alone, origin, counts
      FROM {contradictions found}
      """),
    ViewDefinition(
      // Each whom it goes back to once, with the first citation that does. Most statements have one citation, which is soon
      // seen.
      .origins,
      """
      SELECT s.digest AS statement, e.key AS subject, f.property,
        CASE WHEN c.via IS NULL THEN k.key ELSE folded(c.via) END AS origin,
        CASE WHEN c.via IS NULL THEN k.key WHEN \(ViewSQL.isCitedOnce("c.statement")) THEN c.via
          ELSE (SELECT min(o.via) FROM @.citation_now o WHERE o.statement = c.statement AND o.stance = 'claims'
            AND folded(o.via) = folded(c.via)) END AS name,
        CASE WHEN c.via IS NULL THEN 'source' ELSE 'via' END AS kind,
        \(ViewSQL.isCitedOnce("c.statement")) OR NOT EXISTS(SELECT 1 FROM @.citation_now o
          WHERE o.statement = c.statement AND o.stance = 'claims' AND o.id != c.id
            AND \(ViewSQL.origin("o")) != \(ViewSQL.origin("c"))) AS only,
        CASE WHEN \(ViewSQL.isCitedOnce("c.statement")) THEN k.key
          ELSE (SELECT CAST(group_concat(k, ', ') AS TEXT) FROM (SELECT DISTINCT k.key AS k FROM @.citation_now o
            JOIN @.entity_key k ON k.id = o.source WHERE o.statement = c.statement AND o.stance = 'claims'
              AND \(ViewSQL.origin("o")) = \(ViewSQL.origin("c")) ORDER BY 1)) END AS cited
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN @.entity_now e ON e.id = f.subject
        JOIN @.citation_now c ON c.statement = f.statement AND c.stance = 'claims'
        JOIN @.entity_key k ON k.id = c.source
      WHERE \(ViewSQL.isCitedOnce("c.statement")) OR NOT EXISTS(SELECT 1 FROM @.citation_now o
        WHERE o.statement = c.statement AND o.stance = 'claims' AND o.id < c.id
          AND \(ViewSQL.origin("o")) = \(ViewSQL.origin("c")))
      """),
    ViewDefinition(
      // Who counts as a source is told in two ways: one finds the source of a citation, the other the citations of a source.
      .citations,
      """
      SELECT s.digest AS statement, e.key AS source, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM @.citation_now c JOIN main.statement s ON s.id = c.statement
        JOIN @.entity_now e ON e.id = \(Identity.counted("c.source", in: "@"))
          AND c.source IN (SELECT e.id UNION ALL SELECT i.id FROM @.identity_now i WHERE i.target = e.id)
      WHERE {citations told}
      """),
    ViewDefinition(
      .sources,
      """
      SELECT e.key, d.title, d.publisher, d.published, d.url, d.reliability, d.language,
        \(ViewSQL.day("d.published_earliest")) AS published_earliest,
        \(ViewSQL.day("d.published_latest")) AS published_latest, d.retrieved, d.note,
        replace(d.corrects, char(10), ', ') AS corrects,
        (SELECT count(DISTINCT c.statement) FROM @.citation_now c WHERE c.source IN (
          SELECT d.source UNION ALL SELECT i.id FROM @.identity_now i WHERE i.target = d.source)) AS facts
      FROM @.source_now d JOIN @.entity_now e ON e.id = d.source WHERE {sources told}
      """),
    ViewDefinition(
      .transactions,
      """
      SELECT t.id, t.at, t.author, t.reason, t.tool,
        (SELECT min(r.reverted) FROM main.reversal r WHERE r.tx = t.id) AS reverts FROM main.tx t
      WHERE {transactions told}
      """),
  ]

  /// Which cell of its property a fact of the definition `d` is in: values of what has many are no rivals.
  private static func cell(_ fact: String) -> String {
    """
    CASE d.cardinality WHEN 'many' THEN \(ViewSQL.value(fact)) WHEN 'one per' THEN (
      SELECT group_concat(q.property || ' ' || \(ViewSQL.qualifierValue("q")), ', ') FROM main.qualifier q
        WHERE q.statement = \(fact).statement
          AND instr(char(10) || d.per || char(10), char(10) || q.property || char(10)) > 0) END
    """
  }

  static let ofSchema: [ViewDefinition] = [
    ViewDefinition(
      .types,
      "SELECT d.key, {parent of types} AS parent, d.plural, d.about FROM {definitions} d WHERE d.kind = 'type'"
    ),
    ViewDefinition(
      .properties,
      """
      SELECT d.key, {parent of properties} AS parent, replace(d.domain, char(10), ', ') AS domain, d.range,
        replace(d.targets, char(10), ', ') AS targets, d.unit, d.cardinality,
        replace(d.per, char(10), ', ') AS per, d.about
      FROM {definitions} d WHERE d.kind = 'property'
      """),
  ]
}
