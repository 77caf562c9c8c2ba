public import RegistryModel

/// How one value is chosen among rivals: by visible rules in the order of the property's definition.
public struct Resolution: Hashable, Sendable {
  /// Statements that can hold at once, each with what it passed over.
  public var chosen: [StatementRecord]
  /// What lost, in the order of its merit.
  public var passedOver: [StatementRecord]
  /// The rule that parted the chosen value from the next one; nil where no other is claimed, or where none parts them.
  public var rule: ResolutionRule?
  /// Whether a later source overtook what was passed over, whatever the rules say: it was a plan, or an error that its
  /// source put right.
  public var isOvertaking = false

  /// Whether no rule parts the chosen value from another one: the least id is then shown, which is only an order.
  public var isUnsettled: Bool { rule == nil && !passedOver.isEmpty && !isOvertaking }
}

/// What the rules need to know of a source.
public struct SourceStanding: Hashable, Sendable {
  public var reliability: SourceData.Reliability
  /// The last day on which it can have come out.
  public var published: Day
  /// The sources that it corrects.
  public var corrects: [Key]
  public init(reliability: SourceData.Reliability, published: Day, corrects: [Key] = []) {
    self.reliability = reliability
    self.published = published
    self.corrects = corrects
  }

  /// By what is known of it. An undated source came out on the day on which it was retrieved at the latest; one of which
  /// no day is known is no newer than any other.
  public init(_ data: SourceData) {
    self.init(
      reliability: data.reliability, published: (data.published ?? data.retrieved)?.latest ?? .distantPast,
      corrects: data.corrects)
  }
}

/// A testimony that is passed over, and for which accepted rival.
struct PassedOver {
  var testimony: Testimony
  var winner: Testimony
  /// Nil where no rule parts them, or where a later source overtook a plan or put an error right.
  var rule: ResolutionRule?
  var isOvertaken: Bool
}

/// A word that a reading takes before all that speaks against it.
struct Preference: Hashable {
  var statement: StatementID
  var stance: Stance
}

/// Which testimonies about one property of one subject are accepted, and which are passed over for an accepted rival.
struct Choice {
  private(set) var accepted: [Testimony] = []
  private(set) var passedOver: [PassedOver] = []

  /// - Parameters:
  ///   - all: all that is said of the property, denials included.
  ///   - preferred: what is accepted whatever the rules say; they choose among the rest.
  init(_ all: [Testimony], _ definition: PropertyDefinition, preferring preferred: Preference? = nil) {
    let rivals = Rivals(cardinality: definition.cardinality, edges: PeriodEdges(all))
    func isPreferred(_ testimony: Testimony) -> Bool {
      preferred == Preference(statement: testimony.record.id, stance: testimony.stance)
    }
    let ordered = all.sorted { one, other in
      if isPreferred(one) != isPreferred(other) { return isPreferred(one) }
      // What nothing else parts are a claim and a denial of one statement: the claim stands first.
      if one.record.id == other.record.id, one.merit.rule(over: other.merit, definition.rules) == nil {
        return one.stance == .claims && other.stance == .denies
      }
      return one.merit.precedes(other.merit, by: definition.rules)
    }
    guard ordered.count > 1 else {
      accepted = ordered
      return
    }
    var overtaken: [(Testimony, by: Testimony)] = []
    for testimony in ordered
    where (testimony.isPlan || testimony.endIsPlanned) && !isPreferred(testimony) {
      let winner = ordered.first { other in
        guard !other.isOfTheFuture, other.isLater(than: testimony) else { return false }
        if testimony.isPlan { return rivals.areRivals(testimony, other) }
        return testimony.value == other.value && rivals.isSeen(other, after: testimony)
      }
      if let winner { overtaken.append((testimony, winner)) }
    }
    // An erratum counts before what it puts right, unless somebody judged otherwise.
    let errata = ordered.filter { !$0.corrects.isEmpty }
    for testimony in ordered where !errata.isEmpty && !isPreferred(testimony) {
      let winner = errata.first { other in
        other.puts(right: testimony) && !testimony.leads(to: other, by: errata)
          && other.merit.rank >= testimony.merit.rank
          && rivals.areRivals(testimony, other) && !overtaken.contains { $0.0 == other }
      }
      if let winner { overtaken.append((testimony, winner)) }
    }
    for testimony in ordered {
      if let (_, winner) = overtaken.first(where: { $0.0 == testimony }) {
        passedOver.append(PassedOver(testimony: testimony, winner: winner, rule: nil, isOvertaken: true))
      } else if let winner = accepted.first(where: { rivals.areRivals($0, testimony) }) {
        let rule = winner.merit.rule(over: testimony.merit, definition.rules)
        let isOvertaken = rule == nil && testimony.isOfTheFuture != winner.isOfTheFuture
        passedOver.append(
          PassedOver(testimony: testimony, winner: winner, rule: rule, isOvertaken: isOvertaken))
      } else {
        accepted.append(testimony)
      }
    }
  }
}

/// Chooses among what is said of one property of one subject.
public struct Resolver {
  private let definition: PropertyDefinition
  private let standing: (Key) -> SourceStanding?

  /// - Parameter standing: what is known of a page that is cited (``Citation/book``), nil for one that is not known.
  public init(_ definition: PropertyDefinition, standing: @escaping (Key) -> SourceStanding?) {
    self.definition = definition
    self.standing = standing
  }

  /// The claims that are accepted, each with the claims that it passed over; where a denial won, it is the one that is
  /// chosen. Statements that a judgement deprecates belong to none.
  public func resolve(_ records: [StatementRecord]) -> [Resolution] {
    let places = Dictionary(records.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [(place: Int, resolution: Resolution)] = []
    for group in definition.groups(records) {
      let choice = Choice(Testimony.all(group, standing: standing), definition)
      let lostTo = Dictionary(grouping: choice.passedOver, by: \.winner.record.id)
      for winner in choice.accepted {
        let lost = (lostTo[winner.record.id] ?? []).filter { $0.winner == winner }
        // A denial that wins over nothing is no value.
        if winner.stance == .denies, lost.isEmpty { continue }
        let resolution = Resolution(
          chosen: [winner.record], passedOver: lost.map(\.testimony.record), rule: lost.first?.rule,
          isOvertaking: lost.contains(where: \.isOvertaken))
        found.append((places[winner.record.id] ?? 0, resolution))
      }
    }
    return found.sorted { $0.place < $1.place }.map(\.resolution).sorted {
      definition.precedes($0.chosen[0], $1.chosen[0])
    }
  }
}

extension PropertyDefinition {
  /// Statements of the property, figures in the order of their cells, what there is one of at a time in the order of its
  /// periods.
  public func inOrder(_ records: [StatementRecord]) -> [StatementRecord] {
    records.enumerated().sorted { one, other in
      if precedes(one.element, other.element) { return true }
      return !precedes(other.element, one.element) && one.offset < other.offset
    }.map(\.element)
  }

  fileprivate func precedes(_ one: StatementRecord, _ other: StatementRecord) -> Bool {
    switch cardinality {
    case .many, .one: return false
    case .oneAtATime:
      return one.statement.validity.bounds.startEarliest < other.statement.validity.bounds.startEarliest
    case .onePer(let qualifiers):
      return Testimony.cell(one.statement, qualifiers)
        .lexicographicallyPrecedes(Testimony.cell(other.statement, qualifiers))
    }
  }
}
