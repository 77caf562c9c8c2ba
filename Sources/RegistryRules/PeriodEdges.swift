import RegistryModel

/// Of some spans of days, how many have a day in a stretch: asked in the logarithm of their number, since a value may have
/// very many periods.
struct DaySpans {
  private var firsts: [Day]
  private var lasts: [Day]

  init(_ spans: [ClosedRange<Day>]) {
    firsts = spans.map(\.lowerBound).sorted()
    lasts = spans.map(\.upperBound).sorted()
  }

  /// How many have a day from one to another, which is no earlier.
  func count(from first: Day, to last: Day) -> Int {
    // What ends before the stretch begins before its end too.
    firsts.partitioningIndex { $0 > last } - lasts.partitioningIndex { $0 >= first }
  }
}

/// When the values of a cell are said to begin and to end. A class, so that it is made of the testimonies when it is first
/// asked, which is rarely.
final class PeriodEdges {
  private let all: [Testimony]
  private lazy var claims = all.filter { $0.stance == .claims }
  private lazy var starts = Self.spans(claims, \.period.start)
  private lazy var ends = Self.spans(claims, \.period.end)
  /// By when each is there at the latest.
  private lazy var appearances = Self.spans(claims) { $0.period.start ?? $0.period.seen }
  private lazy var allAppearances = DaySpans(claims.compactMap { $0.period.start ?? $0.period.seen })
  private lazy var deniers = all.filter { $0.stance == .denies || $0.deniesOthers }

  init(_ all: [Testimony]) { self.all = all }

  private static func spans(
    _ claims: [Testimony], _ span: (Testimony) -> ClosedRange<Day>?
  ) -> [Value: DaySpans] {
    Dictionary(grouping: claims, by: \.value).mapValues { DaySpans($0.compactMap(span)) }
  }

  /// Whether the value is said to have begun between two days.
  func isBegun(_ value: Value, from first: Day, to last: Day) -> Bool {
    starts[value].map { $0.count(from: first, to: last) > 0 } ?? false
  }

  /// Whether the value is said to have ended between two days.
  func isEnded(_ value: Value, from first: Day, to last: Day) -> Bool {
    ends[value].map { $0.count(from: first, to: last) > 0 } ?? false
  }

  /// Whether another value is said to have been there between two days.
  func isSucceeded(_ value: Value, from first: Day, to last: Day) -> Bool {
    let own = appearances[value]?.count(from: first, to: last) ?? 0
    return allAppearances.count(from: first, to: last) > own
  }

  /// Whether the value is denied between two days.
  func isDenied(_ value: Value, from first: Day, to last: Day) -> Bool {
    deniers.contains { testimony in
      guard testimony.denies(value), let from = testimony.period.start ?? testimony.period.seen else {
        return false
      }
      // What claims it with an end says when.
      if testimony.stance == .claims, testimony.value == value, testimony.period.end != nil { return false }
      return from.upperBound >= first && from.lowerBound <= last
    }
  }
}
