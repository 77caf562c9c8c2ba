/// What competing claims leave open at one place: one of several ways to read them is right.
///
/// Of rivals one is taken; of a claim and a denial either; what holds only possibly on the date asked for is taken or not.
public struct Choice: Hashable, Sendable {
  /// One way to read it.
  public struct Alternative: Hashable, Sendable {
    /// The ids of the statements that it takes.
    public let statements: Set<String>
    /// The id of the statement whose word it takes where the chosen reading does not.
    public let preferred: String

    /// An alternative that takes some statements, by the word of one.
    public init(_ statements: Set<String>, by preferred: String) {
      self.statements = statements
      self.preferred = preferred
    }
  }

  /// The chosen one first; each takes other statements.
  public let alternatives: [Alternative]

  /// A choice among alternatives, of which the first is chosen; of several that take the same, the first counts.
  public init(_ alternatives: [Alternative]) {
    var seen: Set<Set<String>> = []
    self.alternatives = alternatives.filter { seen.insert($0.statements).inserted }
  }

  /// Whether a statement is taken or not.
  public static func whether(_ statements: Set<String>, isChosen: Bool = false) -> Choice {
    let first = statements.min() ?? ""
    let (taken, none) = (Alternative(statements, by: first), Alternative([], by: first))
    return Choice(isChosen ? [taken, none] : [none, taken])
  }
}
