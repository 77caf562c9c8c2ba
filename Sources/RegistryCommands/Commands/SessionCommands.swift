public import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

extension CommandDefinition {
  /// The dot-commands: matters of the session, not of the registry.
  static let sessionCommands: [CommandDefinition] = [
    dot(".format", "Set the format of results: " + StandardClauses.formats.joined(separator: ", ")) {
      (words, _, span) throws(Failure) in
      guard let format = words.first, StandardClauses.formats.contains(format) else {
        throw Failures.notHere(
          "which format?", "one of " + StandardClauses.formats.joined(separator: ", "), span)
      }
      return Answer(action: .setFormat(format))
    },
    dot(".output", "Write results to a file; without a file to the screen again") {
      (words, session, span) throws(Failure) in
      guard !session.settings.safe || words.isEmpty else { throw Failures.safeSession("writing files", span) }
      if let path = words.first { try session.refuseRegistry(path, span) }
      return Answer(action: .setOutput(words.first))
    },
    dot(".read", "Carry out a script", effect: .writes) { (words, session, span) throws(Failure) in
      guard let path = words.first else { throw Failures.notHere("which file?", ".read FILE", span) }
      return try session.read(path, reason: nil, span)
    },
    dot(".on", "Ask for what held on a date, where a command says no other; alone, of all time again") {
      (words, session, span) throws(Failure) in
      session.settings.times.on = try session.setDate(words, span)
      return session.tellTimes()
    },
    dot(".published", "Ask by the sources that were out by a date; alone, by all again") {
      (words, session, span) throws(Failure) in
      session.settings.times.published = try session.setDate(words, span)
      return session.tellTimes()
    },
    dot(".recorded", "Ask what the registry contained at t12 or a date; alone, what it contains") {
      (words, session, span) throws(Failure) in
      session.settings.times.recorded = try session.setPoint(words, span)
      return session.tellTimes()
    },
    dot(".timer", "Show how long each command takes: on or off") { (words, _, span) throws(Failure) in
      guard let word = words.first, ["on", "off"].contains(word) else {
        throw Failures.notHere("on or off?", ".timer on", span)
      }
      return Answer(action: .setTimer(word == "on"))
    },
    dot(".tables", "List the views that sql reads") { (_, session, _) throws(Failure) in
      .table(
        ResultTable(
          columns: [Column("view"), Column("about")],
          rows: session.store.views.map { [.text($0.name), .text($0.about)] }))
    },
    dot(".schema", "Show the columns of a view, or of all") { (words, session, span) throws(Failure) in
      let views = session.store.views.filter { words.isEmpty || words.contains($0.name) }
      guard !views.isEmpty else {
        throw Failures.notHere(
          "there is no view \(words.joined(separator: " "))",
          Failures.didYouMean(nearest(to: words.first ?? "", in: session.store.views.map(\.name)))
            ?? ".tables lists them", span)
      }
      return .table(
        ResultTable(
          columns: [Column("view"), Column("column"), Column("about")],
          rows: views.flatMap { view in
            view.columns.map { [.text(view.name), .text($0.name), .text($0.about)] }
          }))
    },
    dot(".plugins", "List the plugins found, where, and why any was refused") {
      (_, session, _) throws(Failure) in
      guard let analyses = session.analyses else {
        return .message("no plugins: the session was started without them")
      }
      return .table(analyses.plugins)
    },
    dot(".history", "Show the statements typed, all or those with a text") { (words, _, _) throws(Failure) in
      Answer(action: .showHistory(words.isEmpty ? nil : words.joined(separator: " ")))
    },
    dot(".help", "Explain the commands") { (words, session, span) throws(Failure) in
      let text = (["help"] + words).joined(separator: " ")
      let tree = SourceTree(parsing: text, signatures: session.commands.signatures)
      guard let command = tree.commands.first else { return .nothing }
      return try CommandDefinition.help.run(command, session)
    },
    dot(".quit", "Leave") { (_, _, _) throws(Failure) in Answer(action: .quit) },
    dot(".exit", "Leave") { (_, _, _) throws(Failure) in Answer(action: .quit) },
  ]

  private static func dot(
    _ name: String, _ summary: String, effect: Effect = .reads,
    _ run: @escaping @Sendable ([String], Session, Span) throws(Failure) -> Answer
  ) -> CommandDefinition {
    CommandDefinition(
      CommandSignature(name: name), group: .session, effect: effect, summary: summary, examples: []
    ) { (command, session) throws(Failure) in
      var words: [String] = []
      if case .words(let found)? = command.arguments["words"] { words = found.map(\.content) }
      return try run(words, session, command.span)
    }
  }
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
