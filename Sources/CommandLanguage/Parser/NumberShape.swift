/// Reads a word as a number with what is written onto it: `47..87%`, `8.5bn`, `250..310/kg`, `400t`.
///
/// What the letters behind the digits mean (a multiplier, a unit, or nothing that is known) depends on the property, and
/// is for ``ValueSyntax/Number`` to say. A word is read whole, or it is no number.
struct NumberShape {
  enum Reading: Hashable {
    case number(ValueSyntax.Number)
    /// The ends of a range do not agree in what is written onto them.
    case mixedMagnitudes
    case notANumber
  }

  static func read(_ text: String) -> Reading {
    var shape = NumberShape(bytes: Array(text.utf8)[...])
    guard case .number(var number) = shape.read() else { return shape.failure }
    number.text = text
    return .number(number)
  }

  /// Whether a word begins as a number does: a digit, or a sign before one.
  static func begins(_ text: String) -> Bool {
    var bytes = text.utf8[...]
    if let first = bytes.first, [UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ".")].contains(first) {
      bytes = bytes.dropFirst()
    }
    return bytes.first.map(CharacterClass.isDigit) ?? false
  }

  private var bytes: ArraySlice<UInt8>
  private var failure = Reading.notANumber

  private init(bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private mutating func read() -> Reading {
    guard let low = decimal() else { return .notANumber }
    var number = ValueSyntax.Number(low: low)
    var suffix = self.suffix()
    if bytes.starts(with: [UInt8(ascii: "."), UInt8(ascii: ".")]) {
      bytes = bytes.dropFirst(2)
      guard let high = decimal() else { return .notANumber }
      let highSuffix = self.suffix()
      if !suffix.isEmpty, suffix != highSuffix {
        failure = .mixedMagnitudes
        return failure
      }
      number.high = high
      suffix = highSuffix
    }
    if suffix == "%" { number.isPercent = true } else { number.suffix = suffix }
    if bytes.first == UInt8(ascii: "/") {
      bytes = bytes.dropFirst()
      let per = letters()
      guard !per.isEmpty else { return .notANumber }
      number.per = per
    }
    return bytes.isEmpty ? .number(number) : .notANumber
  }

  /// An optional sign, digits (`_` may group them), and an optional fraction. Without the `_` and a `+`.
  private mutating func decimal() -> String? {
    var digits: [UInt8] = []
    if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      if sign == UInt8(ascii: "-") { digits.append(sign) }
      bytes = bytes.dropFirst()
    }
    guard let first = bytes.first, CharacterClass.isDigit(first) else { return nil }
    takeDigits(into: &digits)
    if bytes.first == UInt8(ascii: "."), let digit = bytes.dropFirst().first, CharacterClass.isDigit(digit) {
      digits.append(UInt8(ascii: "."))
      bytes = bytes.dropFirst()
      takeDigits(into: &digits)
    }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Digits, with single `_` between them.
  private mutating func takeDigits(into digits: inout [UInt8]) {
    while let byte = bytes.first {
      if CharacterClass.isDigit(byte) {
        digits.append(byte)
      } else {
        guard byte == UInt8(ascii: "_"), let next = bytes.dropFirst().first, CharacterClass.isDigit(next)
        else {
          return
        }
      }
      bytes = bytes.dropFirst()
    }
  }

  private mutating func suffix() -> String {
    if bytes.first == UInt8(ascii: "%") {
      bytes = bytes.dropFirst()
      return "%"
    }
    return letters()
  }

  private mutating func letters() -> String {
    let letters = bytes.prefix { CharacterClass.isLetter($0) || $0 >= 0x80 }
    bytes = bytes.dropFirst(letters.count)
    return String(decoding: letters, as: UTF8.self)
  }
}
