import CommandLanguage
import RegistryModel
import RegistryStore

/// What `rename` is written with, in a script and in a dump.
enum RenameGrammar {
  static let key = Argument("key", .name)
  static let new = Argument("new", .name)
  static let head: [HeadElement] = [key.element, .literal("to"), new.element]
}

extension CommandDefinition {
  static let rename = CommandDefinition(
    CommandSignature(
      name: "rename", head: RenameGrammar.head, clauses: [StandardClauses.because.signature]),
    group: .judging, effect: .writes, summary: "Give an entity another key",
    details: """
      Every answer shows the new key from then on; the old ones go on meaning the entity for ever. No statement's id \
      changes, and `recorded by` a transaction before shows the key of then. Names are claims: \
      `claim KEY.name = "…"` adds one.
      """,
    examples: [
      Example(
        #"rename pipeline to us-japan-pipeline because "others will come""#,
        gives: #"-- t2: pipeline is now us-japan-pipeline"#,
        onSeed: #"rename realloys-src to realloys-src-plant because "others will come""#),
      Example(
        "rename pipeline to forge",
        gives: #"""
          <input>:1:20: error: forge means something already, or once did
          rename pipeline to forge
                             ^~~~~
          help: choose another key
          """#, onSeed: "rename realloys-src to forge"),
    ]
  ) { (command, session) throws(Failure) in
    let new = command[RenameGrammar.new]
    let recorder = session.recorder
    let record = try recorder.entity(command[RenameGrammar.key])
    let text = try recorder.interpreter.parameters.keyText(of: new)
    guard let key = Key(text) else { throw Failures.malformedKey(text, new.span) }
    if try recorder.record(key, .all, new.span) == nil { try recorder.maker.remarkHidden(key, new.span) }
    let outcome = try recorder.apply(.rename(record.key, to: key, reason: command.reason), new.span)
    return .message(outcome.changed ? "\(record.key) is now \(key)" : "\(key) is its key already")
  }
}
