/// What is wrong with a text or a command: a code, words that name the fix, and where it was read.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable { case error, warning }

  /// Stable and machine-readable, words joined by hyphens: `unknown-command`.
  public var code: String
  public var severity: Severity
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String?
  public var span: Span?

  public init(
    code: String, severity: Severity = .error, message: String, help: String? = nil, span: Span? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.help = help
    self.span = span
  }
}
