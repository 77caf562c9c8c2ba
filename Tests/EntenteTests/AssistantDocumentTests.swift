import Foundation
import TestRegistry
import Testing

/// The exchange in the page on assistants is real: what stands behind `>` is sent, behind `<` what is answered.
@Suite("The page on assistants")
struct AssistantDocumentTests {
  private static let page = TestRegistry.checkout.appending(
    path: "Sources/entente/entente.docc/Assistants.md")

  @Test("shows what is answered")
  func exchange() throws {
    let program = try Program()
    defer { program.remove() }
    let text = try String(contentsOf: Self.page, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```mcp\n")).upperBound
    let end = try #require(text[start...].firstRange(of: "```")).lowerBound
    let sent = text[start..<end].split(separator: "\n").filter { $0.hasPrefix("> ") }
    let server = try AssistantProgram(program, isInitialized: false)
    var lines: [String] = []
    for line in sent {
      lines.append(String(line))
      try server.send(String(line.dropFirst(2)))
      guard line.contains("\"id\"") else { continue }
      let answer = try #require(try server.next())
      let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
      let written = try JSONSerialization.data(withJSONObject: answer, options: options)
      lines.append("< " + String(decoding: written, as: UTF8.self))
    }
    let exchange = lines.joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try text.replacingCharacters(in: start..<end, with: exchange)
        .write(to: Self.page, atomically: true, encoding: .utf8)
      Issue.record("recorded the exchange")
      return
    }
    #expect(text[start..<end] == exchange)
  }
}
