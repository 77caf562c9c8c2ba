import Foundation
import RegistryModel
import Testing

@testable import PluginHost

extension PluginHostTests {
  @Suite("Catalog") struct Catalog {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func writeManifest(_ text: String = CPlugin.manifest, _ name: String = "probe") throws -> String {
      try directory.write(Data(text.utf8), to: "\(name).entente-plugin.json")
    }

    @Test("a bad plugin and a missing directory do not keep a good plugin from being found")
    func badBesideGood() throws {
      _ = try CPlugin().build(in: directory)
      _ = try directory.write(Data("no library".utf8), to: "libbad.so")
      let catalog = PluginCatalog.discover([
        PluginFolder(directory.path + "/none", .given), PluginFolder(directory.path, .program),
      ])
      #expect(catalog.analyses.map(\.description.name) == ["probe"])
      #expect(catalog.notes.contains { $0.contains("/none") })
      let listing = catalog.listing
      #expect(
        listing.columns.map(\.name) == ["name", "version", "analyses", "runs", "state", "path", "reason"])
      #expect(listing.rows.map { $0[4] } == [.text("refused"), .text("loaded")])
      #expect(listing.rows[1][2] == .list([.text("probe")]))
    }

    @Test("with a manifest file beside it, a library is not loaded to be listed but at its first run")
    func manifestFile() throws {
      // The library prints its own failure if it is started: its init refuses.
      _ = try CPlugin(start: "return ENTENTE_FAILED;").build(in: directory)
      _ = try writeManifest()
      let catalog = PluginCatalog.discover(directories: [directory.path])
      #expect(catalog.listing.rows.map { $0[4] } == [.text("available")])
      let analysis = try #require(catalog.analysis("probe"))
      #expect(
        throws: PluginProblem.self,
        performing: { try PluginHost.run(analysis, arguments: [:], relations: FixtureRelations()) })
      #expect(!analysis.plugin.isLoaded)
    }

    @Test("a library that offers something else than its manifest file says is not run")
    func differs() throws {
      _ = try CPlugin().build(in: directory)
      _ = try writeManifest(CPlugin.manifest.replacing("\"version\": \"1\"", with: "\"version\": \"2\""))
      let analysis = try #require(PluginCatalog.discover(directories: [directory.path]).analysis("probe"))
      let result = Result { () throws(PluginProblem) in
        try PluginHost.run(analysis, arguments: [:], relations: FixtureRelations())
      }
      #expect(result.failure?.code == "plugin-manifest-differs")
    }

    @Test("a manifest file without its library is refused and says which one it misses")
    func withoutLibrary() throws {
      _ = try writeManifest()
      let candidate = try #require(PluginCatalog.discover(directories: [directory.path]).candidates.first)
      #expect(candidate.outcome.failure?.code == "plugin-library-missing")
      #expect(candidate.outcome.failure?.message.contains("libprobe.so") == true)
    }

    @Test(
      "a manifest that does not hold together is refused with the place",
      arguments: [
        (#""name": "limit""#, #""name": "on""#, "keeps for itself"),
        (#""name": "limit""#, #""name": "shape""#, "stands twice"),
        (#""default": ["flat"]"#, #""default": ["square"]"#, "square"),
        (#""choices": ["round", "flat"], "#, "", "no choices"),
        (#""contract": 1"#, #""contract": 2"#, "this host needs 1"),
        (#""type": "integer""#, #""type": "colour""#, "type"),
        (#""summary": "s", "analyses""#, #""analyses""#, "`summary` is missing"),
      ])
    func invalid(old: String, new: String, words: String) throws {
      let text = CPlugin.manifest.replacing(old, with: new)
      #expect(text != CPlugin.manifest)
      _ = try writeManifest(text)
      let candidate = try #require(PluginCatalog.discover(directories: [directory.path]).candidates.first)
      #expect(candidate.outcome.failure?.code == "plugin-manifest-invalid")
      #expect(
        candidate.outcome.failure?.message.contains(words) == true, "\(String(describing: candidate.outcome))"
      )
    }

    @Test(
      "where two plugins have an analysis of one name, the first directory's wins and the listing says so")
    func hidden() throws {
      let second = try TemporaryDirectory()
      _ = try CPlugin().build(in: directory)
      _ = try CPlugin().build(in: second)
      let catalog = PluginCatalog.discover(directories: [directory.path, second.path])
      #expect(catalog.analysis("probe")?.plugin.path.hasPrefix(directory.path) == true)
      #expect(catalog.notes.contains { $0.contains("hidden") && $0.contains(second.path) })
    }
  }
}
