/// What help explains beside the commands.
struct HelpTopic {
  var name: String
  var text: String

  static let all = [language, dates, times, values, names, evidence, conditions]

  static let language = HelpTopic(
    name: "language",
    text: """
      One command a line: verb, what, clauses. A clause is a keyword and its value, the same keywords everywhere.
      A command goes on while a quote, bracket or brace is open, or the line ends in \\.
      Inside braces a new line or ; separates; # starts a comment.

        show forge
        list initiatives where member = japan and status != ended sort started desc limit 10
        citing clash { claim jan12-meeting.participant = AUS quote "alongside officials from Australia" }
      """)

  static let dates = HelpTopic(
    name: "dates",
    text: """
      Dates are EDTF level 1 (ISO 8601-2), as precise as the source and no more:
        2026 · 2026-02 · 2026-02-04 · 2026~ (about) · 2026? (uncertain) · 201X · 2026-XX · 2026-21 (spring)
        2025-10-20/2026-06 (from … to) · 2025-12-12/.. (open)

      When a statement holds:
        from D          from then on
        until D         ended some time in D
        through D       held to the end of D
        on D            seen then; start and end unknown
        within A..B     took place between the two
        said "…"        the source's own words for the date
        inferred because "…"   why we supplied what the source lacks
      """)

  static let times = HelpTopic(
    name: "times",
    text: """
      Three times, never mixed up:
        on D             what held on that date
        published by D   what the sources that were out by then said; undated sources possibly
        recorded by tN   what this registry contained then (or: recorded by D)
        known D          on D and published by D
        according to S   only what these sources say

        show jan12-meeting known 2026-01-13
        list forge.member according to clash, globaltimes
      """)

  static let values = HelpTopic(
    name: "values",
    text: """
      Values stand as the source gives them:
        91% · 47..87% · about 60% · nearly 50% · at least 1bn · more than 90% · up to 300
        USD 8.5bn · USD 250..310/kg · at least USD 1bn each (or combined, unclear) · forecast 600
        "a text" · a-key · JPN · "Pax Silica" · unknown (there is one, not which) · none (there is none)
      k, m, bn and tn stand directly behind a number. Currencies are ISO 4217 codes.
      """)

  static let names = HelpTopic(
    name: "names",
    text: """
      A key is lower-case words with hyphens (pax-silica) or an alpha-3 code in capitals (JPN).
      A bare word may be an alias too: japan, south-korea. Quoted names resolve through names and aliases,
      ignoring case and accents; what is ambiguous is refused with the choices.
        t12      a transaction          @4k7q    a statement, by the beginning of its id
        $name    a parameter (--set)    new person ID "Name"   makes one where a value is expected
      """)

  static let evidence = HelpTopic(
    name: "evidence",
    text: """
      Who says so, and in which words:
        citing SOURCE · at "page 3" · via WHOM (the speaker or originator inside the source) · quote "…"

      citing SOURCE { … } gives one source to several commands; each claim still has its own quote.
      A claim never replaces another. Among rivals the rules choose: rank, reliability, newer source, precision,
      more origins; define property … rules sets another order.
        why us-treasury-secretary.holder
      """)

  static let conditions = HelpTopic(
    name: "conditions",
    text: """
      where takes comparisons joined by and, or, not and parentheses:
        member = japan · status != ended · amount >= USD 1bn · name ~ "silica" (contains) · type = agreement
        chair is stated · amount is not stated · output is denied · lead = us-state-department, USA (either)
        giver.name ~ "japan" (a property of what a property names)

      Where nothing is stated a comparison is undecided: the entity is left out, and counted in a note.
      """)
}
