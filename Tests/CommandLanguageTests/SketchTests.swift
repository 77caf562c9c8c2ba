import CommandLanguage
import Testing

@Suite("The language as its users know it")
struct SketchTests {
  static let sketch: [String] = [
    "show forge",
    "list initiatives where member = japan and status != ended sort started desc limit 10",
    "list initiatives where member = japan including groups   # also by the EU, G7 …",
    "list pax-silica.signatory on 2026-01-10          # certainly / possibly in",
    "list jan12-meeting.participant by source as matrix",
    "list commitments where amount >= USD 1bn according to clash, globaltimes",
    "count initiatives by type",
    "find \"price floor\"                               # full text",
    "show jan12-meeting known 2026-01-13",
    "why forge.chair",
    "why china.share[mineral cobalt, stage refining, year 2024]",
    "history forge.chair",
    "diff published 2026-01-12 2026-01-13",
    "diff 2026-01-12 2026-01-13",
    "diff recorded t12 t15",
    "conflicts where property = share",
    "sql SELECT type, count(*) FROM initiatives GROUP BY type",
    "sql on 2026-01-12 as csv { SELECT * FROM x WHERE a = '}' }",
    "define type agreement under initiative",
    "define type meeting under event",
    "define property member of initiative to actor many",
    "define property signatory under member",
    "define property chair of initiative to actor one at a time",
    "define property share of actor to percent one per mineral, stage, year, scope, basis",
    """
    source clash "G7 Allies Seek to Cut Reliance" { publisher "Clash Report"; published 2026-01-13; reliability B }
    """,
    "add agreement us-australia \"U.S.–Australia critical minerals framework\" citing clash quote \"…\"",
    "claim pax-silica.signatory = USA, JPN, KOR from 2025-12-12 citing particle quote \"…\"",
    """
    claim forge.chair = KOR through 2026-06 said "through June" inferred because "the year from other sources" \
    citing allthenews quote "with South Korea chairing it through June"
    """,
    """
    add commitment us-au-pipeline under us-australia { giver = USA, AUS; rung = announced; \
    amount = USD 8.5bn citing clash quote "U.S., Australia Seal $8.5B Rare-Earth Deal" }
    """,
    """
    citing globaltimes via iea with stage refining; year 2024; scope magnet-rare-earths {
      claim CHN.share = 91% mineral rare-earths quote "representing about 91 percent of global production"
    }
    """,
    "deny  jan12-meeting.output = joint-statement citing clash quote \"No joint statement was issued\"",
    "claim jan12-meeting.outcome = consensus citing clash via katayama quote \"widespread consensus\"",
    "correct @4k7q quote \"…\" because \"typing error\"",
    "retract @9mzt because \"a pipeline, not a sum of money\"",
    "prefer @2hd0 because \"the issuer's own text\"",
    "alias bessent \"Bensinger\" in toutiao because \"translation artefact\"",
    "distinct yellen, bessent because \"a wrong person, not another name\"",
    "merge rare-earth-elements into rare-earths",
    "begin \"what if Japan leaves\"",
    "rollback",
    "undo",
    "undo t12",
    "import \"parties-DESTA.csv\" citing desta { claim desta:$treatyID.party = $stateID from $Force }",
    "overlap forge, pax-silica on 2026-02-28 as csv save \"overlap.csv\"",
    "concentration mineral dysprosium stage refining",
    ".format csv",
  ]

  static let schema: [String] = [
    "define type actor about \"Whoever can be part of something\"",
    "define type company under organisation plural companies about \"A firm\"",
    "define type initiative columns type, status, started, lead about \"What several actors do\"",
    "define type office columns of, holder about \"A post that one person holds at a time\"",
    "define property full-name of actor, initiative to text many about \"What an abbreviation stands for\"",
    "define property under of initiative, commitment to initiative, measure many about \"What it belongs to\"",
    "define property signatory under member of initiative to actor many about \"Has signed it\"",
    "define property status of initiative, event to choice idea, proposed, ended one at a time",
    "define property duration of event, initiative, stage to number unit weeks one",
    "define property of of office to state, group one about \"Whose office it is\"",
    "define property capacity of initiative to number unit t/yr one per mineral, product, year, phase",
  ]

  @Test("Every line is read without a word of complaint", arguments: sketch + schema)
  func line(_ line: String) {
    let tree = parse(line)
    #expect(tree.diagnostics.map(\.message) == [])
    #expect(tree.commands.count == 1)
  }

  @Test("All lines together are as many commands")
  func together() {
    let tree = parse((Self.sketch + Self.schema).joined(separator: "\n"))
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.commands.count == Self.sketch.count + Self.schema.count)
  }

  @Test("The text of every line is complete", arguments: sketch)
  func complete(_ line: String) { #expect(isComplete(line)) }
}
