import Conformance
import Foundation
import SQLiteEngine
import Synchronization
import TestRegistry
import Testing

@testable import RelationalStore

@Suite("The dialect of SQL that the store writes")
struct DialectTests {
  /// Every statement that the store runs for the conformance suite, without texts in quotes.
  private static let statements: Result<Set<String>, any Error> = Result {
    let found = Mutex<Set<String>>([])
    // Another time is read from tables that are made for it, and of large registries through views.
    for (check, readsViews) in ConformanceTests.every.flatMap({ [($0, false), ($0, true)] }) {
      try check.run {
        let registry = try SQLiteRegistry.open(location: ":memory:").registry
        if readsViews { registry.shared.leastForViews = 0 }
        registry.onStatement = { sql in
          let bare = sql.replacing("USING fts5(", with: "USING fts5 (").replacing(
            #/'(?:[^']|'')*'/#, with: "''")
          _ = found.withLock { $0.insert(bare) }
        }
        return registry
      }
    }
    // Asked only where very many places are contested.
    found.withLock { _ = $0.insert(ContestedReader.inOrderOfKeys("")) }
    return found.withLock { $0 }
  }

  /// The words before a parenthesis that are neither a table that is made or filled, nor a word of SQL's own.
  private func functions(of sql: String) -> Set<String> {
    let made = Set(
      sql.matches(
        of: #/(?:TABLE|INTO|EXISTS|REFERENCES|WITH|RECURSIVE|ON|,)\s+(?:main\.|temp\.)?(\w+)\s*\(/#
      ).map { String($0.1) })
    let called = Set(sql.matches(of: #/\b([a-z]\w*)\(/#).map { String($0.1) })
    return called.subtracting(made.subtracting(Dialect.functions.keys))
  }

  @Test("calls no functions but those that are listed, and each of them")
  func functions() throws {
    let called = try Self.statements.get().reduce(into: Set<String>()) { $0.formUnion(functions(of: $1)) }
    #expect(called.subtracting(Dialect.functions.keys).sorted() == [])
    #expect(Set(Dialect.functions.keys).subtracting(called).sorted() == [])
  }

  @Test("says nothing that is listed and not said")
  func phrases() throws {
    let statements = try Self.statements.get()
    let unsaid = Dialect.phrases.keys.filter { phrase in !statements.contains { $0.contains(phrase) } }
    #expect(unsaid.sorted() == [])
  }

  @Test("is listed in Store.md, beside what else an engine has to give")
  func listed() throws {
    let checkout = TestRegistry.checkout
    let page = try String(
      contentsOf: checkout.appending(path: "Sources/RelationalStore/RelationalStore.docc/Store.md"),
      encoding: .utf8)
    let section = try #require(page.firstRange(of: "## Another engine")).lowerBound
    let text = page[section...].prefix { _ in true }
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let first = Set(
      rows.flatMap { row in
        row.split(separator: "|")[0].matches(of: /`([^`]+)`/).map { String($0.1) }
      })
    let engine = try String(
      contentsOf: checkout.appending(path: "Sources/RelationalStore/Engine/SQLEngine.swift"), encoding: .utf8)
    let requirements = engine.prefix { _ in true }.split(separator: "\n")
      .prefix { !$0.hasPrefix("/// How a transaction") }
      .compactMap { $0.prefixMatch(of: #/  (?:func|var) (\w+)/#)?.1 }.map(String.init)
    #expect(requirements.count > 20)
    for name in Set(requirements).union(Dialect.functions.keys).union(Dialect.phrases.keys) {
      #expect(first.contains(name), "\(name) is not in Store.md")
    }
  }
}
