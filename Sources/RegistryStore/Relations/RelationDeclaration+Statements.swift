/// What is claimed and denied, of what it is, and who says so.
extension RelationDeclaration {
  static let ofStatements = [
    statements, qualifiers, contested, readings, contradictions, origins, citations, sources, transactions,
  ]

  package static let statements = RelationDeclaration(
    "statements", "what is claimed or denied", follows: .every,
    [
      .text("id", "the statement's id"),
      .key("subject", "a key"),
      .key("property", "a property"),
      .text("value", "in words"),
      .decimal("low", "the number, or the low end of a range"),
      .decimal("high", "the high end"),
      .text("unit", "%, a currency, a unit"),
      .text("qualifiers", "stage refining, year 2024"),
      .text("validity", "when it holds, in the language's words"),
      .boolean("claimed", "1 or 0"),
      .boolean("denied", "1 or 0"),
      .boolean("chosen", "1 where the rules chose it among its rivals"),
      .integer("recorded_tx", "the transaction that recorded it"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly, nothing for what was passed over; without one possibly for what is only to come"
      ),
      .text("evidence", "certain or possible: whether a source was out by the date asked for"),
      .key("object", "the key of a value that is an entity"),
      .decimal("number", "a single figure; nothing for a range"),
      .text("bound", "exact, about, at least …"),
      .boolean("approximate", "1 where about stands before a range or a bound"),
      .text("reading", "each, combined, unclear"),
      .boolean("forecast", "1 where it is said of what is to come"),
      .day("date_earliest", "the first day that a date can mean"),
      .day("date_latest", "the last day that it can mean"),
      .day("start_earliest", "the first day on which it may begin, nothing where that is open"),
      .day("start_latest", "the last such day"),
      .day("end_earliest", "the first day on which it may end"),
      .day("end_latest", "the last such day"),
      .day("last_seen", "the day on which it was seen going on"),
      .integer("sources", "how many sources claim it, or deny it where none claims it"),
      .integer("origins", "how many origins claim it: a source, or whom it quotes"),
      .text("rank", "preferred, normal or deprecated among rivals"),
      .date("starts", "when it begins, as its source has it, in EDTF"),
      .date("ends", "when it ends: in until D, on the last day of through D"),
      .date("seen", "when it was seen going on"),
      .text("cited", "the sources that claim it, or deny it where none claims it, joined by commas"),
    ])

  package static let qualifiers = RelationDeclaration(
    "qualifiers", "what narrows a statement: of which mineral, stage, year; a row for each", follows: .every,
    [
      .text("statement", "the statement's id"),
      .key("property", "the qualifier's property"),
      .text("value", "in words"),
      .key("object", "the key of a value that is an entity"),
      .decimal("low", "the number, or the low end of a range"),
      .decimal("high", "the high end"),
      .text("unit", "%, a currency, a unit"),
      .text("bound", "exact, about, at least …"),
      .day("date_earliest", "the first day that a date can mean"),
      .day("date_latest", "the last day that it can mean"),
    ])

  /// What a statement says, where it stands among others of its cell.
  private static let value: [Column] = [
    .text("value", "in words"),
    .key("object", "the key of a value that is an entity"),
    .decimal("low", "the number, or the low end of a range"),
    .decimal("high", "the high end"),
    .text("unit", "%, a currency, a unit"),
    .day("date_earliest", "the first day that a date can mean"),
    .day("date_latest", "the last day that it can mean"),
    .text("qualifiers", "stage refining, year 2024"),
  ]

  package static let contested = RelationDeclaration(
    "contested", "every claim and denial of the cells in which the rules passed one over, or one is denied",
    follows: .every,
    [
      .key("subject", "a key"),
      .key("property", "a property"),
      .text("cell", "which cell of it: the qualifiers that address it, or of what has many values the value"),
      .text("statement", "the statement's id"),
    ] + value + [
      .boolean("claimed", "1 or 0"),
      .boolean("denied", "1 or 0"),
      .boolean("chosen", "1 where the rules chose it among its rivals"),
      .text("rank", "preferred, normal or deprecated among rivals"),
      .day("start_earliest", "the first day on which it may begin, nothing where that is open"),
      .day("start_latest", "the last such day"),
      .day("end_earliest", "the first day on which it may end"),
      .day("end_latest", "the last such day"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly, nothing for what was passed over; without one possibly for what is only to come"
      ),
      .integer("sources", "how many sources claim it, or deny it where none claims it"),
    ])

