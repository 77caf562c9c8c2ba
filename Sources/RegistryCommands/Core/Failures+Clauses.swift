import CommandLanguage
import RegistryModel

/// The words of what is refused of clauses, heads and columns, sorted by code.
extension Failures {
  static func likeOfNumbers(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "like-of-texts", "~ looks for words in names and texts, and \(property) has neither",
      help: "compare with =, <, <=, > or >=; a year or month stands for all its days", at: span)
  }
  static func noEntityColumn(_ word: Word) -> Failure {
    Failure(
      code: "no-entity-column", "\(word.content) names no entity, so nothing can be asked of it",
      help: "compare \(word.content) itself", at: word.span)
  }
  static func noSuchColumn(_ word: Word?, of head: String, _ columns: [String]) -> Failure {
    let name = word?.content ?? ""
    return Failure(
      code: "unknown-column", "\(head) have no \(name)",
      help: didYouMean(nearest(to: name, in: columns)) ?? "they have " + columns.joined(separator: ", "),
      at: word?.span)
  }
  static func limitOfOne(_ span: Span) -> Failure {
    Failure(
      code: "limit-of-one", "limit cuts groups, and this counts all in one",
      help: "add by PROPERTY to count in groups, or leave limit out", at: span)
  }
  static func orderOfThings(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "order-of-things", "\(property) names things, and of them none is more than another",
      help: "write = or !=; count … by \(property) counts them", at: span)
  }
  static func qualifiersOfTable(_ table: String, _ qualifier: QualifierSyntax) -> Failure {
    Failure(
      code: "qualifiers-of-table", "\(table) are narrowed by where, not in brackets",
      help: "list \(table) where \(qualifier.property.content) = …", at: qualifier.span)
  }
  static func stateOfColumn(_ column: Key, _ state: Spanned<ConditionSyntax.State>) -> Failure {
    Failure(
      code: "state-of-column", "\(column) is stated or not, and nothing else",
      help: "write \(column) is stated, or \(column) is not stated", at: state.span)
  }
  static func timeWithoutMeaning(_ keyword: String, _ head: String, _ help: String, _ span: Span) -> Failure {
    Failure(code: "time-without-meaning", "\(keyword) has no meaning for \(head)", help: help, at: span)
  }
}
