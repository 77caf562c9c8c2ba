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
    "README.md", "Sources/entente/entente.docc/Architecture.md",
    "Sources/RegistryCommands/RegistryCommands.docc/Language.md",
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

  @Test("Architecture.md names source files and types that are there")
  func architecture() throws {
    let text = try DocumentTests.text(of: "Sources/entente/entente.docc/Architecture.md")
    let sources = TestRegistry.checkout.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
      .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    let code = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
    let declared = Set(
      code.matches(of: /\b(?:class|struct|enum|protocol) (\w+)/).map { String($0.1) })
    let folders = Set(files.flatMap { $0.deletingLastPathComponent().pathComponents })
    let tests = Set(
      try FileManager.default.subpathsOfDirectory(atPath: TestRegistry.checkout.appending(path: "Tests").path)
        .map { String($0.split(separator: "/").last ?? "") })
    var count = 0
    for span in text.matches(of: /`([\w+\/.]+)`/).map({ String($0.1) }) {
      if span.hasSuffix(".swift") {
        count += 1
        let isThere =
          span.hasPrefix("Tests/")
          ? FileManager.default.fileExists(atPath: TestRegistry.checkout.appending(path: span).path)
          : files.contains { $0.path.hasSuffix("/" + span) }
        #expect(isThere, "\(span)")
      } else if let name = span.split(separator: ".").first.map(String.init), name.first?.isUppercase == true,
        name.contains(where: \.isLowercase)
      {
        #expect(
          declared.contains(name) || folders.contains(name) || tests.contains(name + ".swift"), "\(span)")
      }
    }
    #expect(count > 20)
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