  package static let readings = RelationDeclaration(
    "readings",
    "the ways in which what competing claims leave open can be read: each statement that a reading takes, at most 64 readings of a choice",
    follows: .every,
    [
      .key("subject", "a key"),
      .key("property", "a property"),
      .integer(
        "choice",
        "which choice of this subject and property: one of its readings is taken, whatever is taken of others"
      ),
      .integer("reading", "which reading of it; 0 for the one that the rules choose"),
      .text(
        "preferred", "the id of the statement that the reading takes to be right; nothing for the chosen one"),
      .text("statement", "the id of a statement that it takes"),
    ] + value + [
      .boolean("claimed", "1 where the reading takes what is claimed"),
      .boolean("denied", "1 where it takes what is denied"),
      .text(
        "certainty",
        "by the reading, on the date asked for: certainly or possibly, nothing where it does not hold; without a date possibly for what is only to come"
      ),
    ])

  package static let contradictions = RelationDeclaration(
    "contradictions",
    "each two statements that differ, by what these two alone say, as the command conflicts tells them",
    follows: .every,
    [
      .key("subject", "a key"),
      .key("property", "a property"),
      .text("cell", "which cell of it: the qualifiers that address it, or of what has many values the value"),
      .text("kind", "conflict, denied, period, each-combined, superseded, different-precision …"),
      .text("one", "the id of a statement"),
      .text("one_stance", "claims or denies"),
      .text("other", "the id of the other"),
      .text("other_stance", "claims or denies"),
      .boolean("rivals", "1 where the cardinality makes them rivals; others stand beside each other"),
      .boolean("excludes", "1 where one of the two must be wrong"),
      .boolean("alone", "1 where one and the same source says both"),
      .text("origin", "whom both quote, so that one of the two misquotes"),
      .boolean("counts", "1 for the pair as which its cell counts: the gravest"),
    ])

  package static let origins = RelationDeclaration(
    "origins",
    "to whom a claim goes back: a row for each statement and each whom its sources quote, or else source",
    follows: .every,
    [
      .text("statement", "the statement's id"),
      .key("subject", "a key"),
      .key("property", "a property"),
      .text("origin", "whom it goes back to: the folded name of who is quoted, or the key of the source"),
      .text("name", "the same as it is written"),
      .text("kind", "via or source"),
      .boolean("only", "1 where nobody else claims it"),
      .text("cited", "the sources through which, joined by commas"),
    ])

  package static let citations = RelationDeclaration(
    "citations", "who says a statement, and where", follows: .every,
    [
      .text("statement", "the statement's id"),
      .key("source", "a source's key"),
      .text("via", "the speaker inside the source"),
      .text("locator", "the place in the source"),
      .text("quote", "the source's words"),
      .text("said", "its words for a date"),
      .text("inferred", "why we supplied what it lacks"),
      .text("stance", "claims or denies"),
    ])

  package static let sources = RelationDeclaration(
    "sources", "what is cited", follows: [.sources, .record, .speakers],
    [
      .key("key", "its identifier"),
      .text("title", "its title"),
      .text("publisher", "who published it"),
      .date("published", "when, in EDTF"),
      .text("url", "where"),
      .text("reliability", "A to F"),
      .text("language", "a code"),
      .day("published_earliest", "the first day on which it can have come out"),
      .day("published_latest", "the last such day"),
      .date("retrieved", "when it was read, in EDTF"),
      .text("note", "what is noted of it"),
      .text("corrects", "the sources whose errors it puts right"),
      .integer("facts", "how many statements cite it, or a source that was merged into it"),
    ])

  package static let transactions = RelationDeclaration(
    "transactions", "the edits of this registry", follows: .record,
    [
      .integer("id", "12 of t12"),
      .text("at", "when, in UTC"),
      .text("author", "who"),
      .text("reason", "why"),
      .text("tool", "the program"),
      .integer("reverts", "the transaction that it undid"),
    ])
}
