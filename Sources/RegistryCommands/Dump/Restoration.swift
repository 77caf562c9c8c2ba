import CommandLanguage
import RegistryModel
import RegistryStore

/// Reading what a dump says. Names are keys as they are written, and no rule is tested: what was recorded once is
/// recorded again.
struct Restoration {
  /// Whether each line is one step of the history; else a claim comes with its citation.
  let isHistory: Bool
  /// What the first line says.
  private let header: Header
  /// The properties defined up to here, which say how values are read.
  private var text = LanguageText(BuiltIn.properties)
  private var preparer = EditPreparer()
  /// How many lines were read behind the first, and where the last of a dump was found.
  private var lines = 0
  private var isEnded = false

  init(_ header: Header) {
    self.header = header
    isHistory = header.isHistory
  }

  /// What a command of the dump asserts or withdraws.
  enum Step: Sendable {
    case transaction(Transaction, undoing: [TransactionID])
    case asserted([PreparedContent])
    case withdrawn(RecordedContent)
    case ended(RecordedContent, seen: [TransactionID])
  }

  /// What a line says. Of one that cannot be read nothing is kept in mind.
  mutating func read(_ command: CommandSyntax) throws(Failure) -> [Step] {
    var copy = self
    let invocation = try Self.open(command)
    guard !isEnded else { throw Failures.behindEndOfDump(command.name.span) }
    let steps = try copy.steps(invocation)
    try invocation.refuseUnread()
    self = copy
    return steps
  }

  /// Refuses a dump of which the end is missing.
  func requireEnd(_ span: Span?) throws(Failure) {
    if header.hasEnd, !isEnded { throw Failures.cutDump(lines, span) }
  }

  /// A command by its signature; those of plugins stand in no dump.
  private static func open(_ command: CommandSyntax) throws(Failure) -> Invocation {
    guard let definition = CommandTable.own[command.name.content] else {
      throw Failures.notInDump(command.name)
    }
    return try Invocation(command, by: definition.signature)
  }

  private mutating func steps(_ command: Invocation) throws(Failure) -> [Step] {
    if command.name.content == "end" {
      let said = command[RestoredGrammar.lines]
      guard said == lines else { throw Failures.otherDump(lines, said: said, command.span) }
      isEnded = true
      return []
    }
    lines += 1
    switch command.name.content {
    case "transaction" where isHistory: return [try transaction(command)]
    case "withdraw", "only":
      let asserts = command.name.content == "only"
      let seen =
        asserts ? nil : command[RestoredGrammar.seen]?.compactMap { Int64($0.text).map(TransactionID.init) }
      var steps: [Step] = []
      for inner in command.commands ?? [] {
        let inner = try Self.open(inner)
        let found = try contents(inner, isAlone: true)
        try inner.refuseUnread()
        for content in found {
          if !asserts, case .property(let definition) = content { text.undefine(definition) }
          let step = asserts ? Step.asserted([preparer.prepare(content)]) : .withdrawn(content)
          steps.append(seen.map { .ended(content, seen: $0) } ?? step)
        }
      }
      return steps
    default:
      let found = try contents(command, isAlone: isHistory)
      for case .property(let definition) in found { text.define(definition) }
      return [.asserted(found.map { preparer.prepare($0) })]
    }
  }

  /// - Parameter isAlone: whether a citation comes without the claim that it supports.
  private func contents(
    _ command: Invocation, isAlone: Bool
  ) throws(Failure) -> [RecordedContent] {
    switch command.name.content {
    case "ranked":
      let word = command[RestoredGrammar.rank]
      let reason = command.reason
      guard let rank = [Rank.deprecated, .normal, .preferred].first(where: { $0.word == word.content }),
        let inner = command.commands, inner.count == 1
      else { throw Failures.notInDump(command.name) }
      let claim = try Self.open(inner[0])
      let statement = try statement(claim)
      try claim.refuseUnread()
      return [.rank(statement, rank, reason: reason)]
    case "reviewed":
      guard let due = try command[RestoredGrammar.by].map(date), let inner = command.commands,
        inner.count == 1
      else { throw Failures.notInDump(command.name) }
      let reason = command.reason
      let claim = try Self.open(inner[0])
      let statement = try statement(claim)
      try claim.refuseUnread()
      return [.review(statement, by: due, reason: reason)]
    case "claim", "deny":
      let statement = try statement(command)
      let denies = command.name.content == "deny"
      let own: RecordedContent = denies ? .denial(statement) : .claim(statement)
      guard let citation = try citation(command, denies ? .denies : .claims) else { return [own] }
      return (isAlone ? [] : [own]) + [.citation(statement, citation)]
    case "alias":
      guard case .name(let name)? = command[AliasGrammar.names].first?.form else {
        throw Failures.notInDump(command.name)
      }
      let local = try command[AliasGrammar.source].map(key)
      let source = try command[AliasGrammar.citing].map(key) ?? local
      return [
        .alias(
          try key(command[AliasGrammar.entity]), name: name.text, source: source,
          isLocal: local != nil && !header.isFirst, reason: command.reason)
      ]
    case "source":
      let data = try command.sourceData(date: date, source: key)
      return [.source(try key(command[SourceGrammar.key]), data)]
    case "merge":
      return [
        .merging(
          try key(command[MergeGrammar.from]), into: try key(command[MergeGrammar.into]),
          reason: command.reason)
      ]
    case "rename":
      return [
        .renaming(
          try key(command[RenameGrammar.key]), to: try key(command[RenameGrammar.new]), reason: command.reason
        )
      ]
    case "define type": return [.type(try DumpedDefinitions.type(command))]
    case "define property": return [.property(try DumpedDefinitions.property(command))]
    default: throw Failures.notInDump(command.name)
    }
  }

