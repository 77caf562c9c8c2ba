/// By when a statement is to be looked at again, and why then.
public struct Review: Hashable, Sendable {
  public var due: PartialDate
  public var reason: String?

  public init(due: PartialDate, reason: String? = nil) {
    self.due = due
    self.reason = reason
  }
}

/// For how long a fact is good: `6 months`.
public struct ReviewPeriod: Hashable, Sendable, CustomStringConvertible {
  public let count: Int64
  public let unit: RelativeDay.Unit

  /// Reads what ``description`` writes, a single one too (`1 year`); nothing for any other text.
  public init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0].first?.isNumber == true,
      let span = RelativeDay("today + \(words[0]) \(words[1])"), span.count > 0
    else { return nil }
    (count, unit) = (span.count, span.unit)
  }

  public var description: String {
    "\(count) \(count == 1 ? String(unit.rawValue.dropLast()) : unit.rawValue)"
  }

  /// The last day on which something is good of which the evidence is of a day.
  public func end(from day: Day) -> Day {
    RelativeDay("today + \(description)")?.day(from: day) ?? day
  }
}
