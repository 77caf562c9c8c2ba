/// Of the kinds of things that the shipped schema defines. Over what is not defined, they are empty.
extension RelationDeclaration {
  static let ofThings = [initiatives, commitments, events, offices, figures]

  package static let initiatives = RelationDeclaration(
    "initiatives", "alliances, agreements and whatever else is an initiative, with chosen values",
    follows: .every,
    [
      .key("key", "its identifier"),
      .key("type", "its type"),
      .text("name", "its name"),
      .text("status", "as stated"),
      .date("announced", "a date"),
      .date("launched", "a date"),
      .date("signed", "a date"),
      .date("started", "a date: of its start, launch or signing"),
      .date("ended", "a date"),
      .text("lead", "keys, joined by commas"),
    ])

  package static let commitments = RelationDeclaration(
    "commitments", "who gives what to whom", follows: .every,
    [
      .key("key", "its identifier"),
      .text("under", "the initiative"),
      .text("giver", "keys, joined by commas"),
      .text("receiver", "keys, joined by commas"),
      .text("rung", "from announced to delivered"),
      .decimal("low", "the amount, or its low end"),
      .decimal("high", "its high end"),
      .text("currency", "a code"),
      .text("bound", "exact, at least …"),
      .text("reading", "each, combined, unclear"),
      .boolean("forecast", "1 or 0"),
      .date("due", "a date"),
      .day("start_earliest", "of the rung: the first day on which it may have been reached"),
      .day("start_latest", "the last such day"),
      .day("end_earliest", "the first day on which it may have ended"),
      .day("end_latest", "the last such day"),
      .text("rung_statement", "the id of what says the rung"),
      .text("amount_statement", "the id of what says the amount"),
      .text("due_statement", "the id of what says the date"),
      .day(
        "announced_earliest", "the first day on which it may have been announced, whatever became of it later"
      ),
      .day("announced_latest", "the last such day"),
      .text("announced_statement", "the id of what says that it was announced"),
      .text("towards", "keys, joined by commas: what it is meant for"),
      .text("instrument", "loan, equity, offtake …, joined by commas"),
      .text("statements", "the ids of all that is chosen of it, joined by commas"),
    ])

  package static let events = RelationDeclaration(
    "events", "meetings and other events", follows: .every,
    [
      .key("key", "its identifier"),
      .key("type", "its type"),
      .text("name", "its name"),
      .date("date", "in EDTF"),
      .text("place", "where"),
    ])

  package static let offices = RelationDeclaration(
    "offices", "offices and who holds them: a row for each holder", follows: .every,
    [
      .key("key", "its identifier"),
      .text("name", "its name"),
      .text("of", "what it is an office of"),
      .key("holder", "a key"),
      .day("start_earliest", "a day, nothing where it is open"),
      .day("end_latest", "a day"),
      .text(
        "certainty",
        "on the date asked for, certainly or possibly; without one possibly for what is only to come"),
      .day("start_latest", "the last day on which it may have begun"),
      .day("end_earliest", "the first on which it may have ended"),
      .text("statement", "the id of what says so"),
    ])

  package static let figures = RelationDeclaration(
    "figures", "numbers, with the qualifiers that say of what", follows: .every,
    [
      .key("subject", "a key"),
      .key("property", "a property"),
      .text("mineral", "a key"),
      .text("stage", "a step of the supply chain"),
      .text("product", "a key"),
      .text("year", "of the data"),
      .text("scope", "what is counted"),
      .text("basis", "by what"),
      .text("market", "where"),
      .decimal("low", "the number, or its low end"),
      .decimal("high", "its high end"),
      .text("unit", "%, a currency …"),
      .text("bound", "exact, at least …"),
      .boolean("forecast", "1 or 0"),
      .boolean("chosen", "1 or 0"),
      .integer("source_count", "how many sources claim it"),
      .text("statement", "the statement's id"),
    ])
}
