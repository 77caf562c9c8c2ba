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
    "=cmd|' /C calc'!A0", "one\u{1}byte", "\u{9B}31m", "zero\u{200B}width", "two\nlines\rthree",
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

  private static let evil = "\u{1B}]0;owned\u{7}\u{1B}[2J\u{202E}evil\u{9B}31m\u{200B}\u{1B}]8;;x"

  /// What only the text above has, not the program's own colours.
  private func isUnsteered(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return !["\u{1B}]", "\u{1B}[2J", "\u{202E}", "\u{9B}", "\u{200B}", "\u{7}"].contains { text.contains($0) }
  }

  @Test(
    "in arguments, names of files and columns is shown with escapes at a terminal",
    arguments: [
      ["--nonsense" + evil], ["--format", evil], ["--set", evil], ["--today", evil],
      ["--registry", "new.entente", "--seed", evil, "-c", "help help"],
      ["--errors", "json", "-c", "show \"\(evil)\""], ["--errors", "json", "-c", evil], [evil + ".ent"],
      ["evil\(evil).ent"], ["-c", "sql SELECT 1 AS \"\(evil)\""],
      ["-c", "import \"\(evil)\" { claim x.y = $z }"],
      ["-c", "export \"/nonexistent/\(evil).csv\" { list people }"],
      ["-c", ".output \"/nonexistent/\(evil)\""],
      ["-c", "list people where key ~ \"h:\" as chart"], ["-c", "list people where key = h:0 as markdown"],
      ["--author", evil, "-c", "add person new-one; list transactions limit 1"],
    ])
  func arguments(_ arguments: [String]) throws {
    defer { program.remove() }
    _ = try program.write("show nosuch\n", to: "evil\(Self.evil).ent")
    let terminal = try program.start(["--no-plugins"] + arguments)
    _ = try terminal.waitForExit()
    #expect(!terminal.output.isEmpty && isUnsteered(terminal.output), "\(terminal.screen.text)")
  }

  @Test("steers neither the list of completions nor the greeting")
  func prompt() throws {
    defer { program.remove() }
    let registry = program.home.appending(path: "r\(Self.evil).entente").path
    try FileManager.default.copyItem(atPath: program.registry, toPath: registry)
    let terminal = try program.start(["--no-plugins", "--registry", registry])
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    #expect(terminal.screen.text.contains("\\u{202E}evil"))
    terminal.send("show h:\t\t")
    try terminal.waitFor("the completions") { $0.text.contains("h:long") }
    _ = try program.write("who\n", to: "rtl\u{202E}x.csv")
    terminal.send("\u{15}import \"rtl\t")
    try terminal.waitFor("the file's name") {
      $0.cursorLine.hasPrefix("entente> import \"rtl\\u{202E}x.csv\"")
    }
    #expect(isUnsteered(terminal.output), "\(terminal.screen.text)")
    terminal.terminate()
  }

  @Test(
    "that is not UTF-8 is refused from arguments and the environment, and nothing is stored in its place",
    arguments: [
      #"-c "$(printf 'add person odd-one "\377"')""#,
      #"--set "a=$(printf '\377')" -c 'add person odd-one "$a"'"#,
      #"--author "$(printf '\377')" -c 'add person odd-one "x"'"#, #""$(printf '\377').ent""#,
      #"-c 'add person odd-one "x"' # ENTENTE_AUTHOR"#,
    ])
  func bytes(_ arguments: String) throws {
    defer { program.remove() }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let author = arguments.hasSuffix("AUTHOR") ? "export ENTENTE_AUTHOR=\"$(printf '\\377')\"; " : ""
    process.arguments = [
      "-c", "\(author)exec '\(try Program.path)' --registry '\(program.registry)' \(arguments)",
    ]
    process.environment = program.environment()
    process.standardInput = FileHandle.nullDevice
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    let told = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    #expect(told.contains("is not UTF-8 text"), "\(told)")
    #expect(try run("show odd-one").status == 1)
  }

  @Test(
    "that is not UTF-8 is refused by its place from every file",
    arguments: [
      ("a.jsonl", "import \"a.jsonl\" { add person $id }", "a.jsonl:2: the line is no JSON object"),
      ("a.ftm", "import \"a.ftm\" citing clash", "a.ftm:2: the line is no JSON object"),
      ("a.csv", "import \"a.csv\" { add person $id }", "a.csv:2: the row is not utf-8 text"),
      ("map.ent", "import \"names.csv\" using \"map.ent\"", "or it is not UTF-8 text"),
      ("a.ent", ".read a.ent", "is not UTF-8 text"),
    ])
  func files(_ name: String, _ command: String, _ words: String) throws {
    defer { program.remove() }
    let first =
      name.hasSuffix("csv")
      ? "id\n" : name.hasSuffix("ent") ? "# a\n" : "{\"id\":\"x-y\",\"schema\":\"Note\"}\n"
    try (Data(first.utf8) + [0x22, 0xFF, 0x22, 0x0A]).write(to: program.home.appending(path: name))
    let outcome = try run(command)
    #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test("of megabytes (10 in `make stress`) is stored, shown in short, found, dumped, loaded and exported")
  func long() throws {
    defer { program.remove() }
    let name = String(repeating: "long é ", count: Stress.rounds(150_000, 1_400_000))
    let added = try program.run(
      ["--registry", program.registry],
      input: "add person h:huge \"\(name)end\"\ncount people where key = h:huge\n")
    #expect(added.status == 0 && added.output == "ever\ttoday\n1\t1\n", "\(added.errors.prefix(300))")
    for command in ["list people where key = h:huge", "show h:huge", "find end limit 2"] {
      let terminal = try program.start(["--no-plugins", "-c", command])
      _ = try terminal.waitForExit()
      #expect(terminal.output.count < 20_000, "\(command)")
    }
    #expect(try run("dump \"h.ent\"; export \"h.jsonl\" { list people where key = h:huge }").status == 0)
    #expect(try run("import \"h.jsonl\"").errors.contains("nothing was edited"))
    let copy = program.home.appending(path: "h.entente").path
    #expect(try program.run(["--registry", copy, "--seed", "none", "-c", "load \"h.ent\""]).status == 0)
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
