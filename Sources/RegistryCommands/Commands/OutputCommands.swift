import CommandLanguage
import RegistryStore

/// The dot-commands that say where results go and how they look.
extension CommandDefinition {
  static let outputCommands: [CommandDefinition] = [
    dot(
      ".format", .choice(StandardClauses.formats),
      "Set the format of results: " + StandardClauses.formats.joined(separator: ", ")
    ) { (words, _, span) throws(Failure) in
      Answer(action: .setFormat(try oneOf(StandardClauses.formats, words.list, "format", span)))
    },
    dot(
      ".output", .file, "Write results to a file, or to a shell command behind |; alone, to the screen again",
      optional: true
    ) { (words, session, span) throws(Failure) in
      Answer(action: .setOutput(try session.destination(words, span), once: false))
    },
    dot(".once", .file, "Write the results of the next statement to a file, or to a shell command behind |") {
      (words, session, span) throws(Failure) in
      guard let destination = try session.destination(words, span) else {
        throw Failures.notHere("where to?", ".once FILE, or .once |COMMAND", span)
      }
      return Answer(action: .setOutput(destination, once: true))
    },
    dot(".tee", .file, "Write results to a file as well; alone, no more", optional: true) {
      (words, session, span) throws(Failure) in
      Answer(action: .setTee(try session.file(words, span)))
    },
    dot(
      ".record", .file,
      "Write the statements and what they answer to a script that can be read again; alone, no more",
      optional: true
    ) { (words, session, span) throws(Failure) in
      Answer(action: .setRecord(try session.file(words, span)))
    },
    dot(
      ".expand", .choice(["auto", "on", "off"]),
      "Show a row as lines: on, off, or auto where a table is too wide or its rows too tall"
    ) {
      (words, _, span) throws(Failure) in
      Answer(action: .setExpand(try oneOf(["auto", "on", "off"], words.list, "way", span)))
    },
    dot(".lines", .integer, "Set how many lines a cell of a table may take before it ends in …") {
      (words, _, span) throws(Failure) in
      guard let number = words.list.first.flatMap({ Int($0) }), number > 0 else {
        throw Failures.notHere(
          "how many lines?", ".lines 1 cuts each cell to a line; .lines 12 is usual", span)
      }
      return Answer(action: .setLines(number))
    },
    dot(
      ".pager", .textOrWord, "Page results that overflow the screen: on, off, or a shell command",
      optional: true
    ) { (words, session, span) throws(Failure) in
      guard !words.line.isEmpty else {
        throw Failures.notHere("which pager?", ".pager on, off, or a command", span)
      }
      guard words.line != "off" else { return Answer(action: .setPager(.off)) }
      guard !session.settings.safe else { throw Failures.safeSession("shell commands", span) }
      return Answer(action: .setPager(words.line == "on" ? .usual : .command(words.line)))
    },
    dot(".theme", .choice(["colour", "mono", "none"]), "Set how the screen is marked: colour, mono, none") {
      (words, _, span) throws(Failure) in
      Answer(action: .setTheme(try oneOf(["colour", "mono", "none"], words.list, "theme", span)))
    },
    dot(".timer", .choice(["on", "off"]), "Show how long each statement takes: on or off") {
      (words, _, span) throws(Failure) in
      Answer(action: .setTimer(try oneOf(["on", "off"], words.list, "way", span) == "on"))
    },
  ]

  private static func oneOf(_ choices: [String], _ words: [String], _ what: String, _ span: Span)
    throws(Failure)
    -> String
  {
    guard let word = words.first else {
      throw Failures.notHere("which \(what)?", "one of " + choices.joined(separator: ", "), span)
    }
    guard choices.contains(word) else { throw Failures.unknownChoice(word, of: what, choices, span) }
    return word
  }
}

extension Session {
  /// Where a dot-command sends results; nothing where it names no place.
  fileprivate func destination(_ words: SessionWords, _ span: Span) throws(Failure) -> Answer.Destination? {
    guard words.line.hasPrefix("|") else { return try file(words, span).map { .file($0) } }
    guard !settings.safe else { throw Failures.safeSession("shell commands", span) }
    let command = words.line.dropFirst().drop { $0 == " " }
    guard !command.isEmpty else { throw Failures.notHere("which command?", ".output |less", span) }
    return .command(String(command))
  }

  /// The file that a dot-command writes.
  fileprivate func file(_ words: SessionWords, _ span: Span) throws(Failure) -> String? {
    guard let path = words.list.first else { return nil }
    guard !settings.safe else { throw Failures.safeSession("writing files", span) }
    guard words.list.count == 1 else {
      throw Failures.notHere("one file is written", "put quotes around a path with blanks", span)
    }
    try refuseRegistry(path, span)
    return path
  }
}
