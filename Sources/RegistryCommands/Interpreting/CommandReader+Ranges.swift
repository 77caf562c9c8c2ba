import CommandLanguage
import RegistryModel

/// What the words for the values of a property, or of a parameter, mean.
extension CommandReader {
  func types(_ words: [Word], _ schema: Schema, allowing special: Key? = nil) throws(Failure)
    -> [Key]
  {
    try words.map { (word) throws(Failure) in
      if let special, word.content == special.text { return special }
      return try type(word, schema).key
    }
  }

  func range(_ words: [Word], _ schema: Schema) throws(Failure) -> ValueRange {
    let plain: [String: ValueRange] = [
      "text": .text, "number": .number, "percent": .percent, "money": .money, "date": .date,
    ]
    if let first = words.first, words.count == 1, let range = plain[first.content] { return range }
    if words.map(\.content) == ["percent", "any"] { return .anyPercent }
    if let first = words.first, first.content == "choice" { return .choice(words.dropFirst().map(\.content)) }
    return .entities(try types(words, schema))
  }
}
