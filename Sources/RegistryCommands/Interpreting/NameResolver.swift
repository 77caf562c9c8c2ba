import CommandLanguage
import RegistryModel
import RegistryStore

/// What words mean: entities, sources, statements, transactions, types and properties.
///
/// A name means what it meant when that was recorded which is asked for (``ReadContext/times``), and where a source is
/// cited, what it means in that source.
struct NameResolver {
  let context: ReadContext
  var parameters: Parameters
  /// The sources whose own names for things count: those that are cited.
  var citedSources: [Key] = []
  /// Makes what `new TYPE KEY "Title"` stands for.
  let make: (_ name: NameSyntax, _ type: String, _ title: String?) throws(Failure) -> EntityRecord

  /// The entity that a name means.
  /// - Parameter property: whose value it is: where several things have the name, the one that the property takes.
  func entity(_ name: NameSyntax, for property: PropertyDefinition? = nil) throws(Failure) -> EntityRecord {
    guard let record = try entityIfKnown(name, for: property) else {
      let text = try parameters.substituted(name)
      if let row = parameters.row {
        row.noteUnmatched(text.trimmed, nil)
        throw Failures.noSuchName(text, near: [], name.span)
      }
      let near = try storing(name.span) { () throws(StoreProblem) in
        try context.store.names(.near(text, limit: 3))
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
    case .new(let type, let title):
      let words = title.map(parameters.text)
      // A field that says nothing leaves the thing with its key.
      let isNothing = parameters.row != nil && words?.allSatisfy(\.isWhitespace) == true
      return try make(name, type, isNothing ? nil : words)
    case .bare, .quoted, .template: break
    }
    var text = try parameters.substituted(name)
    if parameters.row != nil { text = text.trimmed }
    // What a name meant then; what was not there yet is what it means now.
    if let recorded = context.times.recorded,
      let record = try lookUp(text, name, preferringSources, property, Times(recorded: recorded))
    {
      return record
    }
    guard let batch = context.batch else { return try lookUp(text, name, preferringSources, property, .all) }
    // Of one source a name may mean what it means of no other.
    let use = ([property?.key.text ?? ""] + citedSources.map(\.text)).joined(separator: " ")
    let finding = try batch.finding(text, for: use) { () throws(Failure) in
      // A key is no name that somebody is given.
      if let record = try keyed(text, name, .all) { return .one(record) }
      try batch.carryOutGiving(text, name.span)
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
      parameters.row?.noteUnmatched(text, failure.diagnostics.first?.help)
      throw failure
    }
  }

  /// The entity that a name means as its key.
  private func keyed(_ text: String, _ name: NameSyntax, _ times: Times) throws(Failure) -> EntityRecord? {
    // A quoted key is told from a name by its namespace.
    guard name.form != .quoted || text.utf8.contains(UInt8(ascii: ":")), let key = Key(text) else {
      return nil
    }
    return try context.record(key, times, name.span)
  }

  private func lookUp(
    _ text: String, _ name: NameSyntax, _ preferringSources: Bool, _ property: PropertyDefinition?,
    _ times: Times
  ) throws(Failure) -> EntityRecord? {
    if let record = try keyed(text, name, times) { return record }
    var found: [EntityRecord] = []
    if !preferringSources, !citedSources.isEmpty {
      let sources = citedSources
      found = try storing(name.span) { () throws(StoreProblem) in
        try context.store.names(.localName(text, in: sources, times)).map(\.entity)
      }
    }
    if found.isEmpty {
      found = try storing(name.span) { () throws(StoreProblem) in
        try context.store.entities(named: text, times)
      }
    }
    if case .entities(let types)? = property?.range, context.batch != nil || found.count > 1 {
      let schema = try context.schema(at: name.span)
      let fitting = found.filter { record in
        types.contains { $0 == BuiltIn.entity || schema.isType(record.type, under: $0) }
      }
      if context.batch != nil || fitting.count == 1 { found = fitting }
    }
    guard found.count > 1 else { return found.first }
    let preferred = found.filter { ($0.type == BuiltIn.source) == preferringSources }
    guard preferred.count == 1 else {
      throw Failures.ambiguousName(text, preferred.isEmpty ? found : preferred, name.span)
    }
    return preferred.first
  }

  /// The source that a name means.
  func source(_ name: NameSyntax) throws(Failure) -> Key {
    guard let record = try entityIfKnown(name, preferringSources: true) else {
      let sources = try context.schema(at: name.span).typeAndSubtypes(of: BuiltIn.source)
      let near = try storing(name.span) { () throws(StoreProblem) in
        try context.store.names(.near(name.text, types: sources, limit: 3))
      }
      throw Failures.noSuchSource(name.text, near: near, name.span)
    }
    guard try context.schema(at: name.span).isType(record.type, under: BuiltIn.source) else {
      throw Failures.notASource(record, name.span)
    }
    return record.key
  }

  /// The statement that `@id` means.
  func statement(_ name: NameSyntax) throws(Failure) -> StatementRecord {
    guard name.form == .statement else {
      throw Failures.wrongKind(name.text, expected: "a statement such as @4k7q", name.span)
    }
    let found = try storing(name.span) { () throws(StoreProblem) in
      try context.store.statements(idPrefix: name.text)
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

  /// The definition of the type that a word names.
  func type(_ word: Word, _ schema: Schema) throws(Failure) -> TypeDefinition {
    guard let definition = schema.type(named: word.content) else {
      throw Failures.noSuchType(
        word.content, near: nearest(to: word.content, in: schema.types.keys.map(\.text)), word.span)
    }
    return definition
  }

  /// `t12`.
  func transaction(_ name: NameSyntax) throws(Failure) -> TransactionID {
    guard name.form == .transaction, let number = Int64(name.text) else {
      throw Failures.wrongKind(name.text, expected: "a transaction such as t12", name.span)
    }
    return TransactionID(number)
  }

  /// `t12`, where there is one: a later one would silently mean all.
  func knownTransaction(_ name: NameSyntax) throws(Failure) -> TransactionID {
    let id = try transaction(name)
    let newest = try storing(name.span) { () throws(StoreProblem) in try context.store.transactions(limit: 1)
    }
    guard let newest = newest.first, id <= newest.id else {
      throw Failure(.unknownTransaction(id), at: name.span)
    }
    return id
  }
}
