/// What is told where a limit may have cut an answer.
enum LimitNote {
  static func words(_ limit: Int) -> String { "the first \(limit) \(ending)" }

  /// - Parameter count: how many groups there are.
  /// - Returns: nothing where all are shown.
  static func words(_ limit: Int?, ofGroups count: Int) -> [String] {
    limit.map { $0 < count ? ["the first \($0) of \(count)\(groups)"] : [] } ?? []
  }

  /// Whether a note tells that, which a script that asks for the first has no use for.
  static func isOne(_ note: String) -> Bool {
    note.hasPrefix("the first ") && (note.hasSuffix(ending) || note.hasSuffix(groups))
  }

  private static let groups = " groups"
  private static let ending = "are shown; there may be more"
}
