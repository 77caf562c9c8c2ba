import Foundation
import TestRegistry
import Testing

@Suite("Layers")
struct LayerTests {
  private func swiftFiles(in folder: URL) throws -> [URL] {
    let found = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    return found.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  @Test("no SQL text stands above the store, but for the examples of the user's own")
  func noSQL() throws {
    let sources = TestRegistry.checkout.appending(path: "Sources")
    var (asking, count) = (Set<String>(), 0)
    for target in try FileManager.default.contentsOfDirectory(atPath: sources.path)
    where !["PostgreSQLEngine", "RelationalStore", "SQLiteEngine"].contains(target) {
      for file in try swiftFiles(in: sources.appending(path: target)) {
        count += 1
        let text = try String(contentsOf: file, encoding: .utf8)
        if text.contains(/\bSELECT\b[^\n]*\bFROM\b|\bFROM \w+[^\n]* WHERE\b|\bINSERT INTO\b|\bDELETE FROM\b/)
        {
          asking.insert(file.lastPathComponent)
        }
      }
    }
    #expect(count > 300)
    #expect(asking == ["SQL.swift"])
  }

  @Test("what every store must answer is small, and Store.md lists it")
  func requirements() throws {
    let sources = TestRegistry.checkout.appending(path: "Sources")
    let store = try String(
      contentsOf: sources.appending(path: "RegistryStore/RegistryStore.swift"), encoding: .utf8)
    let lines = store.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("public protocol ") } == 3)
    let required = lines.compactMap { $0.prefixMatch(of: #/  (?:func|var) (\w+)/#)?.1 }.map(String.init)
    #expect(required.count <= 20)
    let page = try String(
      contentsOf: sources.appending(path: "RelationalStore/RelationalStore.docc/Store.md"),
      encoding: .utf8)
    let table = try #require(page.firstRange(of: "| Requirement |")).lowerBound
    let rows = page[table...].prefix { $0 != "#" }.split(separator: "\n").prefix { $0.hasPrefix("|") }
      .dropFirst(2)
    let listed = rows.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`(\w+)`/).map { String($0.1) }
    }
    #expect(Set(listed) == Set(required))
    #expect(listed.count == Set(listed).count)
  }

  /// The files of the store, by their names.
  private func store() throws -> [String: String] {
    let files = try swiftFiles(in: TestRegistry.checkout.appending(path: "Sources/RelationalStore"))
    return try Dictionary(
      uniqueKeysWithValues: files.map {
        ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
      })
  }

  @Test("the parts of the store use one another one way")
  func parts() throws {
    var uses: [String: Set<String>] = [:]
    for text in try store().values {
      var part: String?
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        if let match = line.prefixMatch(of: #/struct (\w+) \{/#) { part = String(match.1) }
        if line == "}" { part = nil }
        guard let part else { continue }
        if line.contains("let state: RegistryState") { uses[part, default: []].formUnion([]) }
        if let match = line.wholeMatch(of: #/  (?:private )?var \w+: (\w+) \{ (\w+)\(state\) \}/#),
          match.1 == match.2
        {
          uses[part, default: []].insert(String(match.1))
        }
      }
    }
    #expect(uses.count > 25)
    #expect(uses["Projector"]?.contains("Truth") == true)
    var left = uses
    while let free = left.first(where: { $0.value.allSatisfy { left[$0] == nil } }) { left[free.key] = nil }
    #expect(left.isEmpty, "these use one another: \(left.keys.sorted())")
  }

  @Test("no type of the store fills more than a dozen files")
  func extents() throws {
    var files: [String: Set<String>] = [:]
    for (name, text) in try store() {
      for line in text.split(separator: "\n") {
        if let match = line.prefixMatch(of: #/(?:public )?(?:extension|struct|final class|enum) (\w+)/#) {
          files[String(match.1), default: []].insert(name)
        }
      }
    }
    #expect(files.count > 60)
    #expect(files.filter { $0.value.count > 12 }.keys.sorted() == [])
  }

  @Test("no type of the commands fills more than a dozen files, but that of which each command is one")
  func commandExtents() throws {
    let folder = TestRegistry.checkout.appending(path: "Sources/RegistryCommands")
    var files: [String: Set<String>] = [:]
    for file in try swiftFiles(in: folder) {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        if let match = line.prefixMatch(
          of: #/(?:public |package )?(?:extension|struct|final class|enum|protocol) (\w+)/#)
        {
          files[String(match.1), default: []].insert(file.lastPathComponent)
        }
      }
    }
    #expect(files.count > 150)
    // One file holds one command: `CommandDefinition.list` in List.swift.
    files["CommandDefinition"] = nil
    #expect(files.filter { $0.value.count > 12 }.keys.sorted() == [])
  }

  @Test("a session holds its parts, what the user set, and little else")
  func session() throws {
    let file = TestRegistry.checkout.appending(path: "Sources/RegistryCommands/Running/Session.swift")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "final class Session {")).upperBound
    let stored = text[start...].prefix { $0 != "}" }.split(separator: "\n").filter { line in
      line.prefixMatch(of: #/  (?:public |internal\(set\) )*(?:let|var) \w+/#) != nil
    }
    #expect(stored.count > 10)
    #expect(stored.count <= 20, "\(stored)")
  }
}
