import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// Every line of the language's sketch, carried out one after the other on the seeded registry.
@Suite("The sketch of the language")
struct SketchTests {
  static let reading = [
    "show forge",
    "list initiatives where member = japan and status != ended sort started desc limit 10",
    "list initiatives where member = japan including groups   # also by the EU, G7 …",
    "list pax-silica.signatory on 2026-01-10          # certainly / possibly in",
    "list jan12-meeting.participant by source as matrix",
    "list commitments where amount >= USD 1bn according to clash, globaltimes",
    "count initiatives by type",
    #"find "price floor"                               # full text: names, texts, quotes"#,
    "show jan12-meeting known 2026-01-13              # = on + published by",
    "why forge.chair                                  # claims, quotes, sources, the rule",
    "why china.share[mineral cobalt, stage refining, year 2024]",
    "history forge.chair",
    "diff published 2026-01-12 2026-01-13",
    "diff on 2025-10-01 2026-02-04",
    "conflicts where property = share",
    "sql SELECT type, count(*) FROM initiatives GROUP BY type         # a comment",
    "sql on 2026-01-12 as csv { SELECT key FROM initiatives ORDER BY key }",
    "overlap forge, pax-silica on 2026-02-28 as csv",
    "run overlap forge, pax-silica",
    "concentration mineral cobalt stage refining",
  ]

  @Test("reads", arguments: reading)
  func reads(_ command: String) throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    let printed = transcript.run(command)
    #expect(!printed.contains("error:"))
    #expect(printed.split(separator: "\n").count > 1, "\(printed)")
  }

  static let schemaAndWriting = [
    "define type agreement under initiative",
    "define type meeting under event",
    "define property member of initiative to actor many",
    "define property signatory under member",
    "define property chair of initiative to actor one at a time",
    "define property share of actor to percent one per mineral, stage, year, scope, basis",
    #"source clash "G7 Allies Seek to Cut Reliance on Chinese Rare Earths" { publisher "Clash Report"; published 2026-01-13; reliability B }"#,
    #"add agreement us-australia-2 "U.S.–Australia critical minerals framework" citing clash quote "…""#,
    #"claim pax-silica.signatory = USA, JPN, KOR from 2025-12-12 citing particle-pax-silica quote "…""#,
    #"claim forge.chair = KOR through 2026-06 said "through June" inferred because "the year from other sources" citing allthenews quote "with South Korea chairing it through June""#,
    #"add commitment pipeline under us-australia { giver = USA, AUS; rung = announced; amount = USD 8.5bn citing clash quote "U.S., Australia Seal $8.5B Rare-Earth Deal" }"#,
    """
    citing globaltimes via iea with stage refining; year 2024; scope magnet-rare-earths {
      claim CHN.share = 91% mineral rare-earths quote "representing about 91 percent of global production"
    }
    """,
    #"deny  jan12-meeting.output = joint-statement citing clash quote "No joint statement was issued""#,
    #"claim jan12-meeting.outcome = consensus citing clash via katayama quote "widespread consensus on the urgency""#,
    #"alias bessent "Bensinger" in toutiao because "translation artefact""#,
    #"distinct yellen, bessent because "a wrong person, not another name""#,
    #"add mineral rare-earth-elements "Rare earth elements""#,
    "merge rare-earth-elements into rare-earths",
    #"begin "what if Japan leaves""#,
    "rollback",
    "undo",
  ]

  @Test("writes, and leaves a sound registry")
  func writes() throws {
    let session = try TestRegistry.seeded()
    let transcript = Transcript(session)
    for command in Self.schemaAndWriting {
      #expect(!transcript.run(command).contains("error:"), "\(command)")
    }
    for finding in try session.store.check() { #expect(finding.problem == nil, "\(finding.test)") }
  }

  @Test("statements are named by their ids, abbreviated: correct, prefer, retract")
  func identifiers() throws {
    let transcript = Transcript(try TestRegistry.seeded())
    let shown = transcript.run("show china-japan-dual-use-ban.imposer")
    let id = try #require(
      shown.split(separator: "\n").first { $0.hasPrefix("CHN\t") }?.split(separator: "\t").last)
    #expect(transcript.run("prefer \(id) because \"the issuer's own text\"").contains("preferred"))
    #expect(transcript.run("retract \(id) because \"a pipeline, not a sum of money\"").contains("retracted"))
    #expect(transcript.run("undo").contains("undid"))
    #expect(transcript.run("show \(id)").contains("CHN"))
    #expect(transcript.run("why \(id)").contains("CHN"))
    #expect(transcript.run("why \(id) published by 1999").contains("does not stand published by 1999"))
    #expect(transcript.run("retract @zzzzzz").contains("no statement's id begins with @zzzzzz"))
  }

  @Test("rows of a file are imported by a mapping in the language")
  func imports() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write(
      "treatyID,stateID,Force\nusa-can-1987,USA,1989-01-01\nusa-can-1987,CAN,1989\n", to: "parties.csv")
    let script = try program.write(
      """
      source desta "Design of Trade Agreements"
      define property party under member of initiative to actor many
      citing desta { add agreement desta:usa-can-1987 "Canada–US free trade agreement" }
      import "parties.csv" citing desta { claim desta:$treatyID.party = $stateID from $Force }
      list desta:usa-can-1987.party on 1989-06-01
      """, to: "import.ent")
    let outcome = try program.run(["--registry", program.registry, script])
    let notes = outcome.errors.split(separator: "\n").filter { !$0.contains("not stated") }
    #expect(notes == ["2 rows of parties.csv: 2 recorded"])
    #expect(outcome.output.contains("USA\tUnited States\tfrom 1989-01-01\tyes"))
    #expect(outcome.output.contains("CAN\tCanada\tfrom 1989\tmaybe"))
  }
}
