import PseudoTerminal
import Testing

@Suite("The Tab key")
struct CompletionTests {
  @Test("The only candidate is inserted with a space, in the middle of a line too")
  func unique() throws {
    let probe = try Probe()
    try probe.type("li" + Key.tab, expecting: "probe> list", column: 12)
    try probe.type("x" + Key.controlA + "cla" + Key.tab, expecting: "probe> claim list x", column: 13)
    try probe.type(Key.enter, printing: "1: claim list x")
  }

  @Test("What several share is inserted, and then they are listed below with their descriptions")
  func several() throws {
    let probe = try Probe()
    try probe.type("s" + Key.tab, expecting: "probe> sho", column: 10)
    try probe.type(
      Key.tab, showing: ["probe> sho", "show   Show one thing", "shore  Ein Ufer", "probe> sho"])
    try probe.type("w" + Key.tab, expecting: "probe> show", column: 12)
  }

  @Test("Wide characters are aligned by what they take on the screen")
  func wide() throws {
    let probe = try Probe()
    try probe.type("名" + Key.tab, expecting: "probe> 名", column: 9)
    try probe.terminal.waitFor("the list") {
      $0.lines.contains("名前  A name of two wide characters") && $0.lines.contains("名刺  A visiting card")
    }
  }

  @Test("Nothing fitting rings the bell and changes nothing")
  func none() throws {
    let probe = try Probe()
    try probe.type("xyz" + Key.tab, expecting: "probe> xyz", column: 10)
    try probe.terminal.waitFor("the bell") { $0.bells == 1 }
    #expect(probe.terminal.screen.lines == ["probe> xyz"])
  }

  @Test("Where nothing fits, what is expected stands below the line")
  func hint() throws {
    let probe = try Probe()
    try probe.type(
      "list expected" + Key.tab, showing: ["probe> list expected", "a whole number", "probe> list expected"])
    try probe.type(" 7" + Key.enter, printing: "1: list expected 7")
  }

  @Test("In a block the list stands below it, and the block is drawn anew with the cursor in its place")
  func block() throws {
    let probe = try Probe()
    try probe.type("a {\r\r}" + Key.up + "co" + Key.tab, showing: ["probe> a {", "conflicts", "}"])
    try probe.type(
      String(repeating: Key.backspace, count: 10) + "sho" + Key.tab,
      showing: [
        "probe> a {", "sho", "}", "show   Show one thing", "shore  Ein Ufer", "probe> a {", "sho", "}",
      ])
    try probe.type("w" + Key.tab + "!", expecting: "show !", column: 6)
    try probe.type(Key.enter, printing: "1: a {⏎show !⏎}")
  }

  @Test("More than a page of candidates is cut off and counted")
  func page() throws {
    let probe = try Probe(size: (40, 60))
    try probe.type("n" + Key.tab, expecting: "probe> n", column: 8)
    try probe.terminal.waitFor("the list") {
      $0.lines.contains("n40  number 40") && $0.lines.contains("… and 123 more") && !$0.text.contains("n41")
    }
  }

  @Test("Descriptions are cut to a narrow terminal")
  func narrow() throws {
    let probe = try Probe(size: (16, 12))
    try probe.type(
      "sho" + Key.tab, showing: ["probe> sho", "show   Show on…", "shore  Ein Ufer", "probe> sho"])
  }
}
