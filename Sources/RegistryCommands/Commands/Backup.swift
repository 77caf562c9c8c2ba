import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .file)
}

extension CommandDefinition {
  static let backup = CommandDefinition(
    CommandSignature(name: "backup", head: [Grammar.file.element]),
    group: .data, effect: .reads, summary: "Copy the registry to a new file while it is used",
    details: """
      The copy is a registry like this one, with its history, as it was at one moment; others may read and write \
      meanwhile. A file that is there already is never written over. `--registry FILE` opens the copy.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.file]
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let url = session.files.url(path.content)
    guard !FileManager.default.fileExists(atPath: url.path) else {
      throw Failures.fileExists(path.content, path.span)
    }
    guard !session.isDryRun else {
      return Answer(notes: [DryRunWords.unwritten(path.content)])
    }
    try storing(path.span) { () throws(StoreProblem) in try session.store.backingUp.backup(to: url.path) }
    return .message("copied the registry to \(path.content)")
  }
}
