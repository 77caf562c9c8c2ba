import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore
import RelationalStore
import SQLiteEngine
import TestRegistry
import Testing

@testable import RegistryCommands

/// What a command accepts has its effect: every command, on every kind of head, with every clause that its declaration
/// takes, against the same without the clause. What has no effect there is refused, with what to write.
@Suite("Clauses have their effect or are refused")
struct ClauseTests {
  /// A line and the clauses that its command declares beside those that stand there already.
  struct Case: CustomTestStringConvertible, Sendable {
    var command: String
    var line: String
    /// Those behind the head and, where `&` stands, those of the block.
    var clauses: [(place: String, keyword: String)]
    var testDescription: String { line }
  }

  static func cases(_ lines: [String: [String]]) -> [Case] {
    let table = CommandTable()
    return lines.sorted { $0.key < $1.key }.flatMap { name, lines -> [Case] in
      let signature = table[name]?.signature
      let clauses = (signature?.clauses ?? []).map { (place: "%", keyword: $0.keyword) }
      let inBlock = blockClauses(signature).map { (place: "&", keyword: $0.keyword) }
      return lines.map { line in
        let standing = (clauses + inBlock).filter { clause in
          line.contains(clause.place) && !line.contains(" \(clause.keyword) ")
            && ClauseCases.own["\(name) \(clause.keyword)"] == nil
        }
        return Case(command: name, line: line, clauses: standing)
      }
    }
  }

  /// Lines of a single clause each.
  static let ownCases: [Case] = ClauseCases.own.sorted { $0.key < $1.key }.flatMap { name, lines -> [Case] in
    let command = CommandTable().names.filter { name.hasPrefix($0 + " ") }.max { $0.count < $1.count } ?? ""
    let keyword = String(name.dropFirst(command.count + 1))
    return lines.map { Case(command: command, line: $0, clauses: [(place: "%", keyword: keyword)]) }
  }

  private static func blockClauses(_ signature: CommandSignature?) -> [ClauseSignature] {
    switch signature?.block {
    case .claims(let clauses)?, .fields(let clauses)?: clauses
    default: []
    }
  }

  @Test("Every command has its lines here, and every clause what it may say")
  func isComplete() {
    let known = Set(ClauseCases.reading.keys).union(ClauseCases.writing.keys)
      .union(ClauseCases.elsewhere.keys)
    let declared = CommandTable.builtIn.filter {
      !$0.signature.clauses.isEmpty || !Self.blockClauses($0.signature).isEmpty
    }
    #expect(declared.map(\.name).filter { !known.contains($0) } == [])
    #expect(known.subtracting(declared.map(\.name)) == [])
    for definition in declared where ClauseCases.elsewhere[definition.name] == nil {
      let lines = (ClauseCases.reading[definition.name] ?? []) + (ClauseCases.writing[definition.name] ?? [])
      let tried = Self.cases([definition.name: lines]).flatMap(\.clauses).map(\.keyword)
      let own = ClauseCases.own.keys.filter { $0.hasPrefix(definition.name + " ") }
        .map { String($0.dropFirst(definition.name.count + 1)) }
      let clauses = definition.signature.clauses + Self.blockClauses(definition.signature)
      for clause in clauses {
        #expect(
          (tried + own).contains(clause.keyword), "\(definition.name) … \(clause.keyword) is never tried")
        #expect(
          !ClauseCases.samples(clause.keyword, of: definition.name).isEmpty,
          "\(definition.name) … \(clause.keyword) has nothing to say")
      }
    }
  }

  @Test("where a command reads", arguments: cases(ClauseCases.reading))
  func reading(_ example: Case) throws {
    // Nothing is written, so one session will do.
    let bench = try Bench()
    try check(example) { try bench.outcome($0, keepsState: false) }
  }

  @Test("where a command writes", arguments: cases(ClauseCases.writing) + ownCases)
  func writing(_ example: Case) throws {
    try check(example) { try Bench().outcome($0, keepsState: true) }
  }

  /// Fails for a clause of which some sample is accepted and none changes anything, and for one that is refused without
  /// what to write.
  private func check(_ example: Case, _ outcome: (String) throws -> Bench.Outcome) throws {
    let without = try outcome(ClauseCases.line(example.line))
    for clause in example.clauses {
      var accepted: [String] = []
      var refusals: [String] = []
      var hasEffect = false
      for sample in ClauseCases.samples(clause.keyword, of: example.command) {
        let written = ClauseCases.line(example.line, with: sample, at: clause.place)
        let with = try outcome(written)
        for refusal in with.refusals where ClauseCases.meaningless.contains(refusal.code) {
          #expect(refusal.help?.isEmpty == false, "\(written): \(refusal.code) does not say what to write")
        }
        if with.refusals.isEmpty {
          accepted.append(written)
          hasEffect = hasEffect || with != without
        } else {
          refusals += with.refusals.map(\.code)
        }
        if hasEffect { break }
      }
      if hasEffect { continue }
      #expect(accepted == [], "accepted, and changes nothing")
      let told = refusals.contains { ClauseCases.meaningless.contains($0) }
      #expect(
        told || !accepted.isEmpty,
        "\(example.line) … \(clause.keyword): no sample fits, and none is refused as meaningless: \(refusals)"
      )
    }
  }
}

