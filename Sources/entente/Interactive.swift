import CommandLanguage
import Dispatch
import FoundationEssentials
import Glibc
import RegistryCommands
import RegistryModel
import RegistryStore
import Rendering
import Terminal

/// The REPL: reads statements at a terminal, carries each out, and goes on after errors.
final class Interactive {
  let session: Session
  let printer: Printer
  let history: StatementHistory
  private let initFile: String?
  /// The last statement that was typed, for `.edit`.
  var lastStatement = ""
  /// Statements to put where Up finds them.
  var offered: [String] = []

  /// - Parameter initFile: carried out before the first prompt, where it is there.
  init(session: Session, printer: Printer, historyPath: String, initFile: String?) {
    self.session = session
    self.printer = printer
    self.initFile = initFile
    history = StatementHistory(path: historyPath, registry: session.store.location)
  }

  func run() throws(Failure) -> Int32 {
    printer.isInteractive = true
    session.confirm = { [printer] words, question in
      printer.progress.end()
      defer { printer.progress.begin() }
      printer.complain(words)
      return ["y", "yes"].contains(ask("\(question) yes or no: ")?.lowercased() ?? "")
    }
    let isFirstStart = !FileManager.default.fileExists(atPath: history.path)
    let editor = try makeEditor()
    if editor.isPlain { printer.setPlain() }
    try greet(isFirstStart)
    readInitFile()
    while !session.isQuitting || !mayLeave() {
      session.stay()
      switch editor.readStatement() {
      case .statement(let text):
        answer(text)
        editor.offer(offered)
        offered = []
      case .interrupted: continue
      case .endOfFile:
        if mayLeave() { return 0 }
      case .terminated(let signal):
        rollBack()
        return 128 + signal
      }
    }
    return session.exitStatus ?? 0
  }

  private func makeEditor() throws(Failure) -> LineEditor {
    let editor: LineEditor
    do {
      editor = try LineEditor(
        program: "entente",
        prompt: { [session] in
          "entente\(session.openTransaction == nil ? "" : "*")\(session.timesInForce)> "
        },
        isComplete: isComplete, completer: { [unowned self] in complete($0, $1) },
        history: session.isDryRun ? nil : history,
        report: { [printer] in printer.complain($0.message) })
    } catch {
      throw Failure(.storage, code: error.code, error.message, help: error.help)
    }
    if !session.settings.safe {
      editor.editOutside = { [printer] text in
        do throws(TerminalError) {
          return try TextEditor().edit(text)
        } catch {
          printer.complain("\(error.message): \(error.help)")
          return nil
        }
      }
    }
    return editor
  }

  private func greet(_ isFirstStart: Bool) throws(Failure) {
    let opening = "Entente \(Entente.version) on \(place)"
    let limits = [
      session.settings.readOnly ? "read-only" : nil, session.settings.safe ? "safe" : nil,
      session.isDryRun ? "dry run: nothing is kept" : nil,
    ].compactMap { $0 }
    let mode = limits.isEmpty ? "" : " (\(limits.joined(separator: ", ")))"
    guard isFirstStart else { return try printer.say("\(opening)\(mode): help explains, Ctrl-D leaves") }
    try printer.say(
      """
      \(opening)\(mode)
      Try: list initiatives   show forge   why us-treasury-secretary.holder   find "price floor"
      help explains the commands, Tab completes, Ctrl-D leaves.
      """)
  }

  /// Where the registry is, as people write it.
  private var place: String {
    let location = visible(session.store.location)
    guard let home = ProcessInfo.processInfo.environment[.home], !home.isEmpty,
      location.hasPrefix(home + "/")
    else { return location }
    return "~" + location.dropFirst(home.count)
  }

  /// What fails in it is said, and the session begins.
  private func readInitFile() {
    guard let initFile, FileManager.default.fileExists(atPath: initFile) else { return }
    guard let text = try? String(contentsOfFile: initFile, encoding: .utf8) else {
      printer.complain("\(initFile) could not be read as UTF-8 text")
      return
    }
    let status = carryOut(SourceText(name: initFile, text: text), atomicity: .keepGoing)
    try? printer.endStatement(failed: status != 0)
  }

  // MARK: Statements

