import CommandLanguage
import RegistryModel
import RegistryStore

/// Reading what a dump says. Names are keys as they are written, and no rule is tested: what was recorded once is
/// recorded again.
struct Restoration {
  /// Whether each line is one step of the history; else a claim comes with its citation.
  let isHistory: Bool
  /// The properties defined up to here, which say how values are read.
  private var text = LanguageText(BuiltIn.properties)

  init(isHistory: Bool) { self.isHistory = isHistory }

  /// What a command of the dump asserts or withdraws.
  enum Step {
    case transaction(Transaction, undoing: [TransactionID])
    case content(RecordedContent, asserts: Bool)
  }

  mutating func steps(_ command: CommandSyntax) throws(Failure) -> [Step] {
    switch command.name.content {
    case "transaction" where isHistory: return [try transaction(command)]
    case "withdraw", "only":
      let asserts = command.name.content == "only"
      var steps: [Step] = []
      for command in try inner(command) {
        for content in try contents(command, isAlone: true) {
          if !asserts, case .property(let definition) = content { text.undefine(definition) }
          steps.append(.content(content, asserts: asserts))
        }
      }
      return steps
    default:
      let found = try contents(command, isAlone: isHistory)
      for case .property(let definition) in found { text.define(definition) }
      return found.map { .content($0, asserts: true) }
    }
  }

  private func inner(_ command: CommandSyntax) throws(Failure) -> [CommandSyntax] {
    guard case .commands(let commands, _)? = command.block else { throw Failures.notInDump(command.name) }
    return commands
  }

  /// - Parameter isAlone: whether a citation comes without the claim that it supports.
  private func contents(_ command: CommandSyntax, isAlone: Bool) throws(Failure) -> [RecordedContent] {
    let reason = command.text("because")
    switch command.name.content {
    case "claim", "deny":
      let statement = try statement(command)
      let denies = command.name.content == "deny"
      let own: RecordedContent = denies ? .denial(statement) : .claim(statement)
      guard let citation = try citation(command, denies ? .denies : .claims) else { return [own] }
      return (isAlone ? [] : [own]) + [.citation(statement, citation)]
    case "ranked":
      guard case .word(let word)? = command.arguments["rank"],
        let rank = [Rank.deprecated, .normal, .preferred].first(where: { $0.word == word.content }),
        let claim = try inner(command).first
      else { throw Failures.notInDump(command.name) }
      return [.rank(try statement(claim), rank, reason: reason)]
    case "alias":
      guard case .values(let values)? = command.arguments["names"], case .name(let name)? = values.first?.form
      else { throw Failures.notInDump(command.name) }
      let source = try command.name("in").map(key)
      return [.alias(try key(try command.head("entity")), name: name.text, source: source, reason: reason)]
    case "source": return [.source(try key(try command.head("key")), try sourceData(command))]
    case "merge":
      return [
        .merging(try key(try command.head("from")), into: try key(try command.head("into")), reason: reason)
      ]
    case "rename":
      return [
        .renaming(try key(try command.head("key")), to: try key(try command.head("new")), reason: reason)
      ]
    case "define type": return [.type(try DumpedDefinitions.type(command))]
    case "define property": return [.property(try DumpedDefinitions.property(command))]
    default: throw Failures.notInDump(command.name)
    }
  }

  private func transaction(_ command: CommandSyntax) throws(Failure) -> Step {
    guard case .name(let name)? = command.arguments["id"], name.form == .transaction,
      let number = Int64(name.text), case .text(let author)? = command.arguments["author"],
      let at = command.text("at"), let tool = command.text("tool")
    else { throw Failures.notInDump(command.name) }
    var undone: [TransactionID] = []
    if case .names(let names)? = command.clause("undoing")?.argument {
      undone = names.compactMap { Int64($0.text).map(TransactionID.init) }
    }
    return .transaction(
      Transaction(
        id: TransactionID(number), at: at, author: author.content, reason: command.text("because"),
        tool: tool,
        reverts: undone.first), undoing: undone)
  }

  // MARK: Parts

  private func key(_ name: NameSyntax) throws(Failure) -> Key {
    guard let key = Key(name.text) else { throw Failures.malformedKey(name.text, name.span) }
    return key
  }

