import CommandLanguage
import RegistryModel
import RegistryStore

/// Makes entities that were not there, and tells what a new key or name does to what is there.
struct EntityMaker {
  let context: ReadContext
  let parameters: Parameters
  /// What the `citing … { }` around the command gives.
  let evidence: EvidenceFrame?
  let edits: any EditSink

  /// Makes what `new TYPE KEY "Title"` stands for.
  func make(_ name: NameSyntax, type: String, title: String?) throws(Failure) -> EntityRecord {
    let schema = try context.schema(at: name.span)
    guard let definition = schema.type(named: type) else {
      throw Failures.noSuchType(type, near: nearest(to: type, in: schema.types.keys.map(\.text)), name.span)
    }
    let key = try newKey(try parameters.keyText(of: name), name.span)
    try introduce(
      key, type: definition.key, names: title.map { [$0] } ?? [],
      citation: evidence?.citation(at: parameters.row?.locator),
      name.span)
    return EntityRecord(key: key, type: definition.key, name: title ?? key.text)
  }

  /// A key that nothing has yet.
  func newKey(_ text: String, _ span: Span) throws(Failure) -> Key {
    guard let key = Key(text) else { throw Failures.malformedKey(text, span) }
    if let there = try context.record(key, .all, span) {
      throw Failures.existsAlready(there, span)
    }
    try remarkHidden(key, span)
    return key
  }

  /// Makes an entity known by its type and its names.
  func introduce(_ key: Key, type: Key, names: [String], citation: Citation?, _ span: Span) throws(Failure) {
    context.batch?.introduce(EntityRecord(key: key, type: type, name: names.first ?? key.text))
    try edits.apply(.createEntity(key), span)
    try edits.apply(
      .claim(Statement(subject: key, property: BuiltIn.type, value: .text(type.text)), citation), span)
    for name in names {
      guard !name.allSatisfy(\.isWhitespace) else { throw Failures.emptyName(span) }
      if type != BuiltIn.source { try remarkShared(name, of: key, span) }
      try edits.apply(
        .claim(Statement(subject: key, property: BuiltIn.name, value: .text(name)), citation), span)
    }
  }

  /// Tells of a key that something else has for a name: the bare word is the key from then on.
  func remarkHidden(_ key: Key, _ span: Span) throws(Failure) {
    // The rows of a file bring their keys with them, too many to ask of each.
    guard let remark = context.remark else { return }
    let others = try things(named: key.text, but: key, nil, in: nil, span)
    guard let other = others.first else { return }
    remark(
      "\(key) meant \(LanguageText.name(other.key)) (\(other.name)) until now, and means the new key from here on"
    )
  }

  /// Tells of a name that something else has too: from then on it means neither.
  func remarkShared(_ text: String, of key: Key, _ span: Span) throws(Failure) {
    guard let remark = context.remark else { return }
    let others = try things(named: text, but: key, nil, in: nil, span)
    guard !others.isEmpty else { return }
    var those = others.prefix(3).map { "\(LanguageText.name($0.key)) (\($0.name))" }.joined(separator: ", ")
    if others.count > 3 { those += " and \(others.count - 3) more" }
    remark(
      "\(LanguageText.quoted(text)) is a name of \(those) too, so that it means none of them: write \(LanguageText.name(key)) for this one"
    )
  }

  /// What a name means but for one thing, and for sources.
  func things(
    named text: String, but key: Key, _ type: Key?, in source: Key?, _ span: Span
  ) throws(Failure) -> [EntityRecord] {
    try context.batch?.carryOutGiving(text, span)
    let found = try storing(span) { () throws(StoreProblem) in
      if let source {
        try context.store.names(.localName(text, in: [source], .all)).map(\.entity)
      } else {
        try context.store.entities(named: text, .all)
      }
    }
    return found.filter { $0.key != key && ($0.type != BuiltIn.source || type == BuiltIn.source) }
  }
}
