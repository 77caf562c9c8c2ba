public import CommandLanguage
public import FoundationEssentials
public import RegistryModel
public import RegistryStore

/// One user's work on a registry: the store, the commands that can be used, and what is set for the session.
///
/// A session is used from one thread.
public final class Session {
  public let store: any RegistryStore
  /// All commands, once plugins were looked for (``Session/commands``).
  var foundCommands: CommandTable?
  public var settings: Settings
  /// Plugins' analyses, and what was found of plugins.
  public var analyses: (any AnalysisProvider)?
  /// What the `citing … { }` around the command give, the innermost last.
  var evidence: [EvidenceFrame] = []
  /// The source that the command at work cites itself.
  var citedSource: Key?
  /// Parameters in force: of the command line, and of the row that an import reads.
  var parameters: [[String: String]]
  /// What is kept in mind while a file is imported; nothing otherwise.
  var importing: ImportScope?
  /// Set while the lines of a dump are read.
  var restoring: Restoration?
  /// Where a command puts a text that may be too long to be kept whole; without it the text is in the answer.
  public var textOutput: ((String) throws(Failure) -> Void)?
  /// Makes a table's text in a format (`csv`, `json` …), quoted as spreadsheets do where it is to be edited; nothing
  /// for a format that needs the whole table. Without it, a result for a file is in the answer.
  public var tableText: ((_ format: String, _ columns: [Column], _ isEdited: Bool) -> (any TableText)?)?
  /// Whether commands go on after those that fail.
  var isKeepingGoing = false
  /// Whether all is carried out and nothing kept (``Session/beginDryRun()``).
  public internal(set) var isDryRun = false
  /// The last transaction of which is told what it changed, in a dry run.
  var told: TransactionID?
  /// How many changes are told of it at most.
  var mostTold: Int?
  /// The files that the command at work would have written.
  var unwritten: [String] = []
  /// How many texts are carried out inside one another.
  var depth = 0
  /// The folder that relative paths are read from.
  var folder: URL
  /// The scripts being read, the innermost last: one that reads itself would never end.
  var scripts: [String] = []
  /// When the names in the command that is carried out meant what they are taken to mean; nothing for now.
  var namesAsOf: RecordedPoint?
  /// Whether the command that is carried out asked for the session's times.
  var hasAskedTimes = false
  /// The times that it asked for.
  var askedTimes = Times.all
  /// The result that was shown last, for `why row`.
  var shown: ShownResult?
  var transaction: OpenTransaction?
  /// Whether what is carried out is dropped as a whole when a command in it fails.
  var isAllOrNothing = false
  /// Whether `$name` in the texts of a command is a parameter: whoever read them refused it in quotes.
  var isSubstituting = false
  /// What the open transaction has gathered for its end.
  var gathered = Gathered()
  /// The command that is carried out, the innermost; what it was given and does not read lets nothing be kept.
  var performing: Invocation?
  /// Whether `.quit` was given; what follows it is not carried out.
  public internal(set) var isQuitting = false
  /// The exit status that `.exit` gave.
  public internal(set) var exitStatus: Int32?

  /// Whether a change is carried out to see what it does, and dropped.
  var isPreviewing = false
  /// Shows who types some words and asks a question, for what nothing else says that it is meant. Nothing where nobody
  /// can be asked.
  public var confirm: ((_ words: String, _ question: String) -> Bool)?
  /// Told of each command before it is carried out, those of scripts that are read among them.
  public var onCommand: ((CommandText) -> Void)?
  /// The text whose commands are carried out.
  var currentText: SourceText?
  /// Told how far a command is that takes a while; nothing when it is done.
  public var onProgress: ((Progress?) -> Void)?
  /// What the command that runs has to tell beside what it did.
  var remarks: [String] = []
  /// Whether a script already tells how far it is.
  var tellsProgress = false

  /// How far a command is.
  public struct Progress: Hashable, Sendable {
    /// What it works on.
    public var what: String
    public var done: Int
    /// What is counted: rows, commands; empty where nothing is.
    public var unit: String
    /// The part of the whole that is done, from 0 to 1, where it can be told.
    public var fraction: Double?
    public init(what: String, done: Int, unit: String, fraction: Double?) {
      self.what = what
      self.done = done
      self.unit = unit
      self.fraction = fraction
    }
  }

  /// A transaction that the user opened with `begin`.
  public struct OpenTransaction: Hashable, Sendable {
    public var reason: String?
    public var edits: Int
  }

