import Foundation
import PluginHost
import TestRegistry
import Testing

/// What the documents speak of is there.
@Suite("The documents' words")
struct DocumentContentTests {
  static let pages = [
    "README.md", "Sources/RegistryCommands/RegistryCommands.docc/Language.md",
    "Sources/RegistryCommands/RegistryCommands.docc/Commands.md",
    "Sources/RegistryCommands/RegistryCommands.docc/Questions.md",
    "Sources/RegistryStoreSQLite/RegistryStoreSQLite.docc/Store.md",
    "Sources/PluginKit/PluginKit.docc/PluginKit.md",
  ]

  @Test("link to files and folders of the checkout", arguments: pages)
  func links(_ page: String) throws {
    let text = try DocumentTests.text(of: page)
    let folder = TestRegistry.checkout.appending(path: page).deletingLastPathComponent()
    for link in text.matches(of: #/\]\(([^)#:\s]+)\)/#) {
      let target = folder.appending(path: String(link.1)).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links to \(link.1)")
    }
  }

  @Test("name every relation that an analysis can read, with its columns", arguments: Relation.all)
  func relations(_ relation: Relation) throws {
    let text = try DocumentTests.text(of: "Sources/PluginKit/PluginKit.docc/PluginKit.md")
    let start = try #require(text.range(of: "### `\(relation.name)`"))
    let section = text[start.upperBound...].prefix(
      upTo: text.range(of: "\n#", range: start.upperBound..<text.endIndex)?.lowerBound ?? text.endIndex)
    for column in relation.columns { #expect(section.contains("`\(column)`"), "\(relation.name).\(column)") }
  }

  @Test("show a plugin as it is compiled with the tests")
  func plugin() throws {
    let text = try DocumentTests.text(of: "Sources/PluginKit/PluginKit.docc/PluginKit.md")
    let code = try DocumentTests.text(of: "Tests/Support/Companions/Companions.swift")
    #expect(text.contains("```swift\n\(code)```\n"))
  }
}
