import Foundation
import TestRegistry
import Testing

/// What a run did not do as it was asked shows in its exit status.
@Suite("Exit statuses")
struct StatusTests {
  private func run(_ arguments: [String]) throws -> Program.Outcome {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("add person some-one \"One\"\nshwo forge\n", to: "wrong.ent")
    _ = try program.write("claim forge.chair = USD 3bn\n", to: "refused.ent")
    return try program.run(["--registry", program.registry] + arguments)
  }

  @Test(
    "a shell command that fails makes the run fail",
    arguments: [
      [".output |false\nlist people"], [".output |exit 3", "list people", ".output"],
      [".once |exit 3", "list people"], [".once |kill -9 $$", "list people", "count people"],
      [".output |/no/such/command"],
    ])
  func fedCommand(_ commands: [String]) throws {
    let outcome = try run(commands.flatMap { ["-c", $0] })
    #expect(outcome.status == 1, "\(outcome.output)")
    #expect(outcome.errors.contains(" ended with status "))
  }

  @Test("one that takes as much as it wants does not", arguments: ["head -1", "cat", "exec true"])
  func served(_ command: String) throws {
    let outcome = try run(["-c", ".output |\(command)\nlist states"])
    #expect(outcome.status == 0 && outcome.errors == "")
  }

  @Test("a script that is read and fails makes the run fail", arguments: [[], ["--keep-going"]])
  func readScript(_ options: [String]) throws {
    #expect(try run(options + ["-c", ".read wrong.ent"]).status == 1)
    #expect(try run(options + ["-c", ".read refused.ent"]).status == 3)
    #expect(try run(options + ["-c", ".read nothing.ent"]).status == 4)
  }

  @Test("a run that keeps going ends with the status of what went wrong first, storage before all")
  func keepGoing() throws {
    func status(_ commands: String...) throws -> Int32 {
      try run(["--keep-going"] + commands.flatMap { ["-c", $0] }).status
    }
    #expect(try status("overlap forge, forge", "count people") == 5)
    #expect(try status("count people", "claim forge.chair = USD 3bn", "shwo") == 3)
    #expect(try status("shwo", "claim forge.chair = USD 3bn") == 1)
    #expect(try status("shwo", "dump \"/nonexistent/x\"", "count people") == 4)
    #expect(try status("count people") == 0)
  }

  @Test("a reader that wants no more ends the program as it ends others, without a word")
  func closedPipe() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(
      ["--registry", program.registry, "-c", "list statements limit 99999"],
      behind: ["/bin/bash", "-c", "\"$@\" | head -1; echo \"status ${PIPESTATUS[0]}\"", "bash"])
    #expect(outcome.output.hasSuffix("status 141\n"))
    #expect(outcome.errors == "")
    // Who ignores the signal is told by the system.
    let told = try program.run(
      ["--registry", program.registry, "-c", "list statements limit 99999"],
      behind: ["/bin/bash", "-c", "trap '' PIPE; \"$@\" | head -1; echo \"status ${PIPESTATUS[0]}\"", "bash"])
    #expect(told.output.hasSuffix("status 4\n"))
    #expect(told.errors.contains("cannot write the result: Broken pipe"))
  }

  @Test("an edit that was carried out before the reader left is whole")
  func closedPipeInScript() throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write(
      "add person some-one \"One\"\nlist statements limit 99999\nadd person other-one \"Two\"\n",
      to: "two.ent")
    for option in [[], ["--no-transaction"]] {
      _ = try program.run(
        ["--registry", program.registry] + option + ["two.ent"],
        behind: ["/bin/bash", "-c", "\"$@\" | head -1", "bash"])
      let count = "count people where key = some-one or key = other-one"
      let found = try program.run(["--registry", program.registry, "-c", count, "-c", "check"])
      #expect(found.output.hasPrefix("ever\ttoday\n\(option.isEmpty ? "0\t0" : "1\t1")\n"))
      #expect(found.status == 0)
    }
  }
}
