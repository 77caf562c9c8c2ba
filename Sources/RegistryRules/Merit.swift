import RegistryModel

/// What the rules compare in two rivals.
struct Merit: Hashable {
  /// A plan or a forecast gives way to what is said to be so.
  var isOfTheFuture: Bool
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

  /// Whether it is chosen before `other`. What no rule parts stands in the order of ids, which depends on content alone.
  func precedes(_ other: Merit, by rules: [ResolutionRule]) -> Bool {
    if isOfTheFuture != other.isOfTheFuture { return other.isOfTheFuture }
    return switch rule(over: other, rules) {
    case .rank: rank > other.rank
    case .reliability: reliability > other.reliability
    case .recency: published > other.published
    case .precision: width < other.width
    case .origins: origins > other.origins
    case nil: id.digest < other.id.digest
    }
  }
}
