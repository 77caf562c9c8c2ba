import CommandLanguage
import RegistryStore

/// The dot-commands that say where results go and how they look.
extension CommandDefinition {
  static let outputCommands: [CommandDefinition] = [
    dot(
      ".format", .choice(StandardClauses.formats, of: "format"),
      "Set the format of results: " + StandardClauses.formats.joined(separator: ", ")
    ) { (format, _, _) throws(Failure) in Answer(action: .setFormat(format)) },
    dot(
      ".output", .any("file", .file, isOptional: true),
      "Write results to a file, or to a shell command behind |; alone, to the screen again"
    ) { (words, session, span) throws(Failure) in
      Answer(action: .setOutput(try destination(words, session), once: false))
    },
    dot(
      ".once", .any("file", .file),
      "Write the results of the next statement to a file, or to a shell command behind |"
    ) { (words, session, span) throws(Failure) in
      Answer(action: .setOutput(try destination(words, session), once: true))
    },
    dot(".tee", .optional("file", .file), "Write results to a file as well; alone, no more") {
      (word, session, span) throws(Failure) in
      Answer(action: .setTee(try writtenFile(word, session)))
    },
    dot(
      ".record", .optional("file", .file),
      "Write the statements and what they answer to a script that can be read again; alone, no more"
    ) { (word, session, span) throws(Failure) in
      Answer(action: .setRecord(try writtenFile(word, session)))
    },
    dot(
      ".expand", .choice(["auto", "on", "off"], of: "way"),
      "Show a row as lines: on, off, or auto where a table is too wide or its rows too tall"
    ) { (way, _, _) throws(Failure) in Answer(action: .setExpand(way)) },
    dot(
      ".lines", .one("N", .integer), "Set how many lines a cell of a table may take before it ends in …"
    ) { (word, _, span) throws(Failure) in
      guard let number = Int(word.content), number > 0 else { throw Failures.lineCount(word) }
      return Answer(action: .setLines(number))
    },
    dot(
      ".pager", .line("text"), "Page results that overflow the screen: on, off, or a shell command"
    ) { (line, session, span) throws(Failure) in
      guard line.content != "off" else { return Answer(action: .setPager(.off)) }
      guard !session.settings.safe else { throw Failures.safeSession("shell commands", span) }
      return Answer(action: .setPager(line.content == "on" ? .usual : .command(line.content)))
    },
    dot(
      ".theme", .choice(["colour", "mono", "none"], of: "theme"),
      "Set how the screen is marked: colour, mono, none"
    ) { (theme, _, _) throws(Failure) in Answer(action: .setTheme(theme)) },
    dot(".timer", .choice(["on", "off"], of: "way"), "Show how long each statement takes: on or off") {
      (way, _, _) throws(Failure) in Answer(action: .setTimer(way == "on"))
    },
  ]
}

/// Where a dot-command sends results; nothing where it names no place.
private func destination(_ words: SessionWords, _ session: Session) throws(Failure) -> Answer.Destination? {
  guard let line = words.line, line.content.hasPrefix("|") else {
    if words.list.count > 1 { throw Failures.sessionWordTooMuch(words.list[1], words.name, takes: 1) }
    return try writtenFile(words.list.first, session).map { .file($0) }
  }
  guard !session.settings.safe else { throw Failures.safeSession("shell commands", words.span) }
  let command = line.content.dropFirst().drop { $0 == " " }
  guard !command.isEmpty else { throw Failures.sessionWordMissing("command behind |", words.name) }
  return .command(String(command))
}

/// The file that a dot-command writes.
private func writtenFile(_ word: Word?, _ session: Session) throws(Failure) -> String? {
  guard let word else { return nil }
  // Only `.output` and `.once` send to a command; a file of that name is nothing that anybody wants.
  guard !word.content.hasPrefix("|") else { throw Failures.commandForFile(word) }
  guard !session.settings.safe else { throw Failures.safeSession("writing files", word.span) }
  try session.files.refuseRegistry(word.content, word.span)
  return word.content
}
