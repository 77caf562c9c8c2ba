/// What help explains beside the commands.
struct HelpTopic {
  var name: String
  /// What it explains, in a few words.
  var about: String
  var text: String

  static let all = [
    language, dates, times, values, names, evidence, conditions, editing, recall, output, scripts,
  ]

  static let language = HelpTopic(
    name: "language", about: "how commands are written",
    text: """
      One command a line: verb, what, clauses. A clause is a keyword and its value, the same keywords everywhere.
      A command goes on while a quote, bracket or brace is open, or the line ends in \\.
      Inside braces a new line or ; separates; # starts a comment.

        show forge
        list initiatives where member = japan and status != ended sort started desc limit 10
        citing clash { claim jan12-meeting.participant = AUS quote "alongside officials from Australia" }
      """)

  static let dates = HelpTopic(
    name: "dates", about: "dates, and when a statement holds",
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
    name: "times", about: "the three times to ask from",
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
    name: "values", about: "numbers, money, texts",
    text: """
      Values stand as the source gives them:
        91% · 47..87% · about 60% · nearly 50% · at least 1bn · more than 90% · up to 300
        USD 8.5bn · USD 250..310/kg · at least USD 1bn each (or combined, unclear) · forecast 600
        "a text" · a-key · JPN · "Pax Silica" · unknown (there is one, not which) · none (there is none)
      k, m, bn and tn stand directly behind a number. Currencies are ISO 4217 codes.
      """)

  static let names = HelpTopic(
    name: "names", about: "keys, names, ids, parameters",
    text: """
      A key is lower-case words with hyphens (pax-silica) or an alpha-3 code in capitals (JPN).
      A bare word may be an alias too: japan, south-korea. Quoted names resolve through names and aliases,
      ignoring case and accents; what is ambiguous is refused with the choices.
        t12      a transaction          @4k7q    a statement, by the beginning of its id
        $name    a parameter (--set)    new person ID "Name"   makes one where a value is expected
      """)

  static let evidence = HelpTopic(
    name: "evidence", about: "who says so, and what is chosen",
    text: """
      Who says so, and in which words:
        citing SOURCE · at "page 3" · via WHOM (the speaker or originator inside the source) · quote "…"

      citing SOURCE { … } gives one source to several commands; each claim still has its own quote.
      A claim never replaces another. Among rivals the rules choose: rank, reliability, newer source, precision,
      more origins; define property … rules sets another order.
        why us-treasury-secretary.holder
      """)

  static let conditions = HelpTopic(
    name: "conditions", about: "what where takes",
    text: """
      where takes comparisons joined by and, or, not and parentheses:
        member = japan · status != ended · amount >= USD 1bn · name ~ "silica" (contains) · type = agreement
        chair is stated · amount is not stated · output is denied · lead = us-state-department, USA (either)
        giver.name ~ "japan" (a property of what a property names)

      Where nothing is stated a comparison is undecided: the entity is left out, and counted in a note.
      """)

  static let editing = HelpTopic(
    name: "editing", about: "keys, pastes and the editor",
    text: """
      Enter runs a statement that is complete and else begins its next line; Alt-Enter always begins one.
      A pasted text waits for Enter, however many lines it has.

        Tab              completes; what fits is listed with a word on each, a slip finds what is near
        Up, Down         move between the lines of a statement, then through the history
        Ctrl-R           searches the history backwards
        Ctrl-X Ctrl-E    opens what is typed in $EDITOR; .edit opens the statement before
        Ctrl-C           drops what is typed, and stops a command that runs
        Ctrl-Z, Ctrl-D   stop the program until fg; leave

      The keys are those of emacs. ~/.editrc changes them: bind -v gives those of vi.
      edit forge opens everything said of forge as commands, and shows the difference before it is carried out.
      """)

  static let recall = HelpTopic(
    name: "recall", about: "the statements typed before",
    text: """
      Statements are kept as they were typed, with their session, registry, time, status and duration.
        .history          the last thousand, of all sessions
        .history chair    those with a text

      A statement that begins with a space is not kept. Two sessions at once lose nothing of each other.
      What the registry itself remembers: history forge.chair, list transactions, undo.
      """)

  static let output = HelpTopic(
    name: "output", about: "where results go and how they look",
    text: """
      A table fits the terminal: wide cells are wrapped, sources become footnotes, and what is still too wide is told
      line by line. What overflows the screen goes to $PAGER, or less -R.
        as csv              one result in another format; .format csv for all
        save "file.csv"     one result into a file
        .output FILE        all results into a file; .output |COMMAND into a shell command; .output alone ends it
        .once |wc -l        the next statement only
        .tee FILE           into a file as well
        .record FILE        statements and what they answered, as a script that can be read again
        .expand on|off|auto rows as lines: always, never, where a table is too wide
        .lines 1            cuts cells to one line, with … where something is left out
        .theme colour|mono|none, .pager on|off|COMMAND, .timer on|off

      Such lines in ~/.config/entente/init.ent are carried out at each start; --no-init leaves them out.
      NO_COLOR, TERM=dumb and a pipe get no escapes.
      """)

  static let scripts = HelpTopic(
    name: "scripts", about: "files of commands",
    text: """
      A file of commands is carried out as one transaction, all of it or nothing:
        .read FILE                       here
        entente FILE, entente -f -       from the shell; --dry-run keeps nothing, --keep-going goes on after errors
        entente --set year=2026 FILE     $year in it stands for 2026
      The exit status is 0 when all went well, 1 where a command failed, 3 where the data refused, 4 for files and storage.
      """)
}
