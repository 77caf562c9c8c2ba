public import RegistryModel

/// A statement as the rules weigh it: that it is claimed, or that it is denied, with its period and who says so.
///
/// A statement that some claim and others deny gives two.
public struct Testimony: Hashable, Sendable {
  public let record: StatementRecord
  public let stance: Stance
  public let period: Period
  let merit: Merit
  /// The first and the last day on which a source of it came out; nil where no day is known of one.
  let published: ClosedRange<Day>?
  /// The sources that its own sources correct.
  let corrects: Set<Key>

  /// - Parameter standing: what is known of a page that is cited (``Citation/book``), nil for one that is not known.
  init(_ record: StatementRecord, _ stance: Stance, standing: (Key) -> SourceStanding?) {
    self.record = record
    self.stance = stance
    period = Period(record.statement.validity)
    let citations = record.citations.filter { $0.stance == stance }
    let standings = citations.map { standing($0.book) }
    let days = standings.compactMap { $0?.published }.filter { $0 != .distantPast }
    // A source of which no day is known may have come out on any.
    if let first = days.min(), let last = days.max(), days.count == citations.count {
      published = first...last
    } else {
      published = nil
    }
    corrects = Set(standings.flatMap { $0?.corrects ?? [] })
    let isForecast = record.statement.isForecast
    merit = Merit(
      isOfTheFuture: isForecast || Testimony.isAhead(period.start, of: published),
      // Who prefers what some claim and others deny means the claim.
      rank: stance == .denies && record.isClaimed && record.rank == .preferred ? .normal : record.rank,
      reliability: standings.compactMap { $0?.reliability }.max() ?? .f,
      published: standings.compactMap { $0?.published }.max() ?? .distantPast,
      width: record.statement.value.width,
      origins: record.origins.count, id: record.id)
  }

  /// Both stances of some statements, but for those that a judgement deprecates.
  static func all(_ records: [StatementRecord], standing: (Key) -> SourceStanding?) -> [Testimony] {
    records.filter { $0.rank != .deprecated }.flatMap { record in
      (record.isClaimed ? [Testimony(record, .claims, standing: standing)] : [])
        + (record.isDenied ? [Testimony(record, .denies, standing: standing)] : [])
    }
  }

  public var statement: Statement { record.statement }
  var value: Value { record.statement.value }
  var property: Key { record.statement.property }

  /// Who says so, and where.
  public var citations: [Citation] { record.citations.filter { $0.stance == stance } }

  /// Who says so, each source once.
  public var sources: Set<Key> { Set(citations.map(\.source)) }

  /// Whether it says that there is no value beside some (`only A, B`), or none at all: it denies every other value.
  var deniesOthers: Bool { stance == .claims && value == .none }

  /// Whether it denies a value: as a denial of just this one, or of all but some.
  func denies(_ other: Value) -> Bool {
    if stance == .denies { return value == other }
    guard deniesOthers, other != .none, other != .unknown else { return false }
    return !record.statement.besides.contains(other)
  }

  /// Begins certainly after all its sources came out: they announce it.
  var isPlan: Bool { Testimony.isAhead(period.start, of: published) }

  /// Ends certainly after all its sources came out.
  var endIsPlanned: Bool { Testimony.isAhead(period.end, of: published) }

  /// Never more than possibly: a plan, or what its source calls a forecast.
  var isOfTheFuture: Bool { merit.isOfTheFuture }

  private static func isAhead(_ days: ClosedRange<Day>?, of published: ClosedRange<Day>?) -> Bool {
    guard let days, let published else { return false }
    return days.lowerBound > published.upperBound
  }

  /// Whether all that `other` rests on is corrected by what this one rests on.
  func puts(right other: Testimony) -> Bool {
    let pages = other.citations
    return !corrects.isEmpty && !pages.isEmpty
      && pages.allSatisfy { corrects.contains($0.book) || corrects.contains($0.source) }
  }

  /// Whether it puts another right, or what puts that right: two that put each other right, as where each of two people noted a
  /// correction the other way round, are parted by neither.
  func leads(to other: Testimony, by errata: [Testimony]) -> Bool {
    guard !corrects.isEmpty else { return false }
    var (next, seen): ([Testimony], Set<Testimony>) = ([self], [self])
    while let at = next.popLast() {
      if at.puts(right: other) { return true }
      for erratum in errata where at.puts(right: erratum) && seen.insert(erratum).inserted {
        next.append(erratum)
      }
    }
    return false
  }

  /// Whether all that it rests on came out after all that `other` rests on.
  func isLater(than other: Testimony) -> Bool {
    guard let mine = published, let its = other.published else { return false }
    return mine.upperBound > its.upperBound
  }
}

extension Statement {
  /// The qualifiers that say how a statement is meant, and are no part of what it is about.
  static let manner: Set<Key> = [BuiltIn.jointly, BuiltIn.besides, BuiltIn.forecast, BuiltIn.because]

  /// The qualifiers that narrow what it is about.
  public var scope: [Qualifier] { qualifiers.filter { !Statement.manner.contains($0.property) } }

  /// The values of a list that its source calls whole, in the statement that there is none beside them.
  var besides: [Value] { qualifiers.filter { $0.property == BuiltIn.besides }.map(\.value) }

  /// The values that hold at once, by the word of the same source (co-chairs): together they are one value.
  public var jointValues: [Value] { qualifiers.filter { $0.property == BuiltIn.jointly }.map(\.value) }

  /// Whether another value holds at once.
  func isJoint(with other: Value) -> Bool { jointValues.contains(other) }

  /// Whether its source speaks of what is to come.
  public var isForecast: Bool {
    if case .quantity(let quantity) = value, quantity.forecast { return true }
    return qualifiers.contains { $0.property == BuiltIn.forecast }
  }
}

extension Value {
  /// How much a value leaves open; smaller is more precise.
  fileprivate var width: Double {
    switch self {
    case .date(let date): Double(date.latest.number - date.earliest.number)
    case .quantity(let quantity): quantity.bound == .exact ? 0 : quantity.bound == .about ? 1 : 2
    case .unknown: 9
    case .entity, .text, .none: 0
    }
  }
}
