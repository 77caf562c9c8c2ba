public import RegistryModel

/// What is wrong with a plugin or a run of one: a stable code, words that name the fix, and where it was found.
///
/// The words of all problems stand in `PluginProblem+Words.swift`.
public struct PluginProblem: Error, Sendable {
  /// Stable and machine-readable, words joined by hyphens: `plugin-truncated`. A problem that a plugin reports
  /// itself has the plugin's code behind `plugin:`, so that it cannot pass for one of the host's.
  public var code: String
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// What a relation source threw, where that is why the run ended.
  public var cause: (any Error)?
  /// The rows that were there when a run ended early, marked as partial.
  public var partial: ResultTable?

  /// A problem with its code, what is wrong, and what to do about it.
  public init(code: String, message: String, help: String? = nil, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.help = help
    self.cause = cause
  }

  /// Whether the run ended because somebody wanted it to.
  public var isCancellation: Bool { code == "analysis-cancelled" }

  /// Whether it ended before the plugin was done and without a fault of its.
  var endsEarly: Bool { isCancellation || code == "analysis-deadline" }

  /// Whether the plugin knows of it, and returns.
  var isReportedByPlugin: Bool {
    code.hasPrefix("plugin:") || code == "plugin-misuse" || code == "plugin-cell"
  }

  /// The same with the rows that were there.
  func adding(partial: ResultTable?) -> PluginProblem {
    guard endsEarly || code == "plugin-crashed" else { return self }
    var copy = self
    copy.partial = partial
    return copy
  }
}
