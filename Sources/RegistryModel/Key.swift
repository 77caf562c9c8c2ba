/// The identifier of an entity, a type or a property: lower-case words joined by hyphens (`pax-silica`),
/// an alpha-3 code in capitals (`USA`), or what others call it behind a namespace (`desta:usa-can-1987`).
///
/// Behind the namespace stands the identifier as it is where it comes from: whatever is seen, with single blanks between
/// (`desta:ZAF-ZWE[RCU]_1948O`), all but quotation marks and backslash.
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
      if !isForeign(scalar) { return false }
    }
    return true
  }

  /// Whether a sign can stand behind a namespace: whatever is seen, but for quotation marks and the backslash. It does not
  /// depend on which signs a version of Unicode knows; CPluginTransport has the same list, and a test holds both to it.
  static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value > 0x7E else { return scalar.value >= 0x20 && scalar != "\"" && scalar != "\\" }
    if scalar.value & 0xFFFE == 0xFFFE { return false }
    return !unseen.contains { $0.contains(scalar.value) }
  }

  /// Blanks and controls, what formats a text and is not seen, what is for private use or no character, and curly quotes.
  private static let unseen: [ClosedRange<UInt32>] = [
    0x7F...0xA0, 0xAD...0xAD, 0x600...0x605, 0x61C...0x61C, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891,
    0x8E2...0x8E2, 0x1680...0x1680, 0x180E...0x180E, 0x2000...0x200F, 0x201C...0x201D, 0x2028...0x202F,
    0x205F...0x206F, 0x3000...0x3000, 0xD800...0xF8FF, 0xFDD0...0xFDEF, 0xFEFF...0xFEFF, 0xFFF0...0xFFFB,
    0x110BD...0x110BD, 0x110CD...0x110CD, 0x13430...0x1343F, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A,
    0xE0000...0xE00FF, 0xE01F0...0x10FFFF,
  ]
}
