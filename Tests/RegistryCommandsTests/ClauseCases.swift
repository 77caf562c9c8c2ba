/// Lines of every command, with a place for a clause, and what every clause may say.
///
/// `%` is where a clause stands, `&` where one stands in a block. A command has several lines: one for each kind of head
/// that it takes. ``ClauseTests`` puts into them every clause that the command declares.
enum ClauseCases {
  /// What is added to the example registry, so that each clause must matter: a second transaction, sources of other days
  /// and letters, periods that end, a denial, members of groups.
  static let script = #"""
    source flyer "A flyer" { published 2026-03-01; reliability D }
    source notice "A notice" { published 2024-05-01; reliability A }
    source full "Full" {
      publisher "P"; published 2020; url "https://example.org/full"; retrieved 2026-01-01; language en; reliability B
      corrects leaflet; note "whole"
    }
    citing flyer {
      add state FRA "France"
      add person yellin "Janet Yellin"
      add agreement accord "The accord" { signatory = FRA, JPN from 2020 until 2024; signatory = eu from 2026-01; started = 2019-05; status = ended }
      claim forge.status = proposed until 2026-02
      claim forge.chair = FRA from 2026-03 quote "Janet of France presides"
      claim treasury-secretary.holder = yellen from 2021-01 until 2025-01
      claim mine.rung = delivered from 2026-01
      add group pact "The Pact" { member = AUS from 2000 }
      add commitment pool "The pool" { giver = pact; rung = announced from 2025-03; amount = AUD 20m quote "20" }
      add meeting talks "The talks" { participant = FRA on 2026-02-02 }
      add office chancellor "Chancellor" { of = FRA; holder = yellin from 2025-01 }
      claim msp.member = FRA from 2023 until 2025-06
      claim eu.member = FRA from 1993-11
      deny summit.participant = KOR
    }
    citing courier { claim msp.member = AUS from 2024 }
    citing leaflet { claim forge.started = 2026-01 review by 2026-10-01; claim treasury-secretary.holder = yellin on 2026-02-12 }
    define type forum under initiative
    define property part-of of actor to actor many transitive
    citing flyer {
      add actor trade-office "Trade office" { part-of = FRA }
      claim forge.member = trade-office from 2026-03
      add actor export-bank "Export bank" { part-of = AUS }
      add commitment credit "The credit" { giver = export-bank; rung = pledged; amount = AUD 5m quote "5" }
    }
    review property share after "3 months"
    define property depth of state to number one
    citing notice {
      claim CHN.share = about 60% mineral rare-earths stage mining year 2024 quote "60"
      claim msp.member = KOR from 2022
      claim CHN.share = 58% mineral rare-earths stage mining year 2023 quote "58%"
      claim CHN.share = 90% mineral rare-earths stage refining year 2023 quote "90%"
      claim AUD.rate = USD 0.6 on 2024-01-01 quote "60 US cents"
    }
    """#

  /// Commands that read.
  static let reading: [String: [String]] = [
    "show": [
      "show forge %", "show msp.member %", "show CHN.share[stage mining] %", "show @d3ev6p %", "show t2 %",
      "show courier %",
    ],
    "brief": [
      "brief forge %", "brief msp %", "brief JPN %", "brief CHN %", "brief accord %", "brief pipeline %",
    ],
    "brief topic": ["brief topic rare-earths %", "brief topic mining %"],
    "list": [
      "list initiatives %", "list initiatives where member = FRA %", "list states %", "list commitments %",
      "list msp.member %", "list summit.participant %", "list CHN.share %", "list accord.signatory %",
      "list accord.signatory where type = state %", "list accord.signatory sort name %",
      "list summit.participant by source as matrix %", "list initiatives by member as matrix %",
      "list sources %", "list statements %", "list transactions %", "list types %", "list properties %",
    ],
    "count": [
      "count initiatives %", "count initiatives by member %", "count initiatives by status %",
      "count initiatives where member = FRA %", "count msp.member %", "count msp.member by source %",
      "count accord.signatory where type = state %", "count CHN.share %", "count sources %",
      "count sources by reliability %", "count statements %", "count statements by property %",
      "count transactions %", "count transactions by author %", "count types %", "count types by under %",
      "count properties %", "count properties by of %",
    ],
    "total": [
      "total commitments %", "total commitments by giver %", "total commitments where giver = AUS %",
    ],
    "why total": ["why total commitments %", "why total commitments by rung %"],
    "why list": ["why list initiatives where member = FRA %", "why list initiatives %"],
    "why row": [
      "list initiatives where member = FRA\nwhy row 1 %",
      "list initiatives where member = FRA\nwhy row 1 member %",
    ],
    "mentions": ["mentions JPN %", "mentions mining %", "mentions courier %"],
    "find": ["find janet %"],
    "why": [
      "why treasury-secretary.holder %", "why CHN.share[stage mining] %", "why @d3ev6p %", "why msp.member %",
      "why forge %",
    ],
    "history": ["history forge %", "history forge.status %", "history CHN.share[stage mining] %"],
    "diff": [
      "diff published 2024-05-01 2026-03-01 %", "diff recorded t1 t2 %", "diff on 2023-12-01 2026-02-10 %",
    ],
    "conflicts": [
      "conflicts %", "conflicts between courier, leaflet %", "conflicts any %", "conflicts all %",
    ],
    "sql": views.map { "sql % { SELECT * FROM \($0) }" },
    "check": ["check %"],
    "check stale": ["check stale %", "check stale forge %", "check stale forge.started %"],
    "check claim": [
      "check claim treasury-secretary.holder = yellen %", "check claim msp.member = MLT %",
      "check claim forge.member = FRA %", "check claim CHN.share[stage mining] > 59% %",
      "check claim treasury-secretary.holder.key = yellen or not forge.status = ended %",
    ],
    "suggest merges": ["suggest merges %", "suggest merges people %"],
    "export": [
      #"export "made.csv" % { list initiatives }"#, #"export "made.graphml" %"#, #"export "made.ftm" %"#,
      #"export "made.csv" %"#, #"export "made.graphml" % { list initiatives }"#,
      #"export "made.xlsx" % { list initiatives }"#, #"export "made.csv" for excel % { list initiatives }"#,
    ],
    "dump": ["dump %", #"dump "made.ent" %"#],
  ]

  private static let views = [
    "statements", "qualifiers", "contested", "group_closure", "part_closure", "memberships", "commitments",
    "offices", "figures", "citations", "sources",
    "transactions", "types", "properties", "names", "entities",
  ]

  /// Commands that write.
  static let writing: [String: [String]] = [
    "source": [#"source extra "Extra" { & }"#, #"source full "Full" { & }"#],
    "claim": [
      "claim forge.chair = KOR %", #"claim forge.chair = KOR citing courier quote "chairs" %"#,
      #"claim forge.chair = KOR from 2026-04 citing courier quote "chairs" %"#,
      "claim forge.chair = KOR until 2026-09 citing courier %",
      "claim forge.chair = KOR on 2026-04-02 citing courier %",
    ],
    "deny": ["deny forge.member = KOR %", #"deny forge.member = KOR citing courier quote "not" %"#],
    "add": [
      #"add agreement deal "Deal" % { signatory = FRA & }"#,
      #"add agreement deal "Deal" citing courier quote "a deal" % { signatory = FRA & }"#,
      #"add commitment loan "Loan" % { giver = USA & }"#,
    ],
    "citing": [
      #"citing courier % { claim CHN.share = 7% mineral rare-earths year 2020 quote "7" }"#,
      #"citing courier % { claim forge.member = FRA }"#,
    ],
    "alias": [#"alias forge "The forum" %"#],
    "retract": ["retract forge.chair %"],
    "retract source": ["retract source flyer %"],
    "correct": [
      "correct forge.chair %", "correct forge.chair to KOR %",
      #"correct CHN.share[year 2023, stage mining] %"#,
    ],
    "prefer": ["prefer forge.chair %"],
    "review": ["review forge.chair %", "review forge.chair by 2026-12-31 %"],
    "review property": ["review property chair %"],
    "distinct": ["distinct yellen, yellin %"],
    "merge": ["merge yellin into yellen %"],
    "split": ["split forge as new-forge from t2 %"],
    "unmerge": ["unmerge yellin %"],
    "rename": ["rename forge to forum %"],
    "define type": ["define type treaty %"],
    "define property": [
      "define property stake of actor to number %", "define property seat of initiative to state %",
      "define property seat under member %",
    ],
    "import": [
      #"import "rows.csv" citing courier % { claim $key.member = $member from $from quote $quote }"#
    ],
    "undo": ["undo t2 %"],
    "redo": ["redo t3 %"],
  ]

  /// Lines of their own for clauses that matter only for certain files or heads.
  static let own: [String: [String]] = [
    "add under": [#"add commitment loan "Loan" %"#],
    "alias shared": [#"alias forge "Japan" %"#],
    "conflicts all": ["conflicts %", "conflicts between leaflet, notice %"],
    "correct citing": [#"correct @d3ev6p quote "some sixty" %"#],
    "define property many": ["define property seat under chair %", "define property seat under chair one %"],
    "import citing": [#"import "rows.csv" % { claim $key.member = $member from $from quote $quote }"#],
    "import using": [#"import "rows.csv" citing courier %"#],
    "import as": [#"import "rows.data" citing courier % { claim $key.member = $member }"#],
    "import delimiter": [
      #"import "signs.csv" citing courier % { claim $key.chair = KOR }"#,
      #"import "rows.jsonl" citing courier % { claim $key.member = $member }"#,
    ],
    "import decimal": [#"import "amounts.csv" citing courier % { claim $key.amount = $amount }"#],
    "import dates": [#"import "dates.csv" citing courier % { claim $key.member = $member from $from }"#],
    "import blank": [#"import "blanks.csv" citing courier % { claim $key.member = $member from $from }"#],
    "import split": [#"import "lists.csv" citing courier % { claim $key.member = $member }"#],
    "import keep going": [#"import "faults.csv" citing courier % { claim $key.member = $member }"#],
    "import keep cells": [
      #"import "faults.csv" citing courier % { claim $key.member = $member; claim $key.status = active }"#
    ],
    "import rejects": [#"import "faults.csv" citing courier keep going % { claim $key.member = $member }"#],
    "import only where": [#"import "rows.csv" citing courier % { claim $key.member = $member }"#],
    "import with": [#"import "rows.csv" citing courier % { claim $key.chair = $chair }"#],
    "import unmatched": [#"import "faults.csv" citing courier keep going % { claim $key.member = $member }"#],
  ]

  /// Commands whose clauses matter only where nothing of a registry is read or written; why.
  static let elsewhere: [String: String] = [
    "transaction": "only in dumps with history", "withdraw": "only in dumps with history",
    "ranked": "only in dumps", "reviewed": "only in dumps",
    "plugin list": "of the program's plugins", "plugin info": "of the program's plugins",
    "plugin install": "of the program's plugins", "plugin enable": "of the program's plugins",
    "plugin disable": "of the program's plugins", "plugin remove": "of the program's plugins",
    "plugin reload": "of the program's plugins", "plugin test": "of the program's plugins",
    "plugin doctor": "of the program's plugins", "plugin new": "of the program's plugins",
    "plugin debug": "of the program's plugins",
    "param": "what --help tells: ScriptTests", "expect": "ScriptTests",
    "suggest splits": "needs two registries: SplitTests tries its clauses",
    "publish": "needs who writes pages: PublishTests tries its clauses",
  ]

  /// What must be there before a line has its meaning, by its beginning.
  static let before = ["unmerge": ["merge yellin into yellen"], "redo": ["undo t2"]]

  /// The files that imports read.
  static let files: [String: String] = [
    "rows.csv": "key,member,from,quote\nforge,JPN,2026-04,\"joins, déjà\"\nmsp,AUS,2026-05,q\n",
    "rows.data": #"{"key": "forge", "member": "JPN"}"# + "\n",
    "rows.jsonl": #"{"key": "forge", "member": "JPN"}"# + "\n",
    "signs.csv": "key;member,from\nforge;JPN,2026-04\n",
    "amounts.csv": "key,amount\nsmelters,\"AUD 1.234,5\"\n",
    "dates.csv": "key,member,from\nforge,JPN,01.02.2026\n",
    "blanks.csv": "key,member,from\nforge,NA,2026-04\nmsp,AUS,2026-05\n",
    "lists.csv": "key,member\nmsp,AUS/CHN\n",
    "faults.csv": "key,member\nforge,JPN\nforge,nobody at all\n",
    "mapping.ent": "claim $key.member = $member",
  ]

  /// A line with a clause in its place; without any where none is told.
  static func line(_ line: String, with text: String = "", at place: String = "%") -> String {
    var written = line
    for one in ["%", "&"] {
      let said = one == place && !text.isEmpty ? " " + text : ""
      written = written.replacing(" \(one) ", with: said + " ")
      if written.hasSuffix(" " + one) { written = written.dropLast(2) + said }
    }
    return written
  }

  // MARK: What clauses may say

  /// What a clause may say: of those that are accepted one must matter.
  static func samples(_ keyword: String, of command: String) -> [String] {
    let samples = ownSamples["\(command) \(keyword)"] ?? commonSamples[keyword] ?? []
    return samples.map { $0.isEmpty ? keyword : "\(keyword) \($0)" }
  }

  private static let commonSamples: [String: [String]] = [
    "on": ["2023", "2026-02-10", "1980", "2030"],
    "published by": ["2025-01-01", "1980"], "recorded by": ["t1"], "known": ["2025-01-01", "1980"],
    "according to": ["notice", "leaflet", "courier"], "as": ["json", "csv", "matrix"],
    "save": [#""saved.txt""#], "into": [#""page.md""#],
    "where": [
      #"name ~ "f""#, "type = state", "status = active", "member = USA", "giver = AUS", "value >= 60%",
      "reliability = E", "author = nobody", "property = share", "under = initiative", "of = state",
      "kind = conflict", "sources > 1", "transitive = yes",
    ],
    "sort": [
      "name desc", "key desc", "value desc", "value", "property desc", "at", "id", "type desc", "started",
      "amount desc",
    ],
    "limit": ["1", "0"], "offset": ["1"],
    "columns": ["name", "type", "value", "id", "sources", "about", "title"],
    "by": ["type", "source", "property", "author", "reliability", "under", "of", "giver", "value"],
    "including groups": [""], "including parts": [""], "of": ["forge", "amount", "summit"],
    "in": ["USD", "courier"],
    "property": ["member", "holder", "share"],
    "all": [""], "any": [""], "judged": [""], "between": ["courier, gazette"], "preview": [""],
    "with history": [""],
    "because": [#""a reason""#], "shared": [""], "keep cells": [""], "rejects": [#""rejects.csv""#],
    "only where": ["$key = forge"], "for excel": [""], "with ids": [""],
    "citing": ["gazette"], "at": [#""page 7""#], "via": [#""a minister""#], "quote": [#""other words""#],
    "said": [#""last week""#], "inferred because": [#""it follows""#],
    "from": ["2026-04"], "until": ["2026-06"], "through": ["2026-06"], "still on": ["2026-06"],
    "within": ["2026-04..2026-06"], "under": ["forge", "state", "member", "initiative"],
    "to": ["KOR", "61%"],
    "plural": [#""treatises""#], "begins": ["started"], "ends": ["status.ended"], "about": [#""what it is""#],
    "using": [#""mapping.ent""#], "encoding": ["windows-1252"], "sheet": [#""Front""#],
    "delimiter": [#"";""#, #"",""#],
    "decimal": [#"",""#], "dates": [#""DD.MM.YYYY""#], "blank": [#""NA""#], "split": [#""/""#],
    "keep going": [""], "unmatched": [#""names.csv""#], "many": [""], "one": ["", "at a time", "per year"],
    "rules": ["recency, reliability"], "unit": [#""t""#], "transitive": [""], "with": ["stage mining"],
    "despite damage": [""], "review by": ["2026-12-31"], "review": [#""6 months""#],
    "after": [#""6 months""#], "no longer": [""],
    "publisher": [#""The publisher""#], "published": ["2020-01-01"], "url": [#""https://example.org""#],
    "retrieved": ["2026-10-01"], "language": ["fr"], "reliability": ["A"], "corrects": ["leaflet", "flyer"],
    "note": [#""a remark""#],
    "without publisher": [""], "without published": [""], "without url": [""], "without retrieved": [""],
    "without language": [""], "without corrects": [""], "without note": [""],
  ]

  private static let ownSamples: [String: [String]] = [
    "define type under": ["initiative"], "define property of": ["initiative"],
    "define property under": ["member"], "define property to": ["text", "person"],
    "review by": ["2027-01-31"], "add under": ["us-japan"], "define type columns": ["name"],
    "claim on": ["2026-05"],
    "deny on": ["2026-05"], "add on": ["2026-05"], "import as": ["tsv", "jsonl"],
    "export as": ["json", "graphml"], "alias in": ["courier"], "alias citing": ["courier"],
    "correct citing": ["gazette", "flyer"], "retract citing": ["flyer", "courier"], "total of": ["rate"],
    "why total of": ["rate"],
    "import with": ["$chair = KOR"], "conflicts where": ["kind = conflict", "property = share"],
  ]

  /// Codes that say that a clause has no meaning there.
  static let meaningless: Set<String> = [
    "groups-of-nobody", "parts-of-nothing", "known-twice", "limit-of-one", "list-in-groups",
    "matrix-of-nothing",
    "matrix-of-table", "time-without-meaning", "time-outside-braces", "output-in-braces", "unit-of-no-number",
    "transitive-values",
    "unread-clause", "missing-source", "period-words", "two-cardinalities", "salvage-to-file",
    "why-list-without-condition", "one-table", "saved-twice", "excel-of-other", "ids-there",
    "review-by-and-never", "review-needs-date",
  ]
}
