import CommandLanguage
import RegistryModel
import RegistryStore

/// Keys, names and aliases that would make another name mean something else, or nothing at all.
///
/// A source has its title for a name, which is often the name of what it is about, and is told from it by where it
/// stands: between a source and anything else no name is shared.
extension Session {
  /// Refuses an alias that is already a name of something else, everywhere or in one source.
  func refuseAmbiguous(
    _ text: String, of record: EntityRecord, in source: Key?, _ span: Span
  ) throws(Failure) {
    let others = try things(named: text, but: record.key, record.type, in: source, span)
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
    if LanguageText.isReserved(text) || command(named: text) != nil {
      throw Failures.aliasOfWord(text, "a word of the language", span)
    }
    // `t12` and `@4k7q` are told apart from every name by how they look.
    if let kind = LanguageText.reference(text) { throw Failures.aliasOfWord(text, kind, span) }
  }

  /// Tells of a key that something else has for a name: the bare word is the key from then on.
  func remarkHidden(_ key: Key, _ span: Span) throws(Failure) {
    // The rows of a file bring their keys with them, too many to ask of each.
    guard importing == nil, restoring == nil else { return }
    let others = try things(named: key.text, but: key, nil, in: nil, span)
    guard let other = others.first else { return }
    remarks.append(
      "\(key) meant \(LanguageText.name(other.key)) (\(other.name)) until now, and means the new key from here on"
    )
  }

  /// Tells of a name that something else has too: from then on it means neither.
  func remarkShared(_ text: String, of key: Key, _ span: Span) throws(Failure) {
    guard importing == nil, restoring == nil else { return }
    let others = try things(named: text, but: key, nil, in: nil, span)
    guard !others.isEmpty else { return }
    let those = others.prefix(3).map { "\(LanguageText.name($0.key)) (\($0.name))" }.joined(separator: ", ")
    remarks.append(
      "\(LanguageText.quoted(text)) is a name of \(those) too, so that it means none of them: write \(LanguageText.name(key)) for this one"
    )
  }

  /// What a name means but for one thing, and for sources.
  private func things(
    named text: String, but key: Key, _ type: Key?, in source: Key?, _ span: Span
  ) throws(Failure) -> [EntityRecord] {
    let found = try storing(span) { () throws(StoreProblem) in
      if let source {
        try store.names(.localName(text, in: [source], .all)).map(\.entity)
      } else {
        try store.entities(named: text, .all)
      }
    }
    return found.filter { $0.key != key && ($0.type != BuiltIn.source || type == BuiltIn.source) }
  }
}
