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
    where target != "RegistryStoreSQLite" {
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
      contentsOf: sources.appending(path: "RegistryStoreSQLite/RegistryStoreSQLite.docc/Store.md"),
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
}
