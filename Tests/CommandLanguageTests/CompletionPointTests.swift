import CommandLanguage
import Testing

@Suite("Completion")
struct CompletionPointTests {
  /// The point at the marker 1️⃣; what stands behind it must not matter.
  private func point(_ marked: String) -> CompletionPoint {
    let source = MarkedSource(marked)
    return CompletionPoint(text: source.text, cursor: source["1️⃣"], signatures: TestSignatures.table)
  }

  private func keywords(_ point: CompletionPoint) -> Set<String> {
    var found: Set<String> = []
    for case .keywords(let clauses) in point.expectations { found.formUnion(clauses.map(\.keyword)) }
    return found
  }

  @Test(
    "The word before the cursor is what is replaced",
    arguments: [
      ("sho1️⃣", "sho", 0), ("show 1️⃣", "", 5), ("show fo1️⃣rge", "fo", 5), ("show forge.ch1️⃣", "ch", 11),
      ("show \"Pax S1️⃣", "Pax S", 5), ("define ty1️⃣", "define ty", 0),
      ("show x published b1️⃣", "published b", 7),
      ("show \"Pax\".si1️⃣", "si", 11), (".for1️⃣", ".for", 0), (".read fi1️⃣", "fi", 6),
    ])
  func prefix(_ marked: String, _ prefix: String, _ start: Int) {
    #expect(point(marked).prefix == prefix)
    #expect(point(marked).replaced.start == start)
  }

  @Test(
    "A command starts a line, and a line in a block", arguments: ["1️⃣", "show x\nsh1️⃣", "citing s {\n cl1️⃣"])
  func command(_ marked: String) {
    #expect(point(marked).expectations.contains(.command(TestSignatures.table.names)))
  }

  @Test("Two-word commands and keywords are found by their first word")
  func twoWords() {
    #expect(point("define 1️⃣").expectations == [.command(["define property", "define type"])])
    #expect(keywords(point("list x published 1️⃣")) == ["published by"])
  }

  @Test("Clauses that are given are not offered again")
  func given() {
    let open = keywords(point("list x on 2026 1️⃣"))
    #expect(open.contains("limit") && !open.contains("on"))
  }

  @Test(
    "Each place knows what it takes",
    arguments: [
      ("show 1️⃣", CommandLanguage.Expectation.shape(.path, command: "show", clause: nil)),
      ("show x as cs1️⃣", .shape(.choice(["csv", "matrix", "table"]), command: "show", clause: "as")),
      ("show forge.1️⃣", .property(of: "forge")),
      ("show \"Pax Silica\".1️⃣", .property(of: "\"Pax Silica\"")),
      ("show x.y[1️⃣", .qualifierProperty),
      ("show x.y[mineral 1️⃣", .qualifierValue(of: "mineral")),
      ("claim x.status = 1️⃣", .value(of: "status")),
      ("claim x.status = a, b1️⃣", .value(of: "status")),
      ("claim x.status = a 1️⃣", .qualifierProperty),
      ("claim x.status = a year 1️⃣", .qualifierValue(of: "year")),
      ("list x where 1️⃣", .property(of: nil)),
      ("list x where status = 1️⃣", .value(of: "status")),
      ("list x where status 1️⃣", .words(["=", "!=", "<", "<=", ">", ">=", "~", "is", "of"])),
      ("list x where a = b 1️⃣", .words(["and", "or"])),
      ("list x sort a, 1️⃣", .property(of: nil)),
      ("list x by 1️⃣", .property(of: nil)),
      ("list x columns a, b1️⃣", .property(of: nil)),
      ("add agreement x { 1️⃣", .property(of: nil)),
      ("add agreement x { chair = 1️⃣", .value(of: "chair")),
      ("merge a 1️⃣", .words(["into"])),
      ("sql SELECT * FROM ini1️⃣", .shape(.raw, command: "sql", clause: nil)),
      ("sql on 2026 { SELECT 1️⃣", .shape(.raw, command: "sql", clause: nil)),
      (".read 1️⃣", .shape(.file, command: ".read", clause: nil)),
      ("oops (\nshwo 1\nshow 1️⃣", .shape(.path, command: "show", clause: nil)),
      ("citing s with 1️⃣", .qualifierProperty),
    ])
  func expectation(_ marked: String, _ expected: CommandLanguage.Expectation) {
    #expect(point(marked).expectations.contains(expected))
  }

  @Test("In a comment nothing is offered")
  func comment() { #expect(point("show x # sh1️⃣").expectations.isEmpty) }

  @Test("The command around the cursor and its head are told")
  func context() {
    let point = point("add agreement x { chair = 1️⃣ }")
    #expect(point.command == "add")
    #expect(point.arguments.keys.sorted() == ["key", "type"])
  }

  @Test("Any cursor in any text has an answer")
  func anyCursor() {
    let text = (SketchTests.sketch + ["\"\"\"“”é😀…"]).joined(separator: "\n")
    for cursor in stride(from: -3, through: text.utf8.count + 3, by: 7) {
      let point = CompletionPoint(text: text, cursor: cursor, signatures: TestSignatures.table)
      #expect(point.replaced.start <= point.replaced.end)
    }
  }
}