/// A registry and a folder in which lines are carried out.
private final class Bench {
  /// What a line says and leaves behind.
  struct Outcome: Equatable {
    var printed: [String] = []
    var state = ""
    var files: [String: String] = [:]
    var refusals: [Diagnostic] = []

    static func == (left: Outcome, right: Outcome) -> Bool {
      left.printed == right.printed && left.state == right.state && left.files == right.files
        && left.refusals.map(\.code) == right.refusals.map(\.code)
    }
  }

  private static let registry: Result<URL, any Error> = Result {
    let file = FileManager.default.temporaryDirectory.appending(path: "entente-clauses-\(UUID().uuidString)")
    let session = try TestRegistry.session(at: file.path)
    for text in [TestRegistry.exampleScript, ClauseCases.script] {
      try session.execute(SourceText(name: "script", text: text), atomicity: .whole) { _ in }
    }
    try (session.store as? SQLiteRegistry)?.close()
    atexit {
      if let file = try? Bench.registry.get() { try? FileManager.default.removeItem(at: file) }
    }
    return file
  }

  private let folder = try? ScratchFolder()
  private let session: Session

  init() throws {
    guard let folder else { throw CocoaError(.fileWriteUnknown) }
    let file = folder.url.appending(path: ".registry")
    try FileManager.default.copyItem(at: try Self.registry.get(), to: file)
    session = try TestRegistry.session(at: file.path)
    session.setFolder(folder.url)
    for (name, text) in ClauseCases.files { try folder.write(text, to: name) }
  }

  deinit { try? (session.store as? SQLiteRegistry)?.close() }

  func outcome(_ line: String, keepsState: Bool) throws -> Outcome {
    var outcome = Outcome()
    for (beginning, lines) in ClauseCases.before where line.hasPrefix(beginning) {
      for line in lines {
        try session.execute(SourceText(name: "line", text: line), atomicity: .eachCommand) { _ in }
      }
    }
    do throws(Failure) {
      try session.execute(SourceText(name: "line", text: line), atomicity: .eachCommand) { answer in
        guard case .success(let answer) = answer else { return }
        for result in answer.results {
          outcome.printed.append("\(result.content) \(result.format ?? "") \(result.file ?? "")")
        }
        outcome.printed += answer.messages + answer.notes
      }
    } catch {
      outcome.refusals = error.diagnostics
    }
    if keepsState { outcome.state = Transcript(session).run("dump with history\nlist transactions") }
    guard let folder else { return outcome }
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    where !name.hasPrefix(".registry") && ClauseCases.files[name] == nil {
      outcome.files[name] = try folder.read(name)
      try FileManager.default.removeItem(at: folder.url.appending(path: name))
    }
    return outcome
  }
}
