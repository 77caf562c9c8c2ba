import CommandLanguage
import RegistryCommands
import RegistryModel

extension PluginAnalyses {
  /// Runs the examples of a plugin's manifest wherever it can run; all must give the same table.
  func test(_ name: String, in session: Session) throws(PluginProblem) -> Answer {
    let plugins = try plugins(toTest: name, in: session)
    var table = ResultTable(
      title: "Examples of \(plugins[0].manifest.name)",
      columns: [
        Column("example"), Column("runs"), Column("rows", alignsRight: true), Column("outcome"),
        Column("reason"),
      ])
    var failed = false
    for analysis in plugins[0].manifest.analyses {
      if analysis.examples.isEmpty {
        table.rows.append([.text(analysis.name), .empty, .empty, .text("no example"), .empty])
      }
      for example in analysis.examples {
        var first: ResultTable?
        for plugin in plugins {
          let outcome = run(example.command, of: plugin, in: session)
          var row: [Cell] = [.text(example.command), .text(plugin.place.rawValue)]
          switch outcome {
          case .success(let result):
            let isSame = first.map { $0 == result } ?? true
            first = first ?? result
            row += [
              .integer(Int64(result.rows.count)), .text(isSame ? "passed" : "failed"),
              isSame ? .empty : .text("another table than \(plugins[0].place.rawValue)"),
            ]
            failed = failed || !isSame
          case .failure(let failure):
            let words = failure.diagnostics.first
            row += [
              .empty, .text("failed"),
              .text([words?.message, words?.help].compactMap(\.self).joined(separator: "; ")),
            ]
            failed = true
          }
          table.rows.append(row)
        }
      }
    }
    var answer = Answer.table(table)
    // Where there is nothing to run, nothing is known.
    answer.failed = failed || plugins[0].manifest.analyses.allSatisfy(\.examples.isEmpty)
    answer.failureStatus = .plugin
    return answer
  }

  /// The plugin in each way in which it can run.
  private func plugins(toTest name: String, in session: Session) throws(PluginProblem) -> [Plugin] {
    let path: String
    if let found = catalog.candidates(named: name).first {
      path = try found.outcome.get().path
    } else {
      let place = session.path(name)
      guard name.contains("/") || name.hasPrefix(".") || (try? PluginBundle.code(in: place)) != nil else {
        throw .unknownPlugin(name, known: catalog.candidates.compactMap(\.name))
      }
      path = place
    }
    let bundle = try PluginBundle.find(path, isOver: isInterrupted)
    if bundle.manifest.program != nil { return [try bundle.plugin()] }
    return [Plugin(try PluginLibrary.load(bundle.path)), try bundle.plugin()]
  }

  private func run(
    _ command: String, of plugin: Plugin, in session: Session
  ) -> Result<ResultTable, Failure> {
    Result { () throws(Failure) in
      let signatures = SignatureTable(
        plugin.manifest.analyses.map { AnalysisSignature($0, of: plugin.manifest).signature })
      let tree = SourceTree(parsing: command, signatures: signatures)
      if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
        throw Failure(.command, [error])
      }
      guard let syntax = tree.commands.first,
        let signature = signatures[syntax.name.content],
        let analysis = plugin.manifest.analyses.first(where: { $0.name == syntax.name.content })
      else { throw Failure(code: "no-analysis", "the example is of no analysis of this plugin") }
      return try session.analyse(syntax, signature) { (call, times) throws(Failure) in
        try run(InstalledAnalysis(description: analysis, plugin: plugin), call, in: session, times: times)
      }.table
    }
  }
}
