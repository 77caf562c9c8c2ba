import FoundationEssentials

/// What one holder has of something: a number, or the ends of what it may be.
struct Holding: Hashable {
  var holder: String
  var low: Decimal
  var high: Decimal
}

/// How concentrated something is, whatever its numbers are within their ends.
struct Index: Hashable {
  /// The sum of squared percentages, up to 10 000, at least and at most.
  var low: Decimal
  var high: Decimal
  /// The percentage of the three largest holders together, at least and at most.
  var topLow: Decimal
  var topHigh: Decimal
  /// Whether the ends are reached, and not only never passed.
  var isExact = true
}

/// Shares of one whole, in percent, each between two ends, that sum to 100 at most. Who holds the rest is not known: at
/// least many small holders, at most one.
struct Shares {
  /// Beyond this many ranges, the upper end is one that need not be reached.
  static let mostRanges = 12

  let shares: [Holding]

  /// Shares, one a holder; what is open above is limited by what the others hold at least.
  init(_ shares: [Holding]) {
    let lows = shares.reduce(Decimal(0)) { $0 + $1.low }
    self.shares = shares.map { share in
      let room = 100 - (lows - share.low)
      return Holding(holder: share.holder, low: share.low, high: max(share.low, min(share.high, room)))
    }
  }

  var coveredLow: Decimal { shares.reduce(0) { $0 + $1.low } }
  var coveredHigh: Decimal { max(coveredLow, min(100, shares.reduce(0) { $0 + $1.high })) }

  /// The holder of the largest share; nothing where ranges overlap, so that it may be another.
  var top: String? {
    guard let first = shares.max(by: { $0.low < $1.low }) else { return nil }
    return shares.contains { $0.holder != first.holder && $0.high >= first.low } ? nil : first.holder
  }

  /// The index; nothing where the shares sum to more than 100.
  var index: Index? {
    guard !shares.isEmpty, coveredLow <= 100 else { return nil }
    let ranges = shares.filter { $0.low < $0.high }
    let lows = shares.map(\.low).sorted(by: >)
    return Index(
      low: lows.reduce(0) { $0 + $1 * $1 }, high: highest(ranges), topLow: lows.prefix(3).reduce(0, +),
      topHigh: topHigh, isExact: ranges.count <= Self.mostRanges)
  }

  /// The largest sum of squares, the rest counted as one holder.
  ///
  /// The sum is convex, so that it is largest at a corner of what is allowed: all ranges at an end, or, where the sum of 100
  /// stops them, all but one.
  private func highest(_ ranges: [Holding]) -> Decimal {
    guard ranges.count <= Self.mostRanges else {
      let rest = max(0, 100 - coveredLow)
      return min(10_000, shares.reduce(rest * rest) { $0 + $1.high * $1.high })
    }
    let known = shares.filter { $0.low == $0.high }
    let (sum, squares) = known.reduce((Decimal(0), Decimal(0))) { ($0.0 + $1.low, $0.1 + $1.low * $1.low) }
    var greatest = Decimal(0)
    for corner in 0..<(1 << ranges.count) {
      let ends = ranges.enumerated().map { corner & (1 << $0) == 0 ? $1.low : $1.high }
      let all = ends.reduce(sum, +)
      let value = ends.reduce(squares) { $0 + $1 * $1 }
      if all <= 100 {
        greatest = max(greatest, value + (100 - all) * (100 - all))
        continue
      }
      // One of those at their high end gives way until the sum is 100.
      for (place, range) in ranges.enumerated() where corner & (1 << place) != 0 {
        let between = range.high - (all - 100)
        guard between >= range.low else { continue }
        greatest = max(greatest, value - range.high * range.high + between * between)
      }
    }
    return greatest
  }

