/// Numbers that look random and are the same for the same seed, so that a test that fails fails the same way again.
///
/// SplitMix64: https://prng.di.unimi.it/splitmix64.c, in the public domain.
public struct Seeded: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 on that is less than `limit`, by the remainder: one number is drawn for it.
  public mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// One of a list that is not empty.
  public mutating func one<Element>(of list: [Element]) -> Element { list[below(list.count)] }
}
