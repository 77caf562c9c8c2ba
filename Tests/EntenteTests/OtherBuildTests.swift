import Foundation
import PseudoTerminal
import Testing

/// A release, whose programs and plugins carry the Swift runtime in themselves; `make test-release` names its folder.
enum OtherBuild {
  static var isThere: Bool { PseudoTerminal.otherBuild != nil }
}

/// Whichever of the two runs a plugin of whichever: the Swift runtime is there once or twice, and all goes well.
@Suite("A program of one build with plugins of another", .enabled(if: OtherBuild.isThere))
struct OtherBuildTests {
  enum Build: CaseIterable { case tests, other }

  @Test(
    "Analyses answer the same",
    arguments: Build.allCases.flatMap { host in Build.allCases.map { (host, $0) } },
    [true, false])
  func same(builds: (host: Build, plugin: Build), inProcess: Bool) throws {
    let program = try Program()
    defer { program.remove() }
    let plugins = program.home.appending(path: "given")
    try FileManager.default.createDirectory(at: plugins, withIntermediateDirectories: true)
    for name in ["libMembership.so", "libNetwork.so", "libEvidence.so"] {
      try FileManager.default.copyItem(
        at: try folder(builds.plugin).appending(path: name), to: plugins.appending(path: name))
    }
    // Of those that are not given, the host has its own: two builds in one process.
    let questions = [
      "overlap g7, quad", "centrality on 2026-01-31 including groups", "quarrels", "promised",
      "path realloys to exim",
    ].flatMap { ["-c", $0] }
    func answers(_ host: Build, _ more: [String]) throws -> Program.Outcome {
      try program.run(
        ["--registry", program.registry, "--keep-going"] + more + questions,
        with: try folder(host).appending(path: "entente").path)
    }
    let usual = try answers(.tests, [])
    #expect(usual.output.contains("g7\tquad\t2\t"))
    let outcome = try answers(
      builds.host, ["--plugin-path", plugins.path] + (inProcess ? ["--in-process"] : []))
    #expect(outcome.output == usual.output, "\(outcome.errors)")
    #expect(outcome.status == usual.status)
  }

  private func folder(_ build: Build) throws -> URL {
    switch build {
    case .tests: URL(filePath: PseudoTerminal.ownBuild)
    case .other: URL(filePath: try #require(PseudoTerminal.otherBuild))
    }
  }
}
