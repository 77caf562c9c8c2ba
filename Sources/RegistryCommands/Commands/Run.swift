import CommandLanguage
import RegistryModel
import RegistryStore

extension CommandDefinition {
  static let run = CommandDefinition(
    CommandSignature(name: "run", head: [.argument("call", .raw)]),
    group: .analysing, effect: .reads, summary: "Run an analysis, also one that a command's name hides",
    details: "`overlap forge, pax-silica` and `run overlap forge, pax-silica` are the same.",
    examples: []
  ) { (command, session) throws(Failure) in
    guard case .text(let call)? = command.arguments["call"] else {
      throw Failures.missingProperty(command.span)
    }
    let analyses = session.analyses?.analyses ?? []
    let tree = SourceTree(parsing: call.content, signatures: SignatureTable(analyses.map(\.signature)))
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure(.command, [error.moved(by: call.span.start)])
    }
    guard let inner = tree.commands.first else { throw Failures.missingProperty(call.span) }
    return try session.analyse(inner)
  }

  /// An analysis of a plugin as a command.
  static func analysis(_ analysis: AnalysisSignature) -> CommandDefinition {
    CommandDefinition(
      analysis.signature, group: .analysing, effect: .reads, summary: analysis.summary,
      details: analysis.details,
      examples: analysis.examples.map { Example($0) }
    ) { (command, session) throws(Failure) in try session.analyse(command) }
  }
}

extension Diagnostic {
  fileprivate func moved(by offset: Int) -> Diagnostic {
    var copy = self
    copy.span = span.map { Span($0.start + offset, $0.end + offset) }
    return copy
  }
}

extension Session {
  fileprivate func analyse(_ command: CommandSyntax) throws(Failure) -> Answer {
    guard let analyses else {
      throw Failure(
        .plugin, code: "no-plugins", "no plugins are loaded", help: "start without --no-plugins",
        at: command.span)
    }
    let times = try times(command)
    let table = try analyses.run(command.name.content, command, in: self, times: times)
    return .table(table, try output(command))
  }
}
