/// Where statements stand against each other.
enum Contested {
  /// The facts for which that is so, by an index that holds only those: what is denied, what is said to have no value, or
  /// none besides some, and what the rules passed over for a rival.
  static func condition(of fact: String) -> String {
    "(\(fact).denied OR \(fact).kind = 5 OR (\(fact).claimed AND \(fact).rank >= 0 AND NOT \(fact).chosen))"
  }
}
