internal import RegistryModel

/// How a citation's row says what the citation does: the line of a file, which is where an import's are from, by a number
/// and the row of the file's name in `word`; the stance by whether it denies.
enum CitationColumns {
  static func locator(_ citation: String) -> String {
    """
    CASE WHEN \(citation).line IS NULL THEN \(citation).locator
      ELSE (SELECT w.text FROM main.word w WHERE w.id = \(citation).file) || ':' || \(citation).line END
    """
  }

  static func stance(_ citation: String) -> String {
    "CASE \(citation).denies WHEN 1 THEN '\(Stance.denies.rawValue)' ELSE '\(Stance.claims.rawValue)' END"
  }

  /// All that a citation says, in the columns that it had when each was a text.
  static func texts(_ citation: String) -> String {
    """
    \(citation).id, \(citation).statement, \(citation).source, \(citation).via, \(locator(citation)) AS locator,
      \(citation).quote, \(citation).said, \(citation).inferred, \(stance(citation)) AS stance
    """
  }
}
