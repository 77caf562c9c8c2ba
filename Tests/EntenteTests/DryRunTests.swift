import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// With `--keep-going` or `--no-transaction` a dry run wrote all the same, and what it would have done it did not tell.
@Suite("A dry run")
struct DryRunTests {
  private let program: Program

  init() throws {
    program = try Program()
    _ = try program.write("who\nKOR\nFRA\n", to: "who.csv")
    _ = try program.write("add person read-one \"Read\"\n", to: "read.ent")
  }

  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + arguments, input: input)
  }

  /// The bytes of every file in the home.
  private func files() throws -> [String: Data] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: program.home.path)
    return Dictionary(
      uniqueKeysWithValues: try names.compactMap { name in
        let url = program.home.appending(path: name)
        let isFolder = (try url.resourceValues(forKeys: [.isDirectoryKey])).isDirectory ?? false
        return isFolder ? nil : (name, try Data(contentsOf: url))
      })
  }

  static let works = [
    "add person some-one \"One\" { nationality = japan }",
    "claim forge.chair = japan citing clash quote \"x\"",
    "deny forge.member = FRA citing clash", "retract forge.launched", "source new-one \"New\"",
    "define type thing; add thing a-thing", "define property colour of person to text many",
    "alias japan \"Nippon\"", "rename forge to forge-one", "merge quad into g7", "distinct quad, g7",
    "begin \"x\"; add person some-one; commit", "begin; add person some-one; rollback",
    "undo t1", "add person some-one; undo t2; redo t2", "import \"who.csv\" { claim forge.member = $who }",
    ".read read.ent", "retract source clash", "find rare",
    "backup \"copy.entente\"", "dump \"out.x\"", "dump \"out.x\" with history", "export \"out.csv\"",
    "export \"out.graphml\"", "export \"out.csv\" { list initiatives }", "list people save \"out.csv\"",
    ".output out.x; list people", ".once out.x; list people", ".tee out.x; list people",
    ".record out.x; list people", ".output |cat > out.x; list people",
    "plugin new thing as c", "plugin disable overlap", "plugin remove overlap",
  ]

  @Test(
    "writes nothing, whatever is carried out and whatever stands beside it", arguments: works,
    [[], ["--keep-going"], ["--no-transaction"], ["--keep-going", "--no-transaction", "--format", "json"]])
  func writesNothing(_ work: String, _ options: [String]) throws {
    defer { program.remove() }
    let before = try files()
    let commands = work.split(separator: "; ").flatMap { ["-c", String($0)] }
    let script = work.hasPrefix("begin") ? [] : commands
    if script.isEmpty {
      _ = try run(
        ["--dry-run"] + options + ["-f", "-"], input: work.replacing("; ", with: "\n"))
    } else {
      let outcome = try run(["--dry-run"] + options + script)
      #expect(outcome.status == 0 || work.hasPrefix("plugin"), "\(outcome.errors)")
    }
    #expect(try files() == before)
  }

  @Test("shows statement by statement what would come and go, as commands of the language")
  func shows() throws {
    defer { program.remove() }
    let commands = [
      "source the-page \"A page\" { published 2026-03-01; reliability B }",
      "citing the-page { add person some-one \"One\" quote \"one\" { nationality = japan quote \"of Japan\" } }",
      "alias some-one \"Someone\" because \"so called\"", "define type gadget under event",
      "prefer some-one.nationality", "rename some-one to other-one because \"better\"",
      "undo t6",
    ]
    let outcome = try run(["--dry-run"] + commands.flatMap { ["-c", $0] })
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors == "dry run: nothing of this was kept\n")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "transaction\tchange\ttext\tid")
    func has(_ start: String, _ id: Bool = false) -> Bool {
      lines.contains { $0.hasPrefix(start + "\t") && $0.contains("\t@") == id }
    }
    #expect(has("t2\t+\tclaim the-page.name = \"A page\"", true))
    #expect(has("t2\t+\tsource the-page \"A page\" { published 2026-03-01; reliability B }"))
    #expect(has("t3\t+\tclaim some-one.name = \"One\" citing the-page quote \"one\"", true))
    #expect(has("t3\t+\tclaim some-one.nationality = JPN citing the-page quote \"of Japan\"", true))
    #expect(has("t4\t+\talias some-one \"Someone\" because \"so called\""))
    #expect(has("t5\t+\tdefine type gadget under event plural \"gadgets\""))
    #expect(lines.contains { $0.hasPrefix("t6\t+\tprefer @") })
    #expect(has("t7\t+\trename some-one to other-one because \"better\""))
    #expect(lines.contains { $0.hasPrefix("t8\t-\tprefer @") })
    #expect(lines.count { $0.hasPrefix("t8") } == 1)
  }

  @Test("tells the same as JSON, and of a script all at its end")
  func json() throws {
    defer { program.remove() }
    let script = try program.write(
      "claim forge.status = ended citing clash\ncount states where key = JPN\nadd person some-one\n",
      to: "two.ent")
    let outcome = try run(["--dry-run", "--format", "jsonl", script])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "{\"ever\": 1, \"today\": 1}")
    let rows = try lines.dropFirst().map {
      try JSONDecoder().decode([String: String?].self, from: Data($0.utf8))
    }
    #expect(rows.count == 2 && rows.allSatisfy { $0["transaction"] == "t2" && $0["change"] == "+" })
    #expect(rows[0]["text"] == "claim forge.status = \"ended\" citing clash")
    #expect((rows[0]["id"] ?? nil)?.hasPrefix("@") == true)
  }

  @Test("answers as if it were done, and the same again afterwards")
  func answers() throws {
    defer { program.remove() }
    let count = "count people where key = some-one"
    let before = try run(["-c", "dump", "-c", "list transactions"]).output
    let outcome = try run(["--dry-run", "-c", "add person some-one", "-c", count])
    #expect(outcome.output.hasSuffix("ever\ttoday\n1\t1\n"))
    #expect(try run(["-c", count]).output == "ever\ttoday\n0\t0\n")
    #expect(try run(["-c", "dump", "-c", "list transactions"]).output == before)
  }

  @Test(
    "of a new registry makes no file, and of one of an earlier format leaves its bytes", arguments: [2, 6])
  func files(format: Int) throws {
    defer { program.remove() }
    let new = program.home.appending(path: "new.entente").path
    let made = try program.run(
      [
        "--registry", new, "--new", "--dry-run", "-c", "add person some-one", "-c",
        "count states where key = JPN",
      ])
    #expect(made.status == 0 && made.output.hasSuffix("ever\ttoday\n1\t1\n"), "\(made.errors)")
    #expect(!FileManager.default.fileExists(atPath: new))
    let old = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/Formats/format-\(format).entente")
    try FileManager.default.copyItem(atPath: old.path, toPath: new)
    let outcome = try program.run(
      [
        "--registry", new, "--dry-run", "-c", "add person some-one", "-c",
        "count people where key = some-one",
      ])
    #expect(outcome.status == 0 && outcome.output.hasSuffix("ever\ttoday\n1\t1\n"), "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(filePath: new)) == (try Data(contentsOf: old)))
  }

  @Test("leaves what a killed session left in its log where it is")
  func log() throws {
    defer { program.remove() }
    try program.leaveLog(program.registry)
    func files() throws -> [String: Data] {
      try self.files().filter { !$0.key.hasSuffix("-shm") && !$0.key.hasSuffix("-writer") }
    }
    let before = try files()
    let outcome = try run([
      "--dry-run", "-c", "add person some-one", "-c", "count people where key = logged-one",
    ])
    #expect(outcome.output.hasSuffix("ever\ttoday\n1\t1\n"))
    #expect(try files() == before)
  }

  @Test("loads a dump with its history, and keeps nothing of it")
  func load() throws {
    defer { program.remove() }
    #expect(try run(["-c", "dump \"all.ent\" with history"]).status == 0)
    let empty = program.home.appending(path: "empty.entente").path
    #expect(try program.run(["--registry", empty, "--seed", "none", "-c", "check"]).status == 0)
    let before = try files()
    let outcome = try program.run(
      ["--registry", empty, "--dry-run", "-c", "load \"all.ent\"", "-c", "count states where key = JPN"])
    #expect(outcome.status == 0 && outcome.output.hasSuffix("ever\ttoday\n1\t1\n"), "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("transaction\tchange\ttext\tid\nt1\t+\tdefine "))
    #expect(outcome.errors.contains("t1 in all: "))
    #expect(try files() == before)
  }

  @Test(
    "fails where the edit fails, and where a file could not be written", arguments: [[], ["--keep-going"]])
  func fails(_ options: [String]) throws {
    defer { program.remove() }
    #expect(try run(["--dry-run"] + options + ["-c", "claim forge.chair = USD 3bn"]).status == 3)
    #expect(try run(["--dry-run"] + options + ["-c", "dump \"no/such/folder/x\""]).status == 4)
  }

  @Test("at the prompt drops each statement, or each transaction, once it is shown")
  func prompt() throws {
    let before = try files()[URL(filePath: program.registry).lastPathComponent]
    let repl = try Repl(program, arguments: ["--dry-run"])
    #expect(repl.text.contains("dry run: nothing is kept"))
    try repl.enter("add person some-one")
    #expect(repl.text.contains("claim some-one.type = \"person\""))
    #expect(repl.text.contains("dry run: nothing of this was kept"))
    try repl.enter("count people where key = some-one")
    #expect(repl.screen.lines.contains("   0      0"))
    try repl.enter("begin", after: "entente*>")
    try repl.enter("add person some-one", prompt: "entente*>")
    try repl.enter("commit", prompt: "entente*>", after: "entente>")
    #expect(repl.text.contains("claim some-one.type"))
    _ = try repl.leave()
    #expect(try Data(contentsOf: URL(filePath: program.registry)) == before)
  }
}
