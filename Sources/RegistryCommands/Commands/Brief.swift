import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .name)
  static let into = Clause("into", .file, "write the page to a file; its name tells the format, as with save")
  static let limit = SelectionClauses.limit.meaning(
    "at most so many values of a line, and lines of a section; \(Briefing.usualLimit), and \(Briefing.usualMembers) members, unless told"
  )
  static let clauses: [ClauseSignature] = [into.signature, limit.signature] + StandardClauses.reading
}

extension CommandDefinition {
  static let brief = CommandDefinition(
    CommandSignature(name: "brief", head: [Grammar.what.element], clauses: Grammar.clauses),
    group: .reading, effect: .reads, summary: "Tell on one page what is known of a thing",
    details: """
      What it is, since when and by whom, who chairs until when, members by standing (in own name, through whom, possibly, \
      no more, said not to be), what it follows, money by rung, events and deadlines, what it is linked to and how, what the \
      sources disagree on, also about what is under it, how fresh that is and on how many origins it rests; each with its \
      sources. It answers as `show`, `list X.member including groups`, `total`, `mentions` and `conflicts` do, and what it \
      leaves out it counts, with the command that shows it. Without `on` it is of today. `into "x.md"` and `as` make Markdown, `into "x.html"` a page that is whole in \
      itself; as CSV, TSV or JSON each row is a part of a line.
      """,
    examples: [
      Example(
        "brief forge",
        gives: #"""
          section\#titem\#ttext\#tsources\#tid
          What it is\#ttype\#tpartnership\#t\#t
          What it is\#tname\#tFORGE\#tcourier\#t@wf411s
          What it is\#tstatus\#tactive\#tcourier\#t@tzkr5h
          Who chairs, and until when\#tchair\#tnot stated: no source says forge.chair\#t\#t
          Members, and who else has a part in it, on 2026-11-22\#tmembers, possibly\#tUnited States (USA) from 2026-02-04\#tcourier\#t@3jmyzg
          Members, and who else has a part in it, on 2026-11-22\#tmembers, possibly\#tannounced, and not confirmed since\#t\#t
          What it follows, and what follows it\#tsucceeds\#tMinerals Security Partnership (msp)\#tcourier\#t@cfdrf1
          Money, by how far it has come\#t\#tno commitment is stated\#t\#t
          Events and deadlines\#t2026-02-04\#tstarted\#tcourier\#t@hgnft8
          What the sources disagree on\#t\#tno two sources exclude each other in what is told here\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t5 statements by 1 source of 1 origin\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t5 of them on one origin alone\#t\#t
          How fresh it is, and on how much it rests\#tnewest source\#t2026-01-13, 313 days before 2026-11-22\#tcourier\#t
          How fresh it is, and on how much it rests\#toldest source\#t2026-01-13\#tcourier\#t
          How fresh it is, and on how much it rests\#treliability\#t1 of B\#t\#t
          How fresh it is, and on how much it rests\#treliability\#tfrom A, completely, to F, cannot be judged\#t\#t
          How fresh it is, and on how much it rests\#tlast recorded\#tt1, 2026-11-22\#t\#t
          """#),
      Example(
        "brief msp on 2023-05-01 as markdown",
        gives: #"""
          # Minerals Security Partnership

          partnership · msp · as of 2023-05-01

          ## What it is

          - **type**: partnership
          - **name**: Minerals Security Partnership[^1]
          - **status**: ended (maybe)[^1]

          ## Who chairs, and until when

          - **chair**: not stated: no source says msp.chair on 2023-05-01

          ## Members, and who else has a part in it, on 2023-05-01

          - **members, in own name**: European Union (eu) from 2022[^1]; Japan (JPN) from 2022[^1]; United States (USA) from 2022[^1]
          - **members through European Union (eu)**: Malta (MLT)[^1]

          ## What it follows, and what follows it

          - **is followed by**: FORGE (forge) (maybe)[^1]

          ## Money, by how far it has come

          - no commitment is stated on 2023-05-01

          ## What the sources disagree on

          - no two sources exclude each other in what is told here on 2023-05-01

          ## How fresh it is, and on how much it rests

          - **rests on**: 6 statements by 1 source of 1 origin — 6 of them on one origin alone
          - **newest source**: 2026-01-13[^1]
          - **oldest source**: 2026-01-13[^1]
          - **reliability**: 1 of B — from A, completely, to F, cannot be judged
          - **last recorded**: t1, 2026-11-22

          [^1]: courier · The Courier on alliances, The Courier, 2026-01-13, reliability B
          """#),
      Example(
        "brief pipeline",
        gives: #"""
          section\#titem\#ttext\#tsources\#tid
          What it is\#ttype\#tcommitment\#t\#t
          What it is\#trung\#tannounced\#tcourier\#t@ggs1e6
          Figures\#tamount\#tUSD 8.5bn\#tcourier\#t@vk2bt7
          What else it is linked to, and how\#tgiver\#tJapan (JPN)\#tcourier\#t@t5ddb2
          What else it is linked to, and how\#tgiver\#tUnited States (USA)\#tcourier\#t@16zh8p
          What else it is linked to, and how\#tunder\#tUS–Japan framework (us-japan)\#tcourier\#t@zav3cy
          What else it is linked to, and how\#tnamed as towards by\#tfirst-money\#tcourier\#t@fsawgf
          What the sources disagree on\#t\#tno two sources exclude each other in what is told here\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t6 statements by 1 source of 1 origin\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t6 of them on one origin alone\#t\#t
          How fresh it is, and on how much it rests\#tnewest source\#t2026-01-13, 313 days before 2026-11-22\#tcourier\#t
          How fresh it is, and on how much it rests\#toldest source\#t2026-01-13\#tcourier\#t
          How fresh it is, and on how much it rests\#treliability\#t1 of B\#t\#t
          How fresh it is, and on how much it rests\#treliability\#tfrom A, completely, to F, cannot be judged\#t\#t
          How fresh it is, and on how much it rests\#tlast recorded\#tt1, 2026-11-22\#t\#t
          """#, onSeed: "brief realloys-src"),
    ]
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.what]
    let words = session.interpreter(at: try session.times(command))
    return try toldBrief(try words.entity(name), name, command, session, includesParts: false)
  }

  static let briefTopic = CommandDefinition(
    CommandSignature(name: "brief topic", head: [Grammar.what.element], clauses: Grammar.clauses),
    group: .reading, effect: .reads,
    summary: "Tell on one page what is known of a mineral, a product or a stage",
    details: """
      What `brief` tells, and also what names a part of it, with which: `brief topic rare-earths` finds what is about \
      dysprosium. Of several things with one name it takes the one that something can be about.
      """,
    examples: [
      Example(
        "brief topic rare-earths",
        gives: #"""
          section\#titem\#ttext\#tsources\#tid
          What it is\#ttype\#tmineral\#t\#t
          What it is\#tname\#trare earths\#tcourier\#t@ctyehb
          Figures\#tshare of others\#tChina (CHN) about 60% [mineral rare-earths, stage mining, year 2024] (disputed, chosen)\#tcourier via iea, gazette via IEA\#t@d3ev6p
          Figures\#tshare of others\#tChina (CHN) 62% [mineral rare-earths, stage mining, year 2024] (disputed, passed over)\#tleaflet\#t@3hvj6n
          What the sources disagree on\#tCHN.share [mineral rare-earths, stage mining, year 2024]\#tabout 60%\#tcourier via iea, gazette via IEA\#t@d3ev6p
          What the sources disagree on\#tCHN.share [mineral rare-earths, stage mining, year 2024]\#t62%\#tleaflet\#t@3hvj6n
          What the sources disagree on\#tCHN.share [mineral rare-earths, stage mining, year 2024]\#tdifferent-precision; chosen: about 60%, by the rule "the more reliable source"\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t3 statements by 3 sources of 3 origins\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t3 of them on one origin alone\#t\#t
          How fresh it is, and on how much it rests\#tnewest source\#t2026-01-13, 313 days before 2026-11-22\#tcourier\#t
          How fresh it is, and on how much it rests\#toldest source\#t2026-01-12\#tgazette via IEA\#t
          How fresh it is, and on how much it rests\#toldest source\#t1 source without a date\#t\#t
          How fresh it is, and on how much it rests\#treliability\#t1 of B, 1 of C, 1 of E\#t\#t
          How fresh it is, and on how much it rests\#treliability\#tfrom A, completely, to F, cannot be judged\#t\#t
          How fresh it is, and on how much it rests\#tlast recorded\#tt1, 2026-11-22\#t\#t
          """#),
      Example(
        "brief topic JPN",
        gives: #"""
          section\#titem\#ttext\#tsources\#tid
          What it is\#ttype\#tstate\#t\#t
          What it is\#tname\#tJapan\#tcourier\#t@5sepnx
          Money, by how far it has come\#tas giver, announced\#tUSD 8.5bn, one commitment\#tcourier\#t
          Money, by how far it has come\#t\#tleft out: first-money, at least USD 1bn each: part of pipeline\#t\#t
          Money, by how far it has come\#t\#t2 not stated, left out\#t\#t
          Money, by how far it has come\#t\#twhat was added: why total commitments where giver = JPN including parts\#t\#t
          What else it is linked to, and how\#tnamed as giver by\#tfirst-money\#tcourier\#t@snabx5
          What else it is linked to, and how\#tnamed as giver by\#tpipeline\#tcourier\#t@t5ddb2
          What else it is linked to, and how\#tmember of\#tMinerals Security Partnership (msp) from 2022\#tcourier\#t@d6k1yq
          What else it is linked to, and how\#tparticipant of\#tThe summit (summit)\#tcourier, gazette\#t@1qy888
          What else it is linked to, and how\#tsignatory of\#tUS–Japan framework (us-japan) from 2025-10-28\#tcourier\#t@909da3
          What the sources disagree on\#t\#tno two sources exclude each other in what is told here\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t8 statements by 2 sources of 2 origins\#t\#t
          How fresh it is, and on how much it rests\#trests on\#t7 of them on one origin alone\#t\#t
          How fresh it is, and on how much it rests\#tnewest source\#t2026-01-13, 313 days before 2026-11-22\#tcourier\#t
          How fresh it is, and on how much it rests\#toldest source\#t2026-01-12\#tgazette\#t
          How fresh it is, and on how much it rests\#treliability\#t1 of B, 1 of C\#t\#t
          How fresh it is, and on how much it rests\#treliability\#tfrom A, completely, to F, cannot be judged\#t\#t
          How fresh it is, and on how much it rests\#tlast recorded\#tt1, 2026-11-22\#t\#t
          """#, onSeed: "brief topic gallium"),
    ]
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.what]
    let words = session.interpreter(at: try session.times(command))
    return try toldBrief(try topic(name, words), name, command, session, includesParts: true)
  }
}

private func toldBrief(
  _ subject: EntityRecord, _ name: NameSyntax, _ command: Invocation, _ session: Session, includesParts: Bool
) throws(Failure) -> Answer {
  let times = try session.times(command)
  var output = try session.output(command)
  if let word = command[Grammar.into] {
    if let span = command.span(of: StandardClauses.save) { throw Failures.savedTwice(span) }
    output.file = try session.resultFile(word)
  }
  // A text is what stands on the screen.
  if let file = output.file, URL(filePath: file).pathExtension == "txt" {
    output.format = output.format ?? "table"
  }
  let words = session.interpreter(at: times)
  var briefing = Briefing(
    interpreter: words, subject: subject, times: times, schema: try words.schema(at: name.span, times),
    span: name.span,
    asked: command[Grammar.limit], includesParts: includesParts)
  return .table(ResultTable(try briefing.page()), output)
}

/// The mineral, product, stage or topic that a name means.
private func topic(_ name: NameSyntax, _ words: Interpreter) throws(Failure) -> EntityRecord {
  let schema = try words.schema(at: name.span)
  let concerns = schema.properties[Key(unchecked: "concerns")]
  let record = try words.entity(name, for: concerns)
  guard case .entities(let range)? = concerns?.range else { return record }
  guard range.contains(where: { schema.isType(record.type, under: $0) }) || record.type.text == "topic"
  else {
    throw Failures.noTopic(record, range, name.span)
  }
  return record
}
