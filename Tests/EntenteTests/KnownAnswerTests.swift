import Foundation
@testable import PluginHost
import RegistryCommands
import TestRegistry
import Testing

/// What `about` says that an analysis answers is what it answers: published numbers, on their data.
@Suite("Known answers")
struct KnownAnswerTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let analysis: String
    let known: AboutDescription.KnownAnswer
    var testDescription: String { "\(known.command): \(known.row) \(known.column)" }
  }

  static let cases: [Case] = {
    guard let analyses = try? TestPlugins.analyses.catalog.analyses else { return [] }
    return analyses.flatMap { analysis in
      (analysis.description.about?.known ?? []).map { Case(analysis: analysis.name, known: $0) }
    }
  }()

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/published", directoryHint: .isDirectory)

  /// The registries are filled once.
  private static let registries = Registries()

  @Test("are what the analyses give", arguments: cases)
  func answer(_ answer: Case) throws {
    let known = answer.known
    #expect(known.command.hasPrefix(answer.analysis), "the command is another one's")
    let printed = try Self.registries.run(known.command, on: known.data, in: Self.folder)
    let lines = printed.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    // Of several tables the first that has the column.
    let head = try #require(lines.firstIndex { $0.contains(known.column) }, "\(printed.prefix(2000))")
    let column = try #require(lines[head].firstIndex(of: known.column))
    let row = try #require(lines[(head + 1)...].first { $0.first == known.row }, "\(printed.prefix(2000))")
    let (found, wanted) = (try #require(Double(row[column])), try #require(Double(known.value)))
    let digits = known.value.split(separator: ".").dropFirst().first?.count ?? 0
    #expect(abs(found - wanted) <= 0.5 * pow(10, -Double(digits)) + 1e-12, "\(found) for \(known.value)")
  }

  @Test("every analysis says what it computes, after whom, and what it does not say")
  func about() throws {
    let analyses = try TestPlugins.analyses
    let transcript = Transcript(try TestRegistry.session(analyses: analyses))
    for analysis in analyses.catalog.analyses {
      let about = try #require(analysis.description.about, "\(analysis.name)")
      #expect(!about.definition.isEmpty && !about.limits.isEmpty, "\(analysis.name)")
      let printed = transcript.run("about \(analysis.name)")
      #expect(printed.contains("What it does not say") && printed.contains("Of the plugin "), "\(printed)")
      for known in about.known {
        #expect(printed.contains("\(known.row): \(known.column) \(known.value)"), "\(printed)")
      }
    }
    #expect(transcript.run("about centralty").contains("error"))
  }

  private final class Registries: @unchecked Sendable {
    // Guarded by the lock: tests run beside one another.
    private let lock = NSLock()
    private var transcripts: [String: Transcript] = [:]

    func run(_ command: String, on data: String, in folder: URL) throws -> String {
      lock.lock()
      defer { lock.unlock() }
      if transcripts[data] == nil {
        let session = try TestRegistry.session(analyses: try TestPlugins.analyses)
        session.setFolder(folder)
        let transcript = Transcript(session)
        let text = try String(contentsOf: folder.appending(path: "\(data).ent"), encoding: .utf8)
        let printed = transcript.run(text)
        try #require(!printed.contains("error"), "\(printed)")
        transcripts[data] = transcript
      }
      return try #require(transcripts[data]).run(command)
    }
  }
}
