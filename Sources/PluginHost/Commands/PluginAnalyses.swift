public import CommandLanguage
import FoundationEssentials
import Glibc
public import RegistryCommands
public import RegistryModel
import RegistryStore
import Synchronization

/// What is set for plugins.
public struct PluginSettings {
  /// Where they are looked for, the first first.
  public var folders: [PluginFolder]
  /// Whether all libraries run in the program, not only its own.
  public var inProcess: Bool
  /// Whether plugins run where the kernel lacks what would hold them.
  public var weakIsolation: Bool
  /// How much an analysis may give and use.
  public var limits: PluginLimits
  /// Where the parts for plugin authors are; nothing where they are missing.
  public var authoring: String?
  /// Who looks on.
  public var observer: PluginObserver
  /// Makes the registry that the fixture of an example fills, with a session on it that reads and writes no files; without
  /// it examples with fixtures cannot be tested.
  public var fixtureSession: ((Session) throws(Failure) -> Session)?

  /// Settings; by default nobody looks on.
  public init(
    folders: [PluginFolder], inProcess: Bool = false, weakIsolation: Bool = false,
    limits: PluginLimits = PluginLimits(), authoring: String? = nil,
    observer: PluginObserver = PluginObserver(),
    fixtureSession: ((Session) throws(Failure) -> Session)? = nil
  ) {
    self.fixtureSession = fixtureSession
    self.folders = folders
    self.inProcess = inProcess
    self.weakIsolation = weakIsolation
    self.limits = limits
    self.authoring = authoring
    self.observer = observer
  }
}

/// The analyses of the plugins found, as commands of a session.
public final class PluginAnalyses: AnalysisProvider {
  let settings: PluginSettings
  /// What was found; plugins are looked for when they are first asked for.
  private var found: PluginCatalog?
  /// The state of what is installed when they were looked for.
  private var seen: String?
  /// Whether what is done with plugins is to end: starting one takes as long as its code does.
  private(set) var isInterrupted: () -> Bool = { false }

  public init(_ settings: PluginSettings) {
    self.settings = settings
    _ = ScratchFolder.sweepOnce
    WorkerLaunch.allowsWeakIsolation.withLock { $0 = settings.weakIsolation }
  }

  var catalog: PluginCatalog {
    if let found { return found }
    seen = installedState
    let discovered = PluginCatalog.discover(settings.folders, inProcess: settings.inProcess)
    found = discovered
    return discovered
  }

  /// Does something that somebody may want to end.
  func watching<Result>(
    _ session: Session, _ body: () throws(PluginProblem) -> Result
  ) throws(PluginProblem) -> Result {
    isInterrupted = { session.store.isInterrupted?() ?? false }
    defer { isInterrupted = { false } }
    return try body()
  }

