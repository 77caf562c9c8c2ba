import CommandLanguage
import FoundationEssentials
import RegistryCommands
import RegistryModel

/// Runs the examples of a plugin, each on the registry that its fixture fills or else on the open one, and holds what they
/// give to what is expected.
///
/// Nothing of the plugin runs in this process: its library runs in a worker and, where that is asked for, once more as it
/// would in the program, in a process that does nothing else.
struct PluginTest {
  private let analyses: PluginAnalyses
  private let session: Session
  private let fixtures: PluginFixtures
  private let plugins: [Plugin]
  private let records: Bool

  /// - Parameters:
  ///   - name: a plugin that was found, or the path of a file or a project.
  ///   - records: whether what is expected is written anew from what the examples give.
  init(
    _ name: String, records: Bool, of analyses: PluginAnalyses, in session: Session
  ) throws(PluginProblem) {
    self.analyses = analyses
    self.session = session
    self.records = records
    let place: String
    var interpreter: String?
    var isKnown = false
    if let found = analyses.catalog.candidates(named: name).first {
      place = try found.outcome.get().path
      interpreter = found.usable?.interpreter
      isKnown = true
    } else {
      place = session.path(name)
      guard name.contains("/") || name.hasPrefix(".") || (try? PluginBundle.code(in: place)) != nil else {
        throw .unknownPlugin(name, known: analyses.catalog.candidates.compactMap(\.name))
      }
    }
    let bundle = try PluginBundle.find(
      place, interpreter: interpreter, ownsFolder: isKnown, isOver: analyses.isInterrupted)
    fixtures = PluginFixtures(of: place, code: bundle.path, analyses.settings.fixtureSession)
    var plugins = [try bundle.plugin()]
    if analyses.settings.inProcess, bundle.manifest.program == nil {
      plugins.append(
        Plugin(
          path: bundle.path, manifest: bundle.manifest, manifestPath: nil, place: .inProcess,
          runner: { PluginServer.run($0, $1, $2) }))
    }
    self.plugins = plugins
  }

  func run() throws(PluginProblem) -> Answer {
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
          let outcome: Outcome
          do throws(Failure) {
            let result = try result(of: example, plugin)
            outcome = judge(result, of: example, after: first)
            first = first ?? result
          } catch {
            outcome = .failed(nil, words(for: error))
          }
          failed = failed || !outcome.isGood
          table.rows.append([
            .text(example.command), .text(plugin.place.rawValue),
            outcome.rows.map { .integer(Int64($0)) } ?? .empty,
            .text(outcome.word), outcome.reason.map { .text($0) } ?? .empty,
          ])
        }
      }
    }
    var answer = Answer.table(table)
    // Where there is nothing to run, nothing is known.
    answer.failed = failed || plugins[0].manifest.analyses.allSatisfy(\.examples.isEmpty)
    answer.failureStatus = .plugin
    return answer
  }

  /// What came of an example.
  private struct Outcome {
    var rows: Int?
    var word = "passed"
    var reason: String?
    var isGood: Bool { ["passed", "recorded"].contains(word) }

    static func failed(_ rows: Int?, _ reason: String) -> Outcome {
      Outcome(rows: rows, word: "failed", reason: reason)
    }
  }

  /// What an example gives, on the registry that it is of.
  private func result(of example: ExampleDescription, _ plugin: Plugin) throws(Failure) -> ResultTable {
    guard let fixture = example.fixture else {
      return try analyses.run(example.command, of: plugin, in: session)
    }
    let own = try fixtures.session(filledBy: fixture, for: session, seconds: analyses.settings.limits.seconds)
    return try analyses.run(example.command, of: plugin, in: own)
  }

  private func words(for failure: Failure) -> String {
    let first = failure.diagnostics.first
    let place = failure.source.map { "\($0.name): " } ?? ""
    return place + [first?.message, first?.help].compactMap(\.self).joined(separator: "; ")
  }

  /// - Parameter first: what the example gave in a worker, where this is the second process.
  private func judge(_ result: ResultTable, of example: ExampleDescription, after first: ResultTable?)
    -> Outcome
  {
    if let first, let words = difference(lines(first), lines(result)) {
      return .failed(result.rows.count, "another table than in a worker: \(words)")
    }
    guard let file = example.expected else {
      if result.rows.isEmpty {
        return Outcome(
          rows: 0, word: "no rows",
          reason: example.fixture == nil
            ? "this registry has nothing to show; give the example a fixture and what it expects"
            : "nothing is expected and nothing was given; name what the example expects")
      }
      return Outcome(rows: result.rows.count)
    }
    return compare(result, file)
  }

  private func compare(_ result: ResultTable, _ file: String) -> Outcome {
    let got = lines(result)
    if records {
      do throws(PluginProblem) {
        try fixtures.write(got.map { $0.joined(separator: "\t") + "\n" }.joined(), to: file)
      } catch {
        return .failed(result.rows.count, error.message)
      }
      return Outcome(rows: result.rows.count, word: "recorded", reason: fixtures.path(of: file))
    }
    do throws(PluginProblem) {
      let expected = TableDifference.lines(try fixtures.text(of: file))
      return difference(expected, got).map { .failed(result.rows.count, $0) }
        ?? Outcome(rows: result.rows.count)
    } catch {
      return .failed(
        result.rows.count, "\(error.message); plugin test … recording expected writes what the example gives")
    }
  }

  private func difference(_ expected: TableDifference.Lines, _ got: TableDifference.Lines) -> String? {
    TableDifference(expected: expected, got: got).words
  }

  /// The table as `as tsv` writes it; those that follow it stand behind it, each under its name.
  private func lines(_ table: ResultTable) -> TableDifference.Lines {
    let following = table.following.flatMap { other in [[""], [other.name ?? ""]] + lines(other) }
    guard var text = session.tableText?("tsv", table.columns, false) else {
      return [table.columns.map(\.name)] + table.rows.map { $0.map { "\($0)" } } + following
    }
    return TableDifference.lines(text.opening() + text.text(table.rows) + text.closing()) + following
  }
}

extension PluginAnalyses {
  /// Carries out a command that is an analysis of a plugin, wherever that plugin was found.
  func run(
    _ command: String, of plugin: Plugin, in session: Session, isUnwatched: Bool = false
  ) throws(Failure) -> ResultTable {
    let signatures = SignatureTable(
      plugin.manifest.analyses.map { AnalysisSignature($0, of: plugin.manifest).signature })
    let tree = SourceTree(parsing: command, signatures: signatures)
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) {
      throw Failure(.command, [error])
    }
    guard tree.commands.count == 1, let syntax = tree.commands.first,
      let signature = signatures[syntax.name.content],
      let analysis = plugin.manifest.analyses.first(where: { $0.name == syntax.name.content })
    else {
      throw Failure(
        code: "no-analysis", "‘\(command)’ is no analysis of \(plugin.manifest.name)",
        help: "it has: \(plugin.manifest.analyses.map(\.name).joined(separator: ", "))")
    }
    return try session.analyse(syntax, signature) { (call, times) throws(Failure) in
      try run(
        InstalledAnalysis(description: analysis, plugin: plugin), call, in: session, times: times,
        isUnwatched: isUnwatched)
    }.table
  }
}
