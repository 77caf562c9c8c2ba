import Foundation
import PluginHost
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// What the documents speak of is there.
@Suite("The documents' words")
struct DocumentContentTests {
  static let pages = [
    "README.md", "Sources/RegistryCommands/RegistryCommands.docc/Language.md",
    "Sources/RegistryCommands/RegistryCommands.docc/Commands.md",
    "Sources/RegistryCommands/RegistryCommands.docc/Questions.md",
    "Sources/RelationalStore/RelationalStore.docc/Store.md",
    "Sources/PluginKit/PluginKit.docc/PluginKit.md",
    "Sources/PluginKit/PluginKit.docc/Protocol.md", "Sources/PluginKit/PluginKit.docc/Tutorial.md",
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

  /// `ENTENTE_RECORD=1` writes it, and fails.
  @Test("name every relation that an analysis can read, with its columns and their types")
  func relations() throws {
    let page = "Sources/PluginKit/PluginKit.docc/PluginKit.md"
    var text = try DocumentTests.text(of: page)
    let start = try #require(text.range(of: "<!-- relations -->\n")).upperBound
    let end = try #require(text.range(of: "<!-- end of relations -->")).lowerBound
    let made = Relation.all.map { view in
      let columns = view.columns.map { "| `\($0.name)` | \($0.kind.rawValue) | \($0.about) |\n" }
      return "### `\(view.name)`: \(view.about)\n\n| Column | Type | What it holds |\n| --- | --- | --- |\n"
        + columns.joined()
    }.joined(separator: "\n")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      text.replaceSubrange(start..<end, with: "\n\(made)\n")
      try text.write(to: TestRegistry.checkout.appending(path: page), atomically: true, encoding: .utf8)
      Issue.record("recorded \(page)")
      return
    }
    #expect(text[start..<end] == "\n\(made)\n")
  }

  @Test("show a plugin as it is compiled with the tests")
  func plugin() throws {
    let text = try DocumentTests.text(of: "Sources/PluginKit/PluginKit.docc/PluginKit.md")
    let code = try DocumentTests.text(of: "Tests/Support/Companions/Companions.swift")
    #expect(text.contains("```swift\n\(code)```\n"))
  }
}
