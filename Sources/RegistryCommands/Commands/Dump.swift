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
    try DumpRestorer.requireDumps(session.store, command.span)
    let writer = DumpWriter(store: session.store)
    let isHistory = command[Grammar.history]
    if command[Grammar.despiteDamage] { return try salvage(command, writer, session) }
    guard let path = command[Grammar.file] else {
      var text = ""
      if let output = session.textOutput {
        try writer.write(isHistory: isHistory, command.span, output)
        return .nothing
      }
      try writer.write(isHistory: isHistory, command.span) { text += $0 }
      return .text(String(text.dropLast()))
    }
    guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
    let file = try session.files.written(session.files.writable(path))
    try writer.write(isHistory: isHistory, command.span) { (text) throws(Failure) in try file.write(text) }
    try file.finish()
    return .message("dumped to \(path.content)")
  }
}

/// Dumps what can still be read of a damaged registry.
private func salvage(
  _ command: Invocation, _ writer: DumpWriter, _ session: Session
) throws(Failure) -> Answer {
  guard let path = command[Grammar.file], !command[Grammar.history] else {
    throw Failures.salvageToFile(command.span)
  }
  guard !session.settings.safe else { throw Failures.safeSession("writing files", path.span) }
  let file = try session.files.written(session.files.writable(path))
  var (lost, reason) = (0, "")
  try writer.write(
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
