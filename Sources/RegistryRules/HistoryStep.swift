public import RegistryModel

/// What can happen to what is known of an entity.
public enum HistoryAction: String, Hashable, Sendable {
  case claimed, denied, withdrawn, cited, uncited, aliased, unaliased, described, ranked, unranked
  /// Given, or no longer given, a date by which it is to be looked at again.
  case reviewed, unreviewed
  case merged, unmerged, renamed, unrenamed
}

/// A change of what is known of an entity, as it was recorded.
///
/// A statement is whatever the store tells it by, in the order of recording.
public struct HistoryStep<Statement: Hashable & Comparable & Sendable>: Hashable, Sendable {
  public var transaction: TransactionID
  public var action: HistoryAction
  /// The statement that it is about; nil for what is no statement's.
  public var statement: Statement?
  public var detail: String?

  public init(
    transaction: TransactionID, action: HistoryAction, statement: Statement?, detail: String? = nil
  ) {
    self.transaction = transaction
    self.action = action
    self.statement = statement
    self.detail = detail
  }

  /// The steps as a history tells them, in order and each once, without what goes without saying: that a claim was cited
  /// when it was made, or uncited when it was withdrawn, or lost a rank when it was given another.
  public static func told(_ steps: [HistoryStep]) -> [HistoryStep] {
    func bare(_ step: HistoryStep, as action: HistoryAction) -> HistoryStep {
      HistoryStep(transaction: step.transaction, action: action, statement: step.statement)
    }
    let known = Set(steps.map { bare($0, as: $0.action) })
    let kept = steps.filter { step in
      func also(_ action: HistoryAction) -> Bool { known.contains(bare(step, as: action)) }
      return switch step.action {
      case .cited: !also(.claimed) && !also(.denied)
      case .uncited: !also(.withdrawn)
      case .unranked: !also(.ranked)
      case .unreviewed: !also(.reviewed)
      default: true
      }
    }
    var seen: Set<HistoryStep> = []
    return kept.sorted(by: isEarlier).filter { seen.insert($0).inserted }
  }

  /// By transaction; in one, what is no statement's first.
  private static func isEarlier(_ one: HistoryStep, _ other: HistoryStep) -> Bool {
    if one.transaction != other.transaction { return one.transaction < other.transaction }
    switch (one.statement, other.statement) {
    case (let first?, let second?): return first < second
    case (nil, _?): return true
    case (_, nil): return false
    }
  }
}
