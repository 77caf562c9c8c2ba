import Foundation
import SeededNumbers
import Testing

@testable import RegistryModel

/// What the model does by itself, so that Foundation with its tables of all scripts need not be loaded.
@Suite("The same as Foundation")
struct FoundationTests {
  private static let scalars = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)

  /// Those that Foundation composes by the rules of Unicode: it knows no marks of later versions, and takes characters
  /// beyond 16 bits for others.
  private static let composable = scalars.filter { scalar in
    scalar.value < 0x10000 && scalar.properties.age.map { $0.major <= 12 } ?? false
  }

  @Test("Every character is composed, alone and of its parts")
  func composesCharacters() {
    for scalar in Self.composable {
      let text = String(scalar)
      let parts = text.decomposedStringWithCanonicalMapping
      for text in [text, parts, parts + "\u{301}", "a" + parts] {
        let (ours, theirs) = (text.composed, text.precomposedStringWithCanonicalMapping)
        #expect(Array(ours.utf8) == Array(theirs.utf8), "U+\(String(scalar.value, radix: 16))")
      }
    }
  }

  @Test("Texts at random are composed")
  func composesTexts() {
    var random = Seeded(seed: 20_261_129)
    let marks = Self.composable.filter { $0.properties.canonicalCombiningClass != .notReordered }
    let letters = Self.composable.filter { $0.properties.isAlphabetic && $0.value < 0x3000 }
    #expect("\u{10041}\u{301}".composed.unicodeScalars.count == 2)
    for _ in 0..<20_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        if let scalar = (Bool.random(using: &random) ? marks : letters).randomElement(using: &random) {
          text.append(scalar)
        }
      }
      let given = String(text)
      #expect(Array(given.composed.utf8) == Array(given.precomposedStringWithCanonicalMapping.utf8))
    }
  }

  @Test("The same characters are trimmed, on both sides and nowhere else")
  func trims() {
    for scalar in Self.scalars {
      for text in ["\(scalar)x \(scalar)y\(scalar)", " \(scalar) ", "\(scalar)\u{301}x"] {
        let theirs = text.trimmingCharacters(in: .whitespaces)
        #expect(Array(text.trimmed.utf8) == Array(theirs.utf8), "U+\(String(scalar.value, radix: 16))")
      }
    }
    #expect("".trimmed == "")
  }

  @Test("The number of floating point of a decimal is the nearest, as its text is read, to the last bit")
  func doubles() throws {
    var random = Seeded(seed: 7)
    var texts = [
      "0", "0.1", "0.3", "12.345", "444261166.06", "0.033889", "18.33", "0.00078085165", "1e23",
      "9007199254740993", "99999999999999999999.5",
    ]
    texts += ["340282366920938463463374607431768211455", "1e127", "1e-127", "-123456789012345678e-20"]
    for _ in 0..<50_000 {
      let digits = (0..<Int.random(in: 1...38, using: &random)).map { _ in
        String(Int.random(in: 0...9, using: &random))
      }
      let sign = Bool.random(using: &random) ? "-" : ""
      texts.append(sign + digits.joined() + "e\(Int.random(in: -60...40, using: &random))")
    }
    for text in texts {
      let decimal = try #require(Decimal(string: text))
      #expect(decimal.double == Double(decimal.description), "\(text)")
    }
    #expect(Decimal.nan.double.isNaN)
  }
}
