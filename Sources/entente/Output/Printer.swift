import CommandLanguage
import FoundationEssentials
import Glibc
import PluginHost
import RegistryCommands
import RegistryModel
import RegistryStore
import Rendering
import Terminal

/// Writes answers and failures: results to standard output or where the session sends them, everything else to
/// standard error.
final class Printer {
  private let options: Options
  private var settings = Settings()
  private var output: Outlet?
  private var once: Outlet?
  private var tee: Outlet?
  private var recorder: Recorder?
  /// What was recorded before the statement at work ended the recording, or began another.
  private var endingRecorder: Recorder?
  /// Where the answer that is being written is shown.
  private var screen: PagedScreen?
  /// Whether a user is typing: then messages are shown.
  var isInteractive = false
  /// The status that the run ends with: of the first thing that was wrong, of storage before others.
  private(set) var status: Int32 = 0
  /// Takes failures in the place of whoever reads them.
  var onFailure: ((Failure) -> Void)?
  /// The session whose commands are recorded.
  weak var recorded: Session?
  /// Whether nothing is shown of answers and words; files are written all the same.
  var isSilent = false
  /// Asked while a long result is written.
  var isInterrupted: () -> Bool = { false }
  let progress = ProgressLine(says: "Ctrl-C stops it")

  private let isOnTerminal = isTerminal(STDOUT_FILENO)
  private let environment = ProcessInfo.processInfo.environment

  /// What dot-commands set.
  private struct Settings {
    var format = Renderer.Format.tsv
    var expansion = Renderer.Expansion.automatic
    var linesPerCell = 12
    var theme = Theme.colour
    var pager = Answer.Pager.usual
    var showsTime = false
  }

  init(_ options: Options) {
    self.options = options
    settings.format =
      options.format.flatMap(Renderer.Format.init(rawValue:)) ?? (isTerminal(STDOUT_FILENO) ? .table : .tsv)
    if !usesColour { settings.theme = .none }
  }

  /// The terminal is known to show no colours.
  func setPlain() { settings.theme = .none }

  var showsTime: Bool { settings.showsTime }

  /// Tells whoever looks what plugins log.
  var pluginObserver: PluginObserver {
    let showsLog = environment[.pluginLog] != nil
    return PluginObserver(
      log: { [weak self] line in if showsLog { self?.complain("plugin: \(line)") } },
      said: { [weak self] line in self?.complain("plugin: \(line)") })
  }

  // MARK: Answers

  func write(_ answer: Answer) throws(Failure) {
    if let recorded, let recorder {
      if answer.isDeclined { recorder.fail() }
      recorder.answered(
        answer.isOfItsMoment ? nil : ComparedAnswers(recorded).text(of: answer), reversed: answer.reversed)
    }
    screen = pager.map { PagedScreen(pager: $0, size: .current(), environment: environment) }
    do throws(Failure) {
      for result in answer.results { try write(result) }
    } catch {
      _ = try? screen?.finish()
      screen = nil
      throw error
    }
    let words = try screen?.finish()
    screen = nil
    if let words { complain(words) }
    for note in answer.notes { complain(note) }
    if isInteractive { for message in answer.messages { complain(message) } }
    if answer.failed { note(answer.failureStatus) }
    if let action = answer.action { try carryOut(action) }
  }

  private func carryOut(_ action: Answer.Action) throws(Failure) {
    if options.dryRun, let words = try untaken(action) { return complain(words) }
    switch action {
    case .setFormat(let name): settings.format = Renderer.Format(rawValue: name) ?? settings.format
    case .setOutput(let destination, once: false):
      try finish(&output)
      output = try destination.map { (destination) throws(Failure) in try Outlet(destination) }
    case .setOutput(let destination, once: true):
      once = try destination.map { (destination) throws(Failure) in try Outlet(destination, isWhole: true) }
      isOnceNew = true
    case .setTee(let path): tee = try path.map { (path) throws(Failure) in try Outlet(.file(path)) }
    case .setRecord(let path):
      try endingRecorder?.endText(isKept: true)
      endingRecorder = recorder
      recorder = try path.map { (path) throws(Failure) in
        try Recorder(path, parameters: recorded.map(ScriptParameters.init)?.declarations ?? []) {
          [weak recorded] in
          if let open = recorded?.store.state.transaction?.id { return (open, true) }
          return ((try? recorded?.store.transactions(limit: 1).first) ?? nil).map { ($0.id, false) }
        }
      }
    case .setTimer(let isOn): settings.showsTime = isOn
    case .setExpand(let word): settings.expansion = Renderer.Expansion(rawValue: word) ?? .automatic
    case .setLines(let number): settings.linesPerCell = number
    case .setPager(let pager): settings.pager = pager
    case .setTheme(let name):
      settings.theme = Theme.named.first { $0.name == name }?.theme ?? settings.theme
    case .edit where !isInteractive:
      throw Failure(
        code: "needs-terminal", "an editor opens at a prompt only", help: "start entente without scripts")
    case .quit, .showHistory, .offer, .edit: break
    }
  }

