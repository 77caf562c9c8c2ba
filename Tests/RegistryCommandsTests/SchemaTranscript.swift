import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// What a session prints on a small registry by the Seed's schema: six states, and three sources of which the first is the
/// best.
struct SchemaTranscript {
  let transcript: Transcript

  init(_ script: String) throws {
    let session = try TestRegistry.session()
    _ = try session.read(TestRegistry.checkout.appending(path: "Seed/schema.ent").path)
    transcript = Transcript(session)
    let states = ["AAA", "BBB", "CCC", "DDD", "EEE", "FFF"].map { "add state \($0) \"\($0)land\" citing a\n" }
    let printed = transcript.run(
      """
      source a "A" { published 2024-01-01; reliability A }
      source b "B" { published 2025-03-01; reliability B }
      source d "D" { published 2023-01-01; reliability D }
      \(states.joined())
      """ + script, atomicity: .whole)
    try #require(!printed.contains("error:"), "\(printed)")
  }

  func run(_ command: String) -> String { transcript.run(command) }

  /// The lines of an answer without its heading and its notes.
  func rows(_ command: String) -> [String] {
    run(command).split(separator: "\n").map(String.init).filter { !$0.hasPrefix("-- ") }.dropFirst().map {
      $0
    }
  }

  /// The first cells of the rows.
  func keys(_ command: String) -> [String] { rows(command).map { String($0.prefix { $0 != "\t" }) } }

  /// The numbers of a count.
  func counts(_ command: String) -> [String] {
    rows(command).first?.split(separator: "\t").map(String.init) ?? []
  }

  func check() throws { #expect(try transcript.session.store.check().compactMap(\.problem) == []) }
}
