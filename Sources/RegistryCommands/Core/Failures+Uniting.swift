import CommandLanguage
import RegistryModel
import RegistryStore

/// What several registries recorded of one key.
extension Failures {
  static func nothingToPart(_ key: Key, _ span: Span) -> Failure {
    Failure(
      .refused, code: "nothing-to-part", "nothing that stands of \(key) was recorded there",
      help: "history \(LanguageText.name(key)) shows by which transactions and registries it stands", at: span
    )
  }
  static func unknownOrigin(_ text: String, _ span: Span) -> Failure {
    Failure(
      code: "unknown-origin", "no transaction here was made in a registry \(LanguageText.quoted(text))",
      help: "list transactions columns author, origin shows them", at: span)
  }
  static func ambiguousOrigin(_ text: String, _ origins: [String], _ span: Span) -> Failure {
    Failure(
      code: "ambiguous-origin",
      "\(LanguageText.quoted(text)) begins the names of \(origins.count) registries",
      help: "write more of one: " + origins.prefix(3).joined(separator: ", "), at: span)
  }
  static func partedByName(_ name: NameSyntax) -> Failure {
    Failure(
      code: "wrong-kind", "\(name.text) is neither a transaction nor a registry in quotes",
      help: "write t12, t15, or the beginning of a registry's name, \"4k7q2m\"", at: name.span)
  }
}
