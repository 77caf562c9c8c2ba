import CommandLanguage
import FoundationEssentials

/// Numbers as data sets and spreadsheets write them.
enum ForeignNumber {
  /// Reads a number, a percentage or an amount as the language does; nothing where the text is none, or could be read in
  /// two ways.
  /// - Parameter decimalMark: the sign between the whole and its part, where it is known; another one groups digits.
  static func syntax(_ text: String, decimalMark: Character?) -> ValueSyntax? {
    let text = text.trimmed
    guard let decimalMark else { return ValueSyntax(reading: text) }
    return withoutGroups(text, decimalMark).flatMap { ValueSyntax(reading: $0) }
  }

  private static let marks: Set<Character> = [",", ".", "'", "’", "\u{A0}", "\u{202F}", " "]

  /// A text with its numbers as the language writes them; nothing where signs stand in one that neither group its digits
  /// nor part it.
  private static func withoutGroups(_ text: String, _ decimalMark: Character) -> String? {
    var result = ""
    var rest = Substring(text)
    while let character = rest.first {
      guard isDigit(character) else {
        let next = rest.dropFirst().first
        // A mark with no digit before it; two points stand between the ends of a range.
        if ",.'’".contains(character), result.last != ".", let next, isDigit(next) { return nil }
        result.append(character)
        rest = rest.dropFirst()
        continue
      }
      guard let number = number(&rest, decimalMark) else { return nil }
      result += number
    }
    return result
  }

  /// Takes digits from the front with the signs between them: `1.234.567,8` where the decimal mark is a comma,
  /// `1,234,567.8` where it is a point. Groups are three digits behind one to three, with one sign between them all.
  private static func number(_ rest: inout Substring, _ decimalMark: Character) -> String? {
    var whole = [takeDigits(&rest)]
    var groupMark: Character?
    while let mark = rest.first, marks.contains(mark), let next = rest.dropFirst().first, isDigit(next) {
      rest = rest.dropFirst()
      if mark == decimalMark {
        guard isGrouped(whole) else { return nil }
        let part = takeDigits(&rest)
        // Behind the decimal mark nothing is grouped.
        if let mark = rest.first, marks.contains(mark), let next = rest.dropFirst().first, isDigit(next) {
          return nil
        }
        return whole.joined() + "." + part
      }
      guard groupMark == nil || groupMark == mark else { return nil }
      groupMark = mark
      whole.append(takeDigits(&rest))
    }
    return isGrouped(whole) ? whole.joined() : nil
  }

  private static func isGrouped(_ groups: [String]) -> Bool {
    guard groups.count > 1 else { return true }
    return groups[0].count <= 3 && groups[0].first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  private static func takeDigits(_ rest: inout Substring) -> String {
    let digits = rest.prefix(while: isDigit)
    rest = rest[digits.endIndex...]
    return String(digits)
  }

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
