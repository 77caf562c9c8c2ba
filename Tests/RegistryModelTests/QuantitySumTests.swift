import Foundation
import RegistryModel
import Testing

@Suite("Sums of amounts")
struct QuantitySumTests {
  @Test(
    "keep the bounds of what they add",
    arguments: [
      (["USD 1bn", "USD 500m"], "USD 1.5bn"), (["at least USD 1bn", "USD 500m"], "at least USD 1.5bn"),
      (["more than USD 1bn", "at least USD 1bn"], "more than USD 2bn"),
      (["up to USD 1bn", "up to USD 2bn"], "up to USD 3bn"), (["up to USD 1bn", "USD 2bn"], "USD 2..3bn"),
      (["about USD 1bn", "USD 2bn"], "about USD 3bn"), (["nearly USD 1bn", "USD 2bn"], "nearly USD 3bn"),
      (["USD 1..2bn", "USD 1bn"], "USD 2..3bn"), (["nearly USD 1bn", "USD 1..2bn"], "about USD 2..3bn"),
      (["at least USD 1bn", "up to USD 5bn"], "at least USD 1bn"),
      (["USD 0.1m", "USD 0.2m"], "USD 0.3m"),
    ])
  func sums(_ amounts: [String], _ sum: String) throws {
    let read = try amounts.map { try #require(Quantity(canonicalText: $0)) }
    #expect(Quantity.sum(read) == Quantity(canonicalText: sum))
    #expect(Quantity.sum(read.reversed()) == Quantity(canonicalText: sum))
  }

  @Test("There is no sum of nothing")
  func nothing() { #expect(Quantity.sum([]) == nil) }

  @Test("A rough rate makes a rough amount")
  func rates() throws {
    let amount = try #require(Quantity(canonicalText: "at least AUD 2bn"))
    let rate = try #require(Quantity(canonicalText: "about USD 0.64"))
    #expect(amount.times(rate, unit: "USD") == Quantity(canonicalText: "at least about USD 1.28bn"))
    let range = try #require(Quantity(canonicalText: "USD 0.6..0.7"))
    let exact = try #require(Quantity(canonicalText: "AUD 100m"))
    #expect(exact.times(range, unit: "USD") == Quantity(canonicalText: "USD 60..70m"))
  }
}
