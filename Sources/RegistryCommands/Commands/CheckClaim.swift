import CommandLanguage
import RegistryModel

/// What it is written with.
enum ClaimCheckGrammar {
  static let claim = Argument("claim", .claim)
}

extension CommandDefinition {
  static let checkClaim = CommandDefinition(
    CommandSignature(
      name: "check claim", head: [ClaimCheckGrammar.claim.element],
      clauses: [StandardClauses.groups.signature, StandardClauses.parts.signature] + StandardClauses.reading),
    group: .reading, effect: .reads,
    summary: "Test whether something is so, by the claims for and against it",
    details: """
      Conditions as behind `where`, each with the thing that it is asked of. true: what is chosen says so, and no rival that \
      stands says otherwise. false: likewise that it is not so. disputed: claims of both sides stand; the note tells which \
      side is chosen. not stated: no source decides it, which is no no. `if right` is what it would be where that statement \
      is right. A script that asks ends with status 3 unless the answer is true; which answer it is says the column.
      """,
    examples: [
      Example(
        "check claim forge.chair = KOR on 2026-03-01",
        gives: #"""
          answer\#tside\#tstatement\#tvalue\#tsource\#tpublished\#treliability\#tquote\#tid
          not stated\#tfor\#tforge.chair\#tKOR through 2026-06\#tcourier\#t2026-01-13\#tB\#twith South Korea chairing it through June\#t@n0ksae
          -- not stated on 2026-03-01: what is said leaves it open
          """#),
      Example(
        "check claim treasury-secretary.holder = bessent on 2026-01-12",
        gives: #"""
          answer\#tside\#tstatement\#tvalue\#tstanding\#tsource\#tpublished\#treliability\#tquote\#tif right\#tid
          disputed\#tfor\#ttreasury-secretary.holder\#tbessent on 2026-01-12\#tchosen\#tcourier\#t2026-01-13\#tB\#tScott Bessent\#ttrue\#t@ww9vgq
          disputed\#tfor\#ttreasury-secretary.holder\#tbessent on 2026-01-12\#tchosen\#tgazette\#t2026-01-12\#tC\#tSecretary Bessent\#ttrue\#t@ww9vgq
          disputed\#tagainst\#ttreasury-secretary.holder\#tyellen on 2026-01-12\#trival\#tleaflet\#tundated\#tE\#tSecretary Yellen\#tfalse\#t@sjk174
          -- disputed on 2026-01-12; by what is chosen it is true
          -- it would be true where this is right: treasury-secretary.holder = bessent on 2026-01-12 (@ww9vgq)
          """#, onSeed: "check claim us-treasury-secretary.holder = bessent on 2026-01-12"),
      Example(
        "check claim CHN.share[mineral rare-earths, stage mining] > 61%",
        gives: #"""
          answer\#tside\#tstatement\#tvalue\#tstanding\#tsource\#tpublished\#treliability\#tquote\#tif right\#tid
          not stated\#tfor\#tCHN.share\#t62% mineral rare-earths, stage mining, year 2024\#trival\#tleaflet\#tundated\#tE\#t62%\#ttrue\#t@3hvj6n
          not stated\#topen\#tCHN.share\#tabout 60% mineral rare-earths, stage mining, year 2024\#tchosen\#tcourier via iea\#t2026-01-13\#tB\#tabout 60 percent\#tundecided\#t@d3ev6p
          not stated\#topen\#tCHN.share\#tabout 60% mineral rare-earths, stage mining, year 2024\#tchosen\#tgazette via IEA\#t2026-01-12\#tC\#tsome 60 percent\#tundecided\#t@d3ev6p
          -- not stated: what is said leaves it open
          -- it would be true where this is right: CHN.share = 62% mineral rare-earths, stage mining, year 2024 (@3hvj6n)
          """#),
      Example(
        "check claim forge.chair = JPN",
        gives: #"""
          answer\#tside\#tstatement\#tvalue\#tsource\#tpublished\#treliability\#tquote\#tid
          false\#tagainst\#tforge.chair\#tKOR through 2026-06\#tcourier\#t2026-01-13\#tB\#twith South Korea chairing it through June\#t@n0ksae
          -- false
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let times = try session.times(command)
    let reader = session.interpreter(at: times).claimReader
    let finding = try reader.finding(command, times)
    var answer = Answer.table(try reader.table(finding, times), try session.output(command))
    answer.failed = finding.answer != .yes
    answer.failureStatus = .refused
    return answer
  }
}