  /// What is set for a session.
  public struct Settings: Sendable {
    /// Who edits while a new registry is filled.
    public static let seedAuthor = "seed"
    /// The day that reading takes for today, in place of the clock's.
    public var today: Day?
    /// The time that edits are recorded with, in place of the clock's: for tests, nobody else has any use for it.
    public var editedAt: String?
    public var author: String
    /// The program with its version, as transactions record it.
    public var tool: String
    public var parameters: [String: String]
    public var readOnly: Bool
    /// No files are written and none but the given scripts are read.
    public var safe: Bool
    /// From where every reading command asks that does not say otherwise: `.on`, `.published`, `.recorded`.
    public var times = Times.all

    public init(
      today: Day? = nil, author: String, tool: String, parameters: [String: String] = [:],
      readOnly: Bool = false,
      safe: Bool = false
    ) {
      self.today = today
      self.author = author
      self.tool = tool
      self.parameters = parameters
      self.readOnly = readOnly
      self.safe = safe
    }
  }

  public init(store: any RegistryStore, settings: Settings, analyses: (any AnalysisProvider)? = nil) {
    self.store = store
    self.settings = settings
    self.analyses = analyses
    self.parameters = [settings.parameters]
    self.folder = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
  }

  /// Takes `.quit` back.
  public func stay() {
    isQuitting = false
    exitStatus = nil
  }

  /// Takes over the analyses that the plugins offer now.
  func refreshAnalyses() { foundCommands = nil }

  /// The transaction that the user opened, for the prompt.
  public var openTransaction: OpenTransaction? { transaction }

  /// The times that are set for the session, for the prompt: ` on 2026-01-12`.
  public var timesInForce: String { settings.times.words }

  /// Today, where the user is (`TZ`), or the day that pins it.
  public var today: Day { settings.today ?? .localToday }

  /// Now, as transactions record it, whatever day reading is pinned to.
  var now: String {
    settings.editedAt ?? Date().ISO8601Format(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  func transactionInfo(reason: String?, reverts: TransactionID? = nil) -> TransactionInfo {
    TransactionInfo(author: settings.author, reason: reason, tool: settings.tool, at: now, reverts: reverts)
  }

  /// The folder that the paths of a script are relative to.
  public func setFolder(_ url: URL) { folder = url }

  /// The value of a parameter, the innermost first.
  func parameter(_ name: String) -> String? {
    if let value = importing?.value(of: name) { return value }
    for frame in parameters.reversed() {
      if let value = frame[name] { return value }
    }
    return nil
  }

  /// The definitions that stand, the session's own uncommitted ones included.
  func schema(at span: Span? = nil, _ times: Times = .all) throws(Failure) -> Schema {
    guard let importing, times.isAll else {
      return try storing(span) { () throws(StoreProblem) in try store.schema(times) }
    }
    return try importing.schema { () throws(Failure) in
      try storing(span) { () throws(StoreProblem) in try store.schema(times) }
    }
  }

  /// The entity with a key.
  func record(_ key: Key, _ times: Times, _ span: Span?) throws(Failure) -> EntityRecord? {
    guard let importing, times.isAll else {
      return try storing(span) { () throws(StoreProblem) in try store.entity(key, times) }
    }
    return try importing.entity(key) { () throws(Failure) in
      try storing(span) { () throws(StoreProblem) in try store.entity(key, times) }
    }
  }
}

/// A command in its text.
public struct CommandText: Sendable {
  private let source: SourceText
  private let span: Span

  init(_ span: Span, in source: SourceText) {
    self.source = source
    self.span = span
  }

  /// As it was written.
  public var text: String {
    let bytes = source.text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: span.start)
    return String(source.text[start..<bytes.index(start, offsetBy: span.end - span.start)])
  }
}

/// What the plugins offer to a session.
public protocol AnalysisProvider: AnyObject {
  var analyses: [AnalysisSignature] { get }
  /// Carries out an analysis.
  func run(
    _ name: String, _ command: Invocation, in session: Session, times: Times
  ) throws(Failure) -> ResultTable
  /// What was found, where, and why anything was refused.
  var plugins: ResultTable { get }
  /// Does with the plugins what a user wants; the analyses may be others afterwards.
  func manage(_ action: PluginAction, in session: Session, at span: Span) throws(Failure) -> Answer
}

/// An analysis as a command.
public struct AnalysisSignature: Sendable {
  public var signature: CommandSignature
  public var summary: String
  public var details: String
  public var examples: [String]
  /// What it computes, as `about` prints it; nothing where it does not say so.
  public var about: String?
  /// The parameters whose words are types, by their keywords; the positional one is empty.
  public var typeParameters: Set<String> = []
  public init(signature: CommandSignature, summary: String, details: String, examples: [String]) {
    self.signature = signature
    self.summary = summary
    self.details = details
    self.examples = examples
  }
}
