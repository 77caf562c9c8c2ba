import CommandLanguage
import RegistryModel
import RegistryStore

/// What `alias` is written with, in a script and in a dump.
enum AliasGrammar {
  static let entity = Argument("entity", .name)
  static let names = Argument("names", .values)
  static let head: [HeadElement] = [entity.element, names.element]
  static let source = Clause("in", .name, "the source that uses the name; it counts where that is cited")
  static let citing = EvidenceClauses.citing.meaning("who uses the name, which counts everywhere")
  static let shared = Flag("shared", "though something else has the name too")
}

extension CommandDefinition {
  static let alias = CommandDefinition(
    CommandSignature(
      name: "alias", head: AliasGrammar.head,
      clauses: [
        AliasGrammar.source.signature, AliasGrammar.citing.signature, AliasGrammar.shared.signature,
        StandardClauses.because.signature,
      ]),
    group: .writing, effect: .writes, summary: "Record another name for an entity",
    details: """
      What the name is taken to mean is a judgement: say why with `because`, and in which source with `in`. Such a \
      name counts where that source is cited (`claim … citing S`, `citing S { … }`, `import … citing S`) and nowhere else. \
      A name that something else has is refused, since it would mean neither; `shared` records it all the same.
      """,
    examples: [
      Example(
        #"alias forge "Forum on Resource Geostrategic Engagement" in courier because "the full name""#,
        gives: #"-- t2: forge is also called "Forum on Resource Geostrategic Engagement""#,
        onSeed: #"alias forge "Forum on Resource Geostrategic Engagement" in clash because "the full name""#)
    ]
  ) { (command, session) throws(Failure) in
    try session.recorder.alias(command)
  }
}

extension Recorder {
  /// `alias`.
  func alias(_ command: Invocation) throws(Failure) -> Answer {
    let record = try entity(command[AliasGrammar.entity])
    let local = try command[AliasGrammar.source].map { (name) throws(Failure) in try interpreter.source(name)
    }
    var source = local ?? interpreter.evidence?.source
    if let name = command[AliasGrammar.citing] {
      guard local == nil else { throw Failures.aliasInAndCiting(name.span) }
      source = try interpreter.source(name)
    }
    let reason = command.reason
    let isShared = command[AliasGrammar.shared]
    var messages: [String] = []
    for value in command[AliasGrammar.names] {
      guard case .name(let other) = value.form else {
        throw Failures.wrongKind("a number", expected: "a name in quotes", value.span)
      }
      let text = try interpreter.parameters.substituted(other)
      guard !text.allSatisfy(\.isWhitespace) else { throw Failures.emptyName(value.span) }
      try refuseWordOfLanguage(text, isMeant: isShared || local != nil, value.span)
      if !isShared { try refuseAmbiguous(text, of: record, in: local, value.span) }
      try apply(
        .alias(record.key, name: text, source: source, isLocal: local != nil, reason: reason), value.span)
      messages.append("\(record.key) is also called \"\(text)\"")
    }
    return Answer(messages: messages)
  }
}
