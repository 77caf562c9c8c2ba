public import RegistryModel

/// When a claim or a denial holds, as bounds on the day of its start, its end and the day on which it was seen.
///
/// What is nil is not said. `from 2010` is a start within 2010 and nothing else; `on 2025-03-04` a day on which it was
/// seen, with neither start nor end.
public struct Period: Hashable, Sendable {
  public var start: ClosedRange<Day>?
  public var end: ClosedRange<Day>?
  public var seen: ClosedRange<Day>?

  public init(start: ClosedRange<Day>? = nil, end: ClosedRange<Day>? = nil, seen: ClosedRange<Day>? = nil) {
    self.start = start
    self.end = end
    self.seen = seen
  }

  public init(_ validity: Validity) {
    self.init()
    switch validity.extent {
    case .unstated: break
    case .seen(let date): seen = date.days
    case .ongoing(let from, let still):
      start = from.days.notAfter(still.latest)
      seen = still.days
    case .within(let first, let last):
      guard first.earliest <= last.latest else { break }
      start = first.earliest...last.latest
      end = start
    case .period(let from, let to):
      if case .from(let date)? = from { start = date.days }
      switch to {
      case .until(let date)?: end = date.days
      case .through(let date)?: end = date.latest...date.latest
      case nil: break
      }
      // Nothing starts after it ended or ends before it started.
      if let first = start?.lowerBound, let last = end?.upperBound, first <= last {
        start = start?.notAfter(last)
        end = end?.notBefore(first)
      }
    }
  }

  /// Whether nothing at all is said of when.
  public var isUnstated: Bool { start == nil && end == nil && seen == nil }

  /// The days on which it is certainly stated: from its start to its stated end, or else to the day it was seen last.
  public var stated: ClosedRange<Day>? {
    if let start {
      if let end { return .reaching(start.upperBound, end.lowerBound) }
      if let seen { return .reaching(start.upperBound, max(seen.lowerBound, start.upperBound)) }
      return start.single
    }
    if let seen { return seen.single }
    return end?.single
  }

  /// The last day by which it has certainly started; nil where nothing is said.
  var startedBy: Day? { start?.upperBound ?? seen?.upperBound ?? end?.upperBound }

  /// The first day to which it certainly reaches: its end, or the last day on which it was seen.
  var reaches: Day? {
    if let end { return end.lowerBound }
    return [seen?.lowerBound, start?.lowerBound].compactMap(\.self).max()
  }

  /// Whether, wherever the bounds are placed, each starts before the other ends; an open end reaches to the day last
  /// seen. Two of which nothing is said overlap, one of which nothing is said and a dated one do not.
  public func certainlyOverlaps(_ other: Period) -> Bool {
    if isUnstated && other.isUnstated { return true }
    guard let one = startedBy, let two = other.startedBy, let end = reaches, let otherEnd = other.reaches
    else {
      return false
    }
    return one <= otherEnd && two <= end
  }

  /// Whether the stated end of one lies on the start of the other: a handover, on whose day both hold.
  public func touches(_ other: Period) -> Bool { handsOver(to: other) || other.handsOver(to: self) }

  private func handsOver(to next: Period) -> Bool {
    guard let end, let start = next.start else { return false }
    return end.overlaps(start)
  }
}

extension PartialDate {
  /// From its first possible day to its last.
  public var days: ClosedRange<Day> { min(earliest, latest)...max(earliest, latest) }
}

extension ClosedRange<Day> {
  /// Nil where the first day lies behind the last.
  static func reaching(_ first: Day, _ last: Day) -> ClosedRange<Day>? { first <= last ? first...last : nil }

  /// The range where it is one day.
  var single: ClosedRange<Day>? { lowerBound == upperBound ? self : nil }

  func notAfter(_ day: Day) -> ClosedRange<Day> {
    lowerBound <= day ? lowerBound...Swift.min(upperBound, day) : self
  }

  func notBefore(_ day: Day) -> ClosedRange<Day> {
    upperBound >= day ? Swift.max(lowerBound, day)...upperBound : self
  }

  /// What both allow; nil where they exclude each other.
  func narrowed(by other: ClosedRange<Day>) -> ClosedRange<Day>? {
    .reaching(Swift.max(lowerBound, other.lowerBound), Swift.min(upperBound, other.upperBound))
  }
}
