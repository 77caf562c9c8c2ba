import CommandLanguage
import Testing

@Suite("Clauses, qualifiers and heads")
struct ClauseTests {
  @Test("The longest keyword counts")
  func twoWords() throws {
    let tree = parse("list x published by 2026-01-12 recorded by t12 according to a, b including groups")
    let command = try #require(tree.commands.first)
    #expect(
      command.clauses.map(\.keyword.content) == [
        "published by", "recorded by", "according to", "including groups",
      ])
    #expect(command.clause("including groups")?.argument == .flag)
    guard case .point(let transaction, nil) = command.clause("recorded by")?.argument else {
      Issue.record("no transaction")
      return
    }
    #expect(transaction?.form == .transaction && transaction?.text == "12")
  }

  @Test("A word that is no keyword is a qualifier where the command takes them")
  func qualifiers() throws {
    let tree = parse("claim CHN.share = 91% mineral rare-earths stage refining, year 2024 quote \"q\"")
    let command = try #require(tree.commands.first)
    #expect(command.qualifiers.map(\.property.content) == ["mineral", "stage", "year"])
    #expect(command.clauses.map(\.keyword.content) == ["quote"])
  }

  @Test("Inherited qualifiers end at a keyword, unless a separator asks for one more")
  func inherited() throws {
    let tree = parse("citing s with stage refining; year 2024 via iea { commit }")
    let command = try #require(tree.commands.first)
    guard case .qualifiers(let qualifiers) = command.clause("with")?.argument else {
      Issue.record("no qualifiers")
      return
    }
    #expect(qualifiers.map(\.property.content) == ["stage", "year"])
    #expect(command.clause("via") != nil)
  }

  @Test(
    "What is wrong is marked where it stands",
    arguments: [
      ("show x 1️⃣form2️⃣ 2026", "unknown-clause"),
      ("show x on 2026 1️⃣on2️⃣ 2027", "duplicate-clause"),
      ("claim x.y = z from 1️⃣soon2️⃣", "missing-argument"),
      ("claim x.y = z from1️⃣2️⃣ citing s", "missing-argument"),
      ("claim x.y = z from1️⃣2️⃣", "missing-argument"),
      ("1️⃣shwo2️⃣ x", "unknown-command"),
      ("1️⃣define2️⃣ tipe x", "unknown-command"),
      ("merge a 1️⃣to2️⃣ b", "missing-word"),
      ("show x 1️⃣{2️⃣ commit }", "unexpected-block"),
      ("citing x1️⃣2️⃣", "missing-block"),
      ("show 1️⃣\"abc2️⃣", "unclosed-quote"),
      ("show x.y1️⃣[2️⃣a b", "unclosed-bracket"),
      ("citing x 1️⃣{2️⃣ commit", "unclosed-bracket"),
      ("1️⃣}2️⃣", "unmatched-closing"),
      ("list x limit 1️⃣999999999999999999992️⃣", "integer-too-large"),
      ("source a \"b\" { reliability 1️⃣X2️⃣ }", "unknown-word"),
      ("citing x { 1️⃣.quit2️⃣ }", "session-command-inside"),
      ("show forge.1️⃣2️⃣", "missing-argument"),
      ("show x # 1️⃣\u{202E}abc2️⃣", "forbidden-character"),
      ("show x 1️⃣\u{0}2️⃣", "forbidden-character"),
      ("add a b 1️⃣–2️⃣", "unexpected-text"),
    ])
  func wrong(_ marked: String, _ code: String) {
    let source = MarkedSource(marked)
    let tree = parse(source.text)
    #expect(tree.diagnostics.map(\.code) == [code])
    #expect(tree.diagnostics.first?.span == source.span)
  }

  @Test("A message names the nearest words and what is expected")
  func words() {
    #expect(parse("shwo x").diagnostics.first?.help == "did you mean `show`?")
    #expect(parse("list x srt y").diagnostics.first?.help == "did you mean `sort`?")
    #expect(
      parse("show x on tomorrow").diagnostics.first?.message
        == "`on` wants a date such as 2026-01-12, not `tomorrow`")
    #expect(parse("show \u{2066}x").diagnostics.first?.message.contains("U+2066") == true)
  }

  @Test("Several errors are told at once, and the good commands stay")
  func recovery() {
    let tree = parse(
      """
      shwo a
      show b
      show c on never; show d
      citing s { shwo e; show f
        show g oops
        show h }
      frobnicate { { show i } ; }
      show j
      """)
    #expect(tree.diagnostics.map(\.code).count == 5)
    #expect(tree.commands.map(\.name.content) == ["show", "show", "citing", "show"])
    guard case .commands(let inner, _) = tree.commands[2].block else {
      Issue.record("no block")
      return
    }
    #expect(inner.count == 2)
  }

  /// With `--keep-going` it was carried out without its query, and ended the program.
  @Test(
    "A command with an error in what its head holds in braces is left out",
    arguments: [
      "if { list § } is empty { show a }", "for each $x in { list § } { show a }", "expect no list §",
      "expect { list § } = 1",
    ])
  func brokenHead(text: String) {
    #expect(parse(text).commands.isEmpty)
    #expect(!parse(text).diagnostics.isEmpty)
    #expect(parse("citing s { \(text); show b }").diagnostics.count == parse(text).diagnostics.count)
  }

  @Test("Spans are bytes of the source")
  func spans() throws {
    let source = MarkedSource("\u{FEFF}show a; 1️⃣show \"Türkiye\".x[a b]2️⃣ ; show c")
    let tree = parse(source.text)
    #expect(tree.diagnostics.isEmpty)
    #expect(try #require(tree.commands.dropFirst().first).span == source.span)
  }

  @Test("Line ends, continuation and brackets over lines")
  func lines() {
    let tree = parse(
      "show a\r\nshow b \\\r\n on 2026\r\nlist c where (a = 1\n or b = 2)\nshow d.e[\n x y,\n z w\n]\n")
    #expect(tree.diagnostics.map(\.message) == [])
    #expect(tree.commands.count == 4)
  }
}
