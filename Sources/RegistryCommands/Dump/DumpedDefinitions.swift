import CommandLanguage
import RegistryModel

/// Definitions as a dump has them: complete, so that nothing is taken from another definition.
enum DumpedDefinitions {
  static func type(_ command: CommandSyntax) throws(Failure) -> TypeDefinition {
    var definition = TypeDefinition(key: try key(command, "type"), parent: nil, plural: "")
    for clause in command.clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("under", .word(let word)): definition.parent = Key(unchecked: word.content)
      case ("plural", .text(let word)): definition.plural = word.content
      case ("about", .text(let word)): definition.about = word.content
      case ("columns", .words(let words)): definition.columns = words.map { Key(unchecked: $0.content) }
      case ("begins", .words(let words)): definition.begins = words.map { ExistenceMark(text: $0.content) }
      case ("ends", .words(let words)): definition.ends = words.map { ExistenceMark(text: $0.content) }
      default: break
      }
    }
    return definition
  }

  static func property(_ command: CommandSyntax) throws(Failure) -> PropertyDefinition {
    var definition = PropertyDefinition(key: try key(command, "property"), domain: [], range: .text)
    for clause in command.clauses {
      switch (clause.keyword.content, clause.argument) {
      case ("of", .words(let words)): definition.domain = words.map { Key(unchecked: $0.content) }
      case ("to", .words(let words)): definition.range = range(words.map(\.content))
      case ("many", _): definition.cardinality = .many
      case ("one", .cardinality(let cardinality)): definition.cardinality = Cardinality(cardinality)
      case ("under", .word(let word)): definition.parent = Key(unchecked: word.content)
      case ("rules", .words(let words)):
        definition.rules = words.compactMap { ResolutionRule(rawValue: $0.content) }
      case ("unit", .text(let word)): definition.unit = word.content
      case ("transitive", _): definition.isTransitive = true
      case ("about", .text(let word)): definition.about = word.content
      default: break
      }
    }
    return definition
  }

  private static func key(_ command: CommandSyntax, _ argument: String) throws(Failure) -> Key {
    guard case .word(let word)? = command.arguments[argument], let key = Key(word.content) else {
      throw Failures.notInDump(command.name)
    }
    return key
  }

  private static func range(_ words: [String]) -> ValueRange {
    switch words.first {
    case "choice": .choice(Array(words.dropFirst()))
    case "text" where words.count == 1: .text
    case "number" where words.count == 1: .number
    case "percent" where words.count == 1: .percent
    case "money" where words.count == 1: .money
    case "date" where words.count == 1: .date
    default: .entities(words.map { Key(unchecked: $0) })
    }
  }
}
