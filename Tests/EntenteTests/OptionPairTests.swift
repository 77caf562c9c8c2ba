import Foundation
import TestRegistry
import Testing

/// Every option of the command line beside every other: both have their effect, or both are named and one is refused
/// (faults.md, 3).
@Suite("Options in pairs")
struct OptionPairTests {
  /// An option with what shows that it had its effect.
  struct Probe: Sendable, CustomStringConvertible {
    var description: String
    var arguments: [String]
    /// What is carried out to see it.
    var steps: [String] = []
    /// Whether it must end the line, since nothing is carried out behind it.
    var stops = false
    /// Whether the effect is there; told of the other option's name.
    var shows: @Sendable (Program.Outcome, _ registry: String, _ other: String) -> Bool
  }

  private static let script = """
    define type thing columns started plural things
    define property started of thing to date one
    add thing a1 "One"; add thing a2 "Two"
    claim a1.started = 2000-01-01; claim a2.started = 2020-01-01

    """

  /// The keys of a registry, as another start finds them.
  private static func keys(_ registry: String) -> String {
    let program = try? Program(seeded: false)
    defer { program?.remove() }
    return (try? program?.run(["--registry", registry, "-c", "sql SELECT key FROM entities"]))?.output ?? ""
  }

  private static func isKept(_ key: String, _ registry: String, _ other: String) -> Bool {
    keys(registry).contains("\n\(key)\n") != ["--dry-run", "--read-only"].contains(other)
  }

  static let probes: [Probe] = [
    Probe(description: "--format", arguments: ["--format", "json"], steps: ["list things"]) { outcome, _, _ in
      outcome.output.contains("\"key\"")
    },
    Probe(description: "--set", arguments: ["--set", "k=a1"], steps: ["list things where key = $k sort key"])
    {
      outcome, _, _ in
      outcome.output.contains("One") && !outcome.errors.contains("has no value")
    },
    Probe(
      description: "--today", arguments: ["--today", "2001-02-03"],
      steps: ["count things where started <= today"]
    ) { outcome, _, _ in outcome.output.split { !$0.isNumber && !$0.isLetter }.contains("1") },
    Probe(description: "--author", arguments: ["--author", "ann"], steps: ["add thing by-ann"]) {
      outcome, registry, other in
      let program = try? Program(seeded: false)
      defer { program?.remove() }
      let told = try? program?.run(["--registry", registry, "-c", "list transactions where author = ann"])
      return told?.output.contains("\tann\t") == !["--dry-run", "--read-only"].contains(other)
    },
    Probe(description: "--dry-run", arguments: ["--dry-run"], steps: ["add thing dry-one"]) {
      outcome, registry, other in
      !keys(registry).contains("dry-one")
        && (other == "--read-only" || outcome.errors.contains("nothing of this was kept"))
    },
    Probe(
      description: "--keep-going", arguments: ["--keep-going"], steps: ["nosuch", "add thing kept-going"]
    ) {
      _, registry, other in isKept("kept-going", registry, other)
    },
    Probe(
      description: "--no-transaction", arguments: ["--no-transaction"], steps: ["add thing alone\nnosuch"],
      stops: true
    ) { outcome, registry, other in
      // What has an error in its syntax is not begun, unless it keeps going.
      other == "--keep-going" ? isKept("alone", registry, other) : !outcome.errors.isEmpty
    },
    Probe(description: "--errors", arguments: ["--errors", "json"], steps: ["nosuch"], stops: true) {
      outcome, _, _ in outcome.errors.contains("\"code\"")
    },
    Probe(description: "--read-only", arguments: ["--read-only"], steps: ["add thing written"], stops: true) {
      outcome, registry, _ in outcome.errors.contains("read-only") && !keys(registry).contains("written")
    },
    Probe(description: "--safe", arguments: ["--safe"], steps: ["list things save \"x.csv\""], stops: true) {
      outcome, _, _ in outcome.errors.contains("safe")
    },
    Probe(description: "--no-init", arguments: ["--no-init"]) { outcome, _, _ in outcome.status != 2 },
    Probe(description: "--no-plugins", arguments: ["--no-plugins"]) { outcome, _, _ in outcome.status != 2 },
    Probe(description: "--plugin-path", arguments: ["--plugin-path", "/nowhere"]) { outcome, _, _ in
      outcome.status != 2
    },
    Probe(description: "--in-process", arguments: ["--in-process"]) { outcome, _, _ in outcome.status != 2 },
    Probe(description: "--plugin-seconds", arguments: ["--plugin-seconds", "5"]) { outcome, _, _ in
      outcome.status != 2
    },
    Probe(description: "--plugin-memory", arguments: ["--plugin-memory", "100"]) { outcome, _, _ in
      outcome.status != 2
    },
  ]

