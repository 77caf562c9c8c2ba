import PseudoTerminal
import Testing

@Suite("Where results go at the prompt")
struct OutputTests {
  /// A pager that says that it was used, and how wide its input is.
  private static let pager = ["PAGER": "sed 's/^/paged: /'"]

  @Test("what overflows goes through $PAGER, what fits does not")
  func pager() throws {
    let repl = try Repl(environment: Self.pager, rows: 24)
    try repl.enter("count initiatives")
    #expect(!repl.text.contains("paged:"))
    try repl.enter("list initiatives")
    #expect(repl.screen.transcript.contains { $0.hasPrefix("paged: (78 rows)") })
    try repl.enter(".pager off")
    let before = repl.screen.transcript.count
    try repl.enter("list initiatives")
    #expect(!repl.screen.transcript.dropFirst(before).contains { $0.hasPrefix("paged:") })
    try repl.enter(".pager sed 's/^/mine: /'")
    try repl.enter("list initiatives")
    #expect(repl.screen.transcript.contains { $0.hasPrefix("mine: (78 rows)") })
  }

  @Test("a pager has the terminal to itself until it is left")
  func terminal() throws {
    let program = try Program()
    defer { program.remove() }
    let pager = try program.write("cat\nprintf 'more? '\nread answer </dev/tty\n", to: "pager")
    let repl = try Repl(program, environment: ["PAGER": "sh \(pager)"], rows: 20)
    try repl.type("list initiatives\r", until: "a page") {
      $0.cursorLine == "more?" && $0.text.contains("(78 rows)")
    }
    try repl.type("no\r", until: "the prompt") { $0.cursorLine == "entente>" }
    try repl.enter("count initiatives")
    #expect(repl.text.contains("(1 row)"))
  }

  @Test("a pager that cannot be found is done without", arguments: ["no-such-pager", ""])
  func noPager(pager: String) throws {
    let repl = try Repl(environment: ["PAGER": pager], rows: 20)
    try repl.enter("list initiatives")
    #expect(repl.screen.transcript.contains("(78 rows)"))
  }

  @Test("a pager that cannot be started loses nothing")
  func brokenPager() throws {
    let program = try Program()
    defer { program.remove() }
    let repl = try Repl(program, environment: ["PAGER": "sh -c 'exit 127'"], rows: 20)
    try repl.enter("list initiatives")
    #expect(repl.screen.transcript.contains("(78 rows)"))
    #expect(repl.text.contains("the pager failed; .pager off does without"))
  }

  @Test("a pager that is left early ends the output, and nothing else")
  func leftEarly() throws {
    let repl = try Repl(environment: ["PAGER": "head -3"], rows: 20)
    try repl.enter("list statements limit 3000")
    try repl.enter("count initiatives")
    #expect(repl.text.contains("(1 row)"))
  }

  @Test(".output, .once and .tee write files, and the screen is back afterwards")
  func files() throws {
    let repl = try Repl()
    try repl.enter(".output all.txt")
    try repl.enter("count initiatives as csv")
    try repl.enter(".output")
    try repl.enter(".once \"one file.txt\"")
    try repl.enter("count states as csv")
    try repl.enter(".tee both.txt")
    try repl.enter("count people as csv")
    try repl.enter(".tee")
    try repl.enter("count events as csv")
    #expect(try repl.read("all.txt") == "ever,today\n78,65\n")
    #expect(try repl.read("one file.txt") == "ever,today\n261,250\n")
    #expect(try repl.read("both.txt").hasPrefix("ever,today\n"))
    #expect(repl.screen.transcript.count { $0 == "ever,today" } == 2)
  }

  @Test("results go through a shell command, whose failure is told")
  func commands() throws {
    let repl = try Repl()
    try repl.enter(".once |grep -c '^[a-z]' | sed 's/^/lines: /'")
    try repl.enter("list initiatives as csv")
    #expect(repl.text.contains("lines: 79"))
    try repl.enter(".once |exit 3")
    try repl.enter("count initiatives")
    #expect(repl.text.contains("exit 3 ended with status 3"))
    try repl.enter("count initiatives")
    #expect(repl.text.contains("(1 row)"))
  }

  @Test(".record makes a script that gives the same registry again")
  func record() throws {
    let repl = try Repl()
    try repl.enter(".record session.ent")
    try repl.enter("add person somebody-new \"Somebody New\"")
    try repl.enter("add person somebody-new")
    try repl.enter("show somebody-new.name as csv")
    try repl.enter(".record")
    let script = try repl.read("session.ent")
    // What was typed wrong is left out, and what was asked is expected.
    #expect(
      script.hasPrefix(
        "add person somebody-new \"Somebody New\"\nexpect { show somebody-new.name as csv } gives \"\"\"\n"))
    #expect(script.contains("\nSomebody New\t"))
    let again = try Program()
    defer { again.remove() }
    let file = try again.write(script, to: "session.ent")
    #expect(try again.run(["--registry", again.registry, file]).status == 0)
    #expect(try again.run(["--registry", again.registry, "-c", "show somebody-new"]).status == 0)
  }

  @Test("rows are told as lines, or cells cut with a mark, as is set")
  func shapes() throws {
    let repl = try Repl(columns: 80)
    try repl.enter(".expand on")
    try repl.enter("show forge.chair")
    #expect(repl.screen.lines.contains { $0.hasSuffix(" = KOR") })
    try repl.enter(".expand off")
    try repl.enter(".lines 1")
    try repl.enter("why forge.chair")
    #expect(repl.text.contains("…"))
    try repl.enter(".expand sideways")
    #expect(repl.text.contains("one of auto, on, off"))
  }

  @Test("sources are footnotes where their keys would not fit")
  func footnotes() throws {
    let repl = try Repl(columns: 100)
    try repl.enter("list pax-silica.signatory on 2026-01-13 limit 5")
    #expect(repl.screen.lines.contains { $0.hasPrefix("sources: 1 ") && $0.contains("  2 ") })
    #expect(repl.screen.lines.contains { $0.hasPrefix("JPN ") && $0.contains(" 3 4 5 ") })
  }

  @Test("numbers and money stand right")
  func right() throws {
    let repl = try Repl(environment: ["NO_COLOR": "1"])
    try repl.enter("count initiatives by type")
    let counts = repl.screen.lines.filter { $0.hasPrefix("agreement") || $0.hasPrefix("fund") }
    #expect(Set(counts.map(\.count)).count == 1, "\(counts)")
  }

  @Test(".timer tells the time of each statement, .theme takes the colours")
  func timer() throws {
    let repl = try Repl()
    try repl.enter(".theme none")
    try repl.enter(".timer on")
    try repl.enter("count initiatives")
    #expect(repl.screen.lines.contains { $0.wholeMatch(of: /\d+\.\d ms/) != nil })
  }
}
