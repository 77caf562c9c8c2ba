/// What is told where a limit may have cut an answer.
enum LimitNote {
  static func words(_ limit: Int) -> String { "the first \(limit) \(ending)" }

  /// Whether a note tells that, which a script that asks for the first has no use for.
  static func isOne(_ note: String) -> Bool { note.hasPrefix("the first ") && note.hasSuffix(ending) }

  private static let ending = "are shown; there may be more"
}
