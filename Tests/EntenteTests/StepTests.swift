import TestRegistry
import Testing

/// Commands ran before scripts, however they were written.
@Suite("Commands and scripts")
struct StepTests {
  private func run(_ arguments: [String], input: String = "") throws -> Program.Outcome {
    let program = try Program()
    defer { program.remove() }
    for name in ["one", "two"] { _ = try program.write("sql SELECT '\(name)' AS x\n", to: "\(name).ent") }
    return try program.run(["--registry", program.registry, "--no-plugins"] + arguments, input: input)
  }

  private func order(_ outcome: Program.Outcome) -> [Substring] {
    outcome.output.split(separator: "\n").filter { $0 != "x" }
  }

  @Test(
    "are carried out in the order in which they stand",
    arguments: [
      ["one.ent", "-c", "sql SELECT 'a' AS x", "two.ent"],
      ["-c", "sql SELECT 'a' AS x", "one.ent", "-f", "two.ent"],
      ["-f", "two.ent", "--keep-going", "one.ent", "--command", "sql SELECT 'a' AS x"],
      ["--command=sql SELECT 'a' AS x", "--set", "one.ent=b", "-f", "one.ent", "--", "two.ent"],
      ["--author", "one.ent", "two.ent", "-c", "sql SELECT 'a' AS x", "one.ent"],
      ["-f", "-", "one.ent", "-c", "sql SELECT 'a' AS x"], ["one.ent", "-", "-c", "sql SELECT 'a' AS x"],
    ])
  func order(_ arguments: [String]) throws {
    let outcome = try run(arguments, input: "sql SELECT 'in' AS x")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let expected: [String]
    switch (arguments[0], arguments[1]) {
    case ("one.ent", "-c"): expected = ["one", "a", "two"]
    case ("-c", _): expected = ["a", "one", "two"]
    case ("-f", "two.ent"): expected = ["two", "one", "a"]
    case ("--author", _): expected = ["two", "a", "one"]
    case ("-f", "-"): expected = ["in", "one", "a"]
    case ("one.ent", "-"): expected = ["one", "in", "a"]
    default: expected = ["a", "one", "two"]
    }
    #expect(order(outcome).map(String.init) == expected)
  }

  @Test("a command after a script sees what the script did, and one before it does not")
  func sees() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write("add person new-one \"One\"\n", to: "add.ent")
    let count = "count people where key = new-one"
    let outcome = try program.run(["--registry", program.registry, "-c", count, script, "-c", count])
    #expect(outcome.output == "ever\ttoday\n0\t0\never\ttoday\n1\t1\n")
    #expect(outcome.status == 0)
  }

  @Test("standard input is read once")
  func once() throws {
    let outcome = try run(["-f", "-", "-"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Standard input can be read once only"))
  }
}
