import CommandLanguage
import Foundation
import Glibc
import RegistryCommands
import RegistryModel
import Rendering
import Terminal

/// Writes answers and failures: results to standard output or a file, everything else to standard error.
final class Printer {
  private let options: Options
  private var format: Renderer.Format
  /// Where `.output` sends results.
  private var output: FileHandle?
  private(set) var showsTime = false
  /// Whether a user is typing: then messages are shown.
  var isInteractive = false
  /// Whether an answer said that something is wrong.
  private(set) var sawFailure = false

  private let progressLine = ProgressLine()
  private let isOnTerminal = isTerminal(STDOUT_FILENO)

  init(_ options: Options) {
    self.options = options
    self.format =
      options.format.flatMap(Renderer.Format.init(rawValue:)) ?? (isTerminal(STDOUT_FILENO) ? .table : .tsv)
  }

  func write(_ answer: Answer) throws(Failure) {
    for result in answer.results { try write(result) }
    for note in answer.notes { complain(note) }
    if isInteractive { for message in answer.messages { complain(message) } }
    if answer.failed { sawFailure = true }
    switch answer.action {
    case .setFormat(let name)?: format = Renderer.Format(rawValue: name) ?? format
    case .setOutput(let path)?: output = try path.map { (path) throws(Failure) in try open(path) }
    case .setTimer(let isOn)?: showsTime = isOn
    case .quit?, .showHistory?, nil: break
    }
  }

  private func write(_ result: Answer.Result) throws(Failure) {
    let file = try result.file.map { (path) throws(Failure) in try open(path) } ?? output
    switch result.content {
    case .text(let text): try put(text + "\n", to: file)
    case .table(let table):
      let format = result.format.flatMap(Renderer.Format.init(rawValue:)) ?? formatForFile(result) ?? format
      let isShown = file == nil && isOnTerminal
      let renderer = Renderer(
        format,
        options: Renderer.Options(
          width: isShown ? TerminalSize.current().columns : nil, color: isShown && usesColour,
          ascii: isShown && isASCII,
          sanitize: isShown))
      try renderer.render(table) { (text) throws(Failure) in try put(text, to: file) }
      for note in table.notes { try putNote(note, isShown: isShown && format == .table) }
    }
  }

  /// A file to save to has the format of its name where none is asked for.
  private func formatForFile(_ result: Answer.Result) -> Renderer.Format? {
    guard let file = result.file else { return nil }
    let ending = URL(filePath: file).pathExtension
    return Renderer.Format(rawValue: ending == "md" ? "markdown" : ending)
  }

  /// Notes stand beneath a table that a person reads, and elsewhere out of the way of the data.
  private func putNote(_ note: String, isShown: Bool) throws(Failure) {
    if isShown { try put("  \(visible(note))\n", to: nil) } else { complain(note) }
  }

  private func put(_ text: String, to file: FileHandle?) throws(Failure) {
    do {
      try (file ?? .standardOutput).write(contentsOf: Data(text.utf8))
    } catch {
      throw Failure(
        .storage, code: "cannot-write", "cannot write the result: \(reason(error))",
        help: "look at where the output goes, and at the space there")
    }
  }

  /// The system's words where Foundation hides them behind a number.
  private func reason(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    guard underlying.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return String(cString: strerror(Int32(underlying.code)))
  }

  /// Text of the program itself, for whoever is at the terminal.
  func say(_ text: String) throws(Failure) { try put(text + "\n", to: nil) }

  private func open(_ path: String) throws(Failure) -> FileHandle {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      throw Failure(
        .storage, code: "cannot-write", "cannot write \(path): \(String(cString: strerror(errno)))",
        help: "look at the folder and its permissions")
    }
    return handle
  }

  /// Words for the user.
  func complain(_ text: String) {
    FileHandle.standardError.write(Data((visible(text) + "\n").utf8))
  }

  /// A failure with its place, or as a line of JSON.
  func write(_ failure: Failure) {
    for diagnostic in failure.diagnostics {
      let text: String
      switch options.errors {
      case .json: text = json(diagnostic, failure)
      case .text:
        if let source = failure.source, diagnostic.span != nil {
          text = diagnostic.rendered(in: source.text, file: source.name)
        } else {
          text =
            "error: \(visible(diagnostic.message))" + (diagnostic.help.map { "\nhelp: \(visible($0))" } ?? "")
        }
      }
      FileHandle.standardError.write(Data((text + "\n").utf8))
    }
  }

  private func json(_ diagnostic: Diagnostic, _ failure: Failure) -> String {
    struct Line: Encodable {
      var severity: String
      var code: String
      var message: String
      var help: String?
      var file: String?
      var line: Int?
      var column: Int?
      var status: Int32
    }
    let position = failure.source.flatMap { source in
      diagnostic.span.map { SourceMap(source.text).position(of: $0.start) }
    }
    let line = Line(
      severity: diagnostic.severity.rawValue, code: diagnostic.code, message: diagnostic.message,
      help: diagnostic.help,
      file: failure.source?.name, line: position?.line, column: position?.column,
      status: failure.status.rawValue)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? diagnostic.message
  }

  /// A part of a long text, where results go.
  func putText(_ text: String) throws(Failure) { try put(text, to: output) }

  /// How far a long command is, on one line of a terminal; off one, nothing.
  func show(_ progress: WorkProgress?) { progressLine.show(progress) }

  /// A command failed, and the run went on.
  func noteFailure() { sawFailure = true }

  private var usesColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return environment["NO_COLOR", default: ""].isEmpty
      && !["dumb", ""].contains(environment["TERM", default: ""])
  }

  private var isASCII: Bool {
    let environment = ProcessInfo.processInfo.environment
    let locale = [environment["LC_ALL"], environment["LC_CTYPE"], environment["LANG"]].compactMap { $0 }.first
    { !$0.isEmpty }
    return !(locale ?? "C").lowercased().contains("utf")
  }
}
