import CommandLanguage
import RegistryModel

/// Definitions as a dump has them: complete, so that nothing is taken from another definition.
enum DumpedDefinitions {
  static func type(_ command: Invocation) throws(Failure) -> TypeDefinition {
    var definition = TypeDefinition(
      key: try key(command[TypeGrammar.type]), parent: command[TypeGrammar.under].map(uncheckedKey),
      plural: command[TypeGrammar.plural]?.content ?? "")
    definition.about = command[TypeGrammar.about]?.content
    definition.columns = command[TypeGrammar.columns]?.map(uncheckedKey) ?? []
    definition.begins = command[TypeGrammar.begins]?.map { ExistenceMark(text: $0.content) } ?? []
    definition.ends = command[TypeGrammar.ends]?.map { ExistenceMark(text: $0.content) } ?? []
    return definition
  }

  static func property(_ command: Invocation) throws(Failure) -> PropertyDefinition {
    let key = try key(command[PropertyGrammar.property])
    // A dump says both of each: where one is missing, the line was cut.
    guard let domain = command[PropertyGrammar.of], let values = command[PropertyGrammar.to] else {
      throw Failures.propertyNeedsRange(key, command.span)
    }
    var definition = PropertyDefinition(
      key: key, domain: domain.map(uncheckedKey), range: range(values.map(\.content)))
    if command[PropertyGrammar.many] { definition.cardinality = .many }
    if let cardinality = command[PropertyGrammar.one] { definition.cardinality = Cardinality(cardinality) }
    definition.parent = command[PropertyGrammar.under].map(uncheckedKey)
    if let words = command[PropertyGrammar.rules] {
      definition.rules = words.compactMap { ResolutionRule(rawValue: $0.content) }
    }
    definition.unit = command[PropertyGrammar.unit]?.content
    definition.isTransitive = command[PropertyGrammar.transitive]
    definition.review = try command[PropertyGrammar.review].map { (text) throws(Failure) in
      try ReviewPeriod(text)
    }
    definition.about = command[PropertyGrammar.about]?.content
    return definition
  }

  private static func uncheckedKey(_ word: Word) -> Key { Key(unchecked: word.content) }

  private static func key(_ word: Word) throws(Failure) -> Key {
    guard let key = Key(word.content) else { throw Failures.malformedKey(word.content, word.span) }
    return key
  }

  private static func range(_ words: [String]) -> ValueRange {
    switch words.first {
    case "choice": .choice(Array(words.dropFirst()))
    case "text" where words.count == 1: .text
    case "number" where words.count == 1: .number
    case "percent" where words.count == 1: .percent
    case "percent" where words == ["percent", "any"]: .anyPercent
    case "money" where words.count == 1: .money
    case "date" where words.count == 1: .date
    default: .entities(words.map { Key(unchecked: $0) })
    }
  }
}