  /// What a dry run says of a place that results would go to; they go where they went before.
  private func untaken(_ action: Answer.Action) throws(Failure) -> String? {
    switch action {
    case .setOutput(.file(let path)?, _), .setTee(let path?), .setRecord(let path?):
      return try unwritten(path)
    case .setOutput(.command(let command)?, _): return DryRunWords.unstarted(command)
    default: return nil
    }
  }

  /// What is said of a file that is not written, where it could be.
  private func unwritten(_ path: String) throws(Failure) -> String {
    _ = try WrittenFile(URL(filePath: path), named: path, at: nil, isDropped: true)
    return DryRunWords.unwritten(path)
  }

  /// Whether `.once` was given by the statement that is at work, so that it is for the next one.
  private var isOnceNew = false

  /// A statement was carried out: what is for it alone ends.
  func endStatement(failed: Bool) throws(Failure) {
    progress.end()
    if failed {
      fail()
      if !isOnceNew { dropOnce() }
    }
    try endOnce()
    try endText(isKept: true)
  }

  /// A command is carried out from here on.
  func began(_ command: CommandText) { recorder?.begin(command) }

  /// The command at work failed.
  func fail() { recorder?.fail() }

  /// A text was carried out, or not.
  func endText(isKept: Bool) throws(Failure) {
    defer { endingRecorder = nil }
    try endingRecorder?.endText(isKept: isKept)
    try recorder?.endText(isKept: isKept)
  }

  /// What failed half-way is not written over what was there.
  func dropOnce() { once = nil }

  /// What `.once` is for was written.
  func endOnce() throws(Failure) {
    defer { isOnceNew = false }
    if !isOnceNew { try finish(&once) }
  }

  /// The session ends: commands that results go to are waited for.
  func close() throws(Failure) {
    try finish(&once)
    try finish(&output)
  }

  private func finish(_ outlet: inout Outlet?) throws(Failure) {
    defer { outlet = nil }
    if let words = try outlet?.close() {
      complain(words)
      note(.command)
    }
  }

  // MARK: Results

  private func write(_ result: Answer.Result) throws(Failure) {
    if let file = result.file, options.dryRun { return complain(try unwritten(file)) }
    if let file = result.file, case .table(let table) = result.content,
      result.format == "xlsx" || result.format == nil && file.lowercased().hasSuffix(".xlsx")
    {
      let cut = try WorkbookFile.write(table, to: file)
      for note in table.notes + cut { complain(note) }
      return
    }
    if let file = result.file, case .table(let table) = result.content, result.format == nil,
      file.lowercased().hasSuffix(".png")
    {
      try writePicture(of: table, result, to: file)
      return
    }
    let saved = try result.file.map { (path) throws(Failure) in try Outlet(.file(path), isWhole: true) }
    try write(result, to: saved ?? once ?? output)
    try saved?.close()
  }

  /// A picture in points, of the same drawing as SVG.
  private func writePicture(of table: ResultTable, _ result: Answer.Result, to file: String) throws(Failure) {
    var table = table
    table.ofWhen = table.ofWhen ?? result.ofWhen
    table.title = table.title ?? result.question?.trimmed
    let renderer = Renderer(.svg)
    if let words = renderer.undrawn(table) { throw notDrawn(words) }
    try PictureFile.write(renderer.render(table), to: file)
    for note in table.notes { complain(note) }
  }

  /// A file that calls itself a picture is one.
  private func notDrawn(_ words: String) -> Failure {
    Failure(
      code: "not-drawn", words,
      help: "count … by, total … in CURRENCY, list … as matrix and timeline are drawn")
  }

  private func write(_ result: Answer.Result, to file: Outlet?) throws(Failure) {
    switch result.content {
    case .text(let text): try put(text + "\n", to: file)
    case .table(var table):
      table.ofWhen = table.ofWhen ?? result.ofWhen
      let format =
        result.format.flatMap(Renderer.Format.init(rawValue:)) ?? formatForFile(result) ?? settings.format
      if format == .svg || format == .html { table.title = table.title ?? result.question?.trimmed }
      let isShown = file == nil && isOnTerminal
      // A result that is also kept is kept as a program would read it.
      let renderer = Renderer(
        format,
        options: Renderer.Options(
          width: isShown ? TerminalSize.current().columns : nil,
          theme: isShown && tee == nil && recorder == nil ? settings.theme : .none,
          ascii: isShown && isASCII, sanitize: isShown, maxLinesPerCell: settings.linesPerCell,
          expansion: settings.expansion, footnotes: isShown))
      if format == .svg, let words = renderer.undrawn(table) { throw notDrawn(words) }
      try renderer.render(table) { (text) throws(Failure) in
        if isInterrupted() { throw Failure(StoreProblem.interrupted) }
        try put(text, to: file)
      }
      if let words = renderer.undrawn(table) { complain(words) }
      for note in table.notes { try putNote(note, isShown: isShown && format == .table) }
    }
  }

