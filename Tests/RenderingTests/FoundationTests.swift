import Foundation
import RegistryModel
import SeededNumbers
import Testing

@testable import Rendering

/// Numbers for people are written as Foundation wrote them, without it.
@Suite("Numbers as Foundation writes them")
struct FoundationTests {
  private static let numbers: [Double] = {
    var random = Seeded(seed: 11)
    let patterns = (0..<50_000).map { _ in Double(bitPattern: .random(in: .min ... .max, using: &random)) }
    let usual = (0..<50_000).map { _ in Double.random(in: -1e9...1e9, using: &random) }
    return [0, -0.0, 0.1, 999_999.5, 1e6, 1e15, -1e15, 0.000_012_345_65, .infinity, -.infinity, .nan]
      + patterns
      + usual
  }()

  @Test("Floating point to six digits")
  func rounded() {
    for number in Self.numbers {
      let format = (1e6..<1e15).contains(number.magnitude) ? "%.0f" : "%.6g"
      #expect(Cell.real(number).displayText == String(format: format, number))
    }
  }

  @Test("Milliseconds to one place")
  func milliseconds() {
    var random = Seeded(seed: 12)
    let style = FloatingPointFormatStyle<Double>.number.precision(.fractionLength(1))
      .locale(Locale(identifier: "en_US_POSIX"))
    var times: [UInt64] = [0, 1, 49_999, 50_000, 50_001, 150_000, 250_000, 950_000, 1_234_567_890_123]
    times += (0..<20_000).map { _ in UInt64.random(in: 0...3_600_000_000_000, using: &random) }
    times += (0..<2_000).map { UInt64($0) * 50_000 }
    for time in times {
      let theirs = (Double(time) / 1_000_000).formatted(style)
      #expect(millisecondText(nanoseconds: time) == theirs, "\(time)")
    }
  }
}
