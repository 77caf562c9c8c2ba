public import RegistryModel

/// Verdicts for all days: each from its first day to the day before the next one's.
public struct Timeline: Hashable, Sendable {
  public struct Stretch: Hashable, Sendable {
    public var first: Day
    public var last: Day
    public var verdict: Verdict
    public init(first: Day, last: Day, verdict: Verdict) {
      self.first = first
      self.last = last
      self.verdict = verdict
    }
  }

  /// In their order and without a gap, from the distant past to the distant future.
  public private(set) var stretches: [Stretch]

  public init(stretches: [Stretch]) { self.stretches = stretches }

  /// - Parameter breaks: days on which the verdict may be another than the day before.
  init(breaks: some Sequence<Day>, _ verdict: (Day) -> Verdict) {
    let starts = Set(breaks).filter { $0 > .distantPast && $0 < .distantFuture }.sorted()
    stretches = []
    for first in [Day.distantPast] + starts {
      let found = verdict(first)
      if stretches.last?.verdict == found { continue }
      if let index = stretches.indices.last { stretches[index].last = first.before }
      stretches.append(Stretch(first: first, last: .distantFuture, verdict: found))
    }
  }

  /// The being of a thing that something is said to be: where nobody says when it began, it is there.
  public var asValue: Timeline {
    Timeline(
      stretches: stretches.map { stretch in
        guard stretch.verdict.reason == .unstated else { return stretch }
        return Stretch(first: stretch.first, last: stretch.last, verdict: Verdict(.goingOn, .period))
      })
  }

  /// What holds on a date: for certain where it does on its every day, in part where it does on some.
  ///
  /// - Parameter today: the last day of which anything is known; of later ones only what is stated is certain, and of a
  ///   date that `today` lies in, the days up to it are judged.
  public func holds(on date: PartialDate, today: Day?) -> HeldPart {
    holds(on: JudgedDays(date, today: today))
  }

  func holds(on judged: JudgedDays) -> HeldPart {
    let (days, isFuture) = (judged.days, judged.areAhead)
    let touched = stretches.filter { $0.first <= days.upperBound && $0.last >= days.lowerBound }
    let least: Verdict.Sureness = isFuture ? .stated : .goingOn
    // Of several, the surest says why.
    guard let surest = touched.max(by: { $0.verdict.sureness < $1.verdict.sureness })?.verdict else {
      return HeldPart(certainty: .not, isInPart: false, verdict: Verdict(.no, .notBegun))
    }
    if touched.allSatisfy({ $0.verdict.sureness >= least }) {
      return HeldPart(certainty: .certainly, isInPart: false, verdict: surest)
    }
    if isFuture, surest.sureness == .goingOn {
      return HeldPart(
        certainty: .possibly, isInPart: false, verdict: Verdict(.possibly, .future, day: surest.day))
    }
    return HeldPart(
      certainty: surest.sureness >= .possibly ? .possibly : .not, isInPart: surest.sureness >= least,
      verdict: surest)
  }
}

/// The days of a date that are judged.
struct JudgedDays {
  /// Of a date that today lies in, those up to it.
  let days: ClosedRange<Day>
  /// Whether all of them lie after today: of these only what is stated is certain.
  var areAhead: Bool

  /// - Parameter today: the last day of which anything is known; nil where nobody asks.
  init(_ date: PartialDate, today: Day?) {
    let all = date.days
    guard let today, all.upperBound > today else { (days, areAhead) = (all, false); return }
    areAhead = all.lowerBound > today
    days = areAhead ? all : all.lowerBound...today
  }
}

extension HeldPart {
  /// What is left of it where what it is of, and its value, are there only for a time.
  public func bounded(subject: HeldPart, value: HeldPart) -> HeldPart {
    let parts = [self, subject, value]
    let least = parts.map(\.certainty).min() ?? .not
    if least == .certainly { return self }
    if certainty == .not { return self }
    let isInPart = least == .possibly && parts.allSatisfy { $0.certainty == .certainly || $0.isInPart }
    guard certainty > least || certainty == .certainly else {
      return HeldPart(certainty: least, isInPart: isInPart, verdict: verdict)
    }
    let isOfSubject = subject.certainty == least
    let found = isOfSubject ? subject.verdict : value.verdict
    let reason: Verdict.Reason
    switch (found.reason, isOfSubject) {
    case (.notBegun, true): reason = .subjectNotBegun
    case (.notBegun, false): reason = .valueNotBegun
    case (.unstated, _), (.planned, _): reason = found.reason
    case (_, true): reason = .subjectEnded
    case (_, false): reason = .valueEnded
    }
    return HeldPart(
      certainty: least, isInPart: isInPart,
      verdict: Verdict(least == .not ? .no : .possibly, reason, day: least == .not ? found.day : nil))
  }
}

extension CellTimelines {
  /// When a statement holds that nothing else is said beside, and whose sources announce nothing.
  public static func alone(_ record: StatementRecord) -> Timeline {
    let definition = PropertyDefinition(key: record.statement.property, domain: [], range: .text)
    let rules = CellTimelines([record], broader: [], definition) { _ in nil }
    return rules.timelines(of: [record])[record.id] ?? Timeline(stretches: [])
  }
}

extension Day {
  var before: Day { self > .distantPast ? Day(number - 1) : self }
  var after: Day { self < .distantFuture ? Day(number + 1) : self }
}