  /// A file to save to has the format of its name where none is asked for.
  private func formatForFile(_ result: Answer.Result) -> Renderer.Format? {
    guard let file = result.file else { return nil }
    let ending = URL(filePath: file).pathExtension.lowercased()
    return Renderer.Format(rawValue: ["md": "markdown", "htm": "html", "ndjson": "jsonl"][ending] ?? ending)
  }

  /// Notes stand beneath a table that a person reads, and elsewhere out of the way of the data.
  private func putNote(_ note: String, isShown: Bool) throws(Failure) {
    if isShown { try put("  \(visible(note))\n", to: nil) } else { complain(note) }
  }

  /// A part of a long text, where results go.
  func putText(_ text: String) throws(Failure) { try put(text, to: once ?? output) }

  private func put(_ text: String, to outlet: Outlet?) throws(Failure) {
    progress.clear()
    if let outlet {
      try outlet.write(text)
    } else if let screen {
      try screen.write(text)
    } else if !isSilent {
      try OpenFile.standardOutput.put(text)
    }
    try tee?.write(text)
  }

  /// The shell command that pages what overflows; nothing where nothing is paged.
  private var pager: String? {
    guard isInteractive, isOnTerminal, !options.safe, once == nil, output == nil else { return nil }
    let command: String
    switch settings.pager {
    case .off: return nil
    case .usual: command = environment[.pager] ?? "less -R"
    case .command(let given): command = given
    }
    let isUseless = command.isEmpty || command == "cat" || environment[.terminal] ?? "dumb" == "dumb"
    return isUseless || !ShellCommand.isFound(command) ? nil : command
  }

  // MARK: Words

  /// Text of the program itself, for whoever is at the terminal.
  func say(_ text: String) throws(Failure) { try OpenFile.standardOutput.put(text + "\n") }

  /// Words for the user.
  func complain(_ text: String) {
    guard !isSilent else { return }
    progress.clear()
    OpenFile.standardError.tell(visible(text) + "\n")
  }

  /// A failure with its place, or as a line of JSON.
  func write(_ failure: Failure) {
    if let onFailure { return onFailure(failure) }
    progress.clear()
    if isInteractive, let partial = failure.partial {
      // What stopped the analysis does not stop its rows from being shown.
      let asked = isInterrupted
      isInterrupted = { false }
      defer { isInterrupted = asked }
      do throws(Failure) { try write(Answer.table(partial)) } catch { complain(error.diagnostics[0].message) }
    }
    let theme = isTerminal(STDERR_FILENO) ? settings.theme : .none
    for diagnostic in failure.diagnostics {
      let text =
        switch options.errors {
        case .json: FailureLine(diagnostic, failure).text
        case .text: marked(words(diagnostic, failure), theme)
        }
      OpenFile.standardError.tell(text + "\n")
    }
    guard options.errors == .text else { return }
    for line in failure.detail?.split(separator: "\n", omittingEmptySubsequences: false) ?? [] {
      OpenFile.standardError.tell(visible(String(line)) + "\n")
    }
    for place in failure.trail { OpenFile.standardError.tell(Diagnostic.readable(place.line) + "\n") }
  }

  private func words(_ diagnostic: Diagnostic, _ failure: Failure) -> String {
    if let source = failure.source, diagnostic.span != nil {
      return diagnostic.rendered(in: source.map, file: source.name)
    }
    return "error: \(Diagnostic.readable(diagnostic.message))"
      + (diagnostic.help.map { "\nhelp: \(Diagnostic.readable($0))" } ?? "")
  }

  /// The words that stand before a message, in the theme's colours.
  private func marked(_ text: String, _ theme: Theme) -> String {
    var text = text
    for (word, part) in [("error:", \Theme.problem), ("help:", \Theme.advice)] {
      if let place = text.firstRange(of: word) { text.replaceSubrange(place, with: theme.mark(word, part)) }
    }
    return text
  }

  /// Something failed, and the run goes on.
  func note(_ failure: Failure.Status) {
    if status == 0 || failure == .storage { status = failure.rawValue }
  }

  /// Another session is waited for.
  func sayWaiting(_ problem: StoreProblem) { complain("waiting: \(problem.message)") }

  private var usesColour: Bool {
    (environment[.noColor] ?? "").isEmpty && !["dumb", ""].contains(environment[.terminal] ?? "")
  }

  private var isASCII: Bool {
    let locale = [environment[.localeOfAll], environment[.localeOfCharacters], environment[.language]]
      .compactMap { $0 }.first { !$0.isEmpty }
    return !(locale ?? "C").lowercased().contains("utf")
  }
}
