/// Where statements stand against each other.
enum Contested {
  /// The facts for which that is so, by an index that holds only those: what is claimed and denied, and what the rules
  /// passed over for a rival.
  static let condition = "claimed AND (denied OR (rank >= 0 AND NOT chosen))"

  static func condition(of fact: String) -> String {
    "\(fact).claimed AND (\(fact).denied OR (\(fact).rank >= 0 AND NOT \(fact).chosen))"
  }
}
