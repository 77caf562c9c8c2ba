import RegistryModel

/// Which statements of one property of one subject are rivals: one of them is passed over.
///
/// - Of `one (per …)`: two values, whatever their periods.
/// - Of `one at a time`: two values where each certainly starts before the other ends, an open end reaching to the day
///   last seen, or where neither has a period; those that touch are a handover, and `jointly` makes several one.
/// - Of any: a claim and a denial of one value that certainly overlap, or of one statement; two starts of one value that
///   exclude each other with no end stated between, two ends likewise, and an end before a day on which it was seen, with
///   no start between.
struct Rivals {
  private let cardinality: Cardinality
  private let edges: PeriodEdges

  /// - Parameter edges: of all testimonies about the cell: what is stated between two of them decides.
  init(cardinality: Cardinality, edges: PeriodEdges) {
    self.cardinality = cardinality
    self.edges = edges
  }

  func areRivals(_ one: Testimony, _ other: Testimony) -> Bool {
    if one == other { return false }
    // One statement that is claimed and denied speaks of one and the same, however coarse its period.
    if one.record.id == other.record.id { return one.stance != other.stance }
    if one.denies(other.value), other.stance == .claims { return one.period.certainlyOverlaps(other.period) }
    if other.denies(one.value), one.stance == .claims { return other.period.certainlyOverlaps(one.period) }
    guard one.stance == .claims, other.stance == .claims else { return false }
    if one.value == other.value { return disagreeOnPeriod(one, other) }
    if one.deniesOthers || other.deniesOthers {
      // Two lists that are called whole, or a list and a value that stands in it.
      guard cardinality != .many, one.record.statement.besides.isEmpty, other.record.statement.besides.isEmpty
      else {
        return false
      }
    }
    if one.record.statement.isJoint(with: other.value) || other.record.statement.isJoint(with: one.value) {
      return false
    }
    switch cardinality {
    case .many: return false
    case .one: return true
    case .onePer(let qualifiers): return one.cell(qualifiers) == other.cell(qualifiers)
    case .oneAtATime: return one.period.certainlyOverlaps(other.period) && !one.period.touches(other.period)
    }
  }

  /// Whether two claims of one value, about the same, cannot both be right about when.
  func disagreeOnPeriod(_ one: Testimony, _ other: Testimony) -> Bool {
    guard one.record.statement.scope == other.record.statement.scope else { return false }
    // Of a figure, each year is its own.
    if case .onePer(let qualifiers) = cardinality, one.cell(qualifiers) != other.cell(qualifiers) {
      return false
    }
    if let a = one.period.start, let b = other.period.start, !a.overlaps(b) {
      let (first, second) = a.upperBound < b.lowerBound ? (a, b) : (b, a)
      if !isEnded(one.value, from: first.lowerBound, to: second.upperBound) { return true }
    }
    if let a = one.period.end, let b = other.period.end, !a.overlaps(b) {
      let (first, second) = a.upperBound < b.lowerBound ? (a, b) : (b, a)
      if !edges.isBegun(one.value, from: first.lowerBound, to: second.upperBound) { return true }
    }
    return isSeen(other, after: one) || isSeen(one, after: other)
  }

  /// Whether `later` was seen after `earlier` ended, without a start between.
  func isSeen(_ later: Testimony, after earlier: Testimony) -> Bool {
    guard let end = earlier.period.end, let seen = later.period.seen, later.period.end == nil,
      seen.lowerBound > end.upperBound
    else { return false }
    return !edges.isBegun(earlier.value, from: end.lowerBound, to: seen.upperBound)
  }

  private func isEnded(_ value: Value, from first: Day, to last: Day) -> Bool {
    if edges.isEnded(value, from: first, to: last) || edges.isDenied(value, from: first, to: last) {
      return true
    }
    // Of what has one value at a time, another one that began between took its place.
    return cardinality == .oneAtATime && edges.isSucceeded(value, from: first, to: last)
  }
}

extension Testimony {
  /// The text that addresses the cell of a figure: its qualifiers of these properties.
  func cell(_ qualifiers: [Key]) -> [String] { Testimony.cell(record.statement, qualifiers) }

  static func cell(_ statement: Statement, _ qualifiers: [Key]) -> [String] {
    qualifiers.map { key in
      statement.qualifiers.filter { $0.property == key }.map(\.value.canonicalText).joined(
        separator: ",")
    }
  }
}
