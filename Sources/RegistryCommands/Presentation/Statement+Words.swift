import RegistryModel

extension Value {
  /// The value without quotation marks around a text.
  var unquoted: String {
    if case .text(let text) = self { return text }
    return LanguageText.plain(self)
  }
}

extension Statement {
  /// The qualifiers in the words of the language.
  var qualifierWords: String {
    qualifiers.map { "\($0.property) \(LanguageText.plain($0.value))" }.joined(separator: ", ")
  }

  /// The qualifiers, their texts without quotation marks.
  var unquotedQualifiers: String {
    qualifiers.map { "\($0.property) \($0.value.unquoted)" }.joined(separator: ", ")
  }
}
