import Foundation
import RegistryModel
import SeededNumbers
import Testing

@testable import RelationalStore
@testable import SQLiteEngine

@Suite("Keys of numbers")
struct NumberKeyTests {
  @Test("Sort as the numbers do, exactly")
  func sortsAsNumbers() throws {
    var numbers = [
      "0", "1", "-1", "0.1", "-0.1", "9.99", "10", "10.01", "123456789012345.678", "123456789012345.679",
    ]
    .compactMap { Decimal(string: $0) }
    var generator = Seeded(seed: 1)
    for _ in 0..<500 {
      let mantissa = Int.random(in: -1_000_000...1_000_000, using: &generator)
      numbers.append(Decimal(mantissa) * pow(Decimal(10), Int.random(in: -12...12, using: &generator)))
    }
    for one in numbers {
      for other in numbers {
        let (first, second) = (NumberKey.text(of: one), NumberKey.text(of: other))
        #expect((first < second) == (one < other) && (first == second) == (one == other), "\(one), \(other)")
      }
    }
  }

  @Test("What excludes a number lies just beside it", arguments: ["90", "-90", "0", "0.5", "-0.5"])
  func excludes(text: String) throws {
    let number = try #require(Decimal(string: text))
    let (near, nearer) = (number + Decimal(string: "0.0000001")!, number - Decimal(string: "0.0000001")!)
    let keys = [
      NumberKey.text(of: nearer), NumberKey.text(of: number, .below), NumberKey.text(of: number),
      NumberKey.text(of: number, .above), NumberKey.text(of: near),
    ]
    #expect(keys == keys.sorted())
    #expect(Set(keys).count == 5)
  }

  @Test(
    "Mantissas give back the same decimals",
    arguments: ["0", "-12.345", "999999999999999999", "0.000001", "1e12"])
  func roundTrips(text: String) throws {
    let number = try #require(Decimal(string: text))
    let mantissas = try Mantissas(Quantity(low: number))
    #expect(Mantissas.decimal(mantissas.low, scale: mantissas.scale) == number)
  }
}
