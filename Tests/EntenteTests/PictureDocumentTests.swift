import CommandLanguage
import Foundation
import RegistryCommands
import RegistryModel
import Rendering
import TestRegistry
import Testing

/// The pictures in the documents are what the program draws of the Seed.
///
/// `ENTENTE_RECORD=1 swift test --filter PictureDocumentTests` writes them, and fails, so that a recording is never taken
/// for a pass.
@Suite("Pictures in the documents")
struct PictureDocumentTests {
  static let pictures = [
    (
      "members",
      "list initiatives where key = cmpa or key = forge or key = msp or key = pax-silica or key = quad-critical-minerals by member as matrix"
    ),
    ("timeline", "timeline 2025-10..2026-09 about pax-silica what dated as svg"),
    ("network", "network type partnership on 2026-06-30 as svg"),
    ("map", "list pax-silica.member as map"),
    ("statuses", "count initiatives by status"),
    ("meeting", "list jan12-meeting.participant by source as matrix"),
  ]

  @Test("are what the program draws", arguments: pictures)
  func drawn(_ name: String, _ command: String) throws {
    let session = try TestRegistry.seeded(analyses: try TestPlugins.analyses)
    var drawn = ""
    try session.execute(SourceText(name: "picture", text: command), atomicity: .eachCommand) { outcome in
      guard case .success(let answer) = outcome, let result = answer.results.first,
        case .table(var table) = result.content
      else { return }
      table.ofWhen = table.ofWhen ?? result.ofWhen
      table.title = table.title ?? result.question
      drawn = Renderer(.svg).render(table)
    }
    try #require(drawn.contains("<svg"))
    let folder = TestRegistry.checkout.appending(
      path: "Sources/RegistryCommands/RegistryCommands.docc/Resources")
    let file = folder.appending(path: "\(name).svg")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try drawn.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).svg")
      return
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == drawn)
  }
}
