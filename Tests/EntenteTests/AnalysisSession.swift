import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// A session with the shipped analyses, on the Seed or on a small registry by the shipped schema.
struct AnalysisSession {
  let transcript: Transcript

  /// On the Seed.
  init() throws { transcript = Transcript(try TestRegistry.seeded(analyses: try TestPlugins.analyses)) }

  /// On what a script says by the Seed's schema.
  init(_ script: String) throws {
    let session = try TestRegistry.session(analyses: try TestPlugins.analyses)
    _ = try session.read(TestRegistry.checkout.appending(path: "Seed/schema.ent").path)
    transcript = Transcript(session)
    let printed = transcript.run(script, atomicity: .whole)
    try #require(!printed.contains("error:"), "\(printed)")
  }

  func run(_ command: String) -> String { transcript.run(command) }

  /// The tables that a command prints, each as rows by its columns. A table begins with a line of column names.
  func tables(_ command: String, heads: [String]) -> [[[String: String]]] {
    var tables: [[[String: String]]] = []
    var header: [String] = []
    for line in transcript.run(command).split(separator: "\n") where !line.hasPrefix("-- ") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      if heads.contains(where: { line == $0 || line.hasPrefix($0 + "\t") }) {
        header = cells
        tables.append([])
      } else if !tables.isEmpty {
        tables[tables.count - 1].append(
          Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first }))
      }
    }
    return tables
  }

  /// The rows of the first table that a command prints.
  func rows(_ command: String) -> [[String: String]] { Self.rows(printed: transcript.run(command)) }

  static func rows(printed: String) -> [[String: String]] {
    let lines = printed.split(separator: "\n").filter { !$0.hasPrefix("-- ") }.map(
      String.init)
    guard let header = lines.first?.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    else { return [] }
    return lines.dropFirst().prefix {
      $0.split(separator: "\t", omittingEmptySubsequences: false).count == header.count
    }
    .map { line in
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Dictionary(zip(header, cells), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Some columns of the rows of the first table, joined by blanks.
  func lines(_ command: String, _ columns: String...) -> [String] {
    rows(command).map { row in columns.map { row[$0] ?? "?" }.joined(separator: " ") }
  }
}
