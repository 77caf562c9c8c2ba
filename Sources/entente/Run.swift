import CommandLanguage
import FoundationEssentials
import Glibc
import PluginHost
import RegistryCommands
import RegistryModel
import RegistryStore
import RelationalStore
import Rendering
import Terminal

/// One run of the program: options to session, session to status.
final class Run {
  /// What transactions say they were made with.
  static let tool = "entente \(Entente.version)"

  private let options: Options
  private let steps: [Step]
  private let places = Places()
  let printer: Printer
  /// Told of the session before anything is carried out.
  var prepare: ((Session) -> Void)?
  /// Who is served, in place of carrying anything out.
  var assistants: Assistants?
  private let tool = Run.tool
  /// The scripts that were carried out, where their expectations are written anew.
  private var scripts: [String: ScriptText] = [:]

  /// All commands, those of plugins among them.
  var commands: CommandTable { CommandTable(adding: analyses?.analyses ?? []) }

  /// What those may do who are served.
  struct Assistants {
    var allowsEdits: Bool
  }

  init(_ options: Options, steps: [Step]) {
    self.options = options
    self.steps = steps
    self.printer = Printer(options)
  }

  func status() -> Int32 {
    do throws(Failure) {
      if let library = options.pluginManifest {
        try printManifest(of: library)
        return 0
      }
      let store = try OpenRegistry(options: options, places: places, tool: tool).open()
      let session = Session(store: store, settings: settings, analyses: analyses)
      if let assistants { return try serve(assistants, session, store) }
      session.tableText = { format, columns, isEdited in
        Renderer.Format(rawValue: format).flatMap { StreamedTable($0, columns, quotesTabs: isEdited) }
      }
      session.siteText = SiteRenderer()
      session.openRegistry = OpenRegistry.toRead
      session.textOutput = { [printer] (text) throws(Failure) in try printer.putText(text) }
      printer.recorded = session
      session.onCommand = { [printer] in printer.began($0) }
      if options.record { session.expectations = ExpectationRecorder() }
      prepare?(session)
      let status: Int32
      do throws(Failure) {
        if options.dryRun { session.beginDryRun() }
        status = try carryOut(session)
      } catch {
        // The failure tells more than what becomes of the output.
        printer.dropOnce()
        try? printer.close()
        // What stood before the failure was tried, and shown.
        if options.dryRun, (try? session.dropTried()) == true { printer.complain(DryRunWords.nothingKept) }
        // What was answered before is what is expected, whatever was wrong behind it.
        if error.status != .interrupted, let expectations = session.expectations {
          _ = try? rewrite(expectations)
        }
        throw error
      }
      try printer.close()
      if options.dryRun, try session.dropTried() { printer.complain(DryRunWords.nothingKept) }
      do { try store.close() } catch { throw Failure(error) }
      if let expectations = session.expectations, try rewrite(expectations) {
        return Failure.Status.command.rawValue
      }
      // A command that results went to may have failed at the end.
      return status == 0 ? printer.status : status
    } catch {
      // Who interrupts is told what is kept where that is known.
      if error.status != .interrupted || error.partial != nil { printer.write(error) }
      return error.status.rawValue
    }
  }

  /// Writes the expectations of scripts anew.
  /// - Returns: whether any was.
  private func rewrite(_ expectations: ExpectationRecorder) throws(Failure) -> Bool {
    for name in expectations.names {
      guard steps.contains(.file(name)), name != "-", let script = scripts[name] else {
        printer.complain("\(name) is no script that was named, and its expectations stay as they are")
        continue
      }
      let file = try WrittenFile(URL(filePath: name), named: name, at: nil)
      try expectations.rewrite(script) { (text) throws(Failure) in try file.write(text) }
      try file.finish()
      printer.complain(
        "\(name): its expectations were written anew; look at them, and run it without --record")
    }
    return !expectations.isEmpty
  }

  /// Answers an assistant until it has no more questions.
  private func serve(
    _ assistants: Assistants, _ session: Session, _ store: RelationalRegistry
  ) throws(Failure) -> Int32 {
    // No files, no shell, no plugin but the program's own: what an assistant writes may be somebody else's words.
    session.settings.safe = true
    session.settings.readOnly = !assistants.allowsEdits
    session.settings.tool = tool + " mcp"
    // Who waits is told nothing on standard output.
    store.onWait = { [printer] in printer.sayWaiting($0) }
    try AssistantServer(session: session, allowsEdits: assistants.allowsEdits).run()
    do { try store.close() } catch { throw Failure(error) }
    return 0
  }

  private func printManifest(of library: String) throws(Failure) {
    let text: String
    do {
      text = try PluginDescription.manifest(
        of: URL(filePath: library).standardizedFileURL.path, weakIsolation: options.weakIsolation)
    } catch {
      throw Failure(.plugin, code: error.code, error.message, help: error.help)
    }
    try printer.say(text)
  }

