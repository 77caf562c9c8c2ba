import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let alias = CommandDefinition(
    CommandSignature(
      name: "alias", head: [.argument("entity", .name), .argument("names", .values)],
      clauses: [ClauseSignature("in", .name, "the source that uses the name"), StandardClauses.because]),
    group: .writing, effect: .writes, summary: "Record another name for an entity",
    details:
      "What the name is taken to mean is a judgement: say why with `because`, and in which source with `in`.",
    examples: [
      Example(
        #"alias forge "Forum on Resource Geostrategic Engagement" in courier because "the full name""#,
        gives: #"-- t2: forge is also called "Forum on Resource Geostrategic Engagement""#)
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let name)? = command.arguments["entity"],
      case .values(let names)? = command.arguments["names"]
    else {
      throw Failures.notHere("alias needs a key and a name", "alias KEY \"Name\"", command.span)
    }
    let record = try session.entity(name)
    var source: Key?
    if case .name(let sourceName)? = command.clause("in")?.argument {
      source = try session.source(sourceName)
    }
    source = source ?? session.evidence.last?.source
    var reason: String?
    if case .text(let word)? = command.clause("because")?.argument { reason = word.content }
    var messages: [String] = []
    for value in names {
      guard case .name(let other) = value.form else {
        throw Failures.wrongKind("a number", expected: "a name in quotes", value.span)
      }
      let text = try session.substituted(other)
      guard !text.allSatisfy(\.isWhitespace) else { throw Failures.emptyName(value.span) }
      try session.apply(.alias(record.key, name: text, source: source, reason: reason), value.span)
      messages.append("\(record.key) is also called \"\(text)\"")
    }
    return Answer(messages: messages)
  }
}
