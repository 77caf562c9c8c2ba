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
    // What a command's name hides has its plugin's before its own: PLUGIN.show.
    let names = Set(analyses.map(\.signature.name))
    let hidden = analyses.compactMap { analysis -> (own: AnalysisSignature, short: CommandSignature)? in
      var short = analysis.signature
      short.name = short.name.split(separator: ".").last.map(String.init) ?? short.name
      return names.contains(short.name) ? nil : (analysis, short)
    }
    let signatures = analyses.map { ($0, $0.signature) } + hidden.map { ($0.own, $0.short) }
    let tree = SourceTree(
      parsing: call.content, signatures: SignatureTable(signatures.map(\.1)),
      parameters: Set(session.parameters.values.keys))
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure(.command, [error.moved(by: call.span.start)])
    }
    guard let inner = tree.commands.first,
      let found = signatures.first(where: { $0.1.name == inner.name.content })
    else { throw Failures.runsOne(call.span) }
    if let second = tree.commands.dropFirst().first {
      throw Failures.runsOne(Span(second.span.start + call.span.start, second.span.end + call.span.start))
    }
    return try session.perform(inner, found.1) { (inner) throws(Failure) in
      try session.analyse(inner, named: found.0.signature.name)
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

  /// - Parameter name: what the analysis is called by, where the call has another name for it.
  fileprivate func analyse(_ call: Invocation, named name: String? = nil) throws(Failure) -> Answer {
    guard let analyses else {
      throw Failure(
        .plugin, code: "no-plugins", "no plugins are loaded", help: "start without --no-plugins",
        at: call.span)
    }
    let result = try analyse(call) { (call, times) throws(Failure) in
      try analyses.run(name ?? call.name.content, call, in: self, times: times)
    }
    return try answer(result.table, result.output, call)
  }

  /// The tables of an analysis, one after the other; in files each has its own, beside the first.
  private func answer(
    _ table: ResultTable, _ output: OutputClauses, _ call: Invocation
  ) throws(Failure) -> Answer {
    let span = call.span
    var first = table
    if output.isPicture || output.isDrawnOnAPage {
      let times = try times(call)
      let reader = interpreter(at: times).statementReader
      first.pictureSources = try reader.sources(behind: table, times, span)
      first.pictureTitle = try reader.pictureTitle(table, times, span)
    }
    first.following = []
    first.beside = table.following
    var answer = Answer.table(first, output)
    // The nodes of a network are in its picture.
    let isWhole = table.view?.kind == .network && (output.isPicture || output.format == "chart")
    let others = table.following.filter { !isWhole || $0.name != "nodes" }
    let (drawn, undrawn) = output.isPicture ? others.parted(by: \.asksToBeDrawn) : (others, [])
    if !undrawn.isEmpty {
      let names = undrawn.map { $0.name ?? "more" }.joined(separator: ", ")
      answer.notes.append("no pictures are made of the tables \(names): without as and save they are told")
    }
    for table in drawn {
      var (other, output) = (table, output)
      let own = try interpreter(at: times(call)).statementReader.sources(behind: other, times(call), span)
      other.pictureSources = own.isEmpty ? first.pictureSources : own
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

extension OutputClauses {
  /// What it is written as, by the format or by the file's name.
  private var kind: String { format ?? file.map { URL(filePath: $0).pathExtension.lowercased() } ?? "" }
  /// Whether a picture is asked for, and nothing else.
  fileprivate var isPicture: Bool { StandardClauses.pictures.contains(kind) }
  /// Whether a picture stands above the rows.
  fileprivate var isDrawnOnAPage: Bool { ["html", "htm"].contains(kind) }
}

extension StatementReader {
  /// The things that a table was asked of, and what was asked.
  fileprivate func pictureTitle(_ table: ResultTable, _ times: Times, _ span: Span) throws(Failure) -> String?
  {
    let most = 3
    let things = table.pictureThings
    guard !things.isEmpty, let title = table.pictureTitle else { return table.pictureTitle }
    let known = try storing(span) { () throws(StoreProblem) in
      try store.entities(Array(things.prefix(most)), times)
    }
    let names = things.prefix(most).map { known[$0]?.name ?? $0.text }.joined(separator: ", ")
    return names + (things.count > most ? " and \(things.count - most) more" : "") + " · " + title
  }

  /// So many statements are looked up for the sources of a picture, which has room for few of them.
  private static let mostStatements = 5_000

  /// The sources of the statements behind a table, those of the most statements first.
  fileprivate func sources(behind table: ResultTable, _ times: Times, _ span: Span) throws(Failure)
    -> [String]
  {
    var seen: Set<StatementID> = []
    let ids = (table.evidence?.behind ?? []).flatMap { $0.statements.joined() }
      .filter { $0.digest.utf8.count == StatementID.digestLength && seen.insert($0).inserted }
    guard !ids.isEmpty else { return [] }
    var ofAllTime = times
    ofAllTime.on = nil
    let records = try storing(span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(ids: Array(ids.prefix(Self.mostStatements)), includesOver: true), ofAllTime)
    }
    return records.citedSources
  }
}

extension [StatementRecord] {
  /// The sources that they cite, those of the most statements first.
  var citedSources: [String] {
    let counts = flatMap { Set($0.citations.map(\.source)) }
      .reduce(into: [Key: Int]()) { $0[$1, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key.text)
  }
}

extension ResultTable {
  /// Whether an analysis says how it is drawn, or it tells readings, which always are.
  fileprivate var asksToBeDrawn: Bool { !rows.isEmpty && (view != nil || name == "readings") }
}

extension Array {
  /// Those that fit, and the others.
  fileprivate func parted(by fits: (Element) -> Bool) -> ([Element], [Element]) {
    (filter(fits), filter { !fits($0) })
  }
}
