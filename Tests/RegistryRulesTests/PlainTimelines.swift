import RegistryModel

@testable import RegistryRules

/// ``CellTimelines`` as its rules are written: every day on which anything may change is asked of every claim, with all that
/// is said against it. What is found beforehand there must say the same.
struct PlainTimelines {
  let definition: PropertyDefinition
  let choice: Choice
  /// Ends and denials of broader properties, which bound what narrows them.
  private let broader: [Testimony]
  /// The accepted claims with the start and end that all who speak of the same allow.
  private let accepted: [Claim]
  /// The place of each among them.
  private let places: [StatementID: Int]
  /// The place of each claim that was passed over among those.
  private let lost: [StatementID: Int]
  private let breaks: Set<Day>

  /// A claim as it is read.
  private struct Claim {
    let testimony: Testimony
    let period: Period
    let negatives: [ReadClaim.Negative]
  }

  /// - Parameter preferred: what is accepted whatever the rules say (``CellReading``).
  init(
    _ records: [StatementRecord], broader: [StatementRecord], _ definition: PropertyDefinition,
    preferring preferred: Preference?, standing: @escaping (Key) -> SourceStanding?
  ) {
    self.definition = definition
    let wider = Testimony.all(broader, standing: standing)
    let denials = wider.filter { $0.stance == .denies || $0.deniesOthers }
    let own = Testimony.all(records, standing: standing)
    choice = Choice(own + denials, definition, preferring: preferred)
    let (stands, isAtATime) = (choice.accepted, definition.cardinality == .oneAtATime)
    self.broader = wider.filter { $0.stance == .claims && $0.period.end != nil && !$0.isOfTheFuture }
    let ends = self.broader
    func read(_ testimony: Testimony, among stands: [Testimony]) -> Claim {
      Claim(
        testimony: testimony, period: CellTimelines.narrowed(testimony, by: stands),
        negatives: CellTimelines.negatives(of: testimony, stands, ends, isAtATime).sorted {
          ($0.days.upperBound, $0.by.digest) < ($1.days.upperBound, $1.by.digest)
        })
    }
    let ownIDs = Set(records.map(\.id))
    accepted = stands.filter { $0.stance == .claims && ownIDs.contains($0.record.id) }.map {
      read($0, among: stands)
    }
    places = Dictionary(
      accepted.enumerated().map { ($1.testimony.record.id, $0) }, uniquingKeysWith: { first, _ in first })
    lost = Dictionary(
      choice.passedOver.enumerated().filter { $1.testimony.stance == .claims }
        .map { ($1.testimony.record.id, $0) }, uniquingKeysWith: { first, _ in first })
    // Nothing changes but on these days, and beside them.
    var breaks: Set<Day> = []
    for testimony in own + wider {
      for range in [testimony.period.start, testimony.period.end, testimony.period.seen].compactMap(\.self) {
        for day in [range.lowerBound, range.upperBound] {
          breaks.formUnion([day, day.after, day.after.after])
        }
      }
    }
    for claim in accepted {
      for range in [claim.period.start, claim.period.end].compactMap(\.self) {
        for day in [range.lowerBound, range.upperBound] { breaks.formUnion([day, day.after]) }
      }
    }
    self.breaks = breaks
  }

  /// For each statement of the property, when its claim holds; of one that is only denied, when the denial does.
  func timelines(of records: [StatementRecord]) -> [StatementID: Timeline] {
    var found: [StatementID: Timeline] = [:]
    for record in records {
      if record.isClaimed, record.rank != .deprecated {
        found[record.id] = Timeline(breaks: breaks) { verdict(on: $0, of: record.id) }
      } else if record.isDenied, record.rank != .deprecated {
        found[record.id] = Timeline(breaks: breaks) { denial(on: $0, of: record.id) }
      } else {
        found[record.id] = Timeline(stretches: [
          .init(first: .distantPast, last: .distantFuture, verdict: Verdict(.no, .passedOver))
        ])
      }
    }
    return found
  }

  // MARK: A day

  private func verdict(on day: Day, of id: StatementID) -> Verdict {
    guard let place = places[id] else { return passedOver(on: day, id) }
    let mine = (accepted[place], verdict(on: day, accepted[place]))
    guard definition.cardinality == .oneAtATime, mine.1.sureness > .no else { return mine.1 }
    let verdicts = accepted.map { ($0, verdict(on: day, $0)) }
    // Where two would hold at once, the rules choose on the day; what certainly holds excludes what only may.
    var holders: [Claim] = []
    for (claim, verdict) in verdicts where verdict.isYes {
      if holders.allSatisfy({ canHold(claim, beside: $0, on: day) }) { holders.append(claim) }
    }
    if holders.contains(where: { $0.testimony.value == mine.0.testimony.value }), mine.1.isYes {
      return mine.1
    }
    if let other = holders.first(where: { !canHold(mine.0, beside: $0, on: day) }) {
      return Verdict(.no, .excluded, day: other.period.start?.lowerBound, by: other.testimony.record.id)
    }
    return mine.1
  }

  private func canHold(_ one: Claim, beside other: Claim, on day: Day) -> Bool {
    let (first, second) = (one.testimony, other.testimony)
    if first.value == second.value || first.record.statement.isJoint(with: second.value)
      || second.record.statement.isJoint(with: first.value)
    {
      return true
    }
    func mayBeHandover(_ period: Period) -> Bool {
      period.stated?.contains(day) == true || period.start?.contains(day) == true
    }
    return one.period.touches(other.period) && mayBeHandover(one.period) && mayBeHandover(other.period)
  }

