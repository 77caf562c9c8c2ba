public import RegistryModel

/// When each statement about one property of one subject holds, by all that is said of it.
///
/// What holds on a day is told in this order: a claim that certainly covers the day; else the last word before the day,
/// be it that it began or was seen, that it ended, that it is denied, or that another value began of what has one at a
/// time; else possibly, where the bounds leave the order open or nothing is said of when. A plan is never more than
/// possible. What was passed over ends nothing, and speaks only where nothing else does.
public struct CellTimelines {
  private let definition: PropertyDefinition
  let choice: Choice
  /// Ends and denials of broader properties, which bound what narrows them.
  private let broader: [Testimony]
  /// The accepted claims with the start and end that all who speak of the same allow.
  private let accepted: [ReadClaim]
  /// The place of each among them.
  private let places: [StatementID: Int]
  /// The place of each claim that was passed over among those.
  private let lost: [StatementID: Int]
  /// The days on which anything may change, in their order.
  private let breaks: [Day]
  private let holders: Holders

  /// - Parameters:
  ///   - records: all statements of one property of one subject.
  ///   - broader: the statements of the properties that it narrows, as far as they stand (``standing(_:)``).
  public init(
    _ records: [StatementRecord], broader: [StatementRecord], _ definition: PropertyDefinition,
    standing: @escaping (Key) -> SourceStanding?
  ) {
    self.init(records, broader: broader, definition, preferring: nil, standing: standing)
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
    func read(_ testimony: Testimony, among stands: [Testimony]) -> ReadClaim {
      ReadClaim(
        testimony, Self.narrowed(testimony, by: stands),
        Self.negatives(of: testimony, stands, ends, isAtATime))
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
    self.breaks = breaks.filter { $0 > .distantPast && $0 < .distantFuture }.sorted()
    holders = Holders(accepted)
  }

  /// The statements whose claim is accepted.
  public var chosen: Set<StatementID> { Set(accepted.map(\.testimony.record.id)) }

  /// The statements of these records whose denial is accepted.
  public var denied: Set<StatementID> {
    Set(choice.accepted.filter { $0.stance == .denies }.map(\.record.id))
  }

  /// How statements of the property stand among their rivals; those that have none are left out.
  public func standings(of records: [StatementRecord]) -> [StatementID: Standing] {
    var found: [StatementID: Standing] = [:]
    let lostTo = Dictionary(grouping: choice.passedOver, by: \.winner.record.id)
    for record in records {
      let lost = wonOver(record, lostTo)
      let isRival = self.lost[record.id] != nil
      if record.rank == .deprecated {
        found[record.id] = Standing(.deprecated)
      } else if isRival {
        found[record.id] = Standing(record.isDenied ? .disputed : .rival, lost)
      } else if !record.isClaimed {
        found[record.id] = Standing(.denied, lost)
      } else if let first = lost.first {
        let isUnsettled = first.rule == nil && !lost.contains(where: \.isOvertaken)
        found[record.id] = Standing(isUnsettled ? .unsettled : record.isDenied ? .disputed : .chosen, lost)
      } else if record.isDenied {
        found[record.id] = Standing(.disputed)
      }
    }
    return found
  }

  /// What was passed over for a statement; of what is one value together (`jointly A, B`), for any part of it.
  private func wonOver(
    _ record: StatementRecord, _ lostTo: [StatementID: [PassedOver]]
  ) -> [PassedOver] {
    let statement = record.statement
    guard !statement.jointValues.isEmpty, places[record.id] != nil else { return lostTo[record.id] ?? [] }
    return choice.passedOver.filter { lost in
      let winner = lost.winner.statement
      return lost.winner.record.id == record.id
        || winner.isJoint(with: statement.value) && statement.isJoint(with: winner.value)
          && winner.validity == statement.validity
    }
  }

  /// Whether some statement's days are not told by its own period: everything else need not be kept.
  public var isPlain: Bool {
    choice.passedOver.isEmpty && broader.isEmpty
      && accepted.allSatisfy {
        $0.isUncontested && !$0.testimony.isOfTheFuture && $0.period == $0.testimony.period
          && $0.testimony.value != .none
      } && choice.accepted.allSatisfy { $0.stance == .claims }
  }

  /// For each statement of the property, when its claim holds; of one that is only denied, when the denial does.
  public func timelines(of records: [StatementRecord]) -> [StatementID: Timeline] {
    var found: [StatementID: Timeline] = [:]
    for record in records {
      if record.isClaimed, record.rank != .deprecated {
        found[record.id] = timeline(of: record.id)
      } else if record.isDenied, record.rank != .deprecated {
        found[record.id] = timeline(ofDenial: record.id)
      } else {
        found[record.id] = Timeline(stretches: [
          .init(first: .distantPast, last: .distantFuture, verdict: Verdict(.no, .passedOver))
        ])
      }
    }
    return found
  }

  /// What of a statement stands: without its claim or its denial, where that was passed over; nil where nothing is left.
  public func standing(_ record: StatementRecord) -> StatementRecord? {
    var record = record
    for lost in choice.passedOver where lost.testimony.record.id == record.id {
      switch lost.testimony.stance {
      case .claims: record.isClaimed = false
      case .denies: record.isDenied = false
      }
    }
    return record.isClaimed || record.isDenied ? record : nil
  }

  /// When the denial of a statement holds, whether or not it is claimed too.
  public func timeline(ofDenial id: StatementID) -> Timeline { Timeline(breaks: breaks, denial(of: id)) }

  // MARK: A day

  private func timeline(of id: StatementID) -> Timeline {
    if let place = places[id] {
      let claim = accepted[place]
      let alone = Timeline(breaks: claim.breaks, claim.verdict)
      guard definition.cardinality == .oneAtATime else { return alone }
      // Where it may hold, another may take its place on any day.
      let days = alone.stretches.map { stretch in
        stretch.verdict.sureness > .no
          ? [stretch.first] + breaks(in: stretch.first...stretch.last) : [stretch.first]
      }
      return Timeline(breaks: days.joined()) { verdict(on: $0, claim) }
    }
    guard let place = lost[id] else {
      return Timeline(breaks: EmptyCollection()) { _ in Verdict(.no, .denied) }
    }
    return Timeline(breaks: breaks, passedOver(choice.passedOver[place]))
  }

  private func breaks(in days: ClosedRange<Day>) -> ArraySlice<Day> {
    breaks[
      breaks.partitioningIndex { $0 >= days.lowerBound }..<breaks.partitioningIndex { $0 > days.upperBound }]
  }

  private func verdict(on day: Day, _ claim: ReadClaim) -> Verdict {
    let mine = claim.verdict(on: day)
    guard definition.cardinality == .oneAtATime, mine.sureness > .no else { return mine }
    // Where two would hold at once, the rules choose on the day; what certainly holds excludes what only may.
    let holders = holders.on(day) { canHold($0, beside: $1, on: day) }.map { accepted[$0] }
    if mine.isYes, holders.contains(where: { $0.testimony.value == claim.testimony.value }) { return mine }
    if let other = holders.first(where: { !canHold(claim, beside: $0, on: day) }) {
      return Verdict(.no, .excluded, day: other.period.start?.lowerBound, by: other.testimony.record.id)
    }
    return mine
  }

  private func canHold(_ one: ReadClaim, beside other: ReadClaim, on day: Day) -> Bool {
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

  /// What was passed over speaks where nothing else does, and never says more than possibly.
  private func passedOver(_ lost: PassedOver) -> (Day) -> Verdict {
    let testimony = lost.testimony
    let claim = ReadClaim(testimony, testimony.period, [])
    let no = Verdict(.no, .passedOver, by: lost.winner.record.id)
    if lost.isOvertaken || lost.winner.stance == .denies || lost.winner.deniesOthers { return { _ in no } }
    if choice.accepted.contains(where: { $0.denies(testimony.value) }) { return { _ in no } }
    let rivals = accepted.filter { isOfOneCell($0.testimony, testimony) }
    let firstEnd = choice.accepted.filter { $0.stance == .claims && $0.value == testimony.value }
      .compactMap(\.period.end?.upperBound).min()
    return { day in
      if claim.verdict(on: day).sureness == .no { return no }
      if let firstEnd, firstEnd < day { return no }
      return rivals.contains { $0.verdict(on: day).sureness > .no }
        ? no : Verdict(.possibly, .passedOver, by: lost.winner.record.id)
    }
  }

  private func isOfOneCell(_ one: Testimony, _ other: Testimony) -> Bool {
    switch definition.cardinality {
    case .many: one.value == other.value
    case .one, .oneAtATime: true
    case .onePer(let qualifiers): one.cell(qualifiers) == other.cell(qualifiers)
    }
  }

  /// A denial holds from its day on, until its value certainly begins again.
  private func denial(of id: StatementID) -> (Day) -> Verdict {
    guard let denial = choice.accepted.first(where: { $0.record.id == id && $0.stance == .denies }) else {
      let winner = choice.passedOver.first { $0.testimony.record.id == id }?.winner.record.id
      return { _ in Verdict(.no, .passedOver, by: winner) }
    }
    guard let from = denial.period.start ?? denial.period.seen else {
      return { _ in Verdict(.possibly, .unstated) }
    }
    let begun = accepted.compactMap { claim in
      claim.testimony.value == denial.value ? claim.period.start ?? claim.period.seen : nil
    }.filter { $0.upperBound >= from.lowerBound }.map(\.lowerBound).min()
    return { day in
      if denial.period.stated?.contains(day) == true { return Verdict(.stated, .period) }
      if day < from.lowerBound { return Verdict(.no, .notBegun, day: from.lowerBound) }
      if let end = denial.period.end, day > end.upperBound {
        return Verdict(.no, .ended, day: end.upperBound)
      }
      if day < from.upperBound || begun.map({ $0 <= day }) == true { return Verdict(.possibly, .open) }
      return Verdict(.goingOn, .period)
    }
  }

  // MARK: Reading

  /// Claims of one value, about the same, that allow one start narrow each other, and so do ends.
  static func narrowed(_ testimony: Testimony, by stands: [Testimony]) -> Period {
    var period = testimony.period
    for other in stands where other.stance == .claims && other.value == testimony.value && other != testimony
    {
      guard other.record.statement.scope == testimony.record.statement.scope, !other.isOfTheFuture else {
        continue
      }
      if let start = period.start, let its = other.period.start {
        period.start = start.narrowed(by: its) ?? start
      }
      if let end = period.end, let its = other.period.end { period.end = end.narrowed(by: its) ?? end }
    }
    return period
  }

  /// The words that end a claim.
  static func negatives(
    of testimony: Testimony, _ stands: [Testimony], _ broader: [Testimony], _ isAtATime: Bool
  ) -> [ReadClaim.Negative] {
    var found: [ReadClaim.Negative] = []
    func add(_ days: ClosedRange<Day>?, _ reason: Verdict.Reason, _ other: Testimony) {
      if let days { found.append(ReadClaim.Negative(days: days, reason: reason, by: other.record.id)) }
    }
    for other in stands + broader
    where other.record.id != testimony.record.id || other.stance != testimony.stance {
      if other.denies(testimony.value) {
        // A denial of which nothing is said when contests, and overturns nothing.
        add(other.period.start ?? other.period.seen, .denied, other)
      } else if other.stance == .claims, other.value == testimony.value {
        guard let end = other.period.end, !other.isOfTheFuture else { continue }
        let (its, mine) = (other.record.statement.scope, testimony.record.statement.scope)
        let next = end.lowerBound.after...end.upperBound.after
        if its.isEmpty || its == mine {
          add(next, .endedElsewhere, other)
        } else if mine.isEmpty {
          // It ended as something; whether as anything is not said.
          add(next.lowerBound...Day.distantFuture, .endedElsewhere, other)
        }
      } else if isAtATime, other.stance == .claims, other.property == testimony.property,
        !other.isOfTheFuture,
        !testimony.record.statement.isJoint(with: other.value),
        !other.record.statement.isJoint(with: testimony.value)
      {
        add(other.period.start, .followed, other)
        add(other.period.seen, .followed, other)
        // It held on the day of its end, unless that may have been the day of a handover.
        if other.period.start == nil, other.period.seen == nil, let end = other.period.end?.single,
          testimony.period.start?.overlaps(end) != true
        {
          add(end, .followed, other)
        }
      }
    }
    return found
  }
}

extension PropertyDefinition {
  /// Statements of one subject that can bear on one another: of what has many values those of one value, unless a list is
  /// called whole; of a figure those of one cell.
  public func groups(_ records: [StatementRecord]) -> [[StatementRecord]] {
    switch cardinality {
    case .one, .oneAtATime: return [records]
    case .many:
      if records.contains(where: { $0.statement.value == .none }) { return [records] }
      return Array(Dictionary(grouping: records, by: \.statement.value).values)
    case .onePer(let qualifiers):
      return Array(Dictionary(grouping: records) { Testimony.cell($0.statement, qualifiers) }.values)
    }
  }
}

extension Standing {
  fileprivate init(_ word: Word, _ lost: [PassedOver]) {
    self.init(
      word, passedOver: lost.map(\.testimony.record.id), rule: lost.first?.rule,
      isOvertaking: lost.contains(where: \.isOvertaken))
  }
}
