/// When a statement holds, as the source says it: the words (`from`, `until`, `through`, `on`, `within`) with
/// their dates, and the four bounds that follow from them.
public struct Validity: Hashable, Sendable {
  /// Where the period starts.
  public enum Start: Hashable, Sendable {
    case from(PartialDate)
  }
  /// Where the period ends.
  public enum End: Hashable, Sendable {
    /// Ended some time in the date.
    case until(PartialDate)
    /// Held to the end of the date.
    case through(PartialDate)
  }
  /// What the source says of the period.
  public enum Extent: Hashable, Sendable {
    /// Nothing.
    case unstated
    /// A start, an end, or both.
    case period(Start?, End?)
    /// Started in the first date, and seen going on in the second: `from D still on E`.
    case ongoing(PartialDate, still: PartialDate)
    /// Seen on the date; start and end unknown.
    case seen(PartialDate)
    /// Took place some time between the two dates.
    case within(PartialDate, PartialDate)
  }

  /// What is said, from which the bounds follow.
  public var extent: Extent

  /// A period; with nothing given, an unstated one.
  public init(_ extent: Extent = .unstated) { self.extent = extent }

  /// The earliest and latest day on which the period may start, and on which it may end.
  ///
  /// What is open lies at ``Day/distantPast`` or ``Day/distantFuture``. A day is certainly inside when it is
  /// from `startLatest` to `endEarliest`, and possibly inside when it is from `startEarliest` to `endLatest`.
  public struct Bounds: Hashable, Sendable {
    /// The first day on which it may start.
    public var startEarliest: Day
    /// The last day on which it may start.
    public var startLatest: Day
    /// The first day on which it may end.
    public var endEarliest: Day
    /// The last day on which it may end.
    public var endLatest: Day

    /// Bounds that are already known.
    public init(startEarliest: Day, startLatest: Day, endEarliest: Day, endLatest: Day) {
      self.startEarliest = startEarliest
      self.startLatest = startLatest
      self.endEarliest = endEarliest
      self.endLatest = endLatest
    }
  }

  /// The four bounds. An unstated period is possibly any day and certainly none.
  public var bounds: Bounds {
    var bounds = Bounds(
      startEarliest: .distantPast, startLatest: .distantFuture, endEarliest: .distantPast,
      endLatest: .distantFuture)
    switch extent {
    case .unstated: break
    case .period(let start, let end):
      if case .from(let date)? = start {
        bounds.startEarliest = date.earliest
        bounds.startLatest = date.latest
        bounds.endEarliest = .distantFuture
      }
      switch end {
      case .until(let date)?:
        bounds.endEarliest = date.earliest
        bounds.endLatest = date.latest
      case .through(let date)?:
        bounds.endEarliest = date.latest
        bounds.endLatest = date.latest
      case nil: break
      }
      // Nothing starts after it ended or ends before it started, which also bounds a side that nothing is said of.
      bounds.startLatest = min(bounds.startLatest, bounds.endLatest)
      bounds.endEarliest = max(bounds.endEarliest, bounds.startEarliest)
    case .ongoing(let start, let still):
      bounds.startEarliest = start.earliest
      bounds.startLatest = min(start.latest, still.latest)
      bounds.endEarliest = still.earliest
    case .seen(let date):
      bounds.startLatest = date.latest
      bounds.endEarliest = date.earliest
    case .within(let first, let last):
      bounds.startEarliest = first.earliest
      bounds.startLatest = last.latest
      bounds.endEarliest = first.earliest
      bounds.endLatest = last.latest
    }
    return bounds
  }

  /// Whether the period can be at all: one that ends before it starts cannot.
  public var isPossible: Bool {
    let bounds = bounds
    if case .ongoing(let start, let still) = extent { return start.earliest <= still.latest }
    return bounds.startEarliest <= bounds.endLatest
  }

  /// Whether the statement holds on `date`.
  public func holds(on date: PartialDate) -> Certainty { bounds.holds(on: date) }
}

extension Validity.Bounds {
  /// Whether `date` is inside.
  public func holds(on date: PartialDate) -> Certainty {
    if startLatest <= date.earliest && date.latest <= endEarliest { return .certainly }
    if startEarliest <= date.latest && date.earliest <= endLatest { return .possibly }
    return .not
  }

  /// When both hold; a day is certainly inside where it certainly is inside of both (Kleene's AND). Nothing where
  /// they cannot hold at once.
  public func intersection(_ other: Validity.Bounds) -> Validity.Bounds? {
    let both = Validity.Bounds(
      startEarliest: max(startEarliest, other.startEarliest),
      startLatest: max(startLatest, other.startLatest),
      endEarliest: min(endEarliest, other.endEarliest), endLatest: min(endLatest, other.endLatest))
    return both.startEarliest <= both.endLatest ? both : nil
  }
}

/// An answer about a date that is only partly known.
public enum Certainty: String, Hashable, Sendable, Comparable {
  case not, possibly, certainly

  private var order: Int { self == .not ? 0 : self == .possibly ? 1 : 2 }
  /// From `not` over `possibly` to `certainly`.
  public static func < (left: Certainty, right: Certainty) -> Bool { left.order < right.order }
}
