public import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

extension CommandDefinition {
  /// The dot-commands: matters of the session, not of the registry.
  static let sessionCommands: [CommandDefinition] =
    outputCommands + [
      editLast,
      dot(".read", .file, "Carry out a script", effect: .writes) { (words, session, span) throws(Failure) in
        guard let path = words.list.first else { throw Failures.notHere("which file?", ".read FILE", span) }
        guard !session.settings.safe else { throw Failures.safeSession("reading files", span) }
        return try session.read(path, reason: nil, span)
      },
      dot(
        ".on", .date, "Ask for what held on a date, where a command says no other; alone, of all time again",
        optional: true
      ) {
        (words, session, span) throws(Failure) in
        session.settings.times.on = try session.setDate(words.list, span)
        return session.tellTimes()
      },
      dot(
        ".published", .date, "Ask by the sources that were out by a date; alone, by all again", optional: true
      ) {
        (words, session, span) throws(Failure) in
        session.settings.times.published = try session.setDate(words.list, span)
        return session.tellTimes()
      },
      dot(
        ".recorded", .point, "Ask what the registry contained at t12 or a date; alone, what it contains",
        optional: true
      ) {
        (words, session, span) throws(Failure) in
        session.settings.times.recorded = try session.setPoint(words.list, span)
        return session.tellTimes()
      },
      dot(".tables", nil, "List the views that sql reads") { (_, session, _) throws(Failure) in
        .table(
          ResultTable(
            columns: [Column("view"), Column("about")],
            rows: session.store.views.map { [.text($0.name), .text($0.about)] }))
      },
      dot(".schema", .words, "Show the columns of a view, or of all", optional: true) {
        (words, session, span) throws(Failure) in
        let views = session.store.views.filter { words.list.isEmpty || words.list.contains($0.name) }
        guard !views.isEmpty else {
          throw Failures.notHere(
            "there is no view \(words.line)",
            Failures.didYouMean(nearest(to: words.list.first ?? "", in: session.store.views.map(\.name)))
              ?? ".tables lists them", span)
        }
        return .table(
          ResultTable(
            columns: [Column("view"), Column("column"), Column("about")],
            rows: views.flatMap { view in
              view.columns.map { [.text(view.name), .text($0.name), .text($0.about)] }
            }))
      },
      dot(".plugins", nil, "List the plugins found, where, and why any was refused") {
        (_, session, _) throws(Failure) in
        guard let analyses = session.analyses else {
          return .message("no plugins: the session was started without them")
        }
        return .table(analyses.plugins)
      },
      dot(
        ".history", .textOrWord, "Show the statements typed, of all sessions: all, or those with a text",
        optional: true
      ) { (words, _, _) throws(Failure) in
        Answer(action: .showHistory(words.list.isEmpty ? nil : words.list.joined(separator: " ")))
      },
      dot(".help", .restOfLine, "Explain the commands", optional: true) {
        (words, session, span) throws(Failure) in
        let text = (["help"] + words.list).joined(separator: " ")
        let tree = SourceTree(parsing: text, signatures: session.commands.signatures)
        guard let command = tree.commands.first else { return .nothing }
        return try CommandDefinition.help.run(command, session)
      },
      dot(".quit", nil, "Leave") { (_, _, _) throws(Failure) in Answer(action: .quit) },
      dot(".exit", nil, "Leave") { (_, _, _) throws(Failure) in Answer(action: .quit) },
    ]

  /// A session command.
  ///
  /// - Parameters:
  ///   - shape: of its words, for help and completion.
  ///   - optional: whether it can stand alone.
  static func dot(
    _ name: String, _ shape: ArgumentShape?, _ summary: String, optional: Bool = false,
    effect: Effect = .reads,
    _ run: @escaping @Sendable (SessionWords, Session, Span) throws(Failure) -> Answer
  ) -> CommandDefinition {
    let head = shape.map { [HeadElement(placeholder(of: $0), .argument($0), isOptional: optional)] } ?? []
    return CommandDefinition(
      CommandSignature(name: name, head: head), group: .session, effect: effect, summary: summary,
      examples: []
    ) { (command, session) throws(Failure) in
      var words = SessionWords(list: [], line: "")
      if case .words(let found)? = command.arguments["words"] { words.list = found.map(\.content) }
      if case .text(let line)? = command.arguments["line"] { words.line = line.content }
      return try run(words, session, command.span)
    }
  }

  private static func placeholder(of shape: ArgumentShape) -> String {
    switch shape {
    case .file: "file"
    case .restOfLine: "topic"
    case .words: "view"
    case .textOrWord: "text"
    case .point: "point"
    default: shape.placeholder
    }
  }
}

/// What stands behind the name of a session command.
struct SessionWords: Sendable {
  /// Split at blanks, without quotes.
  var list: [String]
  /// As it stands.
  var line: String
}

extension Session {
  /// Carries out the script at `path`, relative to the script that reads it.
  ///
  /// - Parameter reason: what the history says of it; the path unless told.
  public func read(_ path: String, reason: String? = nil, _ span: Span? = nil) throws(Failure) -> Answer {
    let url = URL(filePath: path, relativeTo: folder)
    let identity = url.resolvingSymlinksInPath().path
    guard !scripts.contains(identity) else { throw Failures.readsItself(path, span) }
    let text: String
    do {
      text = try String(contentsOf: url, encoding: .utf8)
    } catch {
      var isFolder: ObjCBool = false
      let there = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      throw Failures.cannotRead(
        path,
        isFolder.boolValue
          ? "it is a folder" : there ? "it is not UTF-8 text, or not permitted" : "there is no such file",
        span)
    }
    let outer = folder
    folder = url.deletingLastPathComponent()
    scripts.append(identity)
    defer {
      folder = outer
      scripts.removeLast()
    }
    var answer = Answer.nothing
    try execute(SourceText(name: path, text: text), atomicity: .whole, reason: reason ?? path) { outcome in
      if case .success(let part) = outcome { answer.append(part) }
    }
    return answer
  }
}
