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

  /// The file and the line of a locator such as `deals.csv:17`; nothing where reading it back would give another text.
  static func line(of locator: String) -> (file: String, line: Int64)? {
    guard let colon = locator.utf8.lastIndex(of: UInt8(ascii: ":")), colon > locator.startIndex else {
      return nil
    }
    let digits = locator.utf8[locator.utf8.index(after: colon)...]
    guard (1...18).contains(digits.count), digits.first != UInt8(ascii: "0"),
      digits.allSatisfy({ (0x30...0x39).contains($0) }), let line = Int64(Substring(digits))
    else { return nil }
    return (String(locator[..<colon]), line)
  }
}
