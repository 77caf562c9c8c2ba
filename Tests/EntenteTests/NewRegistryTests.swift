import Foundation
import TestRegistry
import Testing

/// A slip in a registry's name made a new one, filled from the Seed, and answered from it.
@Suite("Making a registry")
struct NewRegistryTests {
  private func contents(_ program: Program) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.home.path).sorted()
  }

  @Test(
    "a name that is none is told with what may be meant, and nothing is made",
    arguments: [
      ("registri.entente", "did you mean registry.entente? --new makes one of this name"),
      ("work.entente", "did you mean registry.entente? --new makes one of this name"),
      ("no/such/folder", "help: --new makes one of this name"),
    ])
  func slip(_ name: String, _ help: String) throws {
    let program = try Program()
    defer { program.remove() }
    _ = try program.write("no registry", to: "registrj.entente")
    let before = try contents(program)
    let outcome = try program.run(["--registry", name, "-c", "count people"])
    #expect(outcome.status == 4)
    #expect(outcome.output == "")
    #expect(outcome.errors.hasPrefix("error: there is no registry \(name)\n"))
    #expect(outcome.errors.contains(help), "\(outcome.errors)")
    #expect(try contents(program) == before)
  }

  @Test("--new makes it, and opens it when it is there")
  func new() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let run = ["--registry", program.registry, "--new", "-c", "count states where key = JPN"]
    for _ in 1...2 {
      let outcome = try program.run(run)
      #expect(outcome.status == 0 && outcome.output == "ever\ttoday\n1\t1\n" && outcome.errors == "")
    }
    #expect(
      try program.run(["--registry", program.registry, "-c", "count states where key = JPN"]).status == 0)
  }

  @Test("--seed makes it too, and is refused for one that is there", arguments: ["none", "seed.ent"])
  func seed(_ seed: String) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    _ = try program.write("define type thing\nadd thing one\n", to: "seed.ent")
    let run = ["--registry", program.registry, "--seed", seed, "-c", "count entities"]
    #expect(try program.run(run).output == "ever\ttoday\n\(seed == "none" ? "0\t0" : "1\t1")\n")
    let before = try Data(contentsOf: URL(filePath: program.registry))
    let again = try program.run(run)
    #expect(again.status == 4 && again.output == "")
    #expect(again.errors.contains("is there already, and --seed is what a new registry starts with"))
    #expect(try Data(contentsOf: URL(filePath: program.registry)) == before)
  }

  @Test("the user's own is made at the first start, and not twice from a Seed")
  func own() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    #expect(try program.run(["-c", "count states where key = JPN"]).output == "ever\ttoday\n1\t1\n")
    #expect(try program.run(["-c", "count states where key = JPN"]).status == 0)
    #expect(try program.run(["--seed", "none", "-c", "count states where key = JPN"]).status == 4)
  }

  @Test("--read-only makes none, even where it is asked to")
  func readOnly() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "--new", "--read-only", "-c", "check"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("start once without --read-only"))
    #expect(try contents(program) == [])
  }
}
