/// How Excel keeps characters in its files that XML has no place for: a carriage return as `_x000D_`, and so that this can be
/// told from a text which has those letters, their first underscore as `_x005F_`.
public enum WorkbookText {
  /// A text as it stands in the file: line feeds and tabs as they are, other control characters as Excel writes them.
  public static func written(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "_" || isControl($0) }) else { return text }
    var result = String.UnicodeScalarView()
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.first {
      if isControl(scalar) || unit(at: rest) != nil {
        result.append(contentsOf: escape(scalar.value).unicodeScalars)
      } else {
        result.append(scalar)
      }
      rest = rest.dropFirst()
    }
    return String(result)
  }

  /// The text that stands in the file so.
  public static func read(_ written: String) -> String {
    guard written.utf8.contains(UInt8(ascii: "_")) else { return written }
    var units: [UInt16] = []
    var rest = Substring(written).unicodeScalars
    while let scalar = rest.first {
      if let unit = unit(at: rest) {
        units.append(unit)
        rest = rest.dropFirst(escapeLength)
      } else {
        units.append(contentsOf: String(scalar).utf16)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: units, as: UTF16.self)
  }

  private static let escapeLength = 7

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || 0x7F...0x9F ~= scalar.value
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "_x" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "_"
  }

  /// What an escape stands for, where one begins.
  private static func unit(at scalars: Substring.UnicodeScalarView) -> UInt16? {
    let letters = Array(scalars.prefix(escapeLength))
    guard letters.count == escapeLength, letters[0] == "_", letters[1] == "x", letters[6] == "_" else {
      return nil
    }
    var unit: UInt16 = 0
    for letter in letters[2..<6] {
      guard letter.isASCII, let digit = Character(letter).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
