import CommandLanguage
import RegistryStore

/// What is known of a script before any of it is carried out: all errors in its syntax, its parameters, and what its
/// commands do. Of the commands of a long one nothing is kept.
struct ScriptOutline {
  private(set) var count = 0
  private var parts = PartMarks()
  /// What its commands do to the registry: whether all read, or bring transactions of their own, and whether none writes.
  private(set) var (needsNoTransaction, writesNothing) = (true, true)
  /// Whether it is one `load`.
  private(set) var isLoad = false
  /// The declarations of parameters, each in its text.
  private(set) var parameters: [(command: CommandSyntax, source: SourceText)] = []
  private var errors: [(diagnostic: Diagnostic, source: SourceText)] = []
  /// The text, and the commands, of a script that was read in one stretch.
  private(set) var short: (source: SourceText, commands: [CommandSyntax])?
  /// With which commands it was read.
  private let signatures: SignatureTable
  private let visible: Set<String>

  init(_ script: ScriptText, in session: Session) throws(Failure) {
    // Looking for plugins takes longer than most answers.
    if session.foundCommands == nil {
      self.init(CommandTable.own.signatures, session)
      if try read(script, session, stopsAtUnknown: true) {
        script.onlyReads = onlyReads
        return
      }
    }
    self.init(session.commands.signatures, session)
    _ = try read(script, session, stopsAtUnknown: false)
    script.onlyReads = onlyReads
  }

  private init(_ signatures: SignatureTable, _ session: Session) {
    self.signatures = signatures
    visible = Set(session.parameters.values.keys)
  }

  /// - Returns: whether it was read to its end.
  private mutating func read(
    _ script: ScriptText, _ session: Session, stopsAtUnknown: Bool
  ) throws(Failure) -> Bool {
    var stream = try script.commands(signatures, parameters: visible)
    var (kept, source) = ([CommandSyntax](), script.source(stream.stretch))
    while let step = try stream.next() {
      if stream.stretch.offset != source.offset {
        if session.store.isInterrupted?() == true { throw Failure(.interrupted, at: nil) }
        source = script.source(stream.stretch)
        kept = []
      }
      for diagnostic in step.diagnostics where diagnostic.severity == .error {
        if stopsAtUnknown, diagnostic.code == "unknown-command" { return false }
        errors.append((diagnostic, source))
      }
      guard let command = step.command else { continue }
      if stream.stretch.offset == 0 { kept.append(command) }
      note(command, source, session)
    }
    if stream.isOneStretch { short = (source, kept) }
    return true
  }

  private mutating func note(_ command: CommandSyntax, _ source: SourceText, _ session: Session) {
    let effect = session.effect(of: command)
    let bringsItsOwn = command.name.content == CommandDefinition.unite.name
    needsNoTransaction = needsNoTransaction && (effect == .reads || bringsItsOwn)
    writesNothing = writesNothing && effect != .writes
    isLoad = count == 0 && command.name.content == "load"
    if command.name.content == CommandDefinition.param.name { parameters.append((command, source)) }
    parts.note(command)
    count += 1
  }

  private var onlyReads: Bool { errors.isEmpty && writesNothing }

  /// All that is wrong with the syntax; nil where nothing is.
  var failure: Failure? {
    guard let first = errors.first else { return nil }
    if errors.allSatisfy({ $0.source.offset == first.source.offset }) {
      return Failure(.command, errors.map(\.diagnostic), in: first.source)
    }
    let (source, diagnostics) = SourceText.excerpt(errors)
    return Failure(.command, diagnostics, in: source)
  }

  /// The commands, to be carried out one after the other.
  /// - Parameter enter: is told of each stretch before the commands in it.
  func commands(
    of script: ScriptText, enter: @escaping (SourceText) -> Void
  ) throws(Failure) -> CommandQueue {
    if let short {
      enter(short.source)
      return CommandQueue(short.commands)
    }
    var stream = try script.commands(signatures, parameters: visible)
    var offset = -1
    return CommandQueue(count: count, unended: parts.unended) { () throws(Failure) in
      while let step = try stream.next() {
        if stream.stretch.offset != offset {
          offset = stream.stretch.offset
          enter(script.source(stream.stretch))
        }
        if let command = step.command { return command }
      }
      return nil
    }
  }
}

extension SourceText {
  /// The lines of a long text in which something is wrong, and what is, in these lines.
  fileprivate static func excerpt(
    _ errors: [(diagnostic: Diagnostic, source: SourceText)]
  ) -> (SourceText, [Diagnostic]) {
    var excerpt = SourceText(name: errors[0].source.name, text: "")
    var (diagnostics, length) = ([Diagnostic](), 0)
    var known: (source: SourceText, map: SourceMap)?
    for (diagnostic, source) in errors {
      let map = known.flatMap { $0.source.offset == source.offset ? $0.map : nil } ?? source.map
      known = (source, map)
      var moved = diagnostic
      if let span = diagnostic.span {
        let line = map.lineSpan(at: span.start)
        moved.span = Span(span.start - line.start + length, min(span.end, line.end) - line.start + length)
        let text = map.lineText(at: span.start) + "\n"
        excerpt.starts.append(map.position(of: line.start))
        excerpt.text += text
        length += text.utf8.count
      }
      diagnostics.append(moved)
    }
    return (excerpt, diagnostics)
  }
}
