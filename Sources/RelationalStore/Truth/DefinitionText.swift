internal import RegistryModel

/// The words in which ranges and cardinalities are stored.
enum DefinitionText {
  static func range(_ range: ValueRange) -> (String, String?) {
    switch range {
    case .entities(let types): ("entities", types.map(\.text).joined(separator: "\n"))
    case .text: ("text", nil)
    case .number: ("number", nil)
    case .percent: ("percent", nil)
    case .anyPercent: ("percent any", nil)
    case .money: ("money", nil)
    case .date: ("date", nil)
    case .choice(let words): ("choice", words.joined(separator: "\n"))
    }
  }

  static func range(_ word: String, _ targets: String) -> ValueRange {
    switch word {
    case "entities": .entities(keys(targets))
    case "number": .number
    case "percent": .percent
    case "percent any": .anyPercent
    case "money": .money
    case "date": .date
    case "choice": .choice(targets.split(separator: "\n").map(String.init))
    default: .text
    }
  }

  static func cardinality(_ cardinality: Cardinality) -> (String, String?) {
    switch cardinality {
    case .many: ("many", nil)
    case .one: ("one", nil)
    case .oneAtATime: ("one at a time", nil)
    case .onePer(let qualifiers): ("one per", qualifiers.map(\.text).joined(separator: "\n"))
    }
  }

  static func cardinality(_ word: String, _ per: String) -> Cardinality {
    switch word {
    case "one": .one
    case "one at a time": .oneAtATime
    case "one per": .onePer(keys(per))
    default: .many
    }
  }

  /// Earlier programs wrote a last rule `age`; it is kept in the text, so that the same definition has the same digest.
  static func rules(_ rules: [ResolutionRule]) -> String? {
    rules == ResolutionRule.standard ? nil : (rules.map(\.rawValue) + ["age"]).joined(separator: "\n")
  }

  static func marks(_ marks: [ExistenceMark]) -> String? {
    marks.isEmpty ? nil : marks.map(\.description).joined(separator: "\n")
  }

  static func marks(_ text: String?) -> [ExistenceMark] {
    text.map { $0.split(separator: "\n").map { ExistenceMark(text: String($0)) } } ?? []
  }

  static func rules(_ text: String?) -> [ResolutionRule] {
    text.map { $0.split(separator: "\n").compactMap { ResolutionRule(rawValue: String($0)) } }
      ?? ResolutionRule.standard
  }

  static func keys(_ text: String) -> [Key] { text.split(separator: "\n").map { Key(unchecked: String($0)) } }
}
