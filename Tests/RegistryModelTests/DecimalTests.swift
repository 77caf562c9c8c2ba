import Foundation
import RegistryModel
import Testing

@Suite("Decimals as texts")
struct DecimalTests {
  @Test(
    "are read whole",
    arguments: [
      ("0", 0), ("-0", 0), ("12", 12), ("-12.50", Decimal(string: "-12.5") ?? 0), ("007", 7),
      ("0.001", Decimal(sign: .plus, exponent: -3, significand: 1)),
      (
        String(repeating: "9", count: 38),
        Decimal(string: "99999999999999999999999999999999999999") ?? 0
      ),
    ])
  func whole(text: String, number: Decimal) {
    #expect(Decimal(exactly: text) == number)
  }

  @Test(
    "with anything else are none",
    arguments: [
      "", "-", ".", "5.", ".5", "+3", "12abc", "1,000", "1.5.2", "1e3", " 5", "5 ", "--5", "0x10", "NaN",
      "5\0",
      "٥", "５", "1\u{301}", String(repeating: "9", count: 39),
    ])
  func none(text: String) { #expect(Decimal(exactly: text) == nil, "\(text)") }
}
