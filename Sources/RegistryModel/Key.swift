/// The identifier of an entity, a type or a property: lower-case words joined by hyphens (`pax-silica`),
/// an alpha-3 code in capitals (`USA`), or what others call it behind a namespace (`desta:usa-can-1987`).
///
/// Behind the namespace stands the identifier as it is where it comes from: letters, digits and signs, with single
/// blanks between them (`desta:ZAF-ZWE[RCU]_1948O`), all but quotation marks and backslash.
///
/// A key names one thing for ever; what people call the thing are names, and those are statements.
public struct Key: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The key as it is written.
  public let text: String

  /// Makes a key of text that is already known to be one, such as a stored key.
  public init(unchecked text: String) { self.text = text }

  /// Makes a key, or nothing where `text` is not one.
  public init?(_ text: String) {
    guard Key.isWellFormed(text) else { return nil }
    self.text = text
  }

  public var description: String { text }

  public static func < (left: Key, right: Key) -> Bool { left.text < right.text }

  /// Whether `text` can be a key. `t` and digits cannot: that is a transaction.
  public static func isWellFormed(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, text.utf8.count <= 200 else { return false }
    if isCode(text) { return true }
    if let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) {
      return isLocal(text[..<colon]) && isForeign(text[text.utf8.index(after: colon)...])
    }
    guard first != UInt8(ascii: "-"), last != UInt8(ascii: "-") else { return false }
    return isLocal(text[...]) && !isTransaction(text)
  }

  /// Whether `text` is an alpha-3 code in capitals.
  public static func isCode(_ text: String) -> Bool {
    text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
  }

  private static func isTransaction(_ text: String) -> Bool {
    text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "t")
      && text.utf8.dropFirst().allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  private static func isLocal(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Whether `text` can stand behind a namespace.
  private static func isForeign(_ text: Substring) -> Bool {
    guard text.first != " ", text.last != " ", !text.isEmpty else { return false }
    var wasBlank = false
    for scalar in text.unicodeScalars {
      let isBlank = scalar == " "
      if isBlank, wasBlank { return false }
      wasBlank = isBlank
      switch scalar {
      case "\"", "\\", "“", "”": return false
      case " "..."~": continue
      default:
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber, .dashPunctuation,
          .otherPunctuation, .mathSymbol, .currencySymbol, .otherSymbol:
          continue
        default: return false
        }
      }
    }
    return true
  }
}
