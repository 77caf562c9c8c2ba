import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// Texts that would command a terminal, hide, or be taken for SQL, script or formulas: kept as they are, shown safely.
@Suite("Foreign text")
struct ForeignTextTests {
  private static let names = [
    "\u{1B}]0;owned\u{7}\u{1B}[2J", "rtl \u{202E}evil\u{202C}", "'); DROP TABLE tx;--",
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0", "null\u{0}byte", "\u{9B}31m", "zero\u{200B}width", "two\nlines\rthree",
    "a\u{2028}b",
    "{ claim x.y = z }", "$id", "# no comment", "\\u{1B}", "\u{E0041}tag",
  ]

  private let program: Program

  init() throws {
    program = try Program()
    var text = "id,name\n"
    for (index, name) in Self.names.enumerated() {
      text += "h:\(index),\"\(name.replacing("\"", with: "\"\""))\"\n"
    }
    text += "h:long,\(String(repeating: "é", count: 100_000))\n"
    _ = try program.write(text, to: "names.csv")
    let outcome = try run("import \"names.csv\" { add person $id $name }")
    #expect(outcome.errors == "16 rows of names.csv: 32 recorded\n")
  }

  private func run(_ command: String, _ options: [String] = []) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + options + ["-c", command])
  }

  /// Whether a text has what a terminal would obey or a reader not see.
  private func isSafe(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      scalar == "\n"
        || !([.control, .format, .lineSeparator, .paragraphSeparator] as [Unicode.GeneralCategory])
          .contains(scalar.properties.generalCategory)
    }
  }

  @Test(
    "is shown with escapes in tables and messages",
    arguments: [
      "list people where key ~ \"h:\"", "show h:0", "show h:1", "find evil", "why h:0.name", "history h:0",
      "list people where name = \"\\u{1B}]0;x\"", "show \"no \\u{1B}[2J such\"", "claim h:0.\u{1B}[2J = x",
      "add person h:0 \"again\"", "dump", "import \"\\u{1B}[2J.csv\" { claim forge.member = $x }",
    ])
  func shown(_ command: String) throws {
    defer { program.remove() }
    let outcome = try run(command, ["--format", "table"])
    #expect(isSafe(outcome.output), "\(command)")
    #expect(isSafe(outcome.errors), "\(outcome.errors)")
    #expect(!(outcome.output + outcome.errors).isEmpty)
  }

  @Test("of a file that is imported is told safely, by its line")
  func imported() throws {
    defer { program.remove() }
    _ = try program.write(
      "who\n\u{1B}[31mred\n\u{202E}evil\n" + String(repeating: "B", count: 1_000_000) + "\n", to: "who.csv")
    let outcome = try run("import \"who.csv\" { claim forge.member = $who }")
    #expect(outcome.status == 3)
    #expect(isSafe(outcome.errors) && outcome.errors.utf8.count < 2_000)
    #expect(outcome.errors.contains("\\u{1B}[31mred") && outcome.errors.contains("the first on line 3"))
    try Data("id,name\nh:x,caf".utf8 + [0xE9] + Data("\n".utf8)).write(
      to: program.home.appending(path: "bytes.csv"))
    let bytes = try run("import \"bytes.csv\" { add person $id $name }")
    #expect(bytes.status == 3 && bytes.errors.contains("bytes.csv:2: the row is not utf-8 text"))
    #expect(try run("check").status == 0)
  }

  @Test("comes back as it was from an export and a dump")
  func comesBack() throws {
    defer { program.remove() }
    #expect(
      try run("dump \"a.ent\"; export \"a.csv\" { list people }; export \"a.jsonl\" { list people }").status
        == 0)
    #expect(try run("import \"a.csv\"").errors.hasSuffix(" rows of a.csv: nothing was edited\n"))
    let copy = program.home.appending(path: "copy.entente").path
    #expect(try program.run(["--registry", copy, "--seed", "none", "-c", "load \"a.ent\""]).status == 0)
    #expect(try program.run(["--registry", copy, "-c", "dump \"b.ent\""]).status == 0)
    let (one, other) = (
      try Data(contentsOf: program.home.appending(path: "a.ent")),
      try Data(contentsOf: program.home.appending(path: "b.ent"))
    )
    #expect(one == other)
    let found = try run("sql SELECT name FROM entities WHERE key LIKE 'h:%'", ["--format", "jsonl"]).output
      .split(separator: "\n").compactMap { line in
        try? JSONDecoder().decode([String: String].self, from: Data(line.utf8))["name"]
      }
    #expect(Set(Self.names).isSubset(of: found))
  }

  @Test("reaches no terminal raw")
  func terminal() throws {
    defer { program.remove() }
    let terminal = try program.start([
      "--format", "csv", "-c", "list people where key ~ \"h:\" and key != h:long",
    ])
    _ = try terminal.waitForExit()
    let screen = String(decoding: terminal.output, as: UTF8.self)
    #expect(
      !screen.contains("\u{1B}]0;owned") && !screen.contains("\u{202E}") && !screen.contains("\u{9B}31m"))
    #expect(screen.contains("\\u{1B}]0;owned"))
  }
}

@Suite("Copies")
struct BackupTests {
  @Test("A copy is a registry of its own, and never written over a file")
  func backup() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(try program.run(["--registry", program.registry, "-c", "backup \"copy.entente\""]).status == 0)
    let names = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(names.filter { $0.hasPrefix("copy") } == ["copy.entente"])
    let copy = program.home.appending(path: "copy.entente").path
    let count = "count initiatives; check"
    #expect(
      try program.run(["--registry", copy, "-c", count]).output
        == program.run(["--registry", program.registry, "-c", count]).output)
    let again = try program.run(["--registry", program.registry, "-c", "backup \"copy.entente\""])
    #expect(again.status == 4 && again.errors.contains("is there already"))
    let nowhere = try program.run(["--registry", program.registry, "-c", "backup \"no/such/folder/x\""])
    #expect(nowhere.status == 4)
    let open = try program.run(
      ["--registry", program.registry, "--no-transaction", "-f", "-"], input: "begin\nbackup \"b.entente\"\n")
    #expect(open.status == 1 && open.errors.contains("a transaction is open already"))
  }
}
