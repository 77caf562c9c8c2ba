import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// Pages, or parts of them, are made from what the program declares.
///
/// `ENTENTE_RECORD=1 swift test --filter ReferenceTests` writes them, and fails, so that a recording is never taken
/// for a pass.
@Suite("The reference", .serialized)
struct ReferenceTests {
  @Test("has every command as the command table declares it")
  func commands() throws {
    let page = "Sources/RegistryCommands/RegistryCommands.docc/Commands.md"
    try compare(CommandReference.markdown, with: page) { $0.startIndex..<$0.endIndex }
  }

  @Test("has every view of sql with its columns")
  func views() throws {
    let page = "Sources/RelationalStore/RelationalStore.docc/Store.md"
    let views = RelationDeclaration.all
    try compare("\n" + views.map(section).joined(separator: "\n") + "\n", with: page) { text in
      let start = try #require(text.range(of: "<!-- views -->\n"))
      let end = try #require(text.range(of: "<!-- end of views -->"))
      return start.upperBound..<end.lowerBound
    }
  }

  private func section(of view: RelationDeclaration) -> String {
    let columns = view.columns.map { "| `\($0.name)` | \($0.about) |\n" }.joined()
    return "### `\(view.name)`: \(view.about)\n\n| Column | What it holds |\n| --- | --- |\n\(columns)"
  }

  /// Compares a part of a page with what it should be, or writes it there.
  private func compare(
    _ made: String, with page: String, part: (String) throws -> Range<String.Index>
  ) throws {
    let file = TestRegistry.checkout.appending(path: page)
    var text = try String(contentsOf: file, encoding: .utf8)
    let place = try part(text)
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      text.replaceSubrange(place, with: made)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(page)")
      return
    }
    let (shown, declared) = (text[place].split(separator: "\n"), made.split(separator: "\n"))
    for (shown, declared) in zip(shown, declared) { try #require(shown == declared, "\(page)") }
    #expect(text[place] == made, "\(page)")
  }
}
