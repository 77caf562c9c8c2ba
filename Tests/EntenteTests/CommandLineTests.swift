import Foundation
import RegistryCommands
import TestRegistry
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test("-c with a format")
  func command() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run([
      "--registry", program.registry, "-c", "count states", "--format", "tsv",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "ever\ttoday")
    #expect((lines.last.flatMap { Int($0.prefix { $0 != "\t" }) } ?? 0) > 200)
  }

  @Test("a script file, and the same from -f")
  func script() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write("# a script\ncount people where name ~ \"bessent\"\n", to: "script.ent")
    let expected = "ever\ttoday\n1\t1\n"
    #expect(try program.run(["--registry", program.registry, script]).output == expected)
    #expect(try program.run(["--registry", program.registry, "-f", script]).output == expected)
  }

  @Test("an empty registry in memory, commands from standard input by -f -")
  func memory() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(
      ["--registry", ":memory:", "--seed", "none", "-f", "-"],
      input: "define type thing\nadd thing one \"One\"\nlist things\n")
    #expect(outcome.errors == "")
    #expect(outcome.output == "key\tname\none\tOne\n")
    #expect(outcome.status == 0)
  }

  @Test("piped: tsv, no prompt, no escapes")
  func piped() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry], input: "list initiatives")
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("key\tname\t"))
    #expect(outcome.output.contains("\nforge\tFORGE\t"))
    #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("entente>"))
  }

  @Test("version and help")
  func versionAndHelp() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let version = try program.run(["--version"])
    #expect(version.status == 0 && version.output.hasPrefix("entente "))
    let help = try program.run(["--help"])
    #expect(help.status == 0 && help.output.contains("--registry") && help.output.contains("--seed"))
  }

  @Test(
    "wrong usage ends with status 2",
    arguments: [["--nonsense"], ["--format", "xml"], ["--set", "x"], ["--today", "yesterday"]])
  func usage(_ arguments: [String]) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(arguments)
    #expect(outcome.status == 2)
    #expect(outcome.output == "" && outcome.errors.contains("rror"))
  }

  @Test("an error on a script's third line: its place, status 1, and the registry as it was")
  func errorOnThirdLine() throws {
    let program = try Program()
    defer { program.remove() }
    let before = try program.run(["--registry", program.registry, "-c", "list transactions"]).output
    let script = try program.write(
      "add person nobody \"Nobody\"\nclaim nobody.nationality = japan\nclaim nobody.nationality = japn\n",
      to: "wrong.ent")
    let outcome = try program.run(["--registry", program.registry, script])
    #expect(outcome.status == 1)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("wrong.ent:3:28: error: there is nothing called japn"))
    #expect(outcome.errors.contains("claim nobody.nationality = japn\n                           ^~~~"))
    #expect(outcome.errors.contains("did you mean"))
    #expect(try program.run(["--registry", program.registry, "-c", "list transactions"]).output == before)
    #expect(try program.run(["--registry", program.registry, "-c", "show nobody"]).status == 1)
  }

  @Test("what the data refuses ends with status 3")
  func refused() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "-c", "claim forge.chair = USD 3bn"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("chair takes actor"))
  }

  @Test("a registry that cannot be opened ends with status 4")
  func storage() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["--registry", "/dev/null/x", "--seed", "none", "-c", "check"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("/dev/null/x"))
  }

  @Test("a file that is not a registry is refused and left as it is")
  func foreign() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let file = try program.write(
      "not a database, and longer than a header is: " + String(repeating: "x", count: 200), to: "notes.txt")
    let before = try Data(contentsOf: URL(filePath: file))
    let outcome = try program.run(["--registry", file, "-c", "check"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("is not a registry"))
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
  }

  @Test("check is sound on the seeded registry")
  func check() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "-c", "check"])
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix("\tok") })
  }

  @Test("errors as JSON, for programs")
  func jsonErrors() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "--errors", "json", "-c", "shwo forge"])
    #expect(outcome.status == 1)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: Any])
    #expect(object["code"] as? String == "unknown-command")
    #expect(object["line"] as? Int == 1 && object["column"] as? Int == 1)
  }

  @Test("a dry run keeps nothing; keep-going keeps what is right and says what is not")
  func dryRunAndKeepGoing() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write(
      "add person a-one \"One\"\nadd persn a-two \"Two\"\nadd person a-three \"Three\"\n", to: "people.ent")
    let good = try program.write("add person a-one \"One\"\n", to: "one.ent")
    #expect(try program.run(["--registry", program.registry, "--dry-run", good]).status == 0)
    #expect(try program.run(["--registry", program.registry, "-c", "show a-one"]).status == 1)
    let outcome = try program.run(["--registry", program.registry, "--keep-going", script])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("people.ent:2:5"))
    #expect(try program.run(["--registry", program.registry, "-c", "show a-one; show a-three"]).status == 0)
  }

  @Test("read-only refuses every change; parameters come from --set")
  func readOnlyAndParameters() throws {
    let program = try Program()
    defer { program.remove() }
    #expect(
      try program.run(["--registry", program.registry, "--read-only", "-c", "add person x-y \"X\""]).status
        == 3)
    let outcome = try program.run([
      "--registry", program.registry, "--set", "who=japan", "-c", "show $who limit 1",
    ])
    #expect(outcome.status == 1)
    #expect(
      try program.run(["--registry", program.registry, "--set", "who=japan", "-c", "show $who"]).output
        .contains("Japan"))
  }

  @Test("today is the day where the user is, unless --today pins it")
  func timeZone() throws {
    let program = try Program()
    defer { program.remove() }
    // 26 hours apart, so that the days always differ.
    func day(_ zone: String, _ offset: Double) throws -> (here: String, shown: String) {
      let here = Date(timeIntervalSinceNow: offset * 3_600).ISO8601Format().prefix(10)
      let process = try program.process([
        "--registry", program.registry, "-c",
        "claim forge.chair = JPN from \(here); list forge.chair; undo",
      ])
      process.arguments?.removeFirst(2)
      process.environment?["TZ"] = zone
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      return (String(here), text)
    }
    #expect(try day("Pacific/Kiritimati", 14).shown.contains("\tyes\t"))
    let yesterday = try day("Etc/GMT+12", 14).shown
    #expect(yesterday.contains("JPN\t") && !yesterday.contains("\tyes\t"))
    #expect(try day("Etc/GMT+12", -12).shown.contains("\tyes\t"))
  }
}
