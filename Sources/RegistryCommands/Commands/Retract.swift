import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let what = Argument("what", .paths)
  static let citing = EvidenceClauses.citing.meaning("only what this source says of it")
}

extension CommandDefinition {
  static let retract = CommandDefinition(
    CommandSignature(
      name: "retract", head: [Grammar.what.element],
      clauses: [Grammar.citing.signature, StandardClauses.because.signature]),
    group: .writing, effect: .writes, summary: "Withdraw statements",
    details: """
      The statement with its citations is no longer asserted; the history keeps it, and `undo` brings it back. Name \
      it by its id, or by its path where one statement fits: where several do, they are listed and nothing is done. \
      `citing NAME` withdraws only what one source says of it, and with the last that claims, or denies it, the claim or \
      the denial.
      """,
    examples: [
      Example(
        #"retract forge.chair because "a misreading""#,
        gives: #"-- t3: retracted forge.chair = KOR through 2026-06"#,
        onSeed: #"retract forge.launched because "a misreading""#),
      Example(
        "retract us-japan.signatory",
        gives: #"""
          <input>:1:9: error: 2 statements fit, and only one can be meant
          retract us-japan.signatory
                  ^~~~~~~~~~~~~~~~~~
          help: name one by its id: @909da3 (us-japan.signatory = JPN from 2025-10-28), @4szz7t (us-japan.signatory = USA from 2025-10-28)
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let recorder = session.recorder
    let reader = recorder.statementReader
    var messages: [String] = []
    var companions: [StatementRecord] = []
    for path in command[Grammar.what] {
      let record = try reader.oneStatement(path)
      companions += try reader.companions(of: record, path.span)
      let words = LanguageText.told(record.statement)
      if let name = command[Grammar.citing] {
        let source = try recorder.source(name)
        let citations = record.citations.filter { $0.source == source }
        if citations.isEmpty { throw Failures.whichCitation(0, name.span) }
        for citation in citations { try recorder.apply(.withdrawCitation(record.id, citation), path.span) }
        let denies = citations.allSatisfy { $0.stance == .denies }
        messages.append("retracted what \(source) says: \(denies ? "not " : "")\(words)")
        continue
      }
      let outcome = try recorder.apply(.withdraw(record.id), path.span)
      messages.append((outcome.changed ? "retracted " : "was not asserted: ") + words)
      if outcome.changed, record.isClaimed, record.isDenied {
        let denying = Set(record.citations.filter { $0.stance == .denies }.map(\.source.text)).sorted()
        messages.append(
          "with it, that others deny it (\(denying.joined(separator: ", "))): citing NAME retracts what one source says"
        )
      }
    }
    var told: Set<StatementID> = []
    for companion in companions where told.insert(companion.id).inserted {
      let left = try storing(command.span) { () throws(StoreProblem) in
        try session.store.statements(StatementSelection(ids: [companion.id]), .all).first
      }
      guard left?.isClaimed == true else { continue }
      messages.append(
        "still there, and speaks of it: \(LanguageText.told(companion.statement)) (\(companion.id.short))")
    }
    return Answer(messages: messages)
  }
}

extension StatementReader {
  /// The one statement that an id or a path means; several are listed, and one is asked for.
  func oneStatement(_ path: PathSyntax) throws(Failure) -> StatementRecord {
    if path.name.form == .statement { return try interpreter.names.statement(path.name) }
    let found = try statements(at: path, .all)
    guard let record = found.first else {
      throw Failures.nothingStated(path)
    }
    guard found.count == 1 else {
      throw Failures.severalTouched(path, found.map { "\($0.id.short) (\(LanguageText.told($0.statement)))" })
    }
    return record
  }
}
