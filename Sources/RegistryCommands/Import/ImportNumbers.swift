import CommandLanguage
import FoundationEssentials

/// Numbers as data sets and spreadsheets write them.
enum ForeignNumber {
  /// Reads a number, a percentage or an amount as the language does; nothing where the text is none, or could be read in
  /// two ways.
  /// - Parameter decimalMark: the sign between the whole and its part, where it is known; the other one groups digits.
  static func syntax(_ text: String, decimalMark: Character?) -> ValueSyntax? {
    let text = text.trimmed
    if decimalMark != ",", let found = ValueSyntax(reading: text) { return found }
    guard let decimalMark else { return nil }
    return ValueSyntax(reading: withoutGroups(text, decimalMark))
  }

  /// Groups are three digits: `1.234.567,8` where the decimal mark is a comma, `1,234,567.8` where it is a point.
  private static func withoutGroups(_ text: String, _ decimalMark: Character) -> String {
    var result = ""
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let before = index > 0 && characters[index - 1].isNumber
      let isGroup =
        before && index + 3 < characters.count && characters[(index + 1)...(index + 3)].allSatisfy(\.isNumber)
        && (index + 4 == characters.count || !characters[index + 4].isNumber)
      switch character {
      case decimalMark where before && index + 1 < characters.count && characters[index + 1].isNumber:
        result.append(".")
      case ",", ".", "'", "’", "\u{A0}", "\u{202F}", " ":
        if !isGroup { result.append(character) }
      default: result.append(character)
      }
    }
    return result
  }
}
