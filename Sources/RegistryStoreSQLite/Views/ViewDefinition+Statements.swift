extension ViewDefinition {
  static let basic: [ViewDefinition] = [
    ViewDefinition(
      "entities", "everything that has a type",
      ["key": "its identifier", "type": "its type", "name": "its chosen name, or the key"],
      "SELECT e.key, e.type, e.name FROM @.entity_now e"),
    ViewDefinition(
      "names", "what things are called, aliases included",
      ["entity": "the key", "name": "the name as it is written", "kind": "name or alias"],
      """
      SELECT e.key AS entity, n.text AS name, CASE n.place WHEN 1 THEN 'name' ELSE 'alias' END AS kind
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
      ],
      """
      SELECT s.digest AS id, e.key AS subject, f.property, \(ViewSQL.value("f")) AS value, s.low, s.high, f.unit,
        (SELECT group_concat(q.property || ' ' || \(ViewSQL.qualifierValue("q")), ', ') FROM main.qualifier q
          WHERE q.statement = f.statement) AS qualifiers,
        s.validity, f.claimed, f.denied, f.chosen, f.recorded AS recorded_tx,
        f.certainty, CASE f.evidence WHEN 2 THEN 'certain' ELSE 'possible' END AS evidence
      FROM @.fact f JOIN main.statement s ON s.id = f.statement JOIN @.entity_now e ON e.id = f.subject
      """),
    ViewDefinition(
      "citations", "who says a statement, and where",
      [
        "statement": "the statement's id", "source": "a source's key", "via": "the speaker inside the source",
        "locator": "the place in the source", "quote": "the source's words", "said": "its words for a date",
        "inferred": "why we supplied what it lacks", "stance": "claims or denies",
      ],
      """
      SELECT s.digest AS statement, e.key AS source, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM @.citation_now c JOIN main.statement s ON s.id = c.statement JOIN @.entity_now e ON e.id = c.source
      UNION ALL
      SELECT s.digest, e.key, c.via, c.locator, c.quote, c.said, c.inferred, c.stance
      FROM @.citation_now c JOIN main.statement s ON s.id = c.statement
        JOIN @.identity_now i ON i.id = c.source AND i.target != i.id JOIN @.entity_now e ON e.id = i.target
      """),
    ViewDefinition(
      "sources", "what is cited",
      [
        "key": "its identifier", "title": "its title", "publisher": "who published it",
        "published": "when, in EDTF", "url": "where", "reliability": "A to F", "language": "a code",
      ],
      """
      SELECT e.key, d.title, d.publisher, d.published, d.url, d.reliability, d.language
      FROM @.source_now d JOIN @.entity_now e ON e.id = d.source
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
