public import RegistryModel

/// What a command answers.
public struct Answer: Hashable, Sendable {
  /// Results, for standard output.
  public var results: [Result]
  /// What happened, in words, for standard error on a terminal.
  public var messages: [String]
  /// What must be told, for standard error whoever reads it.
  public var notes: [String]
  /// What the session shall do beside: leave, for instance.
  public var action: Action?
  /// Whether the answer is that something is wrong, which makes a script fail (`check`).
  public var failed: Bool
  /// The edit that was taken back, or brought back.
  public var reversed: Reversed?
  /// Whether who was asked did not want it carried out.
  public var isDeclined = false
  /// The exit status of the script then.
  public var failureStatus = Failure.Status.command

  public struct Result: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
      case table(ResultTable)
      /// Text as it stands: help, a script.
      case text(String)
    }
    public var content: Content
    /// The format that the command asked for with `as`.
    public var format: String?
    /// The file that it asked for with `save`.
    public var file: String?
    /// From where it was asked, for a picture that goes on without the question.
    public var ofWhen: String?
    /// The command that it answers, for a picture that has no title of its own.
    public var question: String?
    public init(_ content: Content, format: String? = nil, file: String? = nil) {
      self.content = content
      self.format = format
      self.file = file
    }
  }

  /// An edit that `undo` took back, or `redo` brought back.
  public struct Reversed: Hashable, Sendable {
    public var edit: TransactionID
    public var isBroughtBack: Bool
    public init(edit: TransactionID, isBroughtBack: Bool) {
      (self.edit, self.isBroughtBack) = (edit, isBroughtBack)
    }
  }

  public enum Action: Hashable, Sendable {
    /// With the exit status, where one was given.
    case quit(Int32?)
    /// Settings that the one who prints keeps.
    case setFormat(String)
    /// Nothing sends results to the screen again; `once` is for the next statement only.
    case setOutput(Destination?, once: Bool)
    case setTee(String?)
    case setRecord(String?)
    case setTimer(Bool)
    case setExpand(String)
    case setLines(Int)
    case setPager(Pager)
    case setTheme(String)
    case showHistory(String?)
    /// Opens an editor, where there is a user.
    case edit(EditRequest)
    /// Statements that the user may want to recall.
    case offer([String])
  }

  /// Where results go.
  public enum Destination: Hashable, Sendable {
    case file(String)
    /// A command of the shell.
    case command(String)
  }

  public enum Pager: Hashable, Sendable {
    case off
    /// `$PAGER`, or what is usual.
    case usual
    case command(String)
  }

  public init(
    results: [Result] = [], messages: [String] = [], notes: [String] = [], action: Action? = nil,
    failed: Bool = false
  ) {
    self.notes = notes
    self.results = results
    self.messages = messages
    self.action = action
    self.failed = failed
  }

  public static func table(_ table: ResultTable, _ output: OutputClauses = OutputClauses()) -> Answer {
    Answer(results: [Result(.table(table), format: output.format, file: output.file)])
  }
  public static func text(_ text: String) -> Answer { Answer(results: [Result(.text(text))]) }
  public static func message(_ text: String) -> Answer { Answer(messages: [text]) }
  /// What was not carried out, since who was asked said no.
  static func declined(_ text: String) -> Answer {
    var answer = message(text)
    answer.isDeclined = true
    return answer
  }
  public static let nothing = Answer()

  /// Whether a result is a table.
  var hasTables: Bool {
    results.contains { if case .table = $0.content { true } else { false } }
  }

  /// Whether it tells when something was recorded, so that another time it is another.
  public var isOfItsMoment: Bool {
    results.contains { result in
      guard case .table(let table) = result.content else { return false }
      return table.columns.contains { $0.name == "at" }
    }
  }

  /// Both answers, one after the other.
  public mutating func append(_ other: Answer) {
    results += other.results
    messages += other.messages
    notes += other.notes
    action = other.action ?? action
    if other.failed { failureStatus = other.failureStatus }
    failed = failed || other.failed
  }
}

/// `as FORMAT` and `save "file"`.
public struct OutputClauses: Hashable, Sendable {
  public var format: String?
  public var file: String?
  public init(format: String? = nil, file: String? = nil) {
    self.format = format
    self.file = file
  }
}
