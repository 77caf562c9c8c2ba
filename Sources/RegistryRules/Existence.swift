public import RegistryModel

/// When a thing was there.
///
/// It is certainly there from the first of its chosen beginnings, or from an earlier day of which something of it is
/// claimed, to its end; before that day it is possibly there where no source says when it began. A later beginning brings
/// it back. An end without a date lies between the last day of which something of it is claimed and the publication of its
/// source. A successor alone makes it only possibly gone. A thing whose type names no beginning is there until its end.
public struct Existence: Hashable, Sendable {
  /// A beginning or an end.
  public struct Event: Hashable, Sendable {
    /// When it happened; nil where its source gives no day.
    public var days: ClosedRange<Day>?
    /// The last day on which its sources came out; nil where it is not known.
    public var published: Day?

    public init(days: ClosedRange<Day>?, published: Day?) {
      self.days = days
      self.published = published
    }

    /// Announced for a day after its sources came out.
    var isPlan: Bool {
      guard let days, let published else { return false }
      return days.lowerBound > published
    }
  }

  public var timeline: Timeline

  /// Of what is there for ever.
  public static let always = Existence(
    timeline: Timeline(stretches: [
      .init(first: .distantPast, last: .distantFuture, verdict: Verdict(.goingOn, .period))
    ]))

  public init(timeline: Timeline) { self.timeline = timeline }

  /// - Parameters:
  ///   - hasBeginning: whether the type names what begins its things.
  ///   - spokenOf: the days of which something of it is certainly claimed, from the first to the last; nil where there
  ///     is none.
  ///   - mentioned: the first day of which something of it is possibly claimed, where that day is known.
  ///   - succeeded: when those that succeed it began.
  public init(
    hasBeginning: Bool, begins: [Event], ends: [Event], spokenOf: ClosedRange<Day>?,
    mentioned: Day? = nil, succeeded: [ClosedRange<Day>]
  ) {
    let marks = begins.filter { !$0.isPlan }.compactMap(\.days)
    let plans = begins.filter(\.isPlan).compactMap(\.days)
    // Days of an end: from the day after it on the thing is gone.
    let gone = ends.map { end -> ClosedRange<Day> in
      if let days = end.days { return days.lowerBound.after...days.upperBound.after }
      let first = spokenOf?.upperBound ?? marks.map(\.upperBound).max() ?? .distantPast
      let last = end.published ?? .distantFuture
      return first.after...max(first.after, last)
    }.sorted { $0.upperBound < $1.upperBound }
    // What is said of a day after its end contradicts the end, and does not bring it back.
    let spoken = spokenOf.map(\.lowerBound).flatMap { day in
      gone.contains { $0.upperBound <= day } ? nil : day
    }
    let stated = (marks + plans).map(\.lowerBound).min()
    let starts =
      marks
      + (spoken.map { day in
        // Where no source says when it began, it may have been there before the first day that is spoken of; what is spoken of
        // before it is said to have begun began on any day that this leaves open.
        let earliest = stated.map { day < $0 ? min(mentioned ?? day, day) : day } ?? .distantPast
        return [earliest...day]
      } ?? [])
    var breaks: Set<Day> = []
    for range in starts + plans + gone + succeeded {
      breaks.formUnion([range.lowerBound, range.lowerBound.after, range.upperBound, range.upperBound.after])
    }
    timeline = Timeline(breaks: breaks) { day in
      let negatives = gone.filter { $0.lowerBound <= day }
      let begun = starts.filter { $0.lowerBound <= day }
      // Of the first day that is spoken of, and all after it, until an end; a later beginning brings it back.
      let isHere: Bool
      if hasBeginning {
        isHere = begun.contains { start in
          start.upperBound <= day && negatives.allSatisfy { $0.upperBound <= start.lowerBound }
        }
      } else {
        isHere =
          negatives.isEmpty
          || begun.contains { start in
            start.upperBound <= day && negatives.allSatisfy { $0.upperBound <= start.lowerBound }
          }
      }
      if isHere {
        return succeeded.contains { $0.lowerBound <= day }
          ? Verdict(.possibly, .open) : Verdict(.goingOn, .period)
      }
      if let end = negatives.last(where: { $0.upperBound <= day }),
        begun.allSatisfy({ $0.upperBound < end.lowerBound })
      {
        return Verdict(.no, .ended, day: end.lowerBound.before)
      }
      if !negatives.isEmpty { return Verdict(.possibly, .open) }
      if begun.isEmpty {
        if plans.contains(where: { $0.lowerBound <= day }) { return Verdict(.possibly, .planned) }
        guard let first = (starts + plans).map(\.lowerBound).min() else {
          return Verdict(.possibly, .unstated)
        }
        return Verdict(.no, .notBegun, day: first)
      }
      return Verdict(.possibly, stated == nil ? .unstated : .open)
    }
  }

  /// Whether its timeline is told by four days: the first and last on which it may begin, and on which it may end.
  public var bounds: Validity.Bounds? {
    var rest = timeline.stretches[...]
    func skip(_ sureness: ClosedRange<Verdict.Sureness>) -> Day? {
      guard let first = rest.first, sureness.contains(first.verdict.sureness) else { return nil }
      rest = rest.dropFirst()
      while let next = rest.first, sureness.contains(next.verdict.sureness) { rest = rest.dropFirst() }
      return rest.first?.first ?? .distantFuture.after
    }
    let here = skip(.no ... .no) ?? .distantPast
    let certain = skip(.possibly ... .possibly) ?? here
    guard let ending = skip(.goingOn ... .stated) else {
      // Never certain.
      guard rest.isEmpty else { return nil }
      return Validity.Bounds(
        startEarliest: here, startLatest: .distantFuture, endEarliest: .distantPast, endLatest: .distantFuture
      )
    }
    let gone = skip(.possibly ... .possibly) ?? ending
    guard skip(.no ... .no) != nil || rest.isEmpty, rest.isEmpty else { return nil }
    func last(_ day: Day) -> Day { day >= .distantFuture ? .distantFuture : day.before }
    return Validity.Bounds(
      startEarliest: here, startLatest: certain, endEarliest: last(ending), endLatest: last(gone))
  }
}
