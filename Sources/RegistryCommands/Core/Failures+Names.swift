import CommandLanguage
import RegistryModel
import RegistryStore

/// Names and keys that would mean something else as well, or instead.
extension Failures {
  static func aliasOfOther(
    _ text: String, _ record: EntityRecord, _ others: [EntityRecord], _ source: Key?, _ span: Span
  ) -> Failure {
    let those = others.prefix(3).map { "\($0.key) (\($0.name))" }.joined(separator: ", ")
    let place = source.map { " in \($0)" } ?? ""
    let help =
      source == nil
      ? "in SOURCE records what one source calls so, shared that the name means \(others.count == 1 ? "both" : "all")"
      : "shared records it all the same"
    return Failure(
      .refused, code: "alias-of-other", "\(quotedIfNeeded(text)) means \(those)\(place), not \(record.key)",
      help: help, at: span)
  }
  static func aliasOfValue(_ text: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "alias-of-word",
      "\(text) is what stands where a value is not known, or where there is none",
      help: "name it as its sources do, in a word of its own", at: span)
  }
  static func aliasOfWord(_ text: String, _ what: String, _ span: Span) -> Failure {
    Failure(
      .refused, code: "alias-of-word", "\(text) is \(what)",
      help: "in SOURCE records what one source calls so, shared that the name is a word of the language too",
      at: span)
  }
}
