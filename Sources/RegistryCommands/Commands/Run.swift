public import CommandLanguage
import FoundationEssentials
public import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let call = Argument("call", .raw)
}

extension CommandDefinition {
  static let run = CommandDefinition(
    CommandSignature(name: "run", head: [Grammar.call.element]),
    group: .analysing, effect: .reads, summary: "Run an analysis, also one that a command's name hides",
    details: "`overlap forge, pax-silica` and `run overlap forge, pax-silica` are the same.",
    examples: []
  ) { (command, session) throws(Failure) in
    let call = command[Grammar.call]
    let analyses = session.analyses?.analyses ?? []
    let tree = SourceTree(
      parsing: call.content, signatures: SignatureTable(analyses.map(\.signature)),
      parameters: Set(session.settings.parameters.keys))
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure(.command, [error.moved(by: call.span.start)])
    }
    guard let inner = tree.commands.first,
      let analysis = analyses.first(where: { $0.signature.name == inner.name.content })
    else { throw Failures.runsOne(call.span) }
    if let second = tree.commands.dropFirst().first {
      throw Failures.runsOne(Span(second.span.start + call.span.start, second.span.end + call.span.start))
    }
    return try session.perform(inner, analysis.signature) { (inner) throws(Failure) in
      try session.analyse(inner)
    }
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
  /// Lets `body` carry out the call of an analysis, and refuses what it did not read.
  public func analyse(
    _ call: CommandSyntax, _ signature: CommandSignature,
    _ body: (Invocation, Times) throws(Failure) -> ResultTable
  ) throws(Failure) -> (table: ResultTable, output: OutputClauses) {
    try perform(call, signature) { (call) throws(Failure) in try analyse(call, body) }
  }

  fileprivate func analyse(
    _ call: Invocation, _ body: (Invocation, Times) throws(Failure) -> ResultTable
  ) throws(Failure) -> (table: ResultTable, output: OutputClauses) {
    let times = try times(call)
    let output = try output(call)
    return (try body(call, times), output)
  }

  fileprivate func analyse(_ call: Invocation) throws(Failure) -> Answer {
    guard let analyses else {
      throw Failure(
        .plugin, code: "no-plugins", "no plugins are loaded", help: "start without --no-plugins",
        at: call.span)
    }
    let result = try analyse(call) { (call, times) throws(Failure) in
      try analyses.run(call.name.content, call, in: self, times: times)
    }
    return try answer(result.table, result.output, call.span)
  }

  /// The tables of an analysis, one after the other; in files each has its own, beside the first.
  private func answer(_ table: ResultTable, _ output: OutputClauses, _ span: Span) throws(Failure) -> Answer {
    var first = table
    first.following = []
    var answer = Answer.table(first, output)
    for other in table.following {
      var output = output
      if let file = output.file {
        let url = URL(filePath: file)
        let name = url.deletingPathExtension().relativePath + "-\(other.name ?? "more")"
        output.file = url.pathExtension.isEmpty ? name : "\(name).\(url.pathExtension)"
        try files.refuseRegistry(output.file ?? file, span)
        answer.notes.append("the table \(other.name ?? "more") is written to \(output.file ?? file)")
      }
      answer.append(.table(other, output))
    }
    return answer
  }
}
