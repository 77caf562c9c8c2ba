import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let file = OptionalArgument("file", .file)
  static let history = Flag("with history", "every transaction, with what was withdrawn since")
  static let despiteDamage = Flag("despite damage", "what can still be read of a damaged file")
}

extension CommandDefinition {
  static let dump = CommandDefinition(
    CommandSignature(
      name: "dump", head: [Grammar.file.element],
      clauses: [Grammar.history.signature, Grammar.despiteDamage.signature]),
    group: .data, effect: .reads, summary: "Write the whole registry as text in this language",
    details: """
      One statement and citation a line, sorted, nothing in it of the machine or the moment: made for git, where a \
      change of one statement changes its lines alone. `load` on a new registry gives back what was there, and its \
      dump is the same bytes. Without a file the text goes where results go.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    try session.requireDumps(command.span)
    let isHistory = command[Grammar.history]
    if command[Grammar.despiteDamage] { return try session.salvage(command) }
    guard let path = command[Grammar.file] else {
      var text = ""
      if let output = session.textOutput {
        try session.dump(isHistory: isHistory, command.span, output)
        return .nothing
      }
      try session.dump(isHistory: isHistory, command.span) { text += $0 }
      return .text(String(text.dropLast()))
    }
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let file = try session.written(session.writable(path))
    try session.dump(isHistory: isHistory, command.span) { (text) throws(Failure) in try file.write(text) }
    try file.finish()
    return .message("dumped to \(path.content)")
  }
}

extension Session {
  /// Dumps what can still be read of a damaged registry.
  fileprivate func salvage(_ command: Invocation) throws(Failure) -> Answer {
    guard let path = command[Grammar.file], !command[Grammar.history] else {
      throw Failures.salvageToFile(command.span)
    }
    guard !settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let file = try written(writable(path))
    var (lost, reason) = (0, "")
    try dump(
      isHistory: false, command.span,
      onDamage: { problem in
        lost += 1
        if lost == 1 { reason = problem.message }
      }, { (text) throws(Failure) in try file.write(text) })
    try file.finish()
    guard lost > 0 else { return .message("dumped all of it to \(path.content)") }
    let parts = lost == 1 ? "1 part" : "\(lost) parts"
    var answer = Answer(
      notes: ["dumped to \(path.content) what can be read; \(parts) left out, the first because \(reason)"],
      failed: true)
    answer.failureStatus = .storage
    return answer
  }

  /// Hands on the text of a dump in pieces.
  func dump(
    isHistory: Bool, _ span: Span, onDamage: ((StoreProblem) -> Void)? = nil,
    _ put: (String) throws(Failure) -> Void
  ) throws(Failure) {
    var lines = DumpLines()
    var text = (isHistory ? DumpLines.historyHeader : DumpLines.header) + "\n"
    var failure: Failure?
    // The store knows nothing of where the text goes, so what goes wrong there waits until it has stopped.
    func handOn() -> Bool {
      guard text.utf8.count >= 1 << 16 else { return true }
      do throws(Failure) {
        try put(text)
        text = ""
        return store.isInterrupted?() != true
      } catch {
        failure = error
        return false
      }
    }
    try storing(span) { () throws(StoreProblem) in
      if isHistory {
        try store.restoring.recordedChanges { change in
          text += lines.line(change) + "\n"
          return handOn()
        }
      } else {
        try store.restoring.recordedContents(onDamage: onDamage) { content in
          lines.add(content) { text += $0 + "\n" }
          return handOn()
        }
        lines.end { text += $0 + "\n" }
      }
    }
    if let failure { throw failure }
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: span) }
    try put(text)
  }

  /// The place that a command writes to, which is not the registry itself.
  func writable(_ path: Word) throws(Failure) -> (url: URL, path: Word) {
    let url = URL(filePath: path.content, relativeTo: folder)
    try refuseRegistry(url.path, path.span)
    return (url, path)
  }
}
