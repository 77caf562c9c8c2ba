import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let key = Argument("key", .name)
  static let new = Argument("new", .name)
  static let from = Argument("from", .names)
}

extension CommandDefinition {
  static let split = CommandDefinition(
    CommandSignature(
      name: "split",
      head: [
        Grammar.key.element, .literal("as"), Grammar.new.element, .literal("from"), Grammar.from.element,
      ], clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Part two things that got one key in two registries",
    details: """
      What was recorded of KEY, or with it, in one registry moves to a new key, with citations, other names, ranks and dates \
      of review: `split atlas as atlas-plan from "4k7q2m"`, by the beginning of that registry's name, or `from t12, t15`, by \
      the transactions that recorded it. What others recorded stays; what both did is said of both. The two are held distinct, \
      and `undo` makes them one again. What that registry records of the key later lands on the old one still: `unite` and \
      `suggest splits` tell of it, and the same `split` moves it.
      """,
    examples: [
      Example(
        #"split forge as new-forge from t2 because "a forum of that name""#,
        gives: #"-- t3: parted new-forge from forge: 1 statement moved"#,
        after: [
          #"claim forge.chair = KOR through 2026-06 citing clash quote "with South Korea chairing it through June""#
        ]),
      Example(
        #"split forge as new-forge from "4k7q2m""#,
        gives: #"""
          <input>:1:31: error: no transaction here was made in a registry "4k7q2m"
          split forge as new-forge from "4k7q2m"
                                        ^~~~~~~~
          help: list transactions columns author, origin shows them
          """#),
    ]
  ) { (command, session) throws(Failure) in
    let (keyName, newName, from) = (
      command[Grammar.key], command[Grammar.new], command[Grammar.from]
    )
    let recorder = session.recorder
    let old = try recorder.entity(keyName).key
    let text = try recorder.interpreter.parameters.keyText(of: newName)
    guard let new = Key(text) else { throw Failures.malformedKey(text, newName.span) }
    // That its own name will be its key is no surprise.
    let meaning = try recorder.maker.things(named: new.text, but: new, nil, in: nil, newName.span)
    if meaning.contains(where: { $0.key != old }), try recorder.record(new, .all, newName.span) == nil {
      try recorder.maker.remarkHidden(new, newName.span)
    }
    let meant = try Recorders(session: session, span: command.span).meant(by: from)
    let parting = try storing(newName.span) { () throws(StoreProblem) in
      try session.store.uniting.part(old, as: new, by: meant.transactions, reason: command.reason)
    }
    let span = from.first?.span ?? command.span
    guard parting.moved + parting.others > 0 else { throw Failures.nothingToPart(old, span) }
    var words = "parted \(new) from \(old): \(parting.moved) statement\(parting.moved == 1 ? "" : "s") moved"
    if parting.left > 0 { words += ", \(parting.left) of them said of both" }
    if parting.others > 0 { words += ", and \(parting.others) of what else names it" }
    var answer = Answer.message(words)
    answer.notes = meant.origins.map {
      "what \(LanguageText.quoted($0)) records of \(old) later lands on \(old) still; unite tells of it"
    }
    return answer
  }
}

/// Whose statements are meant.
private struct Recorders {
  let session: Session
  let span: Span

  struct Meant {
    var transactions: Set<TransactionID> = []
    /// The registries that were named, as much of them as was written.
    var origins: [String] = []
  }

  func meant(by names: [NameSyntax]) throws(Failure) -> Meant {
    let all = try storing(span) { () throws(StoreProblem) in try session.store.transactions(limit: .max) }
    var meant = Meant()
    for name in names {
      switch name.form {
      case .transaction:
        meant.transactions.insert(try session.interpreter.names.knownTransaction(name))
      case .quoted:
        let text = try session.parameters.keyText(of: name)
        let origins = Set(all.compactMap(\.identity?.origin)).filter { $0.hasPrefix(text) }.sorted()
        guard let origin = origins.first, !text.isEmpty else { throw Failures.unknownOrigin(text, name.span) }
        guard origins.count == 1 else { throw Failures.ambiguousOrigin(text, origins, name.span) }
        meant.origins.append(text)
        meant.transactions.formUnion(all.filter { $0.identity?.origin == origin }.map(\.id))
      default: throw Failures.partedByName(name)
      }
    }
    return meant
  }
}
