import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension Session {
  /// How a text is carried out.
  public enum Atomicity: Hashable, Sendable {
    /// All of it or nothing, in one transaction: a script.
    case whole
    /// Each command by itself, up to the first that fails: what is typed.
    case eachCommand
    /// Each command by itself, going on after those that fail.
    case keepGoing
  }

  /// Reads a text and carries out its commands.
  ///
  /// A text with an error in its syntax is not begun, unless it keeps going. `report` gets each command's answer as it
  /// is there, and the failures that did not stop the run.
  public func execute(
    _ source: SourceText, atomicity: Atomicity, reason: String? = nil,
    report: (Result<Answer, Failure>) -> Void
  ) throws(Failure) {
    try execute(source, atomicity: atomicity, reason: reason, script: nil, given: [:], report: report)
  }

  /// - Parameters:
  ///   - script: the file that the text was read from.
  ///   - given: what the text that reads this one gives its parameters.
  func execute(
    _ source: SourceText, atomicity: Atomicity, reason: String?, script: String?, given: [String: Word],
    report: (Result<Answer, Failure>) -> Void
  ) throws(Failure) {
    let outer = bound
    if script != nil { bound = [:] }
    // What is typed goes on.
    defer { if atomicity != .eachCommand { bound = outer } }
    let tree = parsed(source.text, parameters: Set(parameters.values.keys))
    let errors = tree.diagnostics.filter { $0.severity == .error }
    if atomicity == .keepGoing {
      for error in errors { report(.failure(Failure(.command, [error], in: source))) }
    } else if !errors.isEmpty {
      throw Failure(.command, errors, in: source)
    }
    texts.append(
      RunningText(
        source: source, keepsGoing: atomicity == .keepGoing, script: script,
        isTyped: atomicity == .eachCommand))
    defer { texts.removeLast() }
    func emit(_ answer: Answer) { report(.success(answer)) }
    do throws(Failure) {
      if atomicity != .eachCommand {
        try ScriptParameters(self).declareParameters(of: tree.commands, given: given)
      }
      switch atomicity {
      case .keepGoing:
        for command in tree.commands where !isEnding {
          do throws(Failure) {
            try execute(command, emit)
            try tellTried(emit)
          } catch {
            if error.status == .interrupted { throw error }
            report(.failure(error.located(in: source)))
          }
        }
      case .eachCommand:
        for command in tree.commands where !isEnding {
          try execute(command, emit)
          try tellTried(emit)
        }
      // A dump with history has transactions of its own.
      case .whole
      where tree.commands.allSatisfy({ effect(of: $0) == .reads })
        || tree.commands.map(\.name.content) == ["load"]:
        try run(tree.commands, emit)
      case .whole:
        try inTransaction(reason: reason) { () throws(Failure) in try run(tree.commands, emit) }
      }
      try tellTried(emit)
    } catch {
      throw error.located(in: source)
    }
  }

  /// Carries out commands inside an open transaction, `begin … commit` among them as a part that `rollback` drops.
  func run(_ commands: [CommandSyntax], _ emit: (Answer) -> Void) throws(Failure) {
    // Of scripts in one another the outermost tells how far it is.
    let tells = onProgress != nil && commands.count > 1 && !texts.contains(where: \.tellsProgress)
    let what =
      texts.last { $0.script != nil }?.script.map { URL(filePath: $0).lastPathComponent } ?? "commands"
    if tells, !texts.isEmpty { texts[texts.count - 1].tellsProgress = true }
    let depth = texts.count
    defer { if tells, depth > 0 { texts[depth - 1].tellsProgress = false } }
    var next = 0
    while next < commands.count, !isEnding {
      if tells {
        let fraction = Double(next) / Double(commands.count)
        onProgress?(Progress(what: what, done: next, unit: "commands", fraction: fraction))
      }
      let command = commands[next]
      if command.name.content == "begin" {
        next = try runPart(commands, from: next, emit)
      } else {
        try execute(command, emit)
        next += 1
      }
    }
  }

  /// Whether a text has nothing but commands that read.
  public func onlyReads(_ source: SourceText) -> Bool {
    let tree = parsed(source.text)
    return !tree.diagnostics.contains { $0.severity == .error }
      && tree.commands.allSatisfy { effect(of: $0) != .writes }
  }

  private struct PartRolledBack: Error {}

  /// Carries out what stands between a `begin` and its end, and returns the place behind the end.
  private func runPart(
    _ commands: [CommandSyntax], from start: Int, _ emit: (Answer) -> Void
  ) throws(Failure) -> Int {
    let ends = ["commit", "rollback"]
    guard let end = commands[(start + 1)...].firstIndex(where: { ends.contains($0.name.content) }) else {
      throw Failures.beginWithoutEnd(commands[start].span)
    }
    let part = Array(commands[(start + 1)..<end])
    let reasons = transactor.gathered.reasons
    tellCommand(commands[start])
    do {
      try store.atomically { () throws in
        transactor.gather(reason: try CommandDefinition.reason(ofBegin: commands[start]))
        try run(part, emit)
        tellCommand(commands[end])
        if commands[end].name.content == "rollback" { throw PartRolledBack() }
      }
    } catch let failure as Failure {
      throw failure
    } catch is PartRolledBack {
      transactor.gathered.reasons = reasons
      return end + 1
    } catch {
      throw Failure(.storage, code: "storage-failed", "\(error)")
    }
    return end + 1
  }

  /// Carries out one command, in a transaction of its own where it writes and none is open.
  func execute(_ command: CommandSyntax, _ emit: (Answer) -> Void) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: command.span) }
    if let restorer = texts.last?.restorer { return try restorer.restore(command) }
    tellCommand(command)
    guard let definition = self.command(named: command.name.content) else {
      throw Failures.unknownCommand(command.name, commands.names)
    }
    if let flow = definition.flow { return try carryOut(flow, definition, command, emit) }
    switch definition.effect {
    case .reads, .transacts:
      asked = nil
      var answer =
        definition.effect == .reads
        ? try store.atOneMoment { () throws(Failure) in try perform(definition, command) }
        : try perform(definition, command)
      if definition.effect == .reads, definition.group.reads { answer.notes += timesLeftOut(definition.name) }
      if definition.name != CommandDefinition.whyRow.name, answer.hasTables {
        shown = ShownResult(answer, asked ?? .all)
      }
      if case .quit(let status)? = answer.action {
        isQuitting = true
        exitStatus = status
      }
      if definition.effect == .reads {
        answer = try dated(answer, command).withSourceSheets(store, asked ?? .all)
      }
      emit(files.tellingUnwritten(answer))
    case .writes where settings.readOnly && definition.name == CommandDefinition.readName:
      // What the script does is refused where it writes.
      emit(files.tellingUnwritten(try perform(definition, command)))
    case .writes:
      guard !settings.readOnly else { throw Failures.readOnlySession(command.name) }
      if store.isInTransaction {
        let answer = try transactor.inPart { () throws(Failure) in try perform(definition, command) }
        emit(files.tellingUnwritten(answer))
        transactor.open?.edits += 1
      } else {
        var answer = Answer.nothing
        let id = try inTransaction(reason: command.reason) { () throws(Failure) in
          answer = try perform(definition, command, isAlone: true)
        }
        if let id { answer.messages = answer.messages.map { "\(id): \($0)" } }
        emit(files.tellingUnwritten(answer))
      }
    }
  }

  /// Tells of a command as it was written; those in its braces are told with it.
  private func tellCommand(_ command: CommandSyntax) {
    // What is only tried is not carried out.
    guard let currentText, let onCommand, texts.last?.openBraces == 0 else { return }
    let definition = self.command(named: command.name.content)
    let isQuestion =
      definition?.effect == .reads && definition?.flow == nil
      && ![.session, .scripting].contains(definition?.group)
    onCommand(CommandText(command.span, in: currentText, isQuestion: isQuestion))
  }

  /// Carries out the commands in a command's braces.
  func runInBraces(_ commands: [CommandSyntax], _ emit: (Answer) -> Void) throws(Failure) {
    let depth = texts.count
    if depth > 0 { texts[depth - 1].openBraces += 1 }
    defer { if depth > 0 { texts[depth - 1].openBraces -= 1 } }
    try run(commands, emit)
  }
}

extension CommandSyntax {
  /// The `because` of a command, the reason of its transaction.
  fileprivate var reason: String? {
    let because = clauses.first { $0.keyword.content == StandardClauses.because.keyword }
    if case .text(let word)? = because?.argument { return word.content }
    return nil
  }
}