  private func statement(_ command: CommandSyntax) throws(Failure) -> Statement {
    guard case .path(let path)? = command.arguments["target"], let word = path.properties.first,
      case .values(let values)? = command.arguments["values"], let syntax = values.first
    else { throw Failures.missingProperty(command.span) }
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
        let value = Value(canonicalText: "\(name.text):\(content ?? "")")
      else { break }
      return value
    case (.name(let name), .entities?): return .entity(try key(name))
    case (.name(let name), .text?), (.name(let name), .choice?): return .text(name.text)
    case (.name(let name), .date?): return .date(try date(Word(name.text, name.span)))
    case (.date(let text), .date?): return .date(try date(Word(text, syntax.span)))
    case (.number(let number, .exact), .date?): return .date(try date(Word(number.low, syntax.span)))
    case (.number(let number, let bound), .some(let range)) where range.isNumeric:
      return .quantity(try Session.quantity(number, bound, syntax, unit: definition?.unit))
    default: break
    }
    throw Failures.wrongKind(
      "this value", expected: definition.map { Failures.describe($0.range) } ?? "new exact KIND \"…\"",
      syntax.span)
  }

  private func date(_ word: Word) throws(Failure) -> PartialDate {
    do { return try PartialDate(edtf: word.content) } catch { throw Failures.badDate(error, word.span) }
  }

  private func validity(_ command: CommandSyntax) throws(Failure) -> Validity {
    var start: Validity.Start?
    var end: Validity.End?
    if case .date(let still)? = command.clause("still on")?.argument {
      guard case .date(let from)? = command.clause("from")?.argument else {
        return Validity(.seen(try date(still)))
      }
      return Validity(.ongoing(try date(from), still: try date(still)))
    }
    for clause in command.clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("from", .date(let word)): start = .from(try date(word))
      case ("until", .date(let word)): end = .until(try date(word))
      case ("through", .date(let word)): end = .through(try date(word))
      case ("on", .date(let word)): return Validity(.seen(try date(word)))
      case ("within", .dateRange(let low, let high)):
        return Validity(.within(try date(low), try date(high)))
      default: break
      }
    }
    return start == nil && end == nil ? Validity() : Validity(.period(start, end))
  }

  private func citation(_ command: CommandSyntax, _ stance: Stance) throws(Failure) -> Citation? {
    guard let name = command.name("citing") else { return nil }
    return Citation(
      source: try key(name), via: command.text("via"), locator: command.text("at"),
      quote: command.text("quote"), said: command.text("said"), inferred: command.text("inferred because"),
      stance: stance)
  }

  private func sourceData(_ command: CommandSyntax) throws(Failure) -> SourceData {
    guard case .text(let title)? = command.arguments["title"] else {
      throw Failures.missingSource(command.span)
    }
    var data = SourceData(title: title.content)
    guard case .fields(let fields, _)? = command.block else { return data }
    for field in fields {
      switch (field.keyword.content, field.argument) {
      case ("publisher", .text(let word)): data.publisher = word.content
      case ("published", .date(let word)): data.published = try date(word)
      case ("url", .text(let word)): data.url = word.content
      case ("retrieved", .date(let word)): data.retrieved = try date(word)
      case ("language", .text(let word)): data.language = word.content
      case ("reliability", .word(let word)):
        data.reliability = SourceData.Reliability(rawValue: word.content) ?? .f
      case ("note", .text(let word)): data.note = word.content
      default: break
      }
    }
    return data
  }
}

extension NameSyntax {
  /// `new exact KIND "TEXT"`
  fileprivate var isExact: Bool {
    if case .new("exact", _) = form { return true }
    return false
  }
}

extension ValueRange {
  fileprivate var isNumeric: Bool {
    switch self {
    case .number, .percent, .money: true
    default: false
    }
  }
}

extension CommandSyntax {
  /// The text behind a keyword.
  func text(_ keyword: String) -> String? {
    if case .text(let word)? = clause(keyword)?.argument { return word.content }
    return nil
  }

  /// The name behind a keyword.
  fileprivate func name(_ keyword: String) -> NameSyntax? {
    if case .name(let name)? = clause(keyword)?.argument { return name }
    return nil
  }

  /// The name at the head.
  fileprivate func head(_ argument: String) throws(Failure) -> NameSyntax {
    guard case .name(let name)? = arguments[argument] else { throw Failures.notInDump(self.name) }
    return name
  }
}
