/// Whether a statement holds on a day, and what decided it.
public struct Verdict: Hashable, Sendable {
  /// From `no` to `stated`; the order is one of sureness.
  public enum Sureness: Int, Hashable, Sendable, Comparable {
    case no = 0
    case possibly
    /// The last word before the day says so; nobody speaks of the day itself, and of the time to come nobody knows.
    case goingOn
    /// A claim certainly covers the day.
    case stated
    public static func < (left: Sureness, right: Sureness) -> Bool { left.rawValue < right.rawValue }
  }

  /// What decided.
  public enum Reason: Int, Hashable, Sendable, CaseIterable {
    /// A period that covers the day.
    case period = 0
    /// It was seen last before the day.
    case lastSeen
    /// It had not begun yet.
    case notBegun
    /// It had ended, by its own word.
    case ended
    /// Another statement of the same says when it ended.
    case endedElsewhere
    /// Another value followed, of what has one at a time.
    case followed
    /// Another value holds, of what has one at a time.
    case excluded
    /// A source denies it.
    case denied
    /// The bounds leave the order open.
    case open
    /// Nothing is said of when.
    case unstated
    /// It was announced for a day after its sources came out, and nobody has confirmed it.
    case planned
    /// Its source calls it a forecast.
    case forecast
    /// Another one was chosen.
    case passedOver
    /// What it is of was not there yet, or is not any more.
    case subjectNotBegun, subjectEnded
    /// Its value was not there yet, or is not any more.
    case valueNotBegun, valueEnded
    /// The day lies after today.
    case future
  }

  public var sureness: Sureness
  public var reason: Reason
  /// The day on which what decided it happened: the end, the start of what followed, the day it was seen last.
  public var day: Day?
  /// The statement that decided, where it is another one.
  public var by: StatementID?

  public init(_ sureness: Sureness, _ reason: Reason, day: Day? = nil, by: StatementID? = nil) {
    self.sureness = sureness
    self.reason = reason
    self.day = day
    self.by = by
  }

  /// Whether it holds, as far as is known.
  public var isYes: Bool { sureness >= .goingOn }
}

/// What holds on a date, with what decided it.
public struct HeldPart: Hashable, Sendable {
  public var certainty: Certainty
  /// Whether it certainly holds on some days of the date, and not on all.
  public var isInPart: Bool
  public var verdict: Verdict
  public init(certainty: Certainty, isInPart: Bool, verdict: Verdict) {
    self.certainty = certainty
    self.isInPart = isInPart
    self.verdict = verdict
  }
}

/// How sure it is that a statement holds on each of some days.
public struct HeldStretch: Hashable, Sendable {
  public var first: Day
  public var last: Day
  /// As far as anything is known of these days.
  public var certainty: Certainty
  /// The same where they still lie ahead: of these only what is stated is certain.
  public var certaintyAhead: Certainty
  public init(first: Day, last: Day, certainty: Certainty, certaintyAhead: Certainty) {
    self.first = first
    self.last = last
    self.certainty = certainty
    self.certaintyAhead = certaintyAhead
  }
}
