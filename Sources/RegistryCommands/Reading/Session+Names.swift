public import CommandLanguage
import FoundationEssentials
public import RegistryModel
import RegistryStore

extension Session {
  /// The text of a name with its parameters put in.
  func substituted(_ name: NameSyntax) throws(Failure) -> String {
    guard name.form == .template else {
      return importing == nil || name.isVerbatim ? name.text : interpolated(name.text)
    }
    return try substituted(name.text, name.span)
  }

  /// The text of a word, with the values of the row that is imported in it.
  func text(_ word: Word) -> String {
    importing == nil || word.isVerbatim ? word.content : interpolated(word.content)
  }

  /// A bare word with `$name` replaced by the parameters' values.
  func substituted(_ template: String, _ span: Span) throws(Failure) -> String {
    var result = ""
    var rest = template[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      rest = rest[rest.utf8.index(after: dollar)...]
      let name = Template.name(at: rest)
      guard !name.isEmpty else {
        result += "$"
        continue
      }
      guard let value = parameter(String(name)) else { throw Failures.missingParameter(String(name), span) }
      // A part of a key has no blanks around it; a field may.
      result += importing != nil && name.utf8.count + 1 < template.utf8.count ? value.trimmed : value
      rest = rest[name.endIndex...]
    }
    return result + rest
  }

