import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let distinct = CommandDefinition(
    CommandSignature(
      name: "distinct", head: [.argument("names", .names)], clauses: [StandardClauses.because]),
    group: .judging, effect: .writes, summary: "Record that two names are not one thing",
    details: "A judgement, shown with both, so that nobody merges them or makes one the alias of the other.",
    examples: [
      Example(
        #"distinct yellen, bessent because "a wrong person, not another name""#,
        gives: #"-- t2: yellen and bessent are distinct"#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .names(let names)? = command.arguments["names"], names.count == 2 else {
      throw Failures.notHere("distinct takes two names", "distinct KEY, KEY because \"…\"", command.span)
    }
    let pair = [try session.entity(names[0]).key, try session.entity(names[1]).key]
    guard pair[0] != pair[1] else { throw Failures.sameTwice(pair[0], names[1].span) }
    var qualifiers: [Qualifier] = []
    if case .text(let word)? = command.clause("because")?.argument {
      qualifiers.append(Qualifier(BuiltIn.because, .text(word.content)))
    }
    for (one, other) in [(pair[0], pair[1]), (pair[1], pair[0])] {
      let statement = Statement(
        subject: one, property: BuiltIn.distinctFrom, value: .entity(other), qualifiers: qualifiers)
      try session.apply(.claim(statement, nil), command.span)
    }
    return .message("\(pair[0]) and \(pair[1]) are distinct")
  }
}
