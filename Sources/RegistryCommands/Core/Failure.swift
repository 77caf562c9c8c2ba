public import CommandLanguage
public import RegistryModel
public import RegistryStore

/// Why a command was not carried out: the one failure type at the command boundary.
public struct Failure: Error, Hashable, Sendable {
  /// The program's exit status for it.
  public enum Status: Int32, Hashable, Sendable {
    /// A command failed.
    case command = 1
    /// Wrong usage of the command line.
    case usage = 2
    /// The data refused: a rule or a constraint.
    case refused = 3
    /// Storage, files, input and output.
    case storage = 4
    /// A plugin failed.
    case plugin = 5
    /// Interrupted.
    case interrupted = 130
  }

  public var status: Status
  /// What is wrong, the first the most telling; several where a text has several.
  public var diagnostics: [Diagnostic]
  /// The text that the spans point into, and what it is called; nothing where no text was read.
  public var source: SourceText?
  /// Where it was met, the innermost first: the loops and the scripts around the command.
  public var trail: [Place] = []
  /// What else is to be seen, line by line: how an answer differs from what was expected.
  public var detail: String?
  /// What an analysis had given before it ended early, marked as partial: shown to who types, not to a script.
  public var partial: ResultTable?

  public init(_ status: Status, _ diagnostics: [Diagnostic], in source: SourceText? = nil) {
    self.status = status
    self.diagnostics = diagnostics
    self.source = source
  }

  public init(
    _ status: Status = .command, code: String, _ message: String, help: String? = nil, at span: Span? = nil
  ) {
    self.init(status, [Diagnostic(code: code, message: message, help: help, span: span)])
  }

  /// A problem of the store, at the place of the command that met it.
  public init(_ problem: StoreProblem, at span: Span? = nil) {
    let status: Status
    if problem.isStorage {
      status = .storage
    } else if problem == .interrupted {
      status = .interrupted
    } else if case .undoBlocked = problem {
      status = .refused
    } else if case .lacks = problem {
      status = .refused
    } else if case .historyRefused = problem {
      status = .refused
    } else {
      status = .command
    }
    self.init(status, code: problem.code, problem.message, help: problem.help, at: span)
  }

  /// A place around what failed.
  public struct Place: Hashable, Sendable {
    /// What is done there: `read`, `for $x = forge`.
    public var words: String
    public var source: SourceText
    public var span: Span

    public var position: SourceMap.Position { source.map.position(of: span.start) }

    /// `weekly.ent:12:3: in for $x = forge`
    public var line: String {
      let position = position
      return "\(source.name):\(position.line):\(position.column): in \(words)"
    }
  }

  /// The same inside what is done at a place; what interrupted it is no fault of anything around it.
  func within(_ words: String, _ span: Span?, _ source: SourceText?) -> Failure {
    guard status != .interrupted, let span, let source else { return self }
    var copy = located(in: source)
    copy.trail.append(Place(words: words, source: source, span: span))
    return copy
  }

  /// The same with its text, unless it has one.
  public func located(in source: SourceText) -> Failure {
    var copy = self
    if copy.source == nil { copy.source = source }
    return copy
  }
}

extension Failure {
  /// The same at a place, unless it has one.
  func located(at span: Span?) -> Failure {
    var copy = self
    for place in copy.diagnostics.indices where copy.diagnostics[place].span == nil {
      copy.diagnostics[place].span = span
    }
    return copy
  }
}

/// A text with what it is called in messages: a file's path, `-c 1`, `<stdin>`; or a stretch of one that is long.
public struct SourceText: Hashable, Sendable {
  public var name: String
  public var text: String
  /// How many bytes of the long text stand before it.
  var offset = 0
  /// Where its lines start in the long text, as ``SourceMap`` takes it.
  var starts: [SourceMap.Position] = []

  /// Its lines, counted as those of the long text.
  public var map: SourceMap { SourceMap(text, starts: starts) }

  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }
}

/// Carries out a call of the store, its problem becoming a failure at `span`.
func storing<Result>(_ span: Span?, _ body: () throws(StoreProblem) -> Result) throws(Failure) -> Result {
  do { return try body() } catch { throw Failure(error, at: span) }
}