  /// A text with `$name` replaced where that is a parameter, or a column of what is imported.
  func interpolated(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var result = ""
    var rest = text[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      rest = rest[rest.utf8.index(after: dollar)...]
      let name = Template.name(at: rest)
      if let value = name.isEmpty ? nil : parameter(String(name)) {
        result += value
        rest = rest[name.endIndex...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }

  /// The entity that a name means.
  /// - Parameter property: whose value it is: where several things have the name, the one that the property takes.
  func entity(_ name: NameSyntax, for property: PropertyDefinition? = nil) throws(Failure) -> EntityRecord {
    guard let record = try entityIfKnown(name, for: property) else {
      let text = try substituted(name)
      if let importing {
        importing.noteUnmatched(text.trimmed, nil)
        throw Failures.noSuchName(text, near: [], name.span)
      }
      let near = try storing(name.span) { () throws(StoreProblem) in
        try store.names(.near(text, limit: 3))
      }
      throw Failures.noSuchName(text, near: near, name.span)
    }
    return record
  }

  /// The entity that a name means, nothing where there is none; `new …` makes it.
  ///
  /// A source has its title for a name, which is often the name of what it is about: only where a source is asked for
  /// does it come first.
  func entityIfKnown(
    _ name: NameSyntax, preferringSources: Bool = false, for property: PropertyDefinition? = nil
  ) throws(Failure) -> EntityRecord? {
    switch name.form {
    case .statement: throw Failures.wrongKind("@\(name.text)", expected: "a name", name.span)
    case .transaction: throw Failures.wrongKind("t\(name.text)", expected: "a name", name.span)
    case .new(let type, let title): return try makeNew(name, type: type, title: title)
    case .bare, .quoted, .template: break
    }
    var text = try substituted(name)
    if importing != nil { text = text.trimmed }
    // What a name meant then; what was not there yet is what it means now.
    if let namesAsOf,
      let record = try lookUp(text, name, preferringSources, property, Times(recorded: namesAsOf))
    {
      return record
    }
    guard let importing else { return try lookUp(text, name, preferringSources, property, .all) }
    // Of one source a name may mean what it means of no other.
    let use = ([property?.key.text ?? ""] + citedSources.map(\.text)).joined(separator: " ")
    let finding = try importing.finding(text, for: use) { () throws(Failure) in
      if importing.givesNames { try carryOutPending(name.span) }
      do throws(Failure) {
        return try lookUp(text, name, preferringSources, property, .all).map { .one($0) } ?? .none
      } catch {
        guard error.diagnostics.first?.code == "ambiguous-name" else { throw error }
        return .several(error)
      }
    }
    switch finding {
    case .one(let record): return record
    case .none: return nil
    case .several(let failure):
      importing.noteUnmatched(text, failure.diagnostics.first?.help)
      throw failure
    }
  }

  private func lookUp(
    _ text: String, _ name: NameSyntax, _ preferringSources: Bool, _ property: PropertyDefinition?,
    _ times: Times
  ) throws(Failure) -> EntityRecord? {
    // A quoted key is told from a name by its namespace.
    if name.form != .quoted || text.utf8.contains(UInt8(ascii: ":")), let key = Key(text) {
      if let record = try record(key, times, name.span) { return record }
    }
    var found: [EntityRecord] = []
    if !preferringSources, !citedSources.isEmpty {
      let sources = citedSources
      found = try storing(name.span) { () throws(StoreProblem) in
        try store.names(.localName(text, in: sources, times)).map(\.entity)
      }
    }
    if found.isEmpty {
      found = try storing(name.span) { () throws(StoreProblem) in try store.entities(named: text, times) }
    }
    if case .entities(let types)? = property?.range, importing != nil || found.count > 1 {
      let schema = try schema(at: name.span)
      let fitting = found.filter { record in
        types.contains { $0 == BuiltIn.entity || schema.isType(record.type, under: $0) }
      }
      if importing != nil || fitting.count == 1 { found = fitting }
    }
    guard found.count > 1 else { return found.first }
    let preferred = found.filter { ($0.type == BuiltIn.source) == preferringSources }
    guard preferred.count == 1 else {
      throw Failures.ambiguousName(text, preferred.isEmpty ? found : preferred, name.span)
    }
    return preferred.first
  }

  /// The sources whose own names for things count: those that the command and the `citing` around it cite.
  var citedSources: [Key] {
    Set([citedSource, evidence.last?.source].compactMap(\.self)).sorted()
  }

  /// Runs `body` so that names mean what they mean in the source that clauses cite.
  func naming<Result>(
    _ clauses: ClauseReader, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard let name = clauses[EvidenceClauses.citing] else { return try body() }
    let outer = citedSource
    citedSource = try source(name)
    defer { citedSource = outer }
    return try body()
  }

  private func makeNew(_ name: NameSyntax, type: String, title: String?) throws(Failure) -> EntityRecord {
    let schema = try schema(at: name.span)
    guard let definition = schema.type(named: type) else {
      throw Failures.noSuchType(type, near: nearest(to: type, in: schema.types.keys.map(\.text)), name.span)
    }
    let key = try newKey(try keyText(of: name), name.span)
    try introduce(
      key, type: definition.key, names: title.map { [$0] } ?? [], citation: citationAround(),
      name.span)
    return EntityRecord(key: key, type: definition.key, name: title ?? key.text)
  }

  /// What is written where a new key shall stand; `t12` and `@4k7q` mean something else already.
  func keyText(of name: NameSyntax) throws(Failure) -> String {
    switch name.form {
    case .statement: throw Failures.malformedKey("@" + name.text, name.span)
    case .transaction: throw Failures.malformedKey("t" + name.text, name.span)
    default:
      let text = try substituted(name)
      return importing == nil ? text : text.trimmed
    }
  }

  /// A key that nothing has yet.
  func newKey(_ text: String, _ span: Span) throws(Failure) -> Key {
    guard let key = Key(text) else { throw Failures.malformedKey(text, span) }
    if let there = try record(key, .all, span) {
      throw Failures.existsAlready(there, span)
    }
    try remarkHidden(key, span)
    return key
  }

  /// Makes an entity known by its type and its names.
  func introduce(_ key: Key, type: Key, names: [String], citation: Citation?, _ span: Span) throws(Failure) {
    importing?.introduce(EntityRecord(key: key, type: type, name: names.first ?? key.text))
    try apply(.createEntity(key), span)
    try apply(
      .claim(Statement(subject: key, property: BuiltIn.type, value: .text(type.text)), citation), span)
    for name in names {
      guard !name.allSatisfy(\.isWhitespace) else { throw Failures.emptyName(span) }
      if type != BuiltIn.source { try remarkShared(name, of: key, span) }
      try apply(.claim(Statement(subject: key, property: BuiltIn.name, value: .text(name)), citation), span)
    }
  }

  @discardableResult
  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome {
    if let importing {
      importing.add(edit)
      return EditOutcome(changed: true)
    }
    return try storing(span) { () throws(StoreProblem) in try store.apply(edit) }
  }

  /// The source that a name means.
  func source(_ name: NameSyntax) throws(Failure) -> Key {
    guard let record = try entityIfKnown(name, preferringSources: true) else {
      let sources = try schema(at: name.span).typeAndSubtypes(of: BuiltIn.source)
      let near = try storing(name.span) { () throws(StoreProblem) in
        try store.names(.near(name.text, types: sources, limit: 3))
      }
      throw Failures.noSuchSource(name.text, near: near, name.span)
    }
    guard try schema(at: name.span).isType(record.type, under: BuiltIn.source) else {
      throw Failures.notASource(record, name.span)
    }
    return record.key
  }

  /// The statement that `@id` means.
  func statement(_ name: NameSyntax) throws(Failure) -> StatementRecord {
    guard name.form == .statement else {
      throw Failures.wrongKind(name.text, expected: "a statement such as @4k7q", name.span)
    }
    let found = try storing(name.span) { () throws(StoreProblem) in try store.statements(idPrefix: name.text)
    }
    guard let record = found.first else { throw Failures.noSuchStatement(name.text, name.span) }
    guard found.count == 1 else { throw Failures.ambiguousStatement(name.text, found, name.span) }
    return record
  }

  /// The definition of the property that a word names: whoever asks may say it in the plural, and whoever writes not.
  func property(
    _ word: Word, _ schema: Schema, isWritten: Bool = false
  ) throws(Failure) -> PropertyDefinition {
    let found =
      isWritten ? schema.properties[Key(unchecked: word.content)] : schema.property(named: word.content)
    guard let definition = found else {
      throw Failures.noSuchProperty(
        word.content, near: nearest(to: word.content, in: schema.properties.keys.map(\.text)), word.span)
    }
    return definition
  }
}

extension Session {
  /// The key that a name means, of an entity of this type or one under it (`initiative, group`: of one of these); any
  /// where no type is named.
  public func entity(_ name: NameSyntax, of type: String?) throws(Failure) -> Key {
    let record = try entity(name)
    guard let type else { return record.key }
    let schema = try schema(at: name.span)
    let types = type.split(separator: ",").map { Key(unchecked: $0.trimmed) }
    guard !types.contains(where: { $0 == BuiltIn.entity || schema.isType(record.type, under: $0) }) else {
      return record.key
    }
    throw Failures.wrongKind(
      "\(record.key), \(Failures.withArticle(record.type.text)),", expected: "one of the type \(type)",
      name.span)
  }

  /// The key of the property, or of the type, that a word names.
  public func definition(_ word: Word, isType: Bool) throws(Failure) -> Key {
    let schema = try schema(at: word.span)
    return isType ? try type(word, schema).key : try property(word, schema).key
  }

  /// The date that a word means.
  public func date(_ word: Word) throws(Failure) -> PartialDate { try date(word.content, word.span) }
}
