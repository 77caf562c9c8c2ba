import CommandLanguage
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let names = Argument("names", .names)
}

extension CommandDefinition {
  static let distinct = CommandDefinition(
    CommandSignature(
      name: "distinct", head: [Grammar.names.element], clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Record that two names are not one thing",
    details: "A judgement, shown with both, so that nobody merges them or makes one the alias of the other.",
    examples: [
      Example(
        #"distinct yellen, bessent because "a wrong person, not another name""#,
        gives: #"-- t2: yellen and bessent are distinct"#)
    ]
  ) { (command, session) throws(Failure) in
    let names = command[Grammar.names]
    guard names.count == 2 else { throw Failures.distinctTakesTwo(command.span) }
    let recorder = session.recorder
    let pair = [try recorder.entity(names[0]).key, try recorder.entity(names[1]).key]
    guard pair[0] != pair[1] else { throw Failures.sameTwice(pair[0], names[1].span) }
    var qualifiers: [Qualifier] = []
    if let reason = command.reason { qualifiers.append(Qualifier(BuiltIn.because, .text(reason))) }
    for (one, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
      let statement = Statement(
        subject: one, property: BuiltIn.distinctFrom, value: .entity(other), qualifiers: qualifiers)
      try recorder.apply(.claim(statement, nil), command.span)
    }
    return .message("\(pair[0]) and \(pair[1]) are distinct")
  }
}
