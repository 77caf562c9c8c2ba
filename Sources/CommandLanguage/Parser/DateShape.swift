/// Recognises dates by how they look (EDTF level 1). Whether there is such a day is not asked here.
enum DateShape {
  /// `2026`, `2026-02`, `2026-02-04`, `2026~`, `201X`, `2026-21`, `2026-Q1`, `-0044-03-15`, `2025-10/2026-01`, `2025-12-12/..`.
  static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return isSingle(bytes[...]) }
    let (start, end) = (bytes[..<slash], bytes[(slash + 1)...])
    return (isSingle(start) || isOpen(start)) && (isSingle(end) || isOpen(end))
      && (isSingle(start) || isSingle(end))
  }

  /// Whether a date can be nothing else: not a plain year, which may be a number, nor `91%`-like.
  static func isOnlyDate(_ text: String) -> Bool {
    isDate(text)
      && !text.utf8.dropFirst().allSatisfy { CharacterClass.isDigit($0) || $0 == UInt8(ascii: "%") }
  }

  /// Whether a word can only be an attempt at a date, where one has to stand: `2026-2`, `12/31/2026`, `mid-2026`.
  static func isMeant(_ text: String) -> Bool {
    if isDate(text) || text.utf8.first.map(CharacterClass.isDigit) ?? false { return true }
    return text.utf8.split(whereSeparator: { !CharacterClass.isDigit($0) }).contains { $0.count == 4 }
  }

  /// The two dates of `2026-02..2026-06`.
  static func range(_ text: String) -> (low: String, high: String)? {
    let bytes = Array(text.utf8)
    let dot = UInt8(ascii: ".")
    guard let first = bytes.firstIndex(of: dot), first + 1 < bytes.count, bytes[first + 1] == dot,
      isEnd(bytes[..<first]), isEnd(bytes[(first + 2)...])
    else { return nil }
    return (
      String(decoding: bytes[..<first], as: UTF8.self), String(decoding: bytes[(first + 2)...], as: UTF8.self)
    )
  }

  /// Whether a date stands there, or a parameter that may be one.
  private static func isEnd(_ bytes: ArraySlice<UInt8>) -> Bool {
    isSingle(bytes)
      || bytes.first == UInt8(ascii: "$") && bytes.count > 1 && !bytes.contains(UInt8(ascii: "."))
  }

  private static func isOpen(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.isEmpty || bytes.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")])
  }

  private static func isSingle(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    if let last = rest.last, [UInt8(ascii: "~"), UInt8(ascii: "?"), UInt8(ascii: "%")].contains(last) {
      rest.removeLast()
    }
    let parts = rest.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), isNumber(parts[0], digits: 4) else { return false }
    if parts.count == 2, isPartOfYear(parts[1]) { return true }
    return parts.dropFirst().allSatisfy { isNumber($0, digits: 2) }
  }

  /// A quarter or a half of a year: `Q1`, `H2`.
  private static func isPartOfYear(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 2, let letter = bytes.first, let number = bytes.last else { return false }
    switch letter {
    case UInt8(ascii: "Q"): return (UInt8(ascii: "1")...UInt8(ascii: "4")).contains(number)
    case UInt8(ascii: "H"): return (UInt8(ascii: "1")...UInt8(ascii: "2")).contains(number)
    default: return false
    }
  }

  /// Digits, of which the last may be left open: `201X`, `XX`.
  private static func isNumber(_ bytes: ArraySlice<UInt8>, digits: Int) -> Bool {
    guard bytes.count == digits else { return false }
    return bytes.drop(while: CharacterClass.isDigit).allSatisfy { $0 == UInt8(ascii: "X") }
  }
}
