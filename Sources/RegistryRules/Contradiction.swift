public import RegistryModel

/// Two things that are said and differ.
public struct Contradiction: Hashable, Sendable {
  public var one: Testimony
  public var other: Testimony
  public var kind: ContradictionKind
  /// Whether it is one source that says both.
  public var isOfOneSource: Bool
  /// Whether the cardinality of the property makes them rivals; others stand beside each other.
  public var isOfRivals: Bool

  public init(
    _ one: Testimony, _ other: Testimony, _ kind: ContradictionKind, isOfOneSource: Bool = false,
    isOfRivals: Bool = true
  ) {
    self.one = one
    self.other = other
    self.kind = kind
    self.isOfOneSource = isOfOneSource
    self.isOfRivals = isOfRivals
  }

  /// Whom both quote, so that one of the two misquotes: one origin, not two.
  public var sharedOrigin: String? {
    let shared = one.quoted.intersection(other.quoted)
    return (one.citations + other.citations).compactMap(\.via).filter { shared.contains(foldedName($0)) }
      .min()
  }

  /// Whether the dates that exclude each other have no year in common.
  public var differsInYear: Bool {
    func differ(_ one: ClosedRange<Day>?, _ other: ClosedRange<Day>?) -> Bool {
      guard let one, let other else { return false }
      return one.upperBound.civil.year < other.lowerBound.civil.year
        || other.upperBound.civil.year < one.lowerBound.civil.year
    }
    switch kind {
    case .conflict:
      guard case .date(let first) = one.statement.value, case .date(let second) = other.statement.value else {
        return false
      }
      return differ(first.earliest...first.latest, second.earliest...second.latest)
    case .period:
      let (first, second) = (one.period, other.period)
      return differ(first.start, second.start) || differ(first.end, second.end)
    default: return false
    }
  }
}

extension Testimony {
  /// A page of a source: of sources that were merged, each keeps its own date and reliability.
  struct Page: Hashable {
    var source: Key
    var book: Key
  }

  /// Who says so, page by page.
  var pages: Set<Page> { Set(citations.map { Page(source: $0.source, book: $0.book) }) }

  /// Whom the sources quote; nothing for what a source says itself.
  fileprivate var quoted: Set<String> { Set(citations.compactMap { $0.via.map(foldedName) }) }
}

/// Tells in which way two things that are said of one subject differ, by what these two alone say: whatever is chosen,
/// and however reliable their sources are.
public struct Contradictions {
  let schema: Schema
  let values: ValueDifference
  let sources: (Key) -> SourceStanding?

  /// - Parameter wholes: of each entity among values and qualifiers, the wholes that it belongs to, near and far.
  /// - Parameter sources: what is known of a source, nothing for one that is not known.
  public init(
    _ schema: Schema, wholes: [Key: Set<Key>] = [:], sources: @escaping (Key) -> SourceStanding?
  ) {
    self.schema = schema
    values = ValueDifference(wholes: wholes)
    self.sources = sources
  }

  /// How two sayings of one cell differ; nothing where both can be right as they stand.
  /// - Parameters:
  ///   - beside: all that is said in the cell, the two among it: an end that a third source states between two beginnings
  ///     makes two stretches of them.
  ///   - asked: the sources whose word is compared; nothing for all.
  func compare(
    _ one: Testimony, _ other: Testimony, beside: SaidBeside, asked: Set<Key>? = nil
  ) -> Contradiction? {
    guard let found = difference(one, other, beside) else { return nil }
    var (kind, isOfOneSource) = (found.kind, false)
    switch relation(one.pages, other.pages, asked) {
    case .apart: break
    case .corrected: kind = max(kind, .superseded)
    case .same: isOfOneSource = true
    case .none: return nil
    }
    return Contradiction(one, other, kind, isOfOneSource: isOfOneSource, isOfRivals: found.isOfRivals)
  }

  private struct Difference {
    var kind: ContradictionKind
    var isOfRivals = true
  }

  private func difference(_ one: Testimony, _ other: Testimony, _ beside: SaidBeside) -> Difference? {
    switch (one.stance, other.stance) {
    case (.denies, .denies): return nil
    case (.claims, .denies): return denial(one, other).map { Difference(kind: $0) }
    case (.denies, .claims): return denial(other, one).map { Difference(kind: $0) }
    case (.claims, .claims): break
    }
    for (list, claim) in [(one, other), (other, one)] where isWholeList(list) {
      return list.denies(claim.value) && speakOfOneTime(claim, list) ? Difference(kind: .denied) : nil
    }
    if one.statement.isJoint(with: other.value) || other.statement.isJoint(with: one.value) { return nil }
    guard let definition = schema.properties[one.statement.property] else { return nil }
    let value = values.kind(one.value, other.value)
    switch definition.cardinality {
    case .many:
      return value == nil
        ? period(one, other, beside, definition.cardinality).map { Difference(kind: $0) } : nil
    case .one, .onePer:
      if let kind = values.kind(one.statement.qualifiers, other.statement.qualifiers) {
        return Difference(kind: kind)
      }
      guard let value else {
        return period(one, other, beside, definition.cardinality).map { Difference(kind: $0) }
      }
      return Difference(kind: value < .superseded && isOvertaken(one, other) ? .superseded : value)
    case .oneAtATime:
      guard let value else {
        return period(one, other, beside, definition.cardinality).map { Difference(kind: $0) }
      }
      return atATime(value, one, other, beside)
    }
  }

