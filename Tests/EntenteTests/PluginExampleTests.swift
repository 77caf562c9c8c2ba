import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// The analyses that stand as examples: built, tried by their fixtures, installed as a whole, and run on the Seed.
@Suite("The examples for plugin authors", .serialized)
struct PluginExampleTests {
  private let program: Program

  init() throws { program = try Program() }

  private func run(_ commands: String...) throws -> Program.Outcome {
    try program.run(["--registry", program.registry] + commands.flatMap { ["-c", $0] })
  }

  /// A copy of an example's folder.
  private func copy(_ name: String) throws -> URL {
    let folder = program.home.appending(path: name)
    try FileManager.default.copyItem(
      at: TestRegistry.checkout.appending(path: "Sources/PluginExamples/\(name)"), to: folder)
    return folder
  }

  /// Runs a tool and answers with its status.
  private func shell(_ tool: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func check(_ folder: URL, _ command: String, rowOf why: String) throws -> String {
    let name = folder.lastPathComponent
    let tried = try run("plugin test \"\(folder.path)\"")
    #expect(tried.status == 0 && tried.output.contains("\tpassed\t"), "\(tried.output)\(tried.errors)")
    let installed = try run("plugin install \"\(folder.path)\"")
    #expect(installed.status == 0, "\(installed.errors)")
    try FileManager.default.removeItem(at: folder)
    let outcome = try run(command, why)
    #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    #expect(
      outcome.output.contains("\tquote\t") || outcome.output.contains("\tsource\t"), "\(outcome.output)")
    return outcome.output
  }

  @Test("network centrality in Python, with a vendored package: the published values of Davis's women")
  func centrality() throws {
    defer { program.remove() }
    let folder = try copy("centrality")
    try FileManager.default.copyItem(
      at: TestRegistry.checkout.appending(path: "Sources/PluginPython/entente_plugin.py"),
      to: folder.appending(path: "entente_plugin.py"))
    // As networkx has them (bipartite/tests/test_centrality.py), to four places.
    let expected = try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
    #expect(expected.contains("event-8\tinitiative\t0.7778\t0.2438\t0.8462\n"))
    #expect(expected.contains("nora-fayette\tactor\t0.5714\t0.1135\t0.8\n"))
    let printed = try check(folder, "centrality by degree", rowOf: "why row 1")
    #expect(
      printed.hasPrefix("node\tkind\tdegree\tbetweenness\tcloseness\n")
        && printed.contains("actor\tinitiative\n"))
  }

  @Test("expiring terms in C: conditions on both bounds of an end, at times of its own")
  func expiringTerms() throws {
    defer { program.remove() }
    let folder = try copy("expiring-terms")
    let headers = TestRegistry.checkout.appending(path: "Sources/CEntentePlugin/include").path
    let arguments = [
      "-s", "-C", folder.path, "CC=clang", "HEADERS=\(headers)", "CFLAGS=-O2 -Wall -Wextra -Werror",
    ]
    try #require(try shell("make", arguments) == 0)
    let printed = try check(
      folder, "expiring-terms since 2000 until 2030 properties member, signatory", rowOf: "why row 1")
    #expect(printed.hasPrefix("subject\tproperty\tvalue\tends_earliest\tends_latest\tdays\n"))
  }

  @Test("a coverage matrix in Swift: columns known when it runs, and three tables")
  func coverage() throws {
    defer { program.remove() }
    let folder = try copy("coverage")
    let built = URL(filePath: try PseudoTerminal.executable(named: "entente")).deletingLastPathComponent()
    // The target is compiled with the tests; beside the program its library would be one of the program's own plugins.
    let objects = try ["Coverage", "PluginKit", "CEntentePlugin"].flatMap { target in
      let folder = built.appending(path: "\(target).build")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".o") }
        .map { folder.appending(path: $0).path }
    }
    let library = folder.appending(path: "libCoverage.so").path
    try #require(try shell("swiftc", ["-emit-library", "-o", library] + objects) == 0)
    let printed = try check(folder, "coverage parts no", rowOf: "why row 1")
    #expect(printed.hasPrefix("mineral\t") && printed.contains("\nmineral\tstage\n"))
    #expect(printed.contains("\nmineral\tstage\tinitiatives\n"))
  }
}
