import Foundation
import PluginHost
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

@Suite("The relations that plugins read")
struct PluginRelationTests {
  private static let header = TestRegistry.checkout.appending(
    path: "Sources/CEntentePlugin/include/entente_plugin.h")

  @Test("have names of their own, and so have the columns of each")
  func named() {
    #expect(Set(Relation.all.map(\.name)).count == Relation.all.count)
    for relation in Relation.all {
      #expect(Set(relation.columns.map(\.name)).count == relation.columns.count, "\(relation.name)")
    }
  }

  /// `ENTENTE_RECORD=1` writes it, and fails.
  @Test(
    "stand in the contract as they are declared: each with its times, and its columns with their types and words"
  )
  func documented() throws {
    var text = try String(contentsOf: Self.header, encoding: .utf8)
    let start = try #require(text.range(of: " * relations\n")).upperBound
    let end = try #require(text.range(of: " * end of relations\n")).lowerBound
    let made = Relation.all.map(Self.described).joined()
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      text.replaceSubrange(start..<end, with: made)
      try text.write(to: Self.header, atomically: true, encoding: .utf8)
      Issue.record("recorded entente_plugin.h")
      return
    }
    #expect(text[start..<end] == made)
  }

  private static func described(_ relation: Relation) -> String {
    let times: [(RelationDeclaration.Following, String)] = [
      (.date, "on"), (.sources, "published by"), (.record, "recorded by"),
    ]
    let follows = times.filter { relation.follows.contains($0.0) }.map(\.1).joined(separator: ", ")
    let columns = relation.columns.map { column -> String in
      let name = column.name.padding(toLength: max(22, column.name.count), withPad: " ", startingAt: 0)
      let kind = column.kind.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
      return " *     \(name) \(kind) \(ascii(column.about))\n"
    }
    return " *   \(relation.name) (\(follows)): \(ascii(relation.about))\n" + columns.joined()
  }

  private static func ascii(_ words: String) -> String { words.replacing("…", with: "...") }
}
