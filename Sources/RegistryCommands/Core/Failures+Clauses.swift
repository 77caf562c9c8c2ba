import CommandLanguage
import RegistryModel
import RegistryStore

/// The words of what is refused of clauses, heads and columns, sorted by code.
extension Failures {
  static func groupsOfNobody(_ span: Span) -> Failure {
    Failure(
      code: "groups-of-nobody", "including groups follows who is in groups, and nobody is asked for",
      help: "compare with somebody (where member = KEY), or leave it out", at: span)
  }
  static func groupsOfWords(_ property: Word) -> Failure {
    Failure(
      code: "groups-of-nobody",
      "including groups follows who is in groups, and \(property.content) names nobody",
      help: "leave including groups out", at: property.span)
  }
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
  static func noTopic(_ thing: EntityRecord, _ range: [Key], _ span: Span) -> Failure {
    let key = LanguageText.name(thing.key)
    let types = range.map(\.text).joined(separator: ", ")
    return Failure(
      code: "no-topic",
      "\(thing.key) is \(withArticle(thing.type.text)), and nothing is about it as about a topic",
      help: "brief \(key); a topic is of the type \(types)", at: span)
  }
  static func savedTwice(_ span: Span) -> Failure {
    Failure(
      code: "saved-twice", "into says already where the page goes", help: "leave save out, or into", at: span)
  }
  static func totalOfThing(_ thing: EntityRecord, _ span: Span) -> Failure {
    let key = LanguageText.name(thing.key)
    return Failure(
      code: "total-of-thing", "\(thing.key) is \(withArticle(thing.type.text)), and no money is under it",
      help: "total commitments where giver = \(key), or where receiver = \(key)", at: span)
  }
  static func thingForType(_ thing: EntityRecord, _ span: Span) -> Failure {
    let key = LanguageText.name(thing.key)
    return Failure(
      code: "thing-for-type", "\(thing.key) is \(withArticle(thing.type.text)), and a type is expected here",
      help: "show \(key) tells of it, list \(key).PROPERTY who or what it names", at: span)
  }
  static func commandForHead(_ word: Word, _ thing: Key?) -> Failure {
    let written = word.content + (thing.map { " " + LanguageText.name($0) } ?? "")
    return Failure(
      code: "command-for-head", "\(word.content) is a command of its own", help: "write \(written)",
      at: word.span)
  }
  static func noReviewPeriod(_ text: Word) -> Failure {
    Failure(
      code: "bad-review-period", "\(LanguageText.quoted(text.content)) is no length of time",
      help: "a number with days, weeks, months or years: \"6 months\"", at: text.span)
  }
  static func reviewByAndNever(_ span: Span) -> Failure {
    Failure(
      code: "review-by-and-never", "it is to be looked at again by a date, or it is not",
      help: "leave by out, or no longer", at: span)
  }
  static func reviewNeedsDate(_ span: Span) -> Failure {
    Failure(
      code: "review-needs-date", "by when it is to be looked at again is missing",
      help: "review PATH by 2026-12-31, or no longer to take back what was said of that", at: span)
  }
  static func reviewNeedsPeriod(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "review-needs-period", "for how long what is said of \(property) is good is missing",
      help: "review property \(property) after \"6 months\", or no longer to take that back", at: span)
  }
  static func thingInCondition(_ thing: NameSyntax) -> Failure {
    Failure(
      code: "thing-in-condition", "a condition is asked of what a list is of, and names no thing itself",
      help: "check claim asks of one thing", at: thing.span)
  }
  /// - Parameter ways: how the two may be meant to belong together.
  static func typeForProperty(_ word: Word, _ thing: EntityRecord, _ ways: [String]) -> Failure {
    Failure(
      code: "type-for-property", "\(word.content) is a type, and no property of \(thing.key)",
      help: ways.isEmpty
        ? "show \(LanguageText.name(thing.key)) tells what is said of it"
        : "write " + ways.joined(separator: ", or "),
      at: word.span)
  }
  static func namedByPath(_ words: [Word]) -> Failure {
    let path = words.map(\.content).joined(separator: ".")
    return Failure(
      code: "named-by-path", "`of` takes one property, and \(path) is a path",
      help: "\(words.last?.content ?? "member") of KEY or of TYPES, as signatory of pax-silica",
      at: words.first?.span)
  }
  static func namesNothing(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "names-nothing", "the values of \(property) are no things, and name nothing",
      help: "a comparison asks for them: \(property) = VALUE", at: span)
  }
  static func neverNamed(_ type: TypeDefinition, by property: Key, _ range: [Key], _ span: Span) -> Failure {
    let types = range.map(\.text).joined(separator: ", ")
    return Failure(
      .refused, code: "never-named",
      "\(property) never names \(type.plural): its values are of the type \(types)",
      help: "what \(type.plural) have themselves is asked for without `of`: \(property) = VALUE", at: span)
  }
  static func unknownNamed(_ span: Span) -> Failure {
    Failure(
      code: "unknown-named", "what is unknown names nobody",
      help: "list OWNERS where PROPERTY is unknown finds whose value is not known", at: span)
  }
  static func noSuchColumn(_ word: Word?, of head: String, _ columns: [String]) -> Failure {
    let name = word?.content ?? ""
    return Failure(
      code: "unknown-column", "\(head) have no \(name)",
      help: didYouMean(nearest(to: name, in: columns)) ?? "they have " + columns.joined(separator: ", "),
      at: word?.span)
  }
  static func listInGroups(_ what: String, _ by: [String], isOfType: Bool, _ span: Span) -> Failure {
    let words = by.joined(separator: ", ")
    let matrix = isOfType ? "; list \(what) by \(words) as matrix sets its values against them" : ""
    return Failure(
      code: "list-in-groups", "a list has no groups",
      help: "count \(what) by \(words) counts in groups; list \(what) sort \(words) puts them side by side"
        + matrix, at: span)
  }
  static func limitOfOne(_ span: Span) -> Failure {
    Failure(
      code: "limit-of-one", "limit cuts groups, and this counts all in one",
      help: "add by PROPERTY to count in groups, or leave limit out", at: span)
  }
  static func matrixOfNothing(_ what: String, _ span: Span) -> Failure {
    Failure(
      code: "matrix-of-nothing", "a matrix of \(what) sets the values of one property against them",
      help: "name it: list \(what) by PROPERTY as matrix", at: span)
  }
  static func mapOfPath(_ what: String, _ span: Span) -> Failure {
    Failure(
      code: "map-of-path", "a map draws the values of one property of one thing, and \(what) is not that",
      help: "write list ENTITY.PROPERTY as map, or list TYPE by PROPERTY as map", at: span)
  }
  static func mapOfWords(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "map-of-words", "a map draws states, and \(property) has no states for values",
      help: "name a property that has, such as member", at: span)
  }
  static func matrixOfTable(_ table: String, _ span: Span) -> Failure {
    Failure(
      code: "matrix-of-table", "\(table) make no matrix and no map",
      help: "count \(table) by COLUMN, COLUMN counts them in groups", at: span)
  }
  static func orderOfThings(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "order-of-things", "\(property) names things, and of them none is more than another",
      help: "write = or !=; count … by \(property) counts them", at: span)
  }
  static func partsOfNothing(_ span: Span) -> Failure {
    Failure(
      code: "parts-of-nothing", "including parts follows parts of what is compared with, and nothing is",
      help: "compare with something that has parts (where concerns = KEY), or leave it out", at: span)
  }
  static func pluralOfTable(_ plural: String, _ span: Span) -> Failure {
    Failure(
      code: "plural-of-table", "list \(plural) is something else already",
      help: "say plural \"OTHER\", what several are called", at: span)
  }
  static func qualifiersOfColumn(_ word: Word) -> Failure {
    Failure(
      code: "qualifiers-of-column", "\(word.content) is a column, which has no qualifiers",
      help: "ask for a qualifier as a column of its own: where mineral = gallium", at: word.span)
  }
  static func qualifiersOfTable(_ table: String, _ qualifier: QualifierSyntax) -> Failure {
    Failure(
      code: "qualifiers-of-table", "\(table) are narrowed by where, not in brackets",
      help: "list \(table) where \(qualifier.property.content) = …", at: qualifier.span)
  }
  static func qualifiersOfType(_ type: String, _ qualifier: QualifierSyntax) -> Failure {
    Failure(
      code: "qualifiers-of-type", "\(type) are narrowed by where, not in brackets",
      help: "\(type) where PROPERTY[\(qualifier.property.content) …] = VALUE", at: qualifier.span)
  }
  static func stateOfColumn(_ column: Key, _ state: Spanned<ConditionSyntax.State>) -> Failure {
    Failure(
      code: "state-of-column", "\(column) is stated or not, and nothing else",
      help: "write \(column) is stated, or \(column) is not stated", at: state.span)
  }
  /// - Parameter command: whose braces they are, with what stands before them: `export "FILE"`.
  static func timeOutsideBraces(_ word: Word, _ command: String) -> Failure {
    Failure(
      code: "time-outside-braces", "\(word.content) stands before the braces, which say what is written",
      help: "write it in the braces: \(command) { list initiatives \(word.content) … }", at: word.span)
  }
  static func outputInBraces(_ word: String, _ span: Span) -> Failure {
    Failure(
      code: "output-in-braces", "\(word) has no meaning in the braces of export",
      help: "export writes one file, whose name tells the format", at: span)
  }
  static func timeWithoutMeaning(_ keyword: String, _ head: String, _ help: String, _ span: Span) -> Failure {
    Failure(code: "time-without-meaning", "\(keyword) has no meaning for \(head)", help: help, at: span)
  }
  static func transitiveValues(_ property: Key, _ span: Span) -> Failure {
    Failure(
      code: "transitive-values", "\(property) names no things, so it cannot be followed",
      help: "leave transitive out, or name types: to TYPE", at: span)
  }
  static func twoCardinalities(_ span: Span) -> Failure {
    Failure(
      code: "two-cardinalities", "many and one are two cardinalities",
      help: "write one: many, where values are no rivals, or one (at a time, per Q)", at: span)
  }
  static func undefined(_ key: Key, _ what: String, _ span: Span) -> Failure {
    Failure(
      code: "unknown-property", "there is no \(what) \(key)",
      help:
        "define property \(key)\(what == "qualifier" ? " of statement" : "") … before it, or in the same transaction",
      at: span)
  }
  static func unitOfNoNumber(_ property: Key, _ range: ValueRange, _ span: Span) -> Failure {
    Failure(
      code: "unit-of-no-number", "\(property) takes \(describe(range)), which has no unit",
      help: "leave unit out, or define it to number", at: span)
  }
}
