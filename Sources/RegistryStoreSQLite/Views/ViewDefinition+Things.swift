extension ViewDefinition {
  /// Views of the kinds of things that the shipped schema defines. Over what is not defined, they are empty.
  static let ofThings: [ViewDefinition] = [
    ViewDefinition(
      "initiatives", "alliances, agreements and whatever else is an initiative, with chosen values",
      [
        "key": "its identifier", "type": "its type", "name": "its name", "status": "as stated",
        "announced": "a date", "launched": "a date", "signed": "a date",
        "started": "a date: of its start, launch or signing",
        "ended": "a date",
        "lead": "keys, joined by commas",
      ],
      """
      SELECT e.key, e.type, e.name, \(ViewSQL.chosen("status")) AS status,
        \(ViewSQL.chosen("announced")) AS announced, \(ViewSQL.chosen("launched")) AS launched,
        \(ViewSQL.chosen("signed")) AS signed, coalesce(\(ViewSQL.chosen("started")), \(ViewSQL.chosen("launched")), \(ViewSQL.chosen("signed")))
          AS started,
        \(ViewSQL.chosen("ended")) AS ended, \(ViewSQL.list("lead")) AS lead
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("initiative"))
      """),
    ViewDefinition(
      "commitments", "who gives what to whom",
      [
        "key": "its identifier", "under": "the initiative", "giver": "keys, joined by commas",
        "receiver": "keys, joined by commas", "rung": "from announced to delivered",
        "low": "the amount, or its low end", "high": "its high end", "currency": "a code",
        "bound": "exact, at least …", "reading": "each, combined, unclear", "forecast": "1 or 0",
        "due": "a date",
        "start_earliest": "of the rung: the first day on which it may have been reached",
        "start_latest": "the last such day", "end_earliest": "the first day on which it may have ended",
        "end_latest": "the last such day", "rung_statement": "the id of what says the rung",
        "amount_statement": "the id of what says the amount", "due_statement": "the id of what says the date",
      ],
      """
      SELECT e.key, \(ViewSQL.chosen("under")) AS under, \(ViewSQL.list("giver")) AS giver,
        \(ViewSQL.list("receiver")) AS receiver, \(ViewSQL.chosen("rung")) AS rung,
        \(ViewSQL.content("amount", "low")) AS low, \(ViewSQL.content("amount", "high")) AS high,
        \(ViewSQL.content("amount", "unit")) AS currency, \(ViewSQL.content("amount", "bound")) AS bound,
        \(ViewSQL.content("amount", "reading")) AS reading, \(ViewSQL.content("amount", "forecast")) AS forecast,
        \(ViewSQL.chosen("due")) AS due, \(ViewSQL.days { ViewSQL.factOfChosen("rung", "f.\($0)") }),
        \(ViewSQL.content("rung", "digest")) AS rung_statement, \(ViewSQL.content("amount", "digest")) AS amount_statement,
        \(ViewSQL.content("due", "digest")) AS due_statement
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("commitment"))
      """),
    ViewDefinition(
      "events", "meetings and other events",
      ["key": "its identifier", "type": "its type", "name": "its name", "date": "in EDTF", "place": "where"],
      """
      SELECT e.key, e.type, e.name, \(ViewSQL.chosen("date")) AS date, \(ViewSQL.chosen("place")) AS place
      FROM @.entity_now e WHERE e.type IN \(ViewSQL.under("event"))
      """),
    ViewDefinition(
      "offices", "offices and who holds them: a row for each holder",
      [
        "key": "its identifier", "name": "its name", "of": "what it is an office of", "holder": "a key",
        "start_earliest": "a day, nothing where it is open", "end_latest": "a day",
        "certainty": "on the date asked for, certainly or possibly; nothing without one",
        "start_latest": "the last day on which it may have begun",
        "end_earliest": "the first on which it may have ended",
        "statement": "the id of what says so",
      ],
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
      "figures", "numbers, with the qualifiers that say of what",
      [
        "subject": "a key", "property": "a property", "mineral": "a key",
        "stage": "a step of the supply chain",
        "product": "a key", "year": "of the data", "scope": "what is counted", "basis": "by what",
        "market": "where", "low": "the number, or its low end", "high": "its high end",
        "unit": "%, a currency …", "bound": "exact, at least …", "forecast": "1 or 0", "chosen": "1 or 0",
        "source_count": "how many sources claim it", "statement": "the statement's id",
      ],
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
}
