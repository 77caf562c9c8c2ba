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

  /// `-5`, `+1.5`, `-3%`: shown as it is. A telephone number is none.
  private static func isNumber(_ text: Substring) -> Bool {
    var digits = text.utf8.dropFirst()
    if digits.last == UInt8(ascii: "%") { digits = digits.dropLast() }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { 0x30...0x39 ~= $0 } }
  }

  /// `@4k7q2m`: the id of a statement calls nothing.
  private static func isStatement(_ text: Substring) -> Bool {
    let id = text.utf8.dropFirst()
    return !id.isEmpty && id.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }
  }
}