  private func verdict(on day: Day, _ claim: Claim) -> Verdict {
    var verdict = unbounded(on: day, claim)
    if verdict.sureness > .possibly, claim.testimony.isOfTheFuture {
      verdict = Verdict(.possibly, claim.testimony.isPlan ? .planned : .forecast)
    }
    return verdict
  }

  private func unbounded(on day: Day, _ claim: Claim) -> Verdict {
    let period = claim.period
    if period.stated?.contains(day) == true { return Verdict(.stated, .period) }
    let own = claim.testimony.record.id
    if let end = period.end, day > end.upperBound {
      return Verdict(.no, .ended, day: end.upperBound, by: own)
    }
    let negatives = claim.negatives.filter { $0.days.lowerBound <= day }
    if period.isUnstated {
      if let last = negatives.last(where: { $0.days.upperBound <= day }) { return no(last) }
      // A date is when something was: that it was then is so on every day.
      if case .date = claim.testimony.value { return Verdict(.stated, .period) }
      return Verdict(.possibly, .unstated)
    }
    if let start = period.start, day < start.lowerBound {
      return Verdict(.no, .notBegun, day: start.lowerBound, by: own)
    }
    let words = [period.start, period.seen].compactMap(\.self).filter { $0.lowerBound <= day }
    if period.end == nil {
      if let seen = words.last(where: { $0.upperBound <= day }), goesOn(claim),
        negatives.allSatisfy({ $0.days.upperBound < seen.lowerBound })
      {
        return period.seen.map { $0.upperBound <= day } == true
          ? Verdict(.goingOn, .lastSeen, day: period.seen?.upperBound) : Verdict(.goingOn, .period)
      }
    }
    let after = negatives.filter { negative in words.allSatisfy { $0.upperBound < negative.days.lowerBound } }
    // The first of them ended it, whatever came later.
    if let first = after.first(where: { $0.days.upperBound <= day }) {
      // Its own word that it may have lasted longer stands beside another one's end.
      if first.reason == .endedElsewhere, period.end != nil { return Verdict(.possibly, .open) }
      return no(first)
    }
    return Verdict(.possibly, .open)
  }

  /// Whether what was begun or seen goes on until another word: a figure is of its day.
  private func goesOn(_ claim: Claim) -> Bool {
    if case .quantity = claim.testimony.value { return claim.period.start != nil }
    return true
  }

  private func no(_ negative: ReadClaim.Negative) -> Verdict {
    // What ended held on its last day.
    let day = negative.reason == .endedElsewhere ? negative.days.lowerBound.before : negative.days.lowerBound
    return Verdict(.no, negative.reason, day: day, by: negative.by)
  }

  /// What was passed over speaks where nothing else does, and never says more than possibly.
  private func passedOver(on day: Day, _ id: StatementID) -> Verdict {
    guard let place = self.lost[id] else { return Verdict(.no, .denied) }
    let lost = choice.passedOver[place]
    let testimony = lost.testimony
    let no = Verdict(.no, .passedOver, by: lost.winner.record.id)
    if lost.isOvertaken || lost.winner.stance == .denies || lost.winner.deniesOthers { return no }
    let rivals = accepted.filter { isOfOneCell($0.testimony, testimony) }
    if rivals.contains(where: { verdict(on: day, $0).sureness > .no }) { return no }
    let speaks = choice.accepted.contains { other in
      other.denies(testimony.value)
        || other.stance == .claims && other.value == testimony.value
          && other.period.end.map { $0.upperBound < day } == true
    }
    if speaks { return no }
    let claim = Claim(testimony: testimony, period: testimony.period, negatives: [])
    return verdict(on: day, claim).sureness > .no
      ? Verdict(.possibly, .passedOver, by: lost.winner.record.id) : no
  }

  private func isOfOneCell(_ one: Testimony, _ other: Testimony) -> Bool {
    switch definition.cardinality {
    case .many: one.value == other.value
    case .one, .oneAtATime: true
    case .onePer(let qualifiers): one.cell(qualifiers) == other.cell(qualifiers)
    }
  }

  /// A denial holds from its day on, until its value certainly begins again.
  private func denial(on day: Day, of id: StatementID) -> Verdict {
    guard let denial = choice.accepted.first(where: { $0.record.id == id && $0.stance == .denies }) else {
      let winner = choice.passedOver.first { $0.testimony.record.id == id }?.winner.record.id
      return Verdict(.no, .passedOver, by: winner)
    }
    guard let from = denial.period.start ?? denial.period.seen else { return Verdict(.possibly, .unstated) }
    if denial.period.stated?.contains(day) == true { return Verdict(.stated, .period) }
    if day < from.lowerBound { return Verdict(.no, .notBegun, day: from.lowerBound) }
    let begun = accepted.compactMap { claim -> ClosedRange<Day>? in
      claim.testimony.value == denial.value ? claim.period.start ?? claim.period.seen : nil
    }.filter { $0.lowerBound <= day && $0.upperBound >= from.lowerBound }
    if let end = denial.period.end, day > end.upperBound { return Verdict(.no, .ended, day: end.upperBound) }
    if day < from.upperBound || !begun.isEmpty { return Verdict(.possibly, .open) }
    return Verdict(.goingOn, .period)
  }
}
