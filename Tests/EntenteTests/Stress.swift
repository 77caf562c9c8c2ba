import Foundation

/// How often a test that draws at random draws: few times with every run of the tests, many in `make stress`.
enum Stress {
  static let isLong = ProcessInfo.processInfo.environment["ENTENTE_STRESS"] != nil

  static func rounds(_ few: Int, _ many: Int) -> Int { isLong ? many : few }

  /// A line that sums up what was drawn, in `make stress`.
  static func say(_ words: String) {
    guard isLong else { return }
    FileHandle.standardError.write(Data("stress: \(words)\n".utf8))
  }
}

/// The same numbers on every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
