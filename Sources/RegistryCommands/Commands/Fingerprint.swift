import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let fingerprint = CommandDefinition(
    CommandSignature(name: "fingerprint"),
    group: .reading, effect: .reads, summary: "A digest of all that stands",
    details: """
      Two registries with the same fingerprint say the same and choose the same, in whatever order it came to them: who \
      recorded it when is no part of it.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let text = try storing(command.span) { () throws(StoreProblem) in
      try session.store.uniting.fingerprint()
    }
    return .text(text)
  }
}
