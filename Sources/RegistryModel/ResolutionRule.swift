/// A rule by which one of several rivals is chosen; a property's definition orders them.
public enum ResolutionRule: String, Hashable, Sendable, CaseIterable {
  /// A judgement (`prefer`) places it first.
  case rank
  /// Its best source is more reliable.
  case reliability
  /// Its newest source came out later.
  case recency
  /// It leaves less open.
  case precision
  /// More origins say so that do not copy each other.
  case origins

  /// The order where a definition names none.
  public static let standard: [ResolutionRule] = allCases

  /// What the rule found in the value that it chose, in words.
  public var words: String {
    switch self {
    case .rank: "preferred by a judgement"
    case .reliability: "the more reliable source"
    case .recency: "the newer source"
    case .precision: "the more precise value"
    case .origins: "more independent origins"
    }
  }
}
