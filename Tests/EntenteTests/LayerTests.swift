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
}
