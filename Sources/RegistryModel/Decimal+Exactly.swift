public import FoundationEssentials

extension Decimal {
  /// The number that a text is from its first sign to its last: `-?digits[.digits]`, at most 38 digits; nothing for any
  /// other text. `Decimal(string:)` reads as far as it can, drops the rest and rounds what is too long.
  public init?(exactly text: String) {
    var unsigned = text.utf8[...]
    if unsigned.first == UInt8(ascii: "-") { unsigned = unsigned.dropFirst() }
    let parts = unsigned.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(digits.contains) }),
      parts.reduce(0, { $0 + $1.count }) <= 38
    else { return nil }
    self.init(string: text)
  }
}
