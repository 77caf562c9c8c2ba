/// By what a transaction is known wherever it is: numbers such as `t12` are each registry's own.
public struct TransactionIdentity: Hashable, Sendable {
  /// The registry that it was made in, by the 26 letters and digits that were drawn when that was made. A copy of a file
  /// has the same origin.
  public var origin: String
  /// Which of its origin's transactions it is, from 1 on: to be shown, since copies of a file count on by themselves.
  public var number: Int64
  /// Milliseconds since 1970, or where its origin knew of a transaction with that or more, one more than the most it knew.
  public var clock: Int64
  /// A digest of all that it says: what it asserted and ended, who made it, when and why, and what stands above.
  public var uid: String

  public init(origin: String, number: Int64, clock: Int64, uid: String) {
    self.origin = origin
    self.number = number
    self.clock = clock
    self.uid = uid
  }

  /// The last number and the last clock that can be, the end of the year 9999 in milliseconds: what another registry says is
  /// counted on from.
  public static let last: Int64 = 253_402_300_799_999

  /// Whether the number and the clock can be counted on from.
  public var isPossible: Bool { (1...Self.last).contains(number) && (0...Self.last).contains(clock) }
}
