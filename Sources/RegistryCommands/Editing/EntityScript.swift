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

extension EntityScript {
  /// What is said of an entity; what it is, its type, stays out.
  init(of record: EntityRecord, _ reader: some CommandReader, _ span: Span) throws(Failure) {
    let found = try storing(span) { () throws(StoreProblem) in
      try reader.store.statements(StatementSelection(subjects: [record.key]), .all)
    }
    let writer = LanguageText(try reader.schema())
    var lines: [EntityScript.Line] = []
    for statement in found where statement.statement.property != BuiltIn.type {
      if statement.citations.isEmpty {
        let command = writer.command(statement.statement, .claims, nil)
        lines.append(.init(command: command, statement: statement.id, citation: nil))
      }
      for citation in statement.citations {
        let command = writer.command(statement.statement, citation.stance, citation)
        lines.append(.init(command: command, statement: statement.id, citation: citation))
      }
    }
    self.init(key: record.key, lines: lines)
  }
}