  /// What tells whether another session installed, removed, enabled or disabled something.
  private var installedState: String? {
    guard let folder = settings.folders.first(where: { $0.owner == .user }) else { return nil }
    var status = stat()
    guard stat(folder.path + "/plugins.json", &status) == 0 else { return nil }
    return "\(status.st_ino) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }

  public func lookAgain() -> Bool {
    guard found != nil, seen != installedState else { return false }
    reload()
    return true
  }

  /// Looks for plugins again.
  func reload() {
    for plugin in catalog.candidates.compactMap(\.usable) { plugin.workers.drain() }
    found = nil
  }

  public var analyses: [AnalysisSignature] {
    catalog.analyses.map { AnalysisSignature($0.description, of: $0.plugin.manifest, named: $0.name) }
  }

  public var plugins: ResultTable { catalog.listing }

  public func run(
    _ name: String, _ command: Invocation, in session: Session, times: Times
  ) throws(Failure) -> ResultTable {
    guard let analysis = catalog.analysis(name) else {
      throw Failure(
        .plugin, code: "unknown-analysis", "there is no analysis \(name)",
        help: "plugin list shows what was found", at: command.name.span)
    }
    return try run(analysis, command, in: session, times: times)
  }

  /// Runs an analysis of whatever plugin.
  /// - Parameter isUnwatched: nothing ends it: whoever debugs it takes the time that it takes.
  func run(
    _ analysis: InstalledAnalysis, _ command: Invocation, in session: Session, times: Times,
    isUnwatched: Bool = false
  ) throws(Failure) -> ResultTable {
    let arguments = try AnalysisArguments(session, at: times).values(of: analysis.description, in: command)
    let moment = try moment(session, times, command.name.span)
    let includesGroups = command[StandardClauses.groups]
    let relations = RegistryRelations(session.store, times, includingGroups: includesGroups)
    var limits = settings.limits
    if isUnwatched { limits.seconds = .infinity }
    let isInterrupted = session.store.isInterrupted
    // What is read for an analysis ends with its time, too.
    let deadline = Deadline(seconds: limits.seconds)
    session.store.isInterrupted = isUnwatched ? nil : { isInterrupted?() ?? false || deadline.isPast }
    defer {
      session.store.isInterrupted = isInterrupted
      session.onProgress?(nil)
    }
    var table: ResultTable
    do {
      table = try PluginHost.run(
        analysis, arguments: arguments, relations: relations, moment: moment, limits: limits,
        observer: observer(session), cancellation: { !isUnwatched && isInterrupted?() ?? false })
    } catch {
      if let failure = error.cause as? Failure { throw failure }
      if let problem = error.cause as? StoreProblem { throw Failure(problem, at: command.name.span) }
      throw Failure(error, at: command.name.span)
    }
    if includesGroups, !relations.hasFollowedGroups {
      throw Failure(
        .command, code: "groups-of-nobody",
        "\(command.name.content) reads no memberships, so there are no groups to follow",
        help: "leave including groups out", at: command.span(of: StandardClauses.groups))
    }
    table.notes.append("read \(moment.snapshot)")
    do {
      if let note = try relations.endedNote(today: session.today) { table.notes.append(note) }
    } catch {
      throw Failure(error, at: command.name.span)
    }
    (table.pictureTitle, table.pictureThings) = title(of: analysis, arguments)
    if let note = relations.otherTimesNote { table.notes.append(note) }
    table.view = analysis.description.view.flatMap { $0.view(of: table.columns) }
    for index in table.following.indices {
      let name = table.following[index].name
      let hint = analysis.description.tables.first { $0.name == name }?.view
      table.following[index].view = hint.flatMap { $0.view(of: table.following[index].columns) }
    }
    return table
  }

  /// What a picture of an analysis is called, and the things that it was asked of.
  private func title(
    of analysis: InstalledAnalysis, _ arguments: [String: [ArgumentValue]]
  ) -> (words: String, things: [Key]) {
    var (things, more): ([Key], [String]) = ([], [])
    for parameter in analysis.description.parameters {
      guard let values = arguments[parameter.name], !values.isEmpty else { continue }
      if parameter.type == .entity {
        for case .key(let key) in values { things.append(key) }
        continue
      }
      let words = values.compactMap(\.words)
      guard !words.isEmpty else { continue }
      more.append((parameter.isPositional ? "" : parameter.name + " ") + words.joined(separator: ", "))
    }
    return (([analysis.description.name] + more).joined(separator: " · "), things)
  }

  /// Tells whoever looks on what a plugin says, and who is at a terminal how far it is.
  private func observer(_ session: Session) -> PluginObserver {
    let settings = settings
    return PluginObserver(
      progress: { fraction, message in
        settings.observer.progress(fraction, message)
        // A line, which is taken away again as one.
        let line = message.prefix { !$0.isNewline }.prefix(200)
        let what = line.isEmpty ? "working" : String(line)
        session.onProgress?(Session.Progress(what: what, done: 0, unit: "", fraction: fraction))
      }, log: settings.observer.log, said: settings.observer.said)
  }

  /// As of when is asked, and what is read.
  private func moment(_ session: Session, _ times: Times, _ span: Span) throws(Failure) -> PluginMoment {
    let newest: [Transaction]
    do { newest = try session.store.transactions(limit: 1) } catch { throw Failure(error, at: span) }
    var moment = PluginMoment(today: session.today, on: times.on, published: times.published)
    switch times.recorded {
    case .transaction(let id)?: moment.recorded = "\(id)"
    case .date(let date)?: moment.recorded = date.edtf
    case nil: break
    }
    moment.snapshot = newest.first.map { "at \($0.id)" } ?? "an empty registry"
    if session.store.isInTransaction { moment.snapshot += " with the changes of the open transaction" }
    if !moment.recorded.isEmpty { moment.snapshot += ", as recorded by \(moment.recorded)" }
    return moment
  }
}

extension ArgumentValue {
  /// As a title tells it; nothing for a file, whose name says nothing of what is in it.
  fileprivate var words: String? {
    switch self {
    case .key(let key): key.text
    case .text(let text): text
    case .number(let number): "\(number)"
    case .date(let date): date.edtf.replacing("/", with: " to ")
    case .boolean(let isSo): isSo ? "yes" : "no"
    case .file: nil
    }
  }
}

extension ViewHint {
  /// The hint for a table; nothing where the kind is of a later version, or a column is not there.
  fileprivate func view(of columns: [Column]) -> ResultView? {
    let places = self.columns.compactMap { name in columns.firstIndex { $0.name == name } }
    guard let kind = ResultView.Kind(rawValue: kind), places.count == self.columns.count else { return nil }
    return ResultView(kind, places)
  }
}

extension Failure {
  /// What is wrong with a plugin, at the place of the command: wrong arguments are the command's own affair.
  init(_ problem: PluginProblem, at span: Span? = nil) {
    let status: Status =
      problem.isCancellation ? .interrupted : problem.code == "analysis-argument" ? .command : .plugin
    self.init(status, code: problem.code, problem.message, help: problem.help, at: span)
    partial = problem.partial
  }
}
