import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// The examples that analyses give of themselves, on the Seed.
@Suite("Examples of analyses")
struct AnalysisExampleTests {
  private static let examples: [String] = (try? TestPlugins.analyses.analyses.flatMap(\.examples)) ?? []

  /// Of which the Seed has no figures for now.
  private static let empty = ["concentration mineral dysprosium stage refining"]

  @Test("give rows", arguments: examples.filter { !empty.contains($0) })
  func rows(_ command: String) throws {
    let session = try AnalysisSession()
    let printed = session.run(command)
    #expect(!printed.contains("error:"), "\(printed)")
    #expect(!session.rows(command).isEmpty, "\(printed)")
  }

  @Test("are there")
  func found() { #expect(Self.examples.count > 10) }
}
