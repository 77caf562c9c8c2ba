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
  /// is there, and the failures that did not stop the run. What it throws is the failure of the command that answered: of a
  /// whole text nothing is kept then.
  public func execute(
    _ source: SourceText, atomicity: Atomicity, reason: String? = nil,
    report: (Result<Answer, Failure>) throws(Failure) -> Void
  ) throws(Failure) {
    try execute(ScriptText(source), atomicity: atomicity, reason: reason, report: report)
  }

  /// Reads a script twice, for what is wrong in its syntax and then command by command, so that a long one is never held
  /// whole.
  public func execute(
    _ script: ScriptText, atomicity: Atomicity, reason: String? = nil,
    report: (Result<Answer, Failure>) throws(Failure) -> Void
  ) throws(Failure) {
    try execute(script, atomicity: atomicity, reason: reason, file: nil, given: [:], report: report)
  }

  /// - Parameters:
  ///   - file: the file that the text was read from.
  ///   - given: what the text that reads this one gives its parameters.
  func execute(
    _ script: ScriptText, atomicity: Atomicity, reason: String?, file: String?, given: [String: Word],
    report: (Result<Answer, Failure>) throws(Failure) -> Void
  ) throws(Failure) {
    let outer = bound
    if file != nil { bound = [:] }
    if texts.isEmpty, analyses?.lookAgain() == true { refreshAnalyses() }
    // What is typed goes on.
    defer { if atomicity != .eachCommand { bound = outer } }
    let outline = try ScriptOutline(script, in: self)
    if let failure = outline.failure {
      guard atomicity == .keepGoing else { throw failure }
      for error in failure.diagnostics {
        try report(.failure(Failure(.command, [error], in: failure.source)))
      }
    }
    texts.append(
      RunningText(
        source: SourceText(name: script.name, text: ""), keepsGoing: atomicity == .keepGoing, script: file,
        isTyped: atomicity == .eachCommand))
    let depth = texts.count
    defer { texts.removeLast() }
    func emit(_ answer: Answer) throws(Failure) { try report(.success(answer)) }
    do throws(Failure) {
      let commands = try outline.commands(of: script) { self.texts[depth - 1].source = $0 }
      if atomicity != .eachCommand {
        try ScriptParameters(self).declareParameters(of: outline.parameters, given: given)
      }
      switch atomicity {
      case .keepGoing:
        while !isEnding, let command = try commands.next() {
          do throws(Failure) {
            try execute(command, emit)
            try tellTried(emit)
          } catch {
            if error.status == .interrupted { throw error }
            try report(.failure(error.located(in: texts[depth - 1].source)))
          }
        }
      case .eachCommand:
        while !isEnding, let command = try commands.next() {
          try execute(command, emit)
          try tellTried(emit)
        }
      // A dump with history has transactions of its own, and so has what another registry recorded.
      case .whole where outline.needsNoTransaction || outline.isLoad: try run(commands, emit)
      case .whole:
        try inTransaction(reason: reason) { () throws(Failure) in
          _ = try run(commands, emit)
          try texts.last?.restorer?.requireEnd(nil)
        }
      }
      if atomicity != .whole { try texts.last?.restorer?.requireEnd(nil) }
      try tellTried(emit)
    } catch {
      throw error.located(in: texts[depth - 1].source)
    }
  }

  /// Carries out commands inside an open transaction, `begin … commit` among them as a part that `rollback` drops.
  /// - Parameter isPart: whether they are such a part, up to its end.
  /// - Returns: the end of the part.
  @discardableResult
  private func run(
    _ commands: CommandQueue, isPart: Bool = false, _ emit: (Answer) throws(Failure) -> Void
  ) throws(Failure) -> CommandSyntax? {
    // Of scripts in one another the outermost tells how far it is.
    let tells = onProgress != nil && commands.count > 1 && !texts.contains(where: \.tellsProgress)
    let what =
      texts.last { $0.script != nil }?.script.map { URL(filePath: $0).lastPathComponent } ?? "commands"
    if tells, !texts.isEmpty { texts[texts.count - 1].tellsProgress = true }
    let depth = texts.count
    defer { if tells, depth > 0 { texts[depth - 1].tellsProgress = false } }
    while isPart || !isEnding, let command = try commands.next() {
      if tells {
        let done = commands.taken - 1
        let fraction = Double(done) / Double(commands.count)
        onProgress?(Progress(what: what, done: done, unit: "commands", fraction: fraction))
      }
      switch command.name.content {
      case "commit" where isPart, "rollback" where isPart: return command
      // Its end counts all the same.
      case _ where isEnding: continue
      case "begin": try runPart(command, of: commands, isInside: isPart, emit)
      default: try execute(command, emit)
      }
    }
    return nil
  }

  /// Whether a text has nothing but commands that read.
  public func onlyReads(_ source: SourceText) -> Bool { onlyReads(ScriptText(source)) }

  /// The same of a script.
  public func onlyReads(_ script: ScriptText) -> Bool {
    if script.onlyReads == nil { _ = try? ScriptOutline(script, in: self) }
    return script.onlyReads == true
  }

  private struct PartRolledBack: Error {}

  /// Carries out what stands between a `begin` and its end.
  /// - Parameter isInside: whether it stands in such a part itself, whose end it cannot have.
  private func runPart(
    _ begin: CommandSyntax, of commands: CommandQueue, isInside: Bool,
    _ emit: (Answer) throws(Failure) -> Void
  ) throws(Failure) {
    guard !isInside, !commands.isUnended else { throw Failures.beginWithoutEnd(begin.span) }
    let reasons = transactor.gathered.reasons
    tellCommand(begin)
    do {
      try store.atomically { () throws in
        transactor.gather(reason: try CommandDefinition.reason(ofBegin: begin))
        guard let end = try run(commands, isPart: true, emit) else { return }
        tellCommand(end)
        if end.name.content == "rollback" { throw PartRolledBack() }
      }
    } catch let failure as Failure {
      throw failure
    } catch is PartRolledBack {
      transactor.gathered.reasons = reasons
    } catch {
      throw Failure(.storage, code: "storage-failed", "\(error)")
    }
  }

  /// Carries out one command, in a transaction of its own where it writes and none is open.
  func execute(_ command: CommandSyntax, _ emit: (Answer) throws(Failure) -> Void) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: command.span) }
    if let restorer = texts.last?.restorer { return try restorer.restore(command) }
    tellCommand(command)
    guard let definition = self.command(named: command.name.content) else {
      throw Failures.unknownCommand(command.name, commands.names)
    }
    if let flow = definition.flow { return try carryOut(flow, definition, command, emit) }
    func tell(_ answer: Answer) throws(Failure) {
      do throws(Failure) { try emit(files.tellingUnwritten(answer)) } catch {
        throw error.located(at: command.span)
      }
    }
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
      try tell(answer)
    // What the script does is refused where it writes, and dropped with all around it where it fails.
    case .writes
    where definition.name == CommandDefinition.readName
      && (settings.readOnly || transactor.isAllOrNothing):
      try withoutActuallyEscaping(emit) { (emit) throws(Failure) in
        let outer = onAnswer
        onAnswer = emit
        defer { onAnswer = outer }
        try tell(try perform(definition, command))
      }
    case .writes:
      guard !settings.readOnly else { throw Failures.readOnlySession(command.name) }
      if store.isInTransaction {
        let answer = try transactor.inPart { () throws(Failure) in try perform(definition, command) }
        try tell(answer)
        transactor.open?.edits += 1
      } else {
        var answer = Answer.nothing
        let id = try inTransaction(reason: command.reason) { () throws(Failure) in
          answer = try perform(definition, command, isAlone: true)
        }
        if let id { answer.messages = answer.messages.map { "\(id): \($0)" } }
        try tell(answer)
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
  func runInBraces(_ commands: [CommandSyntax], _ emit: (Answer) throws(Failure) -> Void) throws(Failure) {
    let depth = texts.count
    if depth > 0 { texts[depth - 1].openBraces += 1 }
    defer { if depth > 0 { texts[depth - 1].openBraces -= 1 } }
    try run(CommandQueue(commands), emit)
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
