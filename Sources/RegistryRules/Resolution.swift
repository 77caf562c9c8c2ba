public import RegistryModel

/// How one value is chosen among rivals: by visible rules in the order of the property's definition.
public struct Resolution: Hashable, Sendable {
  /// Statements that can hold at once, each with what it passed over.
  public var chosen: [StatementRecord]
  /// What lost, in the order of its rank.
  public var passedOver: [StatementRecord]
  /// The rule that parted the chosen value from the next one; nil where no other is claimed, or where none parts them.
  public var rule: ResolutionRule?

  /// Whether no rule parts the chosen value from another one: the least id is then shown, which is only an order.
  public var isUnsettled: Bool { rule == nil && !passedOver.isEmpty }
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
    case .many: return candidates.map { Resolution(chosen: [$0], passedOver: [], rule: nil) }
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
    let ordered = records.map { ($0, merit($0)) }.sorted { $0.1.precedes($1.1, by: definition.rules) }
    guard let best = ordered.first else { return Resolution(chosen: [], passedOver: [], rule: nil) }
    guard ordered.count > 1 else { return Resolution(chosen: [best.0], passedOver: [], rule: nil) }
    return Resolution(
      chosen: [best.0], passedOver: ordered.dropFirst().map(\.0),
      rule: best.1.rule(over: ordered[1].1, definition.rules))
  }

  private func merit(_ record: StatementRecord) -> Merit {
    let standings = record.citations.filter { $0.stance == .claims }.compactMap { standing($0.source) }
    return Merit(
      rank: record.rank, reliability: standings.map(\.reliability).max() ?? .f,
      published: standings.map(\.published).max() ?? .distantPast, width: width(record.statement.value),
      origins: record.origins.count, id: record.id)
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
    var origins: Int
    var id: StatementID

    /// The first rule that parts the two; nil where none does.
    func rule(over other: Merit, _ rules: [ResolutionRule]) -> ResolutionRule? {
      rules.first { isParted(from: other, by: $0) }
    }

    private func isParted(from other: Merit, by rule: ResolutionRule) -> Bool {
      switch rule {
      case .rank: rank != other.rank
      case .reliability: reliability != other.reliability
      case .recency: published != other.published
      case .precision: width != other.width
      case .origins: origins != other.origins
      }
    }

    func precedes(_ other: Merit, by rules: [ResolutionRule]) -> Bool {
      switch rule(over: other, rules) {
      case .rank: rank > other.rank
      case .reliability: reliability > other.reliability
      case .recency: published > other.published
      case .precision: width < other.width
      case .origins: origins > other.origins
      case nil: id.digest < other.id.digest
      }
    }
  }
}
