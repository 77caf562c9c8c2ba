/// What is wrong with a text or a command: a code, words that name the fix, and where it was read.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is; only an error keeps a text from being carried out.
  public enum Severity: String, Hashable, Sendable { case error, warning }

  /// Stable and machine-readable, words joined by hyphens: `unknown-command`.
  public var code: String
  /// How bad it is.
  public var severity: Severity
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// What to do about it.
  public var help: String?
  /// Where in the source, if it has a place there.
  public var span: Span?

  /// A diagnostic with the words of its message already made.
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
