import FoundationEssentials

/// Texts that a spreadsheet would carry out instead of showing them.
///
/// Every CSV and TSV that the program writes marks them with an apostrophe in front, and every table that it reads takes
/// the mark away: one rule, so that what went out comes back.
public enum FormulaGuard {
  /// With the mark, where it is needed.
  public static func guarded(_ text: String) -> String { isMarked(text[...]) ? "'" + text : text }

  /// Without the mark that ``guarded(_:)`` made.
  public static func bare(_ field: String) -> String {
    field.utf8.first == apostrophe && isMarked(field.dropFirst()) ? String(field.dropFirst()) : field
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// Whether a text begins as a formula does, or with a mark before that, which would be taken for ours.
  private static func isMarked(_ text: Substring) -> Bool {
    switch text.unicodeScalars.first {
    case "=", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
    // A sign alone is one.
    case "+", "-": text.unicodeScalars.count > 1 && !isNumber(text)
    case "@": !isStatement(text)
    case "'": isMarked(text.dropFirst())
    default: false
    }
  }

  /// `-5`, `+1.5`, `-3%`, `-2..-1 t/yr`: shown as it is. A telephone number is none.
  private static func isNumber(_ text: Substring) -> Bool {
    var rest = text.unicodeScalars[...]
    guard dropNumber(&rest) else { return false }
    if rest.starts(with: "..".unicodeScalars) {
      rest = rest.dropFirst(2)
      guard dropNumber(&rest) else { return false }
    }
    // A unit calculates nothing: it has letters, and `/` before others of them.
    guard let first = rest.first else { return true }
    return (first == "%" || first == " ")
      && rest.dropFirst().allSatisfy { $0.properties.isAlphabetic || $0 == "/" || $0 == " " || $0 == "%" }
  }

  /// Takes a number from the front, such as `-5` or `1.5`.
  private static func dropNumber(_ rest: inout Substring.UnicodeScalarView) -> Bool {
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    func dropDigits() -> Bool {
      let digits = rest.prefix { "0"..."9" ~= $0 }
      rest = rest[digits.endIndex...]
      return !digits.isEmpty
    }
    guard dropDigits() else { return false }
    guard rest.first == ".", rest.dropFirst().first.map({ "0"..."9" ~= $0 }) ?? false else { return true }
    rest = rest.dropFirst()
    return dropDigits()
  }

  /// `@4k7q2m`, `@4k7q2m, @d3ev6p` or `@4k7q2m +2`: the ids of statements call nothing.
  private static func isStatement(_ text: Substring) -> Bool {
    var text = text
    // And so many more.
    if let plus = text.lastIndex(of: "+"), text[..<plus].last == " " {
      let count = text[plus...].dropFirst()
      guard !count.isEmpty, count.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return false }
      text = text[..<plus].dropLast()
    }
    return text.split(separator: ", ", omittingEmptySubsequences: false).allSatisfy { part in
      let id = part.utf8.dropFirst()
      return part.utf8.first == UInt8(ascii: "@") && !id.isEmpty
        && id.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }
    }
  }
}