  /// Pairs of which one leaves the other without effect.
  static let refused: [Set<String>] =
    ["--plugin-path", "--in-process", "--plugin-seconds", "--plugin-memory"].flatMap {
      [[$0, "--no-plugins"], [$0, "--safe"]]
    } + [["--in-process", "--plugin-memory"]]

  @Test("Each pair has both effects, or is refused with both names", arguments: probes.indices)
  func pairs(_ first: Int) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let base = program.home.appending(path: "base.entente")
    let made = try program.run(["--registry", base.path, "--seed", "none", "-c", Self.script])
    #expect(made.status == 0, "\(made.errors)")
    for second in Self.probes.indices where second > first {
      let pair = [Self.probes[first], Self.probes[second]]
      let isRefused = Self.refused.contains(Set(pair.map(\.description)))
      // What only must not be refused is tried beside one other.
      guard isRefused || first == 0 || pair.allSatisfy({ !$0.steps.isEmpty }) else { continue }
      let registry = program.home.appending(path: "\(second).entente")
      try FileManager.default.copyItem(at: base, to: registry)
      // What stops the line stands at its end, unless something goes on behind it.
      let ordered = pair.sorted { !$0.stops && $1.stops }
      let keeps = pair.contains { $0.description == "--keep-going" }
      let steps = ordered.filter {
        !$0.stops || keeps || $0.description == ordered[1].description || !ordered[1].stops
      }
      let outcome = try program.run(
        ["--registry", registry.path] + pair.flatMap(\.arguments)
          + steps.flatMap(\.steps).flatMap { ["-c", $0] }
          + (steps.flatMap(\.steps).isEmpty ? ["-c", "count things"] : []))
      let names = pair.map(\.description)
      if isRefused {
        #expect(outcome.status == 2 && names.allSatisfy(outcome.errors.contains), "\(names) \(outcome)")
        continue
      }
      for (place, probe) in pair.enumerated()
      where steps.contains(where: { $0.description == probe.description }) {
        #expect(
          probe.shows(outcome, registry.path, names[1 - place]),
          "\(probe.description) beside \(names[1 - place]): \(outcome)")
      }
    }
  }

  @Test(
    "An option with one value is not given twice",
    arguments: [
      ["--registry", "a", "--registry", "b"], ["--format", "csv", "--format=json"],
      ["--today", "2026-01-01", "--today", "2026-01-02"], ["--seed", "none", "--seed=x"],
      ["--author", "a", "--author", "b"], ["--errors", "json", "--errors", "text"],
      ["--set", "a=1", "--set", "a=2"], ["--new", "-c", "check"],
    ])
  func twice(_ arguments: [String]) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(arguments)
    #expect(
      outcome.status == 2
        && (outcome.errors.contains("twice") || outcome.errors.contains("--registry FILE --new")))
    #expect(!FileManager.default.fileExists(atPath: program.home.appending(path: "a").path))
  }

  @Test("A manifest is printed alone", arguments: probes)
  func manifest(_ probe: Probe) throws {
    guard probe.description != "--errors" else { return }
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["--plugin-manifest", "lib.so"] + probe.arguments)
    #expect(outcome.status == 2 && outcome.errors.contains(probe.description))
    #expect(outcome.errors.contains("--plugin-manifest"))
    for steps in [["-c", "check"], ["-f", "x.ent"], ["x.ent"], ["--registry", "x"], ["--seed", "none"]] {
      #expect(try program.run(["--plugin-manifest", "lib.so"] + steps).status == 2)
    }
  }

  @Test("--seed on what is there already is refused, and changes nothing")
  func seedOfOld() throws {
    let program = try Program()
    defer { program.remove() }
    for seed in ["none", "nowhere", "."] {
      let outcome = try program.run(["--registry", program.registry, "--seed", seed, "-c", "count states"])
      #expect(outcome.status == 4 && outcome.errors.contains("is there already, and --seed is what a new"))
    }
  }
}