  /// The most that three holders can have, one of whom may have all the rest.
  private var topHigh: Decimal {
    let lows = coveredLow
    let rest = Holding(holder: "", low: 0, high: max(0, 100 - lows))
    let candidates = Set(
      shares.sorted { $0.high > $1.high }.prefix(12) + shares.sorted { $0.low > $1.low }.prefix(12) + [rest]
    ).sorted { $0.high > $1.high }
    var most = Decimal(0)
    for first in candidates.indices {
      for second in candidates[first...].indices {
        for third in candidates[second...].indices {
          let three = Set([first, second, third]).map { candidates[$0] }
          let (low, high) = three.reduce((Decimal(0), Decimal(0))) { ($0.0 + $1.low, $0.1 + $1.high) }
          most = max(most, min(high, 100 - (lows - low)))
        }
      }
    }
    return most
  }
}

/// Amounts of one kind, each between two ends, which are taken for all that there is.
struct Amounts {
  let amounts: [Holding]

  var sumLow: Decimal { amounts.reduce(0) { $0 + $1.low } }
  var sumHigh: Decimal { amounts.reduce(0) { $0 + $1.high } }

  /// The holder of the largest amount; nothing where ranges overlap.
  var top: String? {
    guard let first = amounts.max(by: { $0.low < $1.low }) else { return nil }
    return amounts.contains { $0.holder != first.holder && $0.high >= first.low } ? nil : first.holder
  }

  /// The index; nothing where all may be nothing.
  var index: Index? {
    guard sumHigh > 0, amounts.allSatisfy({ $0.low >= 0 }) else { return nil }
    let ranges = amounts.indices.filter { amounts[$0].low < amounts[$0].high }
    guard !ranges.isEmpty else {
      let values = amounts.map(\.low)
      let (index, top) = (Self.index(values), Self.top(values))
      return Index(low: index, high: index, topLow: top, topHigh: top)
    }
    guard sumLow > 0 else { return nil }
    return Index(
      low: lowest(Self.index), high: highest(ranges, Self.index), topLow: lowest(Self.top),
      topHigh: highest(ranges, Self.top), isExact: ranges.count <= Shares.mostRanges)
  }

  /// The sum of squared percentages.
  static func index(_ values: [Decimal]) -> Decimal {
    let sum = values.reduce(0, +)
    return 10_000 * values.reduce(0) { $0 + $1 * $1 } / (sum * sum)
  }

  /// The percentage of the three largest.
  static func top(_ values: [Decimal]) -> Decimal {
    100 * values.sorted(by: >).prefix(3).reduce(0, +) / values.reduce(0, +)
  }

  /// The greatest over the ends of all ranges: both measures are quasiconvex in each amount. With very many ranges, over all
  /// low but one, and all high but one.
  private func highest(_ ranges: [Int], _ measure: ([Decimal]) -> Decimal) -> Decimal {
    let isAll = ranges.count <= Shares.mostRanges
    var greatest = Decimal(0)
    for corner in 0..<(isAll ? 1 << ranges.count : 2 * ranges.count) {
      var values = amounts.map(\.low)
      for (place, index) in ranges.enumerated() {
        let isHigh =
          isAll
          ? corner & (1 << place) != 0 : (place == corner % ranges.count) == (corner < ranges.count)
        if isHigh { values[index] = amounts[index].high }
      }
      greatest = max(greatest, measure(values))
    }
    return greatest
  }

  /// The least: every amount as near to one level as its ends allow, at the best such level.
  ///
  /// Of all amounts with one sum those near one level are the most even, so that both measures are least there. Between two
  /// ends the index has its least where the level is Σv² / Σv of what is fixed; the part of the largest has it at an end.
  private func lowest(_ measure: ([Decimal]) -> Decimal) -> Decimal {
    let ends = Set(amounts.flatMap { [$0.low, $0.high] }).sorted()
    var levels = ends
    for (from, to) in zip(ends, ends.dropFirst()) {
      let fixed = amounts.compactMap { $0.high <= from ? $0.high : $0.low >= to ? $0.low : nil }
      let sum = fixed.reduce(0, +)
      guard sum > 0 else { continue }
      let level = fixed.reduce(0) { $0 + $1 * $1 } / sum
      if level > from, level < to { levels.append(level) }
    }
    return levels.map { level in measure(amounts.map { min(max(level, $0.low), $0.high) }) }.min() ?? 0
  }
}
