public import RegistryModel

/// Judgements of which one counts while others stand as well, since their authors did not know of each other: ranks, dates of
/// review, data of a source, definitions, mergings and keys; and what stands that nobody sees for the same reason.
public struct RivalJudgement: Hashable, Sendable {
  /// One of them, and the transaction that asserted it last.
  public struct Judged: Hashable, Sendable {
    public var content: RecordedContent
    public var by: TransactionID
    public init(_ content: RecordedContent, by: TransactionID) { (self.content, self.by) = (content, by) }
  }

  /// Why something is passed over although nothing of its kind outweighs it.
  public enum Obstacle: Hashable, Sendable {
    /// What is merged is held distinct, or counted as one already.
    case mergingSaysNothing
    /// The key is the first of another thing.
    case keyOfAnother
    /// It was taken back by one who did not know that others use it, and goes on.
    case lapsed
    /// What it is under is under it, by a definition of somebody else: the word `under` does not count.
    case underItself
    /// What it cites was withdrawn by one who did not know of this source.
    case citedMeanwhile
    /// It is said of what is nothing any more: its type was taken back by one who did not know of this.
    case ofNothing
    /// Another type has the same plural, or it for a key, which means that one.
    case pluralOfAnother
  }

  /// The one that counts; nothing where none does.
  public var counting: Judged?
  public var passedOver: [Judged]
  public var obstacle: Obstacle?

  public init(counting: Judged?, passedOver: [Judged] = [], obstacle: Obstacle? = nil) {
    self.counting = counting
    self.passedOver = passedOver
    self.obstacle = obstacle
  }
}
