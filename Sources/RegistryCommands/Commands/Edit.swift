import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .name)
}

extension CommandDefinition {
  static let edit = CommandDefinition(
    CommandSignature(name: "edit", head: [Grammar.what.element]),
    group: .writing, effect: .reads, summary: "Change what is said of an entity in $EDITOR",
    details: """
      Opens the entity as commands, a line for each source of each claim. When the editor is left, the difference is shown, \
      and carried out as one transaction where that is wanted. Only at a prompt.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let name = command[Grammar.what]
    guard !session.settings.safe else { throw Failures.safeSession("shell commands", command.name.span) }
    guard !session.settings.readOnly else { throw Failures.readOnlySession(command.name) }
    let words = session.interpreter
    return Answer(
      action: .edit(.entity(try EntityScript(of: try words.entity(name), words, name.span))))
  }

  static let editLast = dot(".edit", .nothing, "Change the statement before in $EDITOR, and carry it out") {
    (_, session, span) throws(Failure) in
    guard !session.settings.safe else { throw Failures.safeSession("shell commands", span) }
    return Answer(action: .edit(.lastStatement))
  }
}
