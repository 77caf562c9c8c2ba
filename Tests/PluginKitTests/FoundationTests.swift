import Foundation
import PluginKit
import Testing

@Suite("Decimals as Foundation rounds them")
struct FoundationTests {
  @Test("To so many places, and of two that are as near the even one", arguments: [0, 1, 3, 6, -2])
  func rounds(places: Int) throws {
    var state: UInt64 = 5
    func random(_ count: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % count)
    }
    var texts = ["0", "0.5", "1.5", "2.5", "-2.5", "0.0005", "-0.0005", "0.0015", "999.9995", "1234567"]
    texts += ["50", "150", "-250", "12345678901234567890123456789.0125", "0.04999999999999999999"]
    for _ in 0..<20_000 {
      let digits = (0...random(30)).map { _ in String(random(10)) }.joined()
      texts.append((random(2) == 0 ? "-" : "") + digits + "e\(random(30) - 25)")
    }
    for text in texts {
      var (from, to) = (try #require(Decimal(string: text)), Decimal())
      NSDecimalRound(&to, &from, places, .bankers)
      let ours = from.rounded(places)
      #expect(ours == to && ours.description == to.description, "\(text): \(ours), not \(to)")
    }
  }

  @Test("How far readings move a number is told as by Foundation, to the precision of floating point")
  func measures() throws {
    for text in ["0", "0.1", "-12.345", "1e20", "123456789.987654321"] {
      let decimal = try #require(Decimal(string: text))
      let theirs = NSDecimalNumber(decimal: decimal).doubleValue
      #expect(abs(decimal.measure - theirs) <= 4 * theirs.ulp.magnitude, "\(text)")
    }
  }
}
