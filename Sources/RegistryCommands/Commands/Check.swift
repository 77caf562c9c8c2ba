import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let check = CommandDefinition(
    CommandSignature(name: "check", clauses: StandardClauses.output),
    group: .reading, effect: .reads, summary: "Test that the registry is sound",
    details: """
      The database's own integrity check, the projections against a rebuild, and the invariants of statements and their \
      history. A script that checks fails where anything is wrong.
      """,
    examples: [
      Example(
        "check",
        gives: #"""
          test\#trows\#tresult
          database integrity\#t90\#tok
          references\#t84\#tok
          life rows\#t210\#tok
          content of lives\#t210\#tok
          statement ids\#t86\#tok
          transactions\#t1\#tok
          projection fact\#t86\#tok
          projection entity_now\#t26\#tok
          projection name\#t49\#tok
          projection found\#t52\#tok
          projection group_path\#t1\#tok
          projection identity_now\#t0\#tok
          projection tally\#t60\#tok
          projection value_tally\#t65\#tok
          projection timeline\#t8\#tok
          projection existence\#t0\#tok
          """#)
    ]
  ) { (command, session) throws(Failure) in
    let findings = try storing(command.span) { () throws(StoreProblem) in try session.store.check() }
    let table = ResultTable(
      columns: [Column("test"), Column("rows", alignsRight: true), Column("result")],
      rows: findings.map { [.text($0.test), .integer(Int64($0.examined)), .text($0.problem ?? "ok")] })
    var answer = Answer.table(table, try session.output(command))
    answer.failed = findings.contains { $0.problem != nil }
    if findings.contains(where: \.isDamage) {
      let problem = StoreProblem.damaged(location: session.store.location, reason: "")
      answer.failureStatus = .storage
      answer.notes += problem.help.map { ["the file is damaged: \($0)"] } ?? []
    }
    return answer
  }
}
