/// How Excel keeps characters in its files that XML has no place for: a carriage return as `_x000D_`, and so that this can be
/// told from a text which has those letters, their first underscore as `_x005F_`; and how much of a text a cell takes.
public enum WorkbookText {
  /// What a cell takes of a text as it stands in the file, in units of UTF-16.
  public static let mostUnits = 32_767
  /// What stands in a cell behind the beginning of a text that it has no place for.
  public static let cutMark = " … (cut)"

  /// A text as it stands in the file: line feeds and tabs as they are, other control characters as Excel writes them.
  public static func written(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "_" || hasNoPlace($0) }) else { return text }
    var result = String.UnicodeScalarView()
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.first {
      if isEscaped(scalar, before: rest) {
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

  /// A text as far as a cell takes it; one that is too long ends in ``cutMark``.
  public static func fitted(_ text: String) -> String {
    guard text.utf8.count > mostUnits / escapeLength, length(text) > mostUnits else { return text }
    var room = mostUnits - cutMark.utf16.count
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.first {
      room -= length(scalar, before: rest)
      guard room >= 0 else { break }
      rest = rest.dropFirst()
    }
    return String(text[..<rest.startIndex]) + cutMark
  }

  /// Whether a cell has all of a text, or the beginning that it takes.
  public static func isCell(_ cell: String, of text: String) -> Bool { cell == text || cell == fitted(text) }

  /// Whether a cell looks as if only the beginning of a text stood in it.
  public static func isCut(_ cell: String) -> Bool {
    cell.utf8.count > mostUnits / escapeLength && cell.hasSuffix(cutMark)
      && length(cell) > mostUnits - escapeLength
  }

  /// What a spreadsheet calls the column at a place, from 0 on: `A`, `AB`.
  public static func letters(ofColumn place: Int) -> String {
    var (letters, rest) = ("", place + 1)
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }

  private static let escapeLength = 7

  /// How long a text is in the file.
  private static func length(_ text: String) -> Int {
    var length = 0
    var rest = Substring(text).unicodeScalars
    while let scalar = rest.first {
      length += self.length(scalar, before: rest)
      rest = rest.dropFirst()
    }
    return length
  }

  private static func length(_ scalar: Unicode.Scalar, before rest: Substring.UnicodeScalarView) -> Int {
    isEscaped(scalar, before: rest) ? escapeLength : UTF16.width(scalar)
  }

  private static func isEscaped(_ scalar: Unicode.Scalar, before rest: Substring.UnicodeScalarView) -> Bool {
    hasNoPlace(scalar) || scalar == "_" && unit(at: rest) != nil
  }

  /// Control characters, and the two that no XML may have.
  private static func hasNoPlace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || 0x7F...0x9F ~= scalar.value
      || 0xFFFE...0xFFFF ~= scalar.value
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