  /// Carries a statement out, and keeps in the history how it ended.
  private func answer(_ text: String) {
    let start = DispatchTime.now().uptimeNanoseconds
    let status = carryOut(SourceText(name: "<input>", text: text), atomicity: .eachCommand)
    let nanoseconds = DispatchTime.now().uptimeNanoseconds - start
    do throws(Failure) {
      try printer.endStatement(failed: status != 0)
    } catch {
      printer.write(error)
    }
    // A history that cannot be written was told of as the statement was added.
    try? history.conclude(status: Int(status), milliseconds: Int((Double(nanoseconds) / 1_000_000).rounded()))
    if !text.hasPrefix(".") { lastStatement = text }
    if printer.showsTime { printer.complain("\(millisecondText(nanoseconds: nanoseconds)) ms") }
  }

  /// - Returns: the exit status that a script would have.
  func carryOut(_ source: SourceText, atomicity: Session.Atomicity) -> Int32 {
    var status: Int32 = 0
    withInterruptHandling { flag in
      watch(flag)
      defer { unwatch() }
      do throws(Failure) {
        try session.execute(source, atomicity: atomicity) { (outcome) throws(Failure) in
          switch outcome {
          case .success(let answer):
            try perform(answer.action)
            try printer.write(answer)
          case .failure(let failure):
            guard atomicity == .keepGoing else { throw failure }
            printer.write(failure)
          }
        }
        try dropTried()
      } catch {
        status = error.status.rawValue
        tell(error)
        try? dropTried()
      }
    }
    return status
  }

  /// In a dry run nothing outlives the statement, or the transaction that it stands in: nobody else could write as long.
  private func dropTried() throws(Failure) {
    guard session.openTransaction == nil, try session.dropTried() else { return }
    printer.complain(DryRunWords.nothingKept)
  }

  private func watch(_ flag: InterruptFlag) {
    let progress = printer.progress
    progress.begin()
    printer.isInterrupted = { flag.isRaised }
    session.onProgress = { progress.tell($0) }
    session.store.onWait = { [printer] in printer.sayWaiting($0) }
    session.store.isInterrupted = {
      progress.tick()
      return flag.isRaised
    }
  }

  private func unwatch() {
    printer.progress.end()
    printer.isInterrupted = { false }
    session.onProgress = nil
    session.store.isInterrupted = nil
    session.store.onWait = nil
  }

  private func tell(_ failure: Failure) {
    // A plugin that was stopped says so itself, with the rows that it had.
    guard failure.status == .interrupted, failure.partial == nil else { return printer.write(failure) }
    printer.complain(
      session.openTransaction == nil
        ? "interrupted: the command changed nothing"
        : "interrupted: the command changed nothing, the transaction is still open")
  }

  private func perform(_ action: Answer.Action?) throws(Failure) {
    switch action {
    case .showHistory(let words)?: try showHistory(words)
    case .offer(let statements)?: offered = statements
    case .edit(let request)?: try edit(request)
    default: break
    }
  }

  private func complete(_ text: String, _ cursor: Int) -> CompletionResult {
    let completion = session.complete(text, cursor: cursor)
    return CompletionResult(
      replaced: completion.span.start..<completion.span.end,
      candidates: completion.candidates.map {
        CompletionResult.Candidate($0.text, $0.about, isUnfinished: $0.isUnfinished)
      }, hint: completion.hint)
  }

  // MARK: Leaving

  /// Asks what shall become of changes that are not committed.
  private func mayLeave() -> Bool {
    guard let transaction = session.openTransaction, transaction.edits > 0 else { return true }
    let count = transaction.edits == 1 ? "1 change is" : "\(transaction.edits) changes are"
    while true {
      guard let answer = ask("\(count) not committed: commit, rollback, or stay? ") else {
        // A second Ctrl-D.
        rollBack()
        return true
      }
      switch answer.lowercased() {
      case "c", "commit":
        return carryOut(SourceText(name: "<input>", text: "commit"), atomicity: .eachCommand) == 0
      case "r", "rollback":
        rollBack()
        return true
      case "", "s", "stay": return false
      default: continue
      }
    }
  }

  /// An open transaction is dropped, and that is said.
  private func rollBack() {
    if session.openTransaction != nil { printer.complain("the open transaction was rolled back") }
  }
}