  private func transaction(_ command: Invocation) throws(Failure) -> Step {
    let name = command[RestoredGrammar.id]
    guard name.form == .transaction, let number = Int64(name.text), let at = command[RestoredGrammar.at],
      let tool = command[RestoredGrammar.tool]
    else { throw Failures.notInDump(command.name) }
    let undone = command[RestoredGrammar.undoing]?.compactMap { Int64($0.text).map(TransactionID.init) } ?? []
    return .transaction(
      Transaction(
        id: TransactionID(number), at: at.content, author: command[RestoredGrammar.author].content,
        reason: command.reason, tool: tool.content, reverts: undone.first,
        identity: header.hasIdentities ? try identity(command) : nil,
        arrived: header.hasIdentities ? command[RestoredGrammar.arrived]?.content : nil), undoing: undone)
  }

  private func identity(_ command: Invocation) throws(Failure) -> TransactionIdentity {
    guard let origin = command[RestoredGrammar.origin], let number = command[RestoredGrammar.number],
      let clock = command[RestoredGrammar.clock], let uid = command[RestoredGrammar.uid]
    else { throw Failures.notInDump(command.name) }
    return TransactionIdentity(
      origin: origin.content, number: Int64(number), clock: Int64(clock), uid: uid.content)
  }

  // MARK: Parts

  private func key(_ name: NameSyntax) throws(Failure) -> Key {
    guard let key = Key(name.text) else { throw Failures.malformedKey(name.text, name.span) }
    return key
  }

  private func statement(_ command: Invocation) throws(Failure) -> Statement {
    let path = command[ClaimGrammar.target]
    let values = command[ClaimGrammar.values]
    guard let word = path.properties.first, path.properties.count == 1, let syntax = values.first,
      values.count == 1
    else { throw Failures.notInDump(command.name) }
    let property = Key(unchecked: word.content)
    var qualifiers: [Qualifier] = []
    for qualifier in path.qualifiers {
      let key = Key(unchecked: qualifier.property.content)
      qualifiers.append(Qualifier(key, try value(qualifier.value, of: key)))
    }
    return Statement(
      subject: try key(path.name), property: property, value: try value(syntax, of: property),
      qualifiers: qualifiers, validity: try validity(command))
  }

  private func value(_ syntax: ValueSyntax, of property: Key) throws(Failure) -> Value {
    let definition = text.properties[property]
    switch (syntax.form, definition?.range) {
    case (.unknown, _): return .unknown
    case (.none, _): return .none
    case (.name(let name), _) where name.isExact:
      guard case .new(_, let content) = name.form,
        let value = Value(canonicalText: "\(name.text):\(content?.content ?? "")")
      else { break }
      return value
    case (.name(let name), .entities?): return .entity(try key(name))
    case (.name(let name), .text?), (.name(let name), .choice?): return .text(name.text)
    case (.name(let name), .date?): return .date(try date(Word(name.text, name.span)))
    case (.date(let text), .date?): return .date(try date(Word(text, syntax.span)))
    case (.number(let number, .exact), .date?): return .date(try date(Word(number.text, syntax.span)))
    case (.number(let number, let bound), .some(let range)) where range.isNumeric:
      guard let definition else { break }
      return .quantity(try Interpreter.quantity(number, bound, syntax, definition))
    default: break
    }
    throw Failures.wrongKind(
      "this value", expected: definition.map { Failures.describe($0.range) } ?? "new exact KIND \"…\"",
      syntax.span)
  }

  private func date(_ word: Word) throws(Failure) -> PartialDate {
    do { return try PartialDate(edtf: word.content) } catch { throw Failures.badDate(error, word.span) }
  }

  private func validity(_ command: Invocation) throws(Failure) -> Validity {
    if let still = command[PeriodClauses.stillOn] {
      guard let from = command[PeriodClauses.from] else { return Validity(.seen(try date(still))) }
      return Validity(.ongoing(try date(from), still: try date(still)))
    }
    if let word = command[PeriodClauses.on] { return Validity(.seen(try date(word))) }
    if let range = command[PeriodClauses.within] {
      return Validity(.within(try date(range.first), try date(range.last)))
    }
    let start = try command[PeriodClauses.from].map { (word) throws(Failure) in
      Validity.Start.from(try date(word))
    }
    var end = try command[PeriodClauses.until].map { (word) throws(Failure) in
      Validity.End.until(try date(word))
    }
    if let word = command[PeriodClauses.through] { end = .through(try date(word)) }
    return start == nil && end == nil ? Validity() : Validity(.period(start, end))
  }

  private func citation(_ command: Invocation, _ stance: Stance) throws(Failure) -> Citation? {
    guard let name = command[EvidenceClauses.citing] else { return nil }
    return Citation(
      source: try key(name), via: command[EvidenceClauses.via]?.content,
      locator: command[EvidenceClauses.at]?.content, quote: command[EvidenceClauses.quote]?.content,
      said: command[EvidenceClauses.said]?.content, inferred: command[EvidenceClauses.inferred]?.content,
      stance: stance)
  }
}

extension NameSyntax {
  /// `new exact KIND "TEXT"`
  fileprivate var isExact: Bool {
    if case .new("exact", _) = form { return true }
    return false
  }
}
