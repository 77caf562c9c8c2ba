import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let files = Argument("files", .files)
  static let using = Clause("using", .file, "a file with the mapping, in place of braces")
}

extension CommandDefinition {
  static let importFile = CommandDefinition(
    CommandSignature(
      name: "import", head: [Grammar.files.element],
      clauses: [
        EvidenceClauses.citing.meaning("the source that the files are").signature, Grammar.using.signature,
      ] + ImportOptions.clauses + [StandardClauses.because.signature], block: .commands, hasTemplates: true),
    group: .data, effect: .writes,
    summary: "Record the rows of files: CSV, TSV, JSON Lines or a workbook of Excel",
    details: """
      The braces hold `claim`, `deny`, `add`, `alias` and `citing`, in which `$column` stands for a row's value; they are \
      carried out for each row of each file, all in one transaction. What speaks of an empty field is left out, and told; \
      `only where $column` leaves such rows out, `with $column = "…"` says what a column stands for that a file has not. \
      Where a claim has no quote, the file and the line are its place in the source. A name means the entity that has it \
      as key, name or alias; one that nothing has, or several things, is never guessed: its rows are told, and nothing is \
      recorded unless the import is to `keep going` without these rows, or to `keep cells` and leave out what speaks of \
      the bad cells alone. `rejects "FILE"` writes the rows that cannot be recorded, with why. `add` of what is there \
      already says so again. The same file twice changes nothing. A column `Date of signature` is `$Date_of_signature`. \
      The reason of the transaction names the files, the mapping and the counts. With `--dry-run` nothing is kept, and \
      the first changes are shown. A table that `export` wrote needs no braces. \
      Of a workbook (`.xlsx`) the first sheet is read unless `sheet "NAME"` says another: numbers with their currency or percent \
      sign, days as exact as they are shown, of formulas what was computed last.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let paths = command[Grammar.files]
    if let path = paths.first, session.settings.safe {
      throw Failures.safeSession("reading files", path.span)
    }
    let text = try mappingText(command, session)
    var options = try ImportOptions(command, paths, isMapped: text != nil)
    if session.isKeepingGoing { options.keepsGoing = true }
    let source = try command[EvidenceClauses.citing].map { (name) throws(Failure) in
      try session.interpreter.source(name)
    }
    if session.isDryRun {
      session.transactor.mostTold = command[ImportOptions.limit] ?? ImportOptions.usualTold
    }
    // What has no effect is told before a file is read, which may take long.
    try command.refuseUnread()
    defer { session.onProgress?(nil) }
    return try Importer(
      session.recorder, paths, options, text, source: source, files: session.files, session.transactor,
      onProgress: session.onProgress, command.span
    ).importFiles()
  }
}

/// The commands between the braces, or those of the file that `using` names.
private func mappingText(_ command: Invocation, _ session: Session) throws(Failure) -> MappingText? {
  if let commands = command.commands { return MappingText(commands: commands, around: session.currentText) }
  guard let path = command[Grammar.using] else { return nil }
  guard let text = try? String(contentsOf: session.files.url(path.content), encoding: .utf8)
  else {
    throw Failures.cannotRead(path.content, "there is no such file, or it is not UTF-8 text", path.span)
  }
  let source = SourceText(name: path.content, text: text)
  let tree = session.parsed(text)
  let errors = tree.diagnostics.filter { $0.severity == .error }
  guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
  return MappingText(commands: tree.commands, source: source)
}