  // MARK: One value at a time

  private func atATime(
    _ value: ContradictionKind, _ one: Testimony, _ other: Testimony, _ beside: SaidBeside
  ) -> Difference? {
    let (first, second) = (one.period, other.period)
    let isUndated = first.isUnstated && second.isUnstated
    guard first.certainlyOverlaps(second) && !first.touches(second) else {
      return succeeds(one, other, beside) || succeeds(other, one, beside)
        ? Difference(kind: .superseded, isOfRivals: false) : nil
    }
    if let kind = values.kind(one.statement.qualifiers, other.statement.qualifiers) {
      return Difference(kind: kind)
    }
    let gaveWay = isOvertaken(one, other) || isUndated && (isLater(one, other) || isLater(other, one))
    return Difference(kind: value < .superseded && gaveWay ? .superseded : value)
  }

  /// Whether the open end of one value gave way to the other, with none in between.
  private func succeeds(_ new: Testimony, _ old: Testimony, _ beside: SaidBeside) -> Bool {
    guard old.period.end == nil, let begun = old.period.startedBy, let start = new.period.start?.lowerBound,
      begun < start
    else { return false }
    return !beside.hasBegun(after: begun, before: start)
  }

  /// Whether one of two values was only a plan, or a forecast, when its sources came out, and the other came after it.
  private func isOvertaken(_ one: Testimony, _ other: Testimony) -> Bool {
    if one.statement.isForecast != other.statement.isForecast { return true }
    return isPlan(one) && isLater(other, one) || isPlan(other) && isLater(one, other)
  }

  private func isPlan(_ testimony: Testimony) -> Bool {
    if testimony.isPlan { return true }
    guard case .date(let date) = testimony.value, let newest = testimony.published?.upperBound else {
      return false
    }
    return date.earliest > newest
  }

  private func isLater(_ one: Testimony, _ other: Testimony) -> Bool {
    guard let mine = one.published, let its = other.published else { return false }
    return its.upperBound < mine.lowerBound
  }

  // MARK: Claims and denials

  private func denial(_ claim: Testimony, _ denial: Testimony) -> ContradictionKind? {
    guard values.isWithin(claim.value, denial.value),
      denial.statement.scope.allSatisfy(claim.statement.qualifiers.contains), speakOfOneTime(claim, denial)
    else { return nil }
    return isOvertaken(claim, denial) ? .superseded : .denied
  }

  /// Whether both certainly speak of one time, as whoever says it in the same words; what has no period is contested by
  /// whatever has one.
  private func speakOfOneTime(_ one: Testimony, _ other: Testimony) -> Bool {
    one.statement.validity == other.statement.validity || one.period.isUnstated || other.period.isUnstated
      || one.period.certainlyOverlaps(other.period)
  }

  /// `none besides JPN, USA`, and of a property that has many values plain `none`.
  func isWholeList(_ testimony: Testimony) -> Bool {
    testimony.deniesOthers
      && (!testimony.statement.besides.isEmpty || schema.properties[testimony.property]?.cardinality == .many)
  }

  // MARK: Beginnings and ends of one value

  private func period(
    _ one: Testimony, _ other: Testimony, _ beside: SaidBeside, _ cardinality: Cardinality
  ) -> ContradictionKind? {
    guard Rivals(cardinality: cardinality, edges: beside.edges).disagreeOnPeriod(one, other) else {
      return nil
    }
    return isOvertaken(one, other) ? .superseded : .period
  }

  // MARK: Sources

  private enum Relation { case apart, corrected, same, none }

  private func relation(_ one: Set<Testimony.Page>, _ other: Set<Testimony.Page>, _ asked: Set<Key>?)
    -> Relation
  {
    if let asked {
      return relation(
        one.filter { asked.contains($0.source) }, other.filter { asked.contains($0.source) })
    }
    // What has no source stands for itself.
    return one.isEmpty || other.isEmpty ? .apart : relation(one, other)
  }

  private func relation(_ one: Set<Testimony.Page>, _ other: Set<Testimony.Page>) -> Relation {
    var found = Relation.none
    for first in one {
      for second in other {
        // Two that correct each other supersede neither.
        if corrects(first, second) != corrects(second, first) {
          found = .corrected
        } else if first.source != second.source {
          return .apart
        } else if found == .none {
          found = .same
        }
      }
    }
    return found
  }

  /// Whether a page corrects another, or what corrects it.
  private func corrects(_ page: Testimony.Page, _ other: Testimony.Page) -> Bool {
    var seen: Set<Key> = [page.book]
    var next = [page.book]
    while let key = next.popLast() {
      for corrected in sources(key)?.corrects ?? [] where seen.insert(corrected).inserted {
        if corrected == other.book || corrected == other.source && page.source != other.source { return true }
        next.append(corrected)
      }
    }
    return false
  }
}
