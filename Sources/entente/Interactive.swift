import CommandLanguage
import Foundation
import Glibc
import RegistryCommands
import RegistryStore
import Terminal

/// The REPL: reads statements at a terminal, carries each out, and goes on after errors.
struct Interactive {
  let session: Session
  let printer: Printer
  let historyPath: String

  func run() throws(Failure) -> Int32 {
    printer.isInteractive = true
    let history = StatementHistory(path: historyPath, registry: session.store.location)
    let editor: LineEditor
    do {
      editor = try LineEditor(
        program: "entente",
        prompt: { [session] in
          "entente\(session.openTransaction == nil ? "" : "*")\(session.timesInForce)> "
        },
        isComplete: isComplete, completer: complete, history: history,
        report: { [printer] in printer.complain($0.message) })
    } catch {
      throw Failure(.storage, code: error.code, error.message, help: error.help)
    }
    try greet()
    while true {
      switch editor.readStatement() {
      case .statement(let text):
        withInterruptHandling { flag in
          session.store.isInterrupted = { flag.isRaised }
          carryOut(text, history)
        }
        if session.isQuitting { return leave() }
      case .interrupted: continue
      case .endOfFile:
        // The cursor stands behind the prompt.
        try printer.say("")
        return leave()
      case .terminated(let signal):
        _ = leave()
        return 128 + signal
      }
    }
  }

  private func greet() throws(Failure) {
    try printer.say(
      """
      Entente \(Entente.version) on \(session.store.location)
      Try: list initiatives   show forge   why us-treasury-secretary.holder   find "price floor"
      help explains the commands, Tab completes, Ctrl-D leaves.
      """)
  }

  private func carryOut(_ text: String, _ history: StatementHistory) {
    let start = DispatchTime.now()
    do throws(Failure) {
      var stopped: Failure?
      try session.execute(SourceText(name: "<input>", text: text), atomicity: .eachCommand) { outcome in
        guard stopped == nil, case .success(let answer) = outcome else { return }
        do throws(Failure) {
          if case .showHistory(let words)? = answer.action { try show(history, words) }
          try printer.write(answer)
        } catch {
          stopped = error
        }
      }
      if let stopped { throw stopped }
    } catch {
      printer.write(error)
    }
    if printer.showsTime {
      let milliseconds = Double(DispatchTime.now().uptimeNanoseconds - start.uptimeNanoseconds) / 1_000_000
      printer.complain(
        "\(milliseconds.formatted(.number.precision(.fractionLength(1)).locale(Locale(identifier: "en_US_POSIX")))) ms"
      )
    }
  }

  private func show(_ history: StatementHistory, _ words: String?) throws(Failure) {
    guard let entries = try? history.load() else { return }
    for entry in entries.suffix(1_000) where words.map({ entry.statement.contains($0) }) ?? true {
      try printer.say(entry.statement)
    }
  }

  private func complete(_ text: String, _ cursor: Int) -> CompletionResult {
    let completion = session.complete(text, cursor: cursor)
    return CompletionResult(
      replaced: completion.span.start..<completion.span.end,
      candidates: completion.candidates.map { CompletionResult.Candidate($0.text, $0.about) })
  }

  /// An open transaction is dropped, and that is said.
  private func leave() -> Int32 {
    if session.openTransaction != nil { printer.complain("the open transaction was rolled back") }
    return 0
  }
}
