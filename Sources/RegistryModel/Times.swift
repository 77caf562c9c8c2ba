/// From where a question is asked: the three times, and whose word counts.
///
/// The three are never mixed up: `on` is when a thing held, `published` which sources were out, `recorded`
/// what this registry contained.
public struct Times: Hashable, Sendable {
  /// What held on this date; nothing for all time.
  public var on: PartialDate?
  /// What the sources that were out by the end of this date said; nothing for all sources.
  public var published: PartialDate?
  /// What this registry contained at this point; nothing for now.
  public var recorded: RecordedPoint?
  /// The sources whose word counts; empty for all.
  public var accordingTo: [Key]
  /// The last day of which anything is known: of later ones only what is stated is certain. Nil where nobody asks.
  public var today: Day?

  public init(
    on: PartialDate? = nil, published: PartialDate? = nil, recorded: RecordedPoint? = nil,
    accordingTo: [Key] = [], today: Day? = nil
  ) {
    self.on = on
    self.published = published
    self.recorded = recorded
    self.accordingTo = accordingTo
    self.today = today
  }

  /// All time, all sources, now.
  public static let all = Times()

  /// The same, by all sources: what a question takes for granted (groups, parts, rates) is not narrowed to those that are
  /// asked.
  public var background: Times {
    var times = self
    times.accordingTo = []
    return times
  }

  /// Whether nothing narrows what is read: all time, all sources, now.
  public var isAll: Bool { on == nil && isCurrentEvidence }

  /// Whether today's evidence answers: no past sources, no past registry, nobody left out.
  public var isCurrentEvidence: Bool { published == nil && recorded == nil && accordingTo.isEmpty }
}

/// A point in the registry's own history.
public enum RecordedPoint: Hashable, Sendable {
  /// Up to and with this transaction.
  case transaction(TransactionID)
  /// Up to the end of this date, in UTC.
  case date(PartialDate)
}
