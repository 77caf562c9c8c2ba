import CommandLanguage
import FoundationEssentials

/// What a user wants done with plugins.
public enum PluginAction: Hashable, Sendable {
  case list
  /// Of a plugin by its name, or of a path.
  case info(String, path: String)
  /// A library, a program, or a folder with one; and what runs a program in Python, where that is not left to the program.
  case install(path: String, interpreter: String?)
  case enable(String)
  case disable(String)
  case remove(String)
  case reload
  /// Writes a project.
  case new(name: String, language: String, folder: String)
  /// Runs the examples of a plugin, by its name or of a path; `records` writes what they are expected to give.
  case test(String, records: Bool)
  /// Runs a command of a plugin under a debugger.
  case debug(String, command: String, tool: String?)
  /// A path, or a plugin by its name.
  case doctor(String, path: String)

  /// What it would do to files or to what is trusted; nothing for what only looks.
  var written: String? {
    switch self {
    case .list, .info, .reload, .doctor, .debug, .test(_, records: false): nil
    case .test(let name, records: true): "what the examples of \(name) give would be written beside it"
    case .install(let path, _): "the plugin \(path) would be installed"
    case .enable(let name): "the plugin \(name) would be enabled"
    case .disable(let name): "the plugin \(name) would be disabled"
    case .remove(let name): "the plugin \(name) would be removed"
    case .new(let name, _, let folder): "a project \(name) would be written to \(folder)"
    }
  }

  /// The languages that projects are written for.
  public static let languages = ["swift", "python", "c"]
}

extension PluginAction {
  /// Carries it out, and takes over the analyses that are there then.
  func carryOut(_ command: Invocation, in session: Session) throws(Failure) -> Answer {
    guard let analyses = session.analyses else {
      throw Failure(
        .plugin, code: "no-plugins", "the session was started without plugins",
        help: "start without --no-plugins and --safe", at: command.span)
    }
    if session.isDryRun, let words = written {
      return Answer(notes: [DryRunWords.undone(words)])
    }
    var answer = try analyses.manage(self, in: session, at: command.span)
    session.refreshAnalyses()
    let output = try session.output(command)
    for index in answer.results.indices {
      answer.results[index].format = output.format
      answer.results[index].file = output.file
    }
    return answer
  }
}
