import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let rename = CommandDefinition(
    CommandSignature(
      name: "rename", head: [.argument("key", .name), .literal("to"), .argument("new", .name)],
      clauses: [StandardClauses.because]),
    group: .judging, effect: .writes, summary: "Give an entity another key",
    details: """
      Every answer shows the new key from then on; the old ones go on meaning the entity for ever. No statement's id \
      changes, and `recorded by` a transaction before shows the key of then. Names are claims: \
      `claim KEY.name = "…"` adds one.
      """,
    examples: [
      Example(
        #"rename pipeline to us-japan-pipeline because "others will come""#,
        gives: #"-- t2: pipeline is now us-japan-pipeline"#),
      Example(
        "rename pipeline to forge",
        gives: #"""
          <input>:1:20: error: forge means something already, or once did
          rename pipeline to forge
                             ^~~~~
          help: choose another key
          """#),
    ]
  ) { (command, session) throws(Failure) in
    guard case .name(let name)? = command.arguments["key"], case .name(let new)? = command.arguments["new"]
    else { throw Failures.notHere("rename takes two keys", "rename KEY to KEY", command.span) }
    let record = try session.entity(name)
    let text = try session.keyText(of: new)
    guard let key = Key(text) else { throw Failures.malformedKey(text, new.span) }
    let outcome = try session.apply(.rename(record.key, to: key, reason: command.reason), new.span)
    return .message(outcome.changed ? "\(record.key) is now \(key)" : "\(key) is its key already")
  }
}
