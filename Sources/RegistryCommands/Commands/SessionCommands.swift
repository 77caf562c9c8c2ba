import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension CommandDefinition {
  /// The dot-commands: matters of the session, not of the registry.
  static let sessionCommands: [CommandDefinition] =
    outputCommands + [
      editLast,
      dot(
        readName, .any("file [name=value …]", .file), "Carry out a script, its parameters being these",
        effect: .writes
      ) { (words, session, span) throws(Failure) in
        guard !session.settings.safe else { throw Failures.safeSession("reading files", span) }
        return try session.read(words.list[0].content, given: try words.given(), span)
      },
      dot(
        ".on", .optional("date", .date),
        "Ask for what held on a date, where a command says no other; alone, of all time again"
      ) { (word, session, span) throws(Failure) in
        session.settings.times.on = try word.map { (word) throws(Failure) in try session.date(word) }
        return session.tellTimes()
      },
      dot(
        ".published", .any("date", .date, isOptional: true),
        "Ask by the sources that were out by a date; alone, by all again"
      ) { (words, session, span) throws(Failure) in
        session.settings.times.published = try words.wordBehindBy().map { (word) throws(Failure) in
          try session.date(word)
        }
        return session.tellTimes()
      },
      dot(
        ".recorded", .any("point", .point, isOptional: true),
        "Ask what the registry contained at t12 or a date; alone, what it contains"
      ) { (words, session, span) throws(Failure) in
        session.settings.times.recorded = try words.wordBehindBy().map { (word) throws(Failure) in
          try session.interpreter.recordedPoint(word)
        }
        return session.tellTimes()
      },
      dot(".tables", .nothing, "List the views that sql reads") { (_, session, _) throws(Failure) in
        .table(
          ResultTable(
            columns: [Column("view"), Column("about")],
            rows: RelationDeclaration.all.map { [.text($0.name), .text($0.about)] }))
      },
      dot(".schema", .words("view", .words), "Show the columns of a view, or of all") {
        (words, session, span) throws(Failure) in
        let views = RelationDeclaration.all
        for word in words where !views.contains(where: { $0.name == word.content }) {
          throw Failures.unknownView(word, views.map(\.name))
        }
        let shown = views.filter { view in words.isEmpty || words.contains { $0.content == view.name } }
        return .table(
          ResultTable(
            columns: [Column("view"), Column("column"), Column("about")],
            rows: shown.flatMap { view in
              view.columns.map { [.text(view.name), .text($0.name), .text($0.about)] }
            }))
      },
      dot(".plugins", .nothing, "List the plugins found, where, and why any was refused") {
        (_, session, _) throws(Failure) in
        guard let analyses = session.analyses else {
          return .message("no plugins: the session was started without them")
        }
        return .table(analyses.plugins)
      },
      dot(
        ".history", .words("text", .textOrWord),
        "Show the statements typed, of all sessions: all, or those with a text"
      ) { (words, _, _) throws(Failure) in
        Answer(
          action: .showHistory(words.isEmpty ? nil : words.map(\.content).joined(separator: " ")))
      },
      dot(".help", .words("topic", .restOfLine), "Explain the commands") {
        (words, session, span) throws(Failure) in
        let text = (["help"] + words.map(\.content)).joined(separator: " ")
        let tree = session.parsed(text)
        guard let command = tree.commands.first else { return .nothing }
        return try session.perform(.help, command)
      },
      dot(".quit", .nothing, "Leave") { (_, _, _) throws(Failure) in Answer(action: .quit(nil)) },
      dot(".exit", .optional("status", .integer), "Leave; a number is the exit status") {
        (word, _, span) throws(Failure) in
        guard let word else { return Answer(action: .quit(nil)) }
        guard let status = UInt8(word.content) else { throw Failures.exitStatus(word) }
        return Answer(action: .quit(Int32(status)))
      },
    ]

  /// The name of what carries out a script.
  static let readName = ".read"

  /// A session command.
  static func dot<Content>(
    _ name: String, _ form: SessionForm<Content>, _ summary: String, effect: Effect = .reads,
    _ run: @escaping @Sendable (Content, Session, Span) throws(Failure) -> Answer
  ) -> CommandDefinition {
    let head = form.shape.map {
      [HeadElement(form.placeholder, .argument($0), isOptional: form.isOptional)]
    }
    return CommandDefinition(
      CommandSignature(name: name, head: head ?? []), group: .session, effect: effect, summary: summary,
      examples: []
    ) { (command, session) throws(Failure) in
      var words = SessionWords(
        name: command.name, list: command[SessionGrammar.words] ?? [], line: command[SessionGrammar.line],
        span: command.span)
      // A shell has variables of its own.
      if !form.isShell, words.line?.content.hasPrefix("|") != true {
        let parameters = session.parameters
        words.list = words.list.map { Word(parameters.text($0), $0.span) }
      }
      return try run(try form.read(words), session, command.span)
    }
  }
}

/// What the parser makes of a session command's line.
private enum SessionGrammar {
  static let words = OptionalArgument("words", .words)
  static let line = OptionalArgument("line", .text)
}

extension SessionWords {
  /// The parameters behind the first word: `since=2026-01-01`.
  fileprivate func given() throws(Failure) -> [String: Word] {
    var given: [String: Word] = [:]
    for word in list.dropFirst() {
      guard let sign = word.content.firstIndex(of: "="), sign > word.content.startIndex else {
        throw Failures.sessionWordTooMuch(word, name, takes: 1)
      }
      let parameter = String(word.content[..<sign])
      let value = Word(String(word.content[word.content.index(after: sign)...]), word.span)
      guard given.updateValue(value, forKey: parameter) == nil else {
        throw Failures.parameterTwice(Word(parameter, word.span))
      }
    }
    return given
  }
}
