import Foundation
import TestRegistry
import Testing

@Suite("The page on the prompt")
struct PromptPageTests {
  @Test("names for each of our features a test that there is")
  func rows() throws {
    let page = try String(
      contentsOf: TestRegistry.checkout.appending(path: "Sources/Terminal/Terminal.docc/Prompt.md"),
      encoding: .utf8)
    let table = page.split(separator: "\n").drop { !$0.hasPrefix("| Feature |") }
    #expect(table.count > 30)
    let tests = try allTests()
    for row in table.dropFirst(2) {
      let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(cells.count == 8, "\(row)")
      let shown = try #require(cells.last)
      #expect(tests.contains("\"\(shown)\""), "no test says: \(shown)")
      #expect(cells.dropLast().last != "–", "\(row)")
    }
  }

  private func allTests() throws -> String {
    let folder = TestRegistry.checkout.appending(path: "Tests")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    return try files.filter { $0.hasSuffix("Tests.swift") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }.joined()
  }
}
