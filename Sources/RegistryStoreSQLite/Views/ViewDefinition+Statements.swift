extension ViewDefinition {
  static let basic: [ViewDefinition] = [
    ViewDefinition(
      "entities", "everything that has a type",
      ["key": "its identifier", "type": "its type", "name": "its chosen name, or the key"],
      "SELECT e.key, e.type, e.name FROM @.entity_now e"),
    ViewDefinition(
      "names", "what things are called, aliases included",
      [
        "entity": "the key", "name": "the name as it is written",
        "kind": "name, alias, or source alias, which counts where its source is cited",
      ],
      """
      SELECT e.key AS entity, n.text AS name, CASE n.place WHEN 1 THEN 'name' WHEN 2 THEN 'alias' ELSE 'source alias' END AS kind
      FROM @.name n JOIN @.entity_now e ON e.id = n.entity WHERE n.place > 0
      """),
  ]

  static let ofStatements: [ViewDefinition] = [
    ViewDefinition(
      "statements", "what is claimed or denied",
      [
        "id": "the statement's id", "subject": "a key", "property": "a property", "value": "in words",
        "low": "the number, or the low end of a range", "high": "the high end",
        "unit": "%, a currency, a unit",
        "qualifiers": "stage refining, year 2024", "validity": "when it holds, in the language's words",
        "claimed": "1 or 0", "denied": "1 or 0", "chosen": "1 where the rules chose it among its rivals",
        "recorded_tx": "the transaction that recorded it",
        "certainty": "on the date asked for, certainly or possibly; nothing without one",
        "evidence": "certain or possible: whether a source was out by the date asked for",
        "object": "the key of a value that is an entity", "number": "a single figure; nothing for a range",
        "bound": "exact, about, at least …", "approximate": "1 where about stands before a range or a bound",
        "reading": "each, combined, unclear", "forecast": "1 where it is said of what is to come",
        "date_earliest": "the first day that a date can mean",
        "date_latest": "the last day that it can mean",
        "start_earliest": "the first day on which it may begin, nothing where that is open",
        "start_latest": "the last such day", "end_earliest": "the first day on which it may end",
        "end_latest": "the last such day", "last_seen": "the day on which it was seen going on",
        "sources": "how many sources claim it, or deny it where none claims it",
        "origins": "how many origins claim it: a source, or whom it quotes",
        "rank": "preferred, normal or deprecated among rivals",
      ],
      """
      SELECT s.digest AS id, e.key AS subject, f.property, \(ViewSQL.value("f")) AS value, s.low, s.high, f.unit,
        (SELECT group_concat(q.property || ' ' || \(ViewSQL.qualifierValue("q")), ', ') FROM main.qualifier q
          WHERE q.statement = f.statement) AS qualifiers,
        s.validity, f.claimed, f.denied, f.chosen, f.recorded AS recorded_tx,
        f.certainty, CASE f.evidence WHEN 2 THEN 'certain' ELSE 'possible' END AS evidence,
        \(ViewSQL.text("CASE f.kind WHEN 0 THEN f.text END")) AS object, CASE WHEN s.low = s.high THEN s.low END AS number,
        f.bound, f.approximate, f.reading, \(ViewSQL.forecast("f", "s")) AS forecast,
        CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.low_key")) END AS date_earliest,
        CASE f.kind WHEN 3 THEN \(ViewSQL.day("f.high_key")) END AS date_latest,
        \(ViewSQL.days("f")), \(ViewSQL.lastSeen("f", "s")) AS last_seen,
        (SELECT count(DISTINCT k.target) FROM @.citation_now c JOIN @.entity_key k ON k.id = c.source
          WHERE c.statement = f.statement AND c.stance = CASE WHEN f.claimed THEN 'claims' ELSE 'denies' END) AS sources,
        (SELECT count(DISTINCT \(ViewSQL.origin("c"))) FROM @.citation_now c
          WHERE c.statement = f.statement AND c.stance = 'claims') AS origins,
        CASE WHEN f.rank > 0 THEN 'preferred' WHEN f.rank < 0 THEN 'deprecated' ELSE 'normal' END AS rank
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN @.entity_now e ON e.id = f.subject
      """),
    ViewDefinition(
      "qualifiers", "what narrows a statement: of which mineral, stage, year; a row for each",
      [
        "statement": "the statement's id", "property": "the qualifier's property", "value": "in words",
        "object": "the key of a value that is an entity", "low": "the number, or the low end of a range",
        "high": "the high end", "unit": "%, a currency, a unit", "bound": "exact, about, at least …",
        "date_earliest": "the first day that a date can mean", "date_latest": "the last day that it can mean",
      ],
      """
      SELECT s.digest AS statement, q.property, \(ViewSQL.qualifierValue("q")) AS value,
        \(ViewSQL.text("CASE q.kind WHEN 0 THEN (SELECT o.key FROM @.entity_key o WHERE o.id = q.object) END")) AS object,
        q.low, q.high, q.unit, q.bound, CASE q.kind WHEN 3 THEN \(ViewSQL.day("q.low_key")) END AS date_earliest,
        CASE q.kind WHEN 3 THEN \(ViewSQL.day("q.high_key")) END AS date_latest
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN main.qualifier q ON q.statement = f.statement
      """),
    ViewDefinition(
      // Who counts as a source is told in two ways: one finds the source of a citation, the other the citations of a source.
      "citations", "who says a statement, and where",
      [
        "statement": "the statement's id", "source": "a source's key", "via": "the speaker inside the source",
        "locator": "the place in the source", "quote": "the source's words", "said": "its words for a date",
        "inferred": "why we supplied what it lacks", "stance": "claims or denies",
      ],
      """
      SELECT s.digest AS statement, e.key AS source, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM @.citation_now c JOIN main.statement s ON s.id = c.statement
        JOIN @.entity_now e ON e.id = \(Identity.counted("c.source", in: "@"))
          AND c.source IN (SELECT e.id UNION ALL SELECT i.id FROM @.identity_now i WHERE i.target = e.id)
      WHERE {citations told}
      """),
    ViewDefinition(
      "sources", "what is cited",
      [
        "key": "its identifier", "title": "its title", "publisher": "who published it",
        "published": "when, in EDTF", "url": "where", "reliability": "A to F", "language": "a code",
        "published_earliest": "the first day on which it can have come out",
        "published_latest": "the last such day",
        "retrieved": "when it was read, in EDTF", "note": "what is noted of it",
        "corrects": "the sources whose errors it puts right",
        "facts": "how many statements cite it, or a source that was merged into it",
      ],
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
      "transactions", "the edits of this registry",
      [
        "id": "12 of t12", "at": "when, in UTC", "author": "who", "reason": "why", "tool": "the program",
        "reverts": "the transaction that it undid",
      ],
      """
      SELECT t.id, t.at, t.author, t.reason, t.tool,
        (SELECT min(r.reverted) FROM main.reversal r WHERE r.tx = t.id) AS reverts FROM main.tx t
      WHERE {transactions told}
      """),
  ]

  static let ofSchema: [ViewDefinition] = [
    ViewDefinition(
      "types", "the types that were defined",
      [
        "key": "the type", "parent": "the type it is a kind of", "plural": "what a list is called",
        "about": "what",
      ],
      "SELECT d.key, d.parent, d.plural, d.about FROM @.definition_now d WHERE d.kind = 'type'"),
    ViewDefinition(
      "properties", "the properties that were defined",
      [
        "key": "the property", "parent": "the property it narrows", "domain": "the types that have it",
        "range": "what its values are", "targets": "the types or words of its values", "unit": "of a number",
        "cardinality": "what makes two values rivals", "per": "the qualifiers that address a cell",
        "about": "what it says",
      ],
      """
      SELECT d.key, d.parent, replace(d.domain, char(10), ', ') AS domain, d.range,
        replace(d.targets, char(10), ', ') AS targets, d.unit, d.cardinality,
        replace(d.per, char(10), ', ') AS per, d.about
      FROM @.definition_now d WHERE d.kind = 'property'
      """),
  ]
}
