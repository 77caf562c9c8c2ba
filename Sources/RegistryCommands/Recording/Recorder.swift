import CommandLanguage
import RegistryModel
import RegistryStore

/// Records what commands say, one edit after the other.
struct Recorder: CommandReader {
  private(set) var interpreter: Interpreter
  let maker: EntityMaker
  /// Whether a word is a command, which no alias can be.
  let isCommand: (String) -> Bool

  /// - Parameters:
  ///   - evidence: what the `citing … { }` around the command gives.
  ///   - edits: where edits go.
  init(
    _ context: ReadContext, _ parameters: Parameters, evidence: EvidenceFrame?, edits: any EditSink,
    isCommand: @escaping (String) -> Bool
  ) {
    let maker = EntityMaker(context: context, parameters: parameters, evidence: evidence, edits: edits)
    self.maker = maker
    self.isCommand = isCommand
    interpreter = Interpreter(
      names: NameResolver(
        context: context, parameters: parameters, citedSources: [evidence?.source].compactMap(\.self),
        make: { (name, type, title) throws(Failure) in try maker.make(name, type: type, title: title) }),
      evidence: evidence)
  }

  /// The same for what stands between the braces of a `citing`.
  func citing(_ frame: EvidenceFrame) -> Recorder {
    Recorder(context, maker.parameters, evidence: frame, edits: maker.edits, isCommand: isCommand)
  }

  /// The same where names mean what they mean in the source that clauses cite.
  func naming(_ clauses: ClauseReader) throws(Failure) -> Recorder {
    var copy = self
    copy.interpreter = try interpreter.naming(clauses)
    return copy
  }

  /// The same for the rows of a file, whose edits wait for one another.
  /// - Parameters:
  ///   - row: the row that is read.
  ///   - batch: what waits.
  ///   - source: the source that the file is.
  func ofRows(
    _ row: CurrentRow, _ batch: EditBatch, _ parameters: Parameters, citing source: Key?
  ) -> Recorder {
    var parameters = parameters
    parameters.row = row
    var context = context
    context.batch = batch
    // They bring their keys with them, too many to ask of each.
    context.remark = nil
    let around = interpreter.evidence
    let frame = source.map { EvidenceFrame(source: $0, qualifiers: around?.qualifiers ?? []) } ?? around
    return Recorder(context, parameters, evidence: frame, edits: batch, isCommand: isCommand)
  }

  /// Records an edit.
  @discardableResult
  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome { try maker.edits.apply(edit, span) }

  /// Carries out a command of a mapping for the row that is read.
  func recordRow(_ command: CommandSyntax) throws(Failure) {
    guard let definition = CommandTable.own[command.name.content] else {
      throw Failures.notInMapping(command.name)
    }
    let invocation = try Invocation(command, by: definition.signature)
    switch definition.name {
    case CommandDefinition.claim.name: _ = try assert(invocation, denies: false)
    case CommandDefinition.deny.name: _ = try assert(invocation, denies: true)
    case CommandDefinition.add.name: _ = try add(invocation)
    case CommandDefinition.alias.name: _ = try alias(invocation)
    case CommandDefinition.citing.name:
      let inner = citing(try interpreter.frame(invocation))
      for command in invocation.commands ?? [] { try inner.recordRow(command) }
    default: throw Failures.notInMapping(command.name)
    }
    try invocation.refuseUnread()
  }

  // MARK: Names that would mean something else

  /// Refuses an alias that is already a name of something else, everywhere or in one source.
  func refuseAmbiguous(
    _ text: String, of record: EntityRecord, in source: Key?, _ span: Span
  ) throws(Failure) {
    let others = try maker.things(named: text, but: record.key, record.type, in: source, span)
    if !others.isEmpty { throw Failures.aliasOfOther(text, record, others, source, span) }
  }

  /// Refuses an alias that the language reads as something of its own.
  /// - Parameter isMeant: whether it is told apart from what it means, as what one source calls so.
  func refuseWordOfLanguage(_ text: String, isMeant: Bool, _ span: Span) throws(Failure) {
    if LanguageText.isValueWord(text) { throw Failures.aliasOfValue(text, span) }
    guard !isMeant else { return }
    let schema = try schema(at: span)
    if let type = schema.type(named: text) {
      throw Failures.aliasOfWord(text, "the type \(type.key)", span)
    }
    if schema.properties[Key(unchecked: text)] != nil {
      throw Failures.aliasOfWord(text, "the property \(text)", span)
    }
    if LanguageText.isReserved(text) || isCommand(text) {
      throw Failures.aliasOfWord(text, "a word of the language", span)
    }
    // `t12` and `@4k7q` are told apart from every name by how they look.
    if let kind = LanguageText.reference(text) { throw Failures.aliasOfWord(text, kind, span) }
  }
}
