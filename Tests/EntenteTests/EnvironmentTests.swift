import Foundation
import TestRegistry
import Testing

@Suite("The environment")
struct EnvironmentTests {
  /// As the manual page tells them: `.TP`, `.B NAME`, what it decides.
  private static func inManual() throws -> [(name: String, about: String)] {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["generate", "man"])
    #expect(outcome.status == 0)
    let lines = outcome.output.components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: ".SH ENVIRONMENT"))
    var found: [(String, String)] = []
    for index in lines.indices.dropFirst(start + 1) {
      if lines[index].hasPrefix(".SH") { break }
      guard lines[index] == ".TP" else { continue }
      found.append(
        (
          String(lines[index + 1].dropFirst(3)),
          lines[index + 2].replacingOccurrences(of: "\\-", with: "-")
        ))
    }
    return found
  }

  /// `ENTENTE_RECORD=1` writes it, and fails.
  @Test("has one table of all variables that are read, in the manual page and in the docs")
  func documents() throws {
    let page = "Sources/entente/entente.docc/Environment.md"
    var text = try DocumentTests.text(of: page)
    let start = try #require(text.range(of: "<!-- variables -->\n")).upperBound
    let end = try #require(text.range(of: "<!-- end of variables -->")).lowerBound
    let rows = try Self.inManual().map { "| `\($0.name)` | \($0.about) |\n" }
    let made = "\n| Variable | What it decides |\n| --- | --- |\n\(rows.joined())\n"
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      text.replaceSubrange(start..<end, with: made)
      try text.write(to: TestRegistry.checkout.appending(path: page), atomically: true, encoding: .utf8)
      Issue.record("recorded \(page)")
      return
    }
    #expect(text[start..<end] == made)
  }

  @Test("is read by no other name, and each name is read")
  func names() throws {
    let known = Set(try Self.inManual().map(\.name))
    var named: Set<String> = []
    var texts = ""
    for folder in ["Sources", "Plugins"] {
      let files = try #require(
        FileManager.default.enumerator(
          at: TestRegistry.checkout.appending(path: folder), includingPropertiesForKeys: nil))
      for case let file as URL in files where ["swift", "c", "h", "py"].contains(file.pathExtension) {
        guard file.lastPathComponent != "EnvironmentVariable.swift" else { continue }
        let text = try String(contentsOf: file, encoding: .utf8)
        texts += text
        for match in text.matches(of: /(?:getenv\(|environment\[|environ\.get\(|environ\[)"([A-Z_]+)"/) {
          named.insert(String(match.1))
        }
      }
    }
    // Of the tests' own builds alone.
    #expect(named.subtracting(known) == ["ENTENTE_TEST_WORKER"])
    let cases = try String(
      contentsOf: TestRegistry.checkout.appending(path: "Sources/entente/EnvironmentVariable.swift"),
      encoding: .utf8)
    var count = 0
    for match in cases.matches(of: /case (\w+) = "([A-Z_]+)"/) {
      count += 1
      #expect(texts.contains(".\(match.1)") || texts.contains("\"\(match.2)\""), "\(match.2) is read nowhere")
    }
    #expect(count == known.count)
  }

  @Test("decides who edits, where plugins are and in what folder the registry is")
  func decides() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let process = try program.process([
      "--seed", "none", "--no-plugins", "-c", "define type thing plural things", "-c",
      "sql SELECT author FROM transactions",
    ])
    process.environment = program.environment([
      "ENTENTE_AUTHOR": "somebody", "XDG_DATA_HOME": program.home.appending(path: "elsewhere").path,
    ])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.contains("somebody"))
    #expect(
      FileManager.default.fileExists(
        atPath: program.home.appending(path: "elsewhere/entente/registry.entente").path))
  }
}
