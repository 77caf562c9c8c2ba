import CommandLanguage
public import RegistryModel
import RegistryStore

/// All that is said of an entity, as commands to be changed in an editor: a line for each source of each statement.
public struct EntityScript: Hashable, Sendable {
  public struct Line: Hashable, Sendable {
    /// The command that would record it.
    public var command: String
    public var statement: StatementID
    /// Nothing where the statement has no source.
    public var citation: Citation?
  }
  public var key: Key
  public var lines: [Line]

  /// The commands beneath a few words on what becomes of changes.
  public var text: String {
    """
    # \(key): a line for each source of each claim. Change, delete or add lines, then save and leave.
    # What is deleted is retracted. You see the difference, and are asked, before anything is carried out.

    \(lines.map(\.command).joined(separator: "\n"))

    """
  }
}

extension Session {
  /// What is said of an entity; what it is, its type, stays out.
  func script(of record: EntityRecord, _ span: Span) throws(Failure) -> EntityScript {
    let found = try storing(span) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: [record.key]), .all)
    }
    var lines: [EntityScript.Line] = []
    for statement in found where statement.statement.property != BuiltIn.type {
      if statement.citations.isEmpty {
        let command = try command(for: statement.statement, nil)
        lines.append(.init(command: command, statement: statement.id, citation: nil))
      }
      for citation in statement.citations {
        let command = try command(for: statement.statement, citation)
        lines.append(.init(command: command, statement: statement.id, citation: citation))
      }
    }
    return EntityScript(key: record.key, lines: lines)
  }

  /// The command that records a statement with one citation.
  func command(for statement: Statement, _ citation: Citation?) throws(Failure) -> String {
    LanguageText(try schema()).command(statement, citation?.stance ?? .claims, citation)
  }

  /// Carries out how an edited script differs from the one that was opened: what is gone is retracted, what is new is
  /// carried out.
  func carryOut(_ edited: SourceText, insteadOf script: EntityScript) throws(Failure) {
    let tree = parsed(edited.text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: edited) }
    let bytes = Array(edited.text.utf8)
    let texts = tree.commands.map { String(decoding: bytes[$0.span.start..<$0.span.end], as: UTF8.self) }
    let kept = Set(texts)
    let before = Set(script.lines.map(\.command))
    for (id, lines) in Dictionary(grouping: script.lines, by: \.statement) {
      let gone = lines.filter { !kept.contains($0.command) }
      if gone.count == lines.count {
        if !gone.isEmpty { try apply(.withdraw(id), nil) }
        continue
      }
      for citation in gone.compactMap(\.citation) { try apply(.withdrawCitation(id, citation), nil) }
    }
    do throws(Failure) {
      for (command, text) in zip(tree.commands, texts) where !before.contains(text) {
        try execute(command) { _ in }
      }
    } catch {
      throw error.located(in: edited)
    }
  }
}
