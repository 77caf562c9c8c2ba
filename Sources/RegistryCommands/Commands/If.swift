import CommandLanguage
import RegistryModel

/// What they are written with.
private enum Grammar {
  static let name = Argument("name", .name)
  static let query = Argument("query", .query)
  static let isNegated = OptionalArgument("not", .flag)
}

extension CommandDefinition {
  static let ifExists = CommandDefinition(
    CommandSignature(
      name: "if exists", head: [Grammar.name.element], block: .commands, requiresBlock: true, takesElse: true),
    summary: "Carry out commands where a thing is there",
    details: "`else { … }` behind it is carried out where nothing has the name.",
    examples: [
      Example(#"if exists forge { say "there" } else { say "not there" }"#, gives: #"there"#),
      Example(#"if exists atlantis { say "there" } else { say "not there" }"#, gives: #"not there"#),
    ],
    flow: { (command, session, emit) throws(Failure) in
      let isThere = try session.interpreter.names.entityIfKnown(command[Grammar.name]) != nil
      try session.runInBraces(command.commands(where: isThere), emit)
    })

  static let ifEmpty = CommandDefinition(
    CommandSignature(
      name: "if",
      head: [
        Grammar.query.element, .literal("is"), HeadElement("not", .literal("not"), isOptional: true),
        .literal("empty"),
      ], block: .commands, requiresBlock: true, takesElse: true),
    summary: "Carry out commands where an answer has no rows, or has some",
    details: "`else { … }` behind it is carried out where it is otherwise.",
    examples: [
      Example(
        #"if { list initiatives where status = ended } is empty { say "all go on" } else { say "some ended" }"#,
        gives: #"some ended"#),
      Example(#"if { list initiatives } is not empty { say "there are some" }"#, gives: #"there are some"#),
    ],
    flow: { (command, session, emit) throws(Failure) in
      let isNegated = command[Grammar.isNegated] == true
      // What is told beside the rows is of no use to who asks whether there are any.
      let table = try session.table(of: command[Grammar.query]) { _ in }
      try session.runInBraces(command.commands(where: table.rows.isEmpty != isNegated), emit)
    })
}

extension Invocation {
  /// The commands in braces, or those behind `else`.
  fileprivate func commands(where holds: Bool) -> [CommandSyntax] {
    let (commands, others) = (commands ?? [], otherwise ?? [])
    return holds ? commands : others
  }
}
