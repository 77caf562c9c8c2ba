import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// A session on the registry that all drawn ones are made on; each is made in a transaction that is dropped.
final class LawSession {
  let transcript: Transcript
  private(set) var registry = LawRegistry(seed: 0)

  init() throws {
    transcript = Transcript(try TestRegistry.session())
    try transcript.session.execute(SourceText(name: "base", text: LawRegistry.base), atomicity: .whole) { _ in
    }
  }

  /// On a registry that is made of a dump.
  init(loading dump: String) throws {
    transcript = Transcript(try TestRegistry.session())
    try transcript.session.execute(SourceText(name: "dump", text: dump), atomicity: .whole) { _ in }
  }

  /// Makes the registry of a seed for as long as `body` asks it. What is refused on the way is left out.
  func with(_ registry: LawRegistry, _ body: () throws -> Void) throws {
    self.registry = registry
    let store = transcript.session.store
    try store.begin(
      TransactionInfo(author: "laws", reason: nil, tool: "tests", at: "2026-01-01T00:00:00.000Z"))
    defer { try? store.rollback() }
    try transcript.session.execute(SourceText(name: "drawn", text: registry.text), atomicity: .keepGoing) {
      _ in
    }
    try body()
  }

  /// What is printed; an error is one of the test.
  func answer(_ question: String) -> String {
    let printed = transcript.run(question)
    if printed.contains("error:") { Issue.record("\(question)\n\(printed)\n\(registry.text)") }
    return printed
  }

  /// An answer cell by cell, its heading first, without its notes.
  private func cells(_ question: String) -> [[String]] {
    answer(question).split(separator: "\n").filter { !$0.hasPrefix("-- ") }.map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The rows of an answer, cell by cell, without its heading and its notes.
  func rows(_ question: String) -> [[String]] { Array(cells(question).dropFirst()) }

  /// The rows of an answer, each cell by the heading of its column; empty cells are left out.
  func table(_ question: String) -> [[String: String]] {
    let cells = cells(question)
    guard let heading = cells.first else { return [] }
    return cells.dropFirst().map { row in
      Dictionary(zip(heading, row).filter { !$1.isEmpty }) { first, _ in first }
    }
  }

  /// The number in a note that ends so.
  func noted(_ words: String, in answer: String) -> Int {
    for line in answer.split(separator: "\n") where line.hasPrefix("-- ") && line.contains(words) {
      return line.dropFirst(3).split(separator: " ").compactMap { Int($0) }.first ?? 0
    }
    return 0
  }

  /// The first cells.
  func keys(_ question: String) -> [String] { rows(question).map { $0[0] } }

  func expect(_ holds: Bool, _ law: @autoclosure () -> String, _ location: SourceLocation = #_sourceLocation)
  {
    guard !holds else { return }
    Issue.record("\(law())\n\(registry.text)", sourceLocation: location)
  }
}

/// How many registries are drawn.
enum Draws {
  static let isStress = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil
  /// Seeds in parts that are tested side by side.
  static func parts(_ count: Int, stress: Int) -> [Range<Int>] {
    let all = isStress ? stress : count
    let size = 100
    return stride(from: 0, to: all, by: size).map { $0..<min($0 + size, all) }
  }
}
