/// An analysis that a plugin offers: what it is called, takes and gives, and how it runs.
///
/// The host makes a command of it, whose clauses are the parameters; draws what it emits in every format; and
/// applies the times that the user asks for before any row is read.
public protocol Analysis: Sendable {
  /// The command's name: lower-case words joined by hyphens.
  var name: String { get }
  /// What it does, as a sentence without a full stop.
  var summary: String { get }
  /// Its parameters, in the order in which help shows them.
  var parameters: [ParameterDeclaration] { get }
  /// The columns of what it emits.
  var columns: [ResultColumn] { get }
  /// Commands that show it at work.
  var examples: [Example] { get }
  /// How its result is best drawn; nothing for a table.
  var view: ViewHint? { get }
  /// Whether it says further columns when it runs (``Call/say(columns:evidence:)``); ``columns`` has the others.
  var addsColumns: Bool { get }
  /// The tables that it may give beside the first (``Call/begin(_:columns:)``).
  var tables: [TableDeclaration] { get }
  /// The columns of the first table of which a row can name the statements behind it; ``Evidence/row`` for all of a row.
  var evidence: [String] { get }
  /// What it computes, by whose definition, and what it does not say; nothing where the summary says it all.
  var about: About? { get }
  /// Runs it. Emits rows with as many values as there are columns.
  ///
  /// - Throws: ``AnalysisFailure`` to end with a message; whatever `call` throws, to be passed on.
  func run(_ call: Call) throws
}

extension Analysis {
  /// A table.
  public var view: ViewHint? { nil }
  /// None.
  public var addsColumns: Bool { false }
  /// None.
  public var tables: [TableDeclaration] { [] }
  /// None.
  public var evidence: [String] { [] }
  /// Nothing.
  public var about: About? { nil }
}

/// A further table of an analysis.
public struct TableDeclaration: Hashable, Sendable, Encodable {
  /// What it is called: lower-case words joined by hyphens.
  public var name: String
  /// What its rows are.
  public var summary: String
  /// Its columns.
  public var columns: [ResultColumn]
  /// Whether it has further columns, which are said when it is begun.
  public var addsColumns: Bool
  /// How it is best drawn.
  public var view: ViewHint?
  /// The columns of which a row can name the statements behind it; ``Evidence/row`` for all of a row.
  public var evidence: [String]

  private enum CodingKeys: String, CodingKey { case name, summary, columns, addsColumns, view }

  /// A table of its name, what its rows are, and its columns.
  public init(
    _ name: String, _ summary: String, _ columns: [ResultColumn], addsColumns: Bool = false,
    view: ViewHint? = nil, evidence: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.columns = columns
    self.addsColumns = addsColumns
    self.view = view
    self.evidence = evidence
  }
}

/// How a result is best drawn, and from which columns.
public struct ViewHint: Hashable, Sendable, Encodable {
  /// The drawings that there are.
  public enum Kind: String, Hashable, Sendable, Encodable {
    /// Of a label and a number.
    case bar
    /// Of a label, a start and an end.
    case timeline
    /// Of a row, a column and a value.
    case matrix
    /// Of from, to and, where it is told, a weight.
    case network
    /// Of a place, such as the key of a state, and, where it is told, a number.
    case map
  }

  /// The drawing.
  public var kind: Kind
  /// The columns, in the order that the drawing asks for.
  public var columns: [String]

  /// A drawing of columns.
  public init(_ kind: Kind, _ columns: String...) {
    self.kind = kind
    self.columns = columns
  }
}

/// A column that an analysis emits.
public struct ResultColumn: Hashable, Sendable, Encodable {
  /// What its cells are; a cell may always be empty.
  public enum Kind: String, Hashable, Sendable, Encodable {
    case text, key, integer, real, decimal, date, boolean, list, any
  }

  /// Lower-case words joined by underscores.
  public var name: String
  /// What its cells are.
  public var type: Kind
  /// What it says, with its unit.
  public var summary: String

  /// A column of a name, what its cells are, and what they say.
  public init(_ name: String, _ type: Kind, _ summary: String) {
    self.name = name
    self.type = type
    self.summary = summary
  }
}

/// A command that shows an analysis at work.
public struct Example: Hashable, Sendable, Encodable {
  /// The command as a user writes it.
  public var command: String
  /// What it answers.
  public var summary: String
  /// A file beside the plugin: commands that fill the registry which `plugin test` runs it on.
  public var fixture: String?
  /// A file beside the plugin: the table that it gives there, as `as tsv` writes it.
  public var expected: String?

  /// An example of a command and what it answers.
  public init(_ command: String, _ summary: String, fixture: String? = nil, expected: String? = nil) {
    self.command = command
    self.summary = summary
    self.fixture = fixture
    self.expected = expected
  }
}

/// Why an analysis ends without a result, in words for the user.
public struct AnalysisFailure: Error, Hashable, Sendable {
  /// Stable and machine-readable: words joined by hyphens.
  public var code: String
  /// What is wrong, as a sentence without a full stop.
  public var message: String
  /// What to do about it.
  public var hint: String

  /// A failure with its code, what is wrong, and what to do about it.
  public init(_ code: String, _ message: String, hint: String = "") {
    self.code = code
    self.message = message
    self.hint = hint
  }
}
