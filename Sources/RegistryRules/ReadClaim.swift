import RegistryModel

/// An accepted claim as it is read: with the start and end that all who speak of the same allow, and the words by which its
/// value no longer holds.
///
/// A value may have very many of those, and is asked about on very many days: what can decide of a day is found beforehand.
struct ReadClaim {
  /// A word by which a value no longer holds, from some day in a range on.
  struct Negative {
    let days: ClosedRange<Day>
    let reason: Verdict.Reason
    let by: StatementID
  }

  let testimony: Testimony
  let period: Period
  /// Where nothing is said of when it holds, all words against it, in the order of their last days; else what follows is all
  /// that is asked of them, and a value may have very many claims.
  private let negatives: [Negative]
  /// Whether nothing ends it but its own word.
  let isUncontested: Bool
  /// The first day of a word that a start, and that a day on which it was seen, does not come after; nil where there is none.
  private let contested: (start: Day?, seen: Day?)
  /// The first word that lies behind the start and the day on which it was seen, behind one of the two, and behind neither.
  private let after: (both: Negative?, start: Negative?, seen: Negative?, nothing: Negative?)

  init(_ testimony: Testimony, _ period: Period, _ negatives: [Negative]) {
    self.testimony = testimony
    self.period = period
    self.negatives = period.isUnstated ? negatives.sorted(by: Self.precedes) : []
    isUncontested = negatives.isEmpty
    func contested(_ word: ClosedRange<Day>?) -> Day? {
      guard let word else { return nil }
      return negatives.lazy.filter { $0.days.upperBound >= word.lowerBound }.map(\.days.lowerBound).min()
    }
    func first(after words: ClosedRange<Day>?...) -> Negative? {
      let last = words.compactMap(\.?.upperBound).max()
      return negatives.lazy.filter { negative in last.map { $0 < negative.days.lowerBound } ?? true }
        .min(by: Self.precedes)
    }
    self.contested = (contested(period.start), contested(period.seen))
    after = (
      first(after: period.start, period.seen), first(after: period.start), first(after: period.seen), first()
    )
  }

  private static func precedes(_ one: Negative, _ other: Negative) -> Bool {
    one.days.upperBound != other.days.upperBound
      ? one.days.upperBound < other.days.upperBound : one.by.digest < other.by.digest
  }

  /// By its own word and those against it, whatever else holds.
  func verdict(on day: Day) -> Verdict {
    let verdict = unbounded(on: day)
    guard verdict.sureness > .possibly, testimony.isOfTheFuture else { return verdict }
    return Verdict(.possibly, testimony.isPlan ? .planned : .forecast)
  }

  /// The days on which that may change.
  var breaks: Set<Day> {
    var days: Set<Day> = []
    func add(_ day: Day?) { if let day { days.formUnion([day, day.after]) } }
    for range in [period.start, period.end, period.seen, period.stated] {
      add(range?.lowerBound)
      add(range?.upperBound)
    }
    if period.isUnstated { for negative in negatives { add(negative.days.upperBound) } }
    for negative in [after.both, after.start, after.seen, after.nothing] { add(negative?.days.upperBound) }
    add(contested.start)
    add(contested.seen)
    return days
  }

  private func unbounded(on day: Day) -> Verdict {
    if period.stated?.contains(day) == true { return Verdict(.stated, .period) }
    let own = testimony.record.id
    if let end = period.end, day > end.upperBound {
      return Verdict(.no, .ended, day: end.upperBound, by: own)
    }
    if period.isUnstated {
      let ended = negatives.partitioningIndex { $0.days.upperBound > day }
      if ended > 0 { return no(negatives[ended - 1]) }
      // A date is when something was: that it was then is so on every day.
      if case .date = testimony.value { return Verdict(.stated, .period) }
      return Verdict(.possibly, .unstated)
    }
    if let start = period.start, day < start.lowerBound {
      return Verdict(.no, .notBegun, day: start.lowerBound, by: own)
    }
    if period.end == nil, goesOn {
      if let seen = period.seen, seen.upperBound <= day {
        if contested.seen.map({ $0 > day }) ?? true {
          return Verdict(.goingOn, .lastSeen, day: seen.upperBound)
        }
      } else if let start = period.start, start.upperBound <= day, contested.start.map({ $0 > day }) ?? true {
        return Verdict(.goingOn, .period)
      }
    }
    let (isBegun, isSeen) = (
      period.start.map { $0.lowerBound <= day } ?? false, period.seen.map { $0.lowerBound <= day } ?? false
    )
    let first =
      switch (isBegun, isSeen) {
      case (true, true): after.both
      case (true, false): after.start
      case (false, true): after.seen
      case (false, false): after.nothing
      }
    // The first of them ended it, whatever came later.
    if let first, first.days.upperBound <= day {
      // Its own word that it may have lasted longer stands beside another one's end.
      if first.reason == .endedElsewhere, period.end != nil { return Verdict(.possibly, .open) }
      return no(first)
    }
    return Verdict(.possibly, .open)
  }

  /// Whether what was begun or seen goes on until another word: a figure is of its day.
  private var goesOn: Bool {
    if case .quantity = testimony.value { return period.start != nil }
    return true
  }

  private func no(_ negative: Negative) -> Verdict {
    // What ended held on its last day.
    let day = negative.reason == .endedElsewhere ? negative.days.lowerBound.before : negative.days.lowerBound
    return Verdict(.no, negative.reason, day: day, by: negative.by)
  }
}
