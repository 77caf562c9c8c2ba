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

  private func check(_ folder: URL, _ command: String, rowOf why: String) throws -> (
    printed: String, notes: String
  ) {
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
    return (outcome.output, outcome.errors)
  }

  /// Where Debian has networkx: what of it the example gets is the files, as pip would put them into its folder.
  private static let networkx = "/usr/lib/python3/dist-packages/networkx"

  @Test("network centrality in Python, with networkx vendored: the published values of Davis's women")
  func centrality() throws {
    defer { program.remove() }
    let folder = try copy("centrality")
    try FileManager.default.copyItem(
      at: TestRegistry.checkout.appending(path: "Sources/PluginPython/entente_plugin.py"),
      to: folder.appending(path: "entente_plugin.py"))
    try #require(
      FileManager.default.fileExists(atPath: Self.networkx),
      "there is no \(Self.networkx), which the example is tested with: `.ci/setup test` installs python3-networkx"
    )
    let vendored = folder.appending(path: "vendor/networkx")
    try? FileManager.default.removeItem(at: folder.appending(path: "vendor"))
    try FileManager.default.createDirectory(
      at: vendored.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(filePath: Self.networkx), to: vendored)
    // The system's own copy can be read too: this one says that it is another.
    let package = try FileHandle(forUpdating: vendored.appending(path: "__init__.py"))
    try package.seekToEnd()
    try package.write(contentsOf: Data("\n__version__ += ', vendored'\n".utf8))
    try package.close()
    let expected = try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
    try checkPublished(expected)
    let (printed, notes) = try check(folder, "middle by degree", rowOf: "why row 1")
    #expect(
      printed.hasPrefix("node\tkind\tdegree\tbetweenness\tcloseness\n")
        && printed.contains("actor\tinitiative\n"))
    #expect(notes.contains("by networkx 2.8.8, vendored"), "\(notes)")
    let installed = program.home.appending(path: ".local/share/entente/plugins/centrality/vendor/networkx")
    #expect(FileManager.default.fileExists(atPath: installed.appending(path: "__init__.py").path))
    #expect(!FileManager.default.fileExists(atPath: installed.appending(path: "__pycache__").path))
    let few = try run("middle of-types person")
    #expect(few.status == 5 && few.errors.contains("needs two actors and two initiatives"), "\(few)")
  }

  /// Holds what the fixture gives to what is published: who was where, and networkx's own test of each measure, to the
  /// two digits in which it has them.
  private func checkPublished(_ expected: String) throws {
    let folder = TestRegistry.checkout.appending(path: "Tests/EntenteTests/Fixtures/published")
    func rows(_ name: String) throws -> [[String]] {
      try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(whereSeparator: \.isNewline)
        .dropFirst().map { $0.split(separator: ",").map(String.init) }
    }
    func key(_ name: String) -> String {
      (name.hasPrefix("E") && Int(name.dropFirst()) != nil ? "event-" + name.dropFirst() : name).lowercased()
        .replacing(" ", with: "-")
    }
    let parts = expected.components(separatedBy: "\n\nties\nactor\tinitiative\n")
    try #require(parts.count == 2)
    let ties = Set(parts[1].split(separator: "\n").map { $0.split(separator: "\t").map(String.init) })
    #expect(try ties == Set(rows("davis.csv").map { $0.map(key) }) && ties.count == 89)
    let found = Dictionary(
      uniqueKeysWithValues: parts[0].split(separator: "\n").dropFirst().map { line in
        let cells = line.split(separator: "\t")
        return (String(cells[0]), cells.dropFirst(2).compactMap { Double($0) })
      })
    let published = try rows("davis-centrality.csv")
    #expect(published.count == 32 && found.count == 32)
    for row in published {
      let own = try #require(found[key(row[0])])
      #expect(own.count == 3)
      for (value, cell) in zip(own, row.dropFirst()) {
        #expect(abs(value - (try #require(Double(cell)))) < 0.00506, "\(row[0]): \(value), not \(cell)")
      }
    }
    // Three of them to four digits.
    #expect(expected.contains("event-8\tinitiative\t0.7778\t0.2438\t0.8462\n"))
    #expect(expected.contains("nora-fayette\tactor\t0.5714\t0.1135\t0.8\n"))
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
    let (printed, _) = try check(
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
    // The program has an analysis of this name, so that this one goes by its plugin's name too.
    let (printed, _) = try check(folder, "coverage.coverage parts no", rowOf: "why row 1")
    #expect(printed.hasPrefix("mineral\t") && printed.contains("\nmineral\tstage\n"))
    #expect(printed.contains("\nmineral\tstage\tinitiatives\n"))
  }
}