  private var settings: Session.Settings {
    let environment = ProcessInfo.processInfo.environment
    let author =
      options.author ?? environment[.author] ?? environment[.user]
      ?? ProcessInfo.processInfo.userName
    return Session.Settings(
      today: options.today.flatMap { try? PartialDate(edtf: $0).earliest },
      author: author.isEmpty ? "unknown" : author,
      tool: tool, parameters: options.parameterValues, readOnly: options.readOnly, safe: options.safe)
  }

  private var analyses: PluginAnalyses? {
    guard !options.noPlugins, !options.safe else { return nil }
    var limits = PluginLimits(seconds: options.pluginSeconds ?? 600)
    limits.memory = (options.pluginMemory ?? 2048) << 20
    return PluginAnalyses(
      PluginSettings(
        folders: places.plugins(adding: options.pluginPath).filter {
          assistants == nil || $0.owner == .program
        }, inProcess: options.inProcess,
        weakIsolation: options.weakIsolation, limits: limits,
        authoring: places.authoring, observer: printer.pluginObserver,
        fixtureSession: { [tool, places] (session) throws(Failure) in
          try FixtureRegistry.session(like: session, schema: places.seed, tool)
        }))
  }

  /// What the command line asks for in its order, standard input where it asks for nothing and nobody types.
  private func carryOut(_ session: Session) throws(Failure) -> Int32 {
    var texts = steps
    if texts.isEmpty {
      if isTerminal(STDIN_FILENO), isTerminal(STDOUT_FILENO) {
        return try Interactive(
          session: session, printer: printer, historyPath: places.history,
          initFile: options.noInit ? nil : places.initFile
        ).run()
      }
      texts.append(.file("-"))
    }
    for (index, text) in texts.enumerated() where !session.isQuitting {
      let source: ScriptText
      switch text {
      case .command(let text, let name): source = ScriptText(SourceText(name: name, text: text))
      case .file(let path): source = try ScriptSource.open(path)
      }
      if options.record { scripts[source.name] = source }
      do throws(Failure) {
        try carryOut(source, session)
        try printer.endText(isKept: true)
      } catch {
        printer.fail()
        try? printer.endText(isKept: atomicity != .whole || session.onlyReads(source))
        if error.status == .interrupted { tellInterrupted(source, session, isFirst: index == 0) }
        throw error
      }
    }
    if session.openTransaction != nil {
      printer.complain("the open transaction was rolled back: it had no commit")
    }
    return session.exitStatus ?? printer.status
  }

  private var atomicity: Session.Atomicity {
    options.keepGoing
      ? .keepGoing : options.noTransaction ? .eachCommand : .whole
  }

  /// Says what of a text is kept that Ctrl-C has stopped.
  private func tellInterrupted(_ text: ScriptText, _ session: Session, isFirst: Bool) {
    let words: String
    if session.onlyReads(text) || options.dryRun {
      words = "interrupted"
    } else if atomicity == .whole {
      words = "interrupted: nothing of \(text.name) is kept" + (isFirst ? "" : ", what came before it is")
    } else {
      words = "interrupted: the command changed nothing; those before it are kept"
    }
    printer.complain(words)
  }

  private func carryOut(_ text: ScriptText, _ session: Session) throws(Failure) {
    try SignalState.asking { (isInterrupted) throws(Failure) in
      try carryOut(text, session, isInterrupted: isInterrupted)
    }
  }

  private func carryOut(
    _ text: ScriptText, _ session: Session, isInterrupted: @escaping () -> Bool
  ) throws(Failure) {
    let isScript = !text.name.hasPrefix("-c")
    // What comes through a pipe, as `<(…)` does, lies in no folder.
    let isPiped =
      text.name == ScriptText.standardInput || ["/dev/", "/proc/"].contains(where: text.name.hasPrefix)
    if isScript, !isPiped {
      session.setFolder(URL(filePath: text.name).deletingLastPathComponent())
    }
    printer.progress.begin()
    defer { printer.progress.end() }
    session.watch(printer.progress, isInterrupted: isInterrupted)
    printer.isInterrupted = isInterrupted
    defer {
      printer.isInterrupted = { false }
      session.store.isInterrupted = nil
    }
    session.store.onWait = { [printer] in printer.sayWaiting($0) }
    try session.execute(text, atomicity: atomicity, reason: isScript ? text.name : nil) {
      (outcome) throws(Failure) in
      switch outcome {
      case .success(let answer):
        try printer.write(answer)
        try printer.endOnce()
      case .failure(let failure):
        printer.write(failure)
        printer.note(failure.status)
        printer.fail()
      }
    }
  }
}
