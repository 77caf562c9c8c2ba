import CommandLanguage
import RegistryModel
import RegistryStore

/// What `alias` is written with, in a script and in a dump.
enum AliasGrammar {
  static let entity = Argument("entity", .name)
  static let names = Argument("names", .values)
  static let head: [HeadElement] = [entity.element, names.element]
  static let source = Clause("in", .name, "the source that uses the name")
}

extension CommandDefinition {
  static let alias = CommandDefinition(
    CommandSignature(
      name: "alias", head: AliasGrammar.head,
      clauses: [AliasGrammar.source.signature, StandardClauses.because.signature]),
    group: .writing, effect: .writes, summary: "Record another name for an entity",
    details:
      "What the name is taken to mean is a judgement: say why with `because`, and in which source with `in`.",
    examples: [
      Example(
        #"alias forge "Forum on Resource Geostrategic Engagement" in courier because "the full name""#,
        gives: #"-- t2: forge is also called "Forum on Resource Geostrategic Engagement""#)
    ]
  ) { (command, session) throws(Failure) in
    let record = try session.entity(command[AliasGrammar.entity])
    var source = session.evidence.last?.source
    if let name = command[AliasGrammar.source] { source = try session.source(name) }
    let reason = command.reason
    var messages: [String] = []
    for value in command[AliasGrammar.names] {
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
