import Foundation
import RegistryCommands
import Rendering
import TestRegistry
import Testing

/// The sessions in the documents are real: each ```console block is replayed on the seeded registry.
///
/// `ENTENTE_RECORD=1 swift test --filter Documents` writes what is printed into the documents, and fails, so that a
/// recording is never taken for a pass.
@Suite("Documents")
struct DocumentTests {
  static let documents: [String] = {
    let root = TestRegistry.checkout
    var found = ["README.md"]
    for folder in ["Sources", "Plugins", "Tests/Transcripts"] {
      guard let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path) else {
        continue
      }
      found += files.compactMap { $0 as? String }.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
    }
    return found.filter { (try? text(of: $0).contains("```console")) ?? false }.sorted()
  }()

  static func text(of document: String) throws -> String {
    try String(contentsOf: TestRegistry.checkout.appending(path: document), encoding: .utf8)
  }

  @Test("print what they show", arguments: documents)
  func replays(_ document: String) throws {
    let written = try Self.text(of: document)
    let replayed = try replay(written)
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try replayed.write(
        to: TestRegistry.checkout.appending(path: document), atomically: true, encoding: .utf8)
      Issue.record("recorded \(document)")
      return
    }
    for (shown, printed) in zip(written.split(separator: "\n"), replayed.split(separator: "\n")) {
      try #require(shown == printed, "\(document)")
    }
    #expect(written == replayed)
  }

  /// What is said of SQL, of copies and of a file is of a file.
  @Test("print the same on a server", arguments: documents.filter { $0.hasPrefix("Tests/Transcripts") })
  func replaysOnServer(_ document: String) throws {
    let written = try Self.text(of: document)
    let replayed = try TestRegistry.$isOnServer.withValue(true) { try replay(written) }
    for (shown, printed) in zip(written.split(separator: "\n"), replayed.split(separator: "\n")) {
      try #require(shown == printed, "\(document)")
    }
    #expect(written == replayed)
  }

  @Test("are there")
  func found() { #expect(Self.documents.contains("README.md")) }

  /// The text with what each command of its console blocks prints now. One session a document.
  private func replay(_ text: String) throws -> String {
    let transcript = Transcript(
      try TestRegistry.seeded(analyses: try TestPlugins.analyses), format: .table, width: 100)
    transcript.session.setFolder(TestRegistry.checkout)
    var lines: [Substring] = []
    var command: String?
    var isInBlock = false
    func finish() {
      guard let text = command else { return }
      command = nil
      let printed = transcript.run(text).split(separator: "\n", omittingEmptySubsequences: false)
      lines += printed.dropLast(printed.last == "" ? 1 : 0)
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !isInBlock {
        lines.append(line)
        isInBlock = line == "```console"
      } else if line == "```" {
        finish()
        lines.append(line)
        isInBlock = false
      } else if line.hasPrefix("entente> ") {
        finish()
        lines.append(line)
        command = String(line.dropFirst("entente> ".count))
      } else if line.hasPrefix("       > "), command != nil {
        lines.append(line)
        command? += "\n" + line.dropFirst("       > ".count)
      }
    }
    return lines.joined(separator: "\n")
  }
}
