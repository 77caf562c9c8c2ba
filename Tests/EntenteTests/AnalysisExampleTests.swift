import Foundation
import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// The examples that analyses give of themselves, and those on their pages, on the Seed.
@Suite("Examples of analyses")
struct AnalysisExampleTests {
  private static let examples: [String] = (try? TestPlugins.analyses.analyses.flatMap(\.examples)) ?? []

  /// The indented lines of the pages of plugins.
  private static var onPages: [String] {
    get throws {
      let folder = TestRegistry.checkout.appending(path: "Plugins")
      return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().flatMap { plugin in
        let page = folder.appending(path: "\(plugin)/README.md")
        guard FileManager.default.fileExists(atPath: page.path) else { return [String]() }
        return try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
          .filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
      }
    }
  }

  @Test("give rows", arguments: examples)
  func rows(_ command: String) throws {
    let session = try AnalysisSession()
    let printed = session.run(command)
    #expect(!printed.contains("error:"), "\(printed)")
    #expect(!AnalysisSession.rows(printed: printed).isEmpty, "\(printed)")
  }

  @Test("those on the pages are answered")
  func pages() throws {
    let transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses))
    // The first word is the name of the analysis; other commands on the pages are not of this test.
    let names = Set(Self.examples.map { $0.prefix { $0 != " " } })
    for command in try Self.onPages where names.contains(command.prefix { $0 != " " }) {
      let printed = transcript.run(command)
      let lines = printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }
      #expect(lines.count > 1 && !printed.contains("error: "), "\(command): \(printed.prefix(600))")
    }
  }

  @Test("are there")
  func found() { #expect(Self.examples.count > 10) }
}
