public import CommandLanguage
public import FoundationEssentials
public import RegistryModel
public import RegistryStore

/// One user's work on a registry: the store, the commands that can be used, and what is set for the session.
///
/// A session is used from one thread.
public final class Session {
  public let store: any RegistryStore
  /// What the user set.
  public var settings: Settings

  // MARK: Parts

  /// What opens and ends transactions.
  let transactor: Transactor
  /// Where files are.
  let files: FileAccess
  /// Plugins' analyses, and what was found of plugins.
  public var analyses: (any AnalysisProvider)?
  /// All commands, once plugins were looked for (``Session/commands``).
  var foundCommands: CommandTable?

  // MARK: Who is told, and asked

  /// Where a command puts a text that may be too long to be kept whole; without it the text is in the answer.
  public var textOutput: ((String) throws(Failure) -> Void)?
  /// Makes a table's text in a format (`csv`, `json` …), quoted as spreadsheets do where it is to be edited; nothing
  /// for a format that needs the whole table. Without it, a result for a file is in the answer.
  public var tableText: ((_ format: String, _ columns: [Column], _ isEdited: Bool) -> (any TableText)?)?
  /// How the pages of a site are written; without it no site is.
  public var siteText: (any SiteText)?
  /// Opens another registry to be read, or makes one `:memory:`; without it no other is united with this one.
  public var openRegistry: ((_ location: String) throws(StoreProblem) -> any RegistryStore)?
  /// Shows who types some words and asks a question, for what nothing else says that it is meant. Nothing where nobody
  /// can be asked.
  public var confirm: ((_ words: String, _ question: String) -> Bool)?
  /// Told of each command before it is carried out, those of scripts that are read among them.
  public var onCommand: ((CommandText) -> Void)?
  /// Told how far a command is that takes a while; nothing when it is done.
  public var onProgress: ((Progress?) -> Void)?

  /// Told of each expectation, and why it does not hold; says whether to go on where it does not.
  public var onExpectation: ((CommandText, Failure?) -> Bool)?
  /// Takes what expectations are to be; nil where they are tested.
  public var expectations: ExpectationRecorder?

  // MARK: What is carried out

  /// The texts that are carried out, the innermost last.
  var texts: [RunningText] = []
  /// What the `citing … { }` around the command give, the innermost last.
  var evidence: [EvidenceFrame] = []
  /// What `$name` stands for that scripts declare and loops give, beside what is given from without.
  var bound: [String: String] = [:]
  /// What the command at work has to tell beside what it did.
  var remarks: [String] = []
  /// Takes what the commands of a script answer that the command at work reads, as it is there; where nobody does, it is
  /// the answer of that command.
  var onAnswer: ((Answer) throws(Failure) -> Void)?
  /// The times that the command at work asked for; nil where it asked for none.
  var asked: Times?
  /// The result that was shown last, for `why row`.
  var shown: ShownResult?
  /// Whether `.quit` was given; what follows it is not carried out.
  public internal(set) var isQuitting = false
  /// The exit status that `.exit` gave.
  public internal(set) var exitStatus: Int32?

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
    transactor = Transactor(store)
    files = FileAccess(registry: store.location, transactor)
  }

  /// Takes `.quit` back.
  public func stay() {
    isQuitting = false
    exitStatus = nil
  }

  /// Takes over the analyses that the plugins offer now.
  func refreshAnalyses() { foundCommands = nil }

  /// The transaction that the user opened, for the prompt.
  public var openTransaction: OpenTransaction? { transactor.open }

  /// The times that are set for the session, for the prompt: ` on 2026-01-12`.
  public var timesInForce: String { settings.times.words }

  /// Today, where the user is (`TZ`), or the day that pins it.
  public var today: Day { settings.today ?? .localToday }

  /// The folder that the paths of a script are relative to.
  public func setFolder(_ url: URL) { files.folder = url }

  /// A path as the user means it: relative to the script or the folder that the program was started in.
  public func path(_ text: String) -> String { files.path(text) }
}

/// A command in its text.
public struct CommandText: Sendable {
  private let source: SourceText
  private let span: Span

  /// Whether it asks something of the registry.
  public let isQuestion: Bool

  init(_ span: Span, in source: SourceText, isQuestion: Bool = false) {
    self.source = source
    self.span = span
    self.isQuestion = isQuestion
  }

  /// The first word of it.
  public var name: Substring { text.prefix { !$0.isWhitespace && $0 != ";" } }

  /// Its file and line.
  public var place: String { "\(source.name):\(source.map.position(of: span.start).line)" }

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
  /// Looks for plugins again where something was done with them elsewhere; says whether it did.
  func lookAgain() -> Bool
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
