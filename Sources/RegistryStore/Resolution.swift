public import RegistryModel

/// How one value is chosen among rivals: visible rules in their order.
///
/// Rank by judgement first, then the reliability of the best source, then the newest publication, then the more
/// precise value; last the older record, so that the answer does not depend on the order of a query.
public struct Resolution: Hashable, Sendable {
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    case onlyOne = "no other value is claimed"
    case rank = "preferred by a judgement"
    case reliability = "the more reliable source"
    case recency = "the newer source"
    case precision = "the more precise value"
    case age = "recorded first"
  }

  /// Statements that can hold at once, each with what it passed over.
  public var chosen: [StatementRecord]
  /// What lost, in the order of its rank.
  public var passedOver: [StatementRecord]
  /// The rule that parted the chosen value from the next one.
  public var rule: Rule
}

/// What the rules need to know of a source.
public struct SourceStanding: Hashable, Sendable {
  public var reliability: SourceData.Reliability
  /// The last day on which it can have come out.
  public var published: Day
  public init(reliability: SourceData.Reliability, published: Day) {
    self.reliability = reliability
    self.published = published
  }
}

/// Splits the claims of one property of one subject into cells of rivals and resolves each.
public struct Resolver {
  private let definition: PropertyDefinition
  private let standing: (Key) -> SourceStanding?

  /// - Parameter standing: what is known of a source, nothing for one that is not known.
  public init(_ definition: PropertyDefinition, standing: @escaping (Key) -> SourceStanding?) {
    self.definition = definition
    self.standing = standing
  }

  /// The cells of rivals. Statements that are only denied, or ranked as deprecated, belong to none.
  public func resolve(_ records: [StatementRecord]) -> [Resolution] {
    let candidates = records.filter { $0.isClaimed && $0.rank != .deprecated }
    switch definition.cardinality {
    case .many: return candidates.map { Resolution(chosen: [$0], passedOver: [], rule: .onlyOne) }
    case .one: return candidates.isEmpty ? [] : [choose(candidates)]
    case .onePer(let qualifiers):
      return Dictionary(grouping: candidates) { cell(of: $0.statement, qualifiers) }
        .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { choose($0.value) }
    case .oneAtATime: return overlapping(candidates).map(choose)
    }
  }

  /// The text that addresses the cell of a figure: its qualifiers of these properties.
  private func cell(of statement: Statement, _ qualifiers: [Key]) -> [String] {
    qualifiers.map { key in
      statement.qualifiers.filter { $0.property == key }.map(\.value.canonicalText).joined(separator: ",")
    }
  }

  /// Groups of statements whose periods can overlap, a later start closing an open end.
  private func overlapping(_ records: [StatementRecord]) -> [[StatementRecord]] {
    let sorted = records.sorted { start($0) < start($1) }
    var groups: [[StatementRecord]] = []
    for record in sorted {
      if let last = groups.last, last.contains(where: { overlaps($0, record) }) {
        groups[groups.count - 1].append(record)
      } else {
        groups.append([record])
      }
    }
    return groups
  }

  private func start(_ record: StatementRecord) -> Day { record.statement.validity.bounds.startEarliest }

  private func overlaps(_ first: StatementRecord, _ second: StatementRecord) -> Bool {
    let (one, other) = (first.statement.validity.bounds, second.statement.validity.bounds)
    // An open end gives way to a successor that certainly starts later.
    if one.endLatest == .distantFuture, one.startLatest < other.startEarliest,
      one.startLatest != .distantFuture, other.startEarliest != .distantPast
    {
      return false
    }
    return other.startEarliest <= one.endLatest && one.startEarliest <= other.endLatest
  }

  private func choose(_ records: [StatementRecord]) -> Resolution {
    let ordered = records.map { ($0, merit($0)) }.sorted { $0.1.precedes($1.1) }
    guard let best = ordered.first else { return Resolution(chosen: [], passedOver: [], rule: .onlyOne) }
    guard ordered.count > 1 else { return Resolution(chosen: [best.0], passedOver: [], rule: .onlyOne) }
    return Resolution(
      chosen: [best.0], passedOver: ordered.dropFirst().map(\.0), rule: best.1.rule(over: ordered[1].1))
  }

  private func merit(_ record: StatementRecord) -> Merit {
    let standings = record.citations.filter { $0.stance == .claims }.compactMap { standing($0.source) }
    return Merit(
      rank: record.rank, reliability: standings.map(\.reliability).max() ?? .f,
      published: standings.map(\.published).max() ?? .distantPast, width: width(record.statement.value),
      recorded: record.recorded, id: record.id)
  }

  /// How much a value leaves open; smaller is more precise.
  private func width(_ value: Value) -> Double {
    switch value {
    case .date(let date): Double(date.latest.number - date.earliest.number)
    case .quantity(let quantity): quantity.bound == .exact ? 0 : quantity.bound == .about ? 1 : 2
    case .unknown: 9
    case .entity, .text, .none: 0
    }
  }

  private struct Merit {
    var rank: Rank
    var reliability: SourceData.Reliability
    var published: Day
    var width: Double
    var recorded: TransactionID
    var id: StatementID

    func rule(over other: Merit) -> Resolution.Rule {
      if rank != other.rank { return .rank }
      if reliability != other.reliability { return .reliability }
      if published != other.published { return .recency }
      return width != other.width ? .precision : .age
    }

    func precedes(_ other: Merit) -> Bool {
      switch rule(over: other) {
      case .onlyOne: false
      case .rank: rank > other.rank
      case .reliability: reliability > other.reliability
      case .recency: published > other.published
      case .precision: width < other.width
      case .age: recorded != other.recorded ? recorded < other.recorded : id.digest < other.id.digest
      }
    }
  }
}
