/// How a statement stands among its rivals, by the rules of its property over all that is said there.
public struct Standing: Hashable, Sendable {
  public enum Word: String, Hashable, Sendable {
    /// The rules chose it before a rival.
    case chosen
    /// No rule parts it from a rival: the least id is shown, which is only an order.
    case unsettled
    /// It was passed over.
    case rival
    /// Its denial stands, and nobody claims it.
    case denied
    /// Some claim it and others deny it.
    case disputed
    /// A judgement sets it aside.
    case deprecated
  }

  public var word: Word
  /// The statements that were passed over for it, in the order of their merit; its own id where that is its denial.
  public var passedOver: [StatementID]
  /// The rule that parts it from the first of them; nil where none does.
  public var rule: ResolutionRule?
  /// Whether a later source overtook what was passed over, whatever the rules say: it was a plan, or an error that its
  /// source put right.
  public var isOvertaking: Bool

  public init(
    _ word: Word, passedOver: [StatementID] = [], rule: ResolutionRule? = nil, isOvertaking: Bool = false
  ) {
    self.word = word
    self.passedOver = passedOver
    self.rule = rule
    self.isOvertaking = isOvertaking
  }
}
