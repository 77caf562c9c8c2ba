import FoundationEssentials
import PluginKit

/// What the holders of a market have by those statements that are taken.
struct MarketShares {
  /// In percent, where that is stated or follows from a stated whole.
  private(set) var shares: Shares?
  /// As they are stated, where there is no whole.
  private(set) var amounts: Amounts?
  /// How many holders are counted.
  private(set) var count = 0
  /// The holder that is the whole and no holder, and those that are left out because they overlap with others.
  private(set) var leftOut: [String] = []
  /// What a reader should know.
  private(set) var notes: [String] = []
  /// Holders of which no most is stated.
  private(set) var isOpen = false

  /// - Parameter taken: which statements are taken; the chosen ones, or those of another reading.
  init(_ market: Market, _ holders: Market.Holders, _ taken: (Market.Stated) -> Bool) {
    let isPercent = market.address.unit == "%"
    var holdings: [Holding] = []
    for (holder, stated) in market.stated.sorted(by: { $0.key < $1.key }) {
      let figures = stated.filter(taken).map(\.figure)
      guard let low = figures.map(\.least).min() else { continue }
      guard low >= 0 else {
        notes.append(
          "\(holder) has less than nothing (\(figures.map(\.words).joined(separator: ", "))), and is left out"
        )
        continue
      }
      let most = figures.map(\.most)
      let high: Decimal
      if let bound = most.contains(nil) ? nil : most.compactMap(\.self).max() {
        high = bound
      } else {
        isOpen = isOpen || !isPercent
        high = isPercent ? 100 : low
      }
      holdings.append(Holding(holder: holder, low: low, high: max(low, high)))
      if figures.count > 1 {
        notes.append("\(figures.count) figures for \(holder) are read as one range; see `conflicts`")
      }
    }
    let whole = takeWhole(&holdings, isPercent: isPercent, holders)
    dropOverlapping(&holdings, isPercent: isPercent, holders)
    count = holdings.count
    if isPercent {
      shares = Shares(holdings)
    } else if let whole, whole.low > 0, whole.low == whole.high,
      holdings.reduce(0, { $0 + $1.low }) <= whole.low
    {
      shares = Shares(
        holdings.map {
          Holding(holder: $0.holder, low: 100 * $0.low / whole.low, high: min(100, 100 * $0.high / whole.low))
        })
    } else {
      amounts = Amounts(amounts: holdings)
    }
    tellWhatIsMissing(market, taken)
  }

  /// Takes out the holder that is the whole, by its name, or as it has all of what others have parts of.
  private mutating func takeWhole(
    _ holdings: inout [Holding], isPercent: Bool, _ holders: Market.Holders
  ) -> Holding? {
    guard holdings.count > 1 else { return nil }
    let named = holdings.filter { holders.wholes.contains($0.holder) }
    let full = isPercent ? holdings.filter { $0.low >= 100 } : []
    let rest = holdings.filter { holding in !(named + full).contains { $0.holder == holding.holder } }
    guard !rest.isEmpty else { return nil }
    for whole in named + full.filter({ !named.contains($0) }) {
      holdings.removeAll { $0.holder == whole.holder }
      leftOut.append(whole.holder)
      notes.append("\(whole.holder) is the whole, beside parts of it, and no holder: it is left out")
    }
    let parts = rest.reduce(Decimal(0)) { $0 + $1.high }
    if let whole = named.first, !isPercent {
      if rest.reduce(0, { $0 + $1.low }) > whole.high {
        notes.append("the holders have \(parts) together, more than the whole has; it is not counted with")
        return nil
      }
      return whole
    }
    guard named.isEmpty, full.isEmpty, holdings.count > 3 else { return nil }
    for holding in holdings where holding.low == holding.high && holding.low > 0 {
      let others = holdings.reduce(Decimal(0)) { $0 + $1.low } - holding.low
      guard abs(others - holding.low) * 200 <= holding.low else { continue }
      notes.append(
        "\(holding.holder) has as much as all others together: if it is their total, leave it out: without "
          + holding.holder)
    }
    return nil
  }

  /// Takes out those in whom several are counted together, where with them there is more than 100 %.
  private mutating func dropOverlapping(
    _ holdings: inout [Holding], isPercent: Bool, _ holders: Market.Holders
  ) {
    let joint = holdings.filter { holders.joint.contains($0.holder) }
    guard !joint.isEmpty else { return }
    let names = joint.map(\.holder).joined(separator: ", ")
    let single = holdings.filter { !holders.joint.contains($0.holder) }
    if isPercent, !single.isEmpty, holdings.reduce(0, { $0 + $1.low }) > 100 {
      holdings = single
      leftOut += joint.map(\.holder)
      notes.append("\(names) counts several together, some of whom are named beside it: left out")
    } else {
      notes.append("\(names) counts several together, as one holder")
    }
  }

  private mutating func tellWhatIsMissing(_ market: Market, _ taken: (Market.Stated) -> Bool) {
    if let shares {
      if shares.coveredLow > 100 {
        notes.append(
          "the shares sum to \(shares.coveredLow.rounded(4)) %, so some overlap or contradict each other: there is no "
            + "index of them")
      } else if shares.coveredHigh < 100 {
        notes.append(
          "the shares known cover \(shares.coveredHigh.rounded(4)) %; who holds the rest is not stated")
      }
    } else if let amounts, !amounts.amounts.isEmpty {
      notes.append(
        amounts.sumHigh > 0
          ? "no whole is stated: the holders named are taken for all that there are"
          : "all figures are nothing: there is no index of them")
      if isOpen { notes.append("a figure has no upper bound, and is counted at its least") }
    }
    if count > 1 { notes.append("the figures may come from different sources; ask `why` for each") }
    if market.stated.values.joined().contains(where: { taken($0) && $0.figure.isRough }) {
      notes.append("some figures are approximate (about), and are counted as they stand")
    }
    if market.forecasts > 0 { notes.append("\(market.forecasts) forecasts are passed over") }
  }

  /// How concentrated it is; nothing where there is no such number.
  var index: Index? { shares?.index ?? amounts?.index }
  var top: String? { shares.map(\.top) ?? amounts?.top }
  /// How much of the whole is known, in percent; nothing where there is none.
  var covered: (low: Decimal, high: Decimal)? { shares.map { ($0.coveredLow, $0.coveredHigh) } }

  /// What a holder has, in percent of the whole, or of what is known.
  func percent(of holder: String) -> (low: Decimal, high: Decimal)? {
    if let share = shares?.shares.first(where: { $0.holder == holder }) { return (share.low, share.high) }
    guard let amounts, let mine = amounts.amounts.first(where: { $0.holder == holder }) else { return nil }
    let (low, high) = (amounts.sumLow - mine.low, amounts.sumHigh - mine.high)
    guard mine.high + low > 0 else { return nil }
    return (
      mine.low + high > 0 ? 100 * mine.low / (mine.low + high) : 0, 100 * mine.high / (mine.high + low)
    )
  }

  /// The holders that are counted.
  var holders: [String] { (shares?.shares ?? amounts?.amounts ?? []).map(\.holder) }
}
