import CommandLanguage
import RegistryModel

/// What it is written with.
private enum Grammar {
  static let variable = Argument("variable", .variable)
  static let query = Argument("query", .query)
}

/// So many notes of a loop are known again.
private let mostTold = 1_000

extension CommandDefinition {
  static let forEach = CommandDefinition(
    CommandSignature(
      name: "for each", head: [Grammar.variable.element, .literal("in"), Grammar.query.element],
      block: .commands, requiresBlock: true),
    summary: "Carry out commands for each row of an answer",
    details: """
      The query is answered whole before the first of the commands, which may change what it asked of. `$x` is the first \
      column of a row, `$x.COLUMN` any of them. Where the commands write, all of them are kept or none.
      """,
    examples: [
      Example(
        #"for each $x in { list initiatives limit 2 } { say "$x: $x.name" }"#,
        gives: #"""
          forge: FORGE
          msp: Minerals Security Partnership
          """#)
    ],
    flow: { (command, session, emit) throws(Failure) in
      let variable = command[Grammar.variable]
      let commands = command.commands ?? []
      var told: Set<String> = []
      /// What each round would tell again is told once.
      func emitOnce(_ answer: Answer) throws(Failure) {
        var answer = answer
        answer.notes.removeAll(where: told.contains)
        if told.count < mostTold { told.formUnion(answer.notes) }
        try emit(answer)
      }
      let table = try session.table(of: command[Grammar.query], emitOnce)
      for row in table.rows {
        if session.isEnding { return }
        let values = table.values(of: row, as: variable.content)
        do throws(Failure) {
          try session.binding(values) { () throws(Failure) in try session.runInBraces(commands, emitOnce) }
        } catch {
          throw error.within(
            "for $\(variable.content) = \(values[variable.content] ?? "")", command.name.span,
            session.currentText)
        }
      }
    })
}
