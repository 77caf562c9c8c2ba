import Foundation

/// The shares that holders have of one market, in percent, each as a range.
struct Shares {
  struct Share {
    var holder: String
    var low: Decimal
    var high: Decimal
  }

  /// Beyond this many ranges, the upper bound is the simple one that need not be reached.
  private static let mostRanges = 16
  private static let greatestIndex: Decimal = 10_000

  private let shares: [Share]

  /// Shares, one a holder; what is open above is limited by what the others hold at least.
  init(_ shares: [Share]) {
    let lows = shares.reduce(Decimal(0)) { $0 + $1.low }
    self.shares = shares.map { share in
      let room = 100 - (lows - share.low)
      return Share(holder: share.holder, low: share.low, high: max(share.low, min(share.high, room)))
    }
  }

  var count: Int { shares.count }
  var coveredLow: Decimal { shares.reduce(0) { $0 + $1.low } }
  var coveredHigh: Decimal { max(coveredLow, min(100, shares.reduce(0) { $0 + $1.high })) }

  /// The holder of the largest share; nothing where ranges overlap, so that it may be another.
  var top: String? {
    guard let first = shares.max(by: { $0.low < $1.low }) else { return nil }
    return shares.contains { $0.holder != first.holder && $0.high >= first.low } ? nil : first.holder
  }

  /// The sum of squares of the lowest shares, the rest counted as many small holders.
  var indexLow: Decimal { shares.reduce(0) { $0 + $1.low * $1.low } }

  /// The largest sum of squares that the ranges allow, the rest counted as one holder.
  ///
  /// The sum is convex in every share, so its largest value lies where each is at an end of its range.
  var indexHigh: Decimal {
    let ranges = shares.filter { $0.low < $0.high }
    let known = shares.filter { $0.low == $0.high }
    let sum = known.reduce(Decimal(0)) { $0 + $1.low }
    let squares = known.reduce(Decimal(0)) { $0 + $1.low * $1.low }
    guard ranges.count <= Shares.mostRanges else {
      let rest = max(0, 100 - coveredLow)
      return min(Shares.greatestIndex, shares.reduce(rest * rest) { $0 + $1.high * $1.high })
    }
    return min(Shares.greatestIndex, Shares.highest(ranges[...], sum: sum, squares: squares))
  }

  private static func highest(_ ranges: ArraySlice<Share>, sum: Decimal, squares: Decimal) -> Decimal {
    guard let share = ranges.first else {
      let rest = max(0, 100 - sum)
      return squares + rest * rest
    }
    return max(
      highest(ranges.dropFirst(), sum: sum + share.low, squares: squares + share.low * share.low),
      highest(ranges.dropFirst(), sum: sum + share.high, squares: squares + share.high * share.high))
  }
}
