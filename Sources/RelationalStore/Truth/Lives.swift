/// When things were asserted, as SQL.
///
/// A claim that was made once says by itself which transaction made it (`statement.tx`) and which ended it (`ended`, if any
/// did), and so does a citation; where `tx` is NULL, and of all other things, rows of `life` say it.
enum Lives {
  static func isClaimed(_ statement: String, _ lives: LivesAsOf) -> String {
    stands(statement, .statement, lives)
  }

  static func isDenied(_ statement: String, _ lives: LivesAsOf) -> String {
    hasLife(statement, .denial, lives)
  }

  static func isCited(_ citation: String, _ lives: LivesAsOf) -> String { stands(citation, .citation, lives) }

  private static func stands(_ row: String, _ thing: Thing, _ lives: LivesAsOf) -> String {
    let itself =
      switch lives {
      case .current: "CASE WHEN \(row).tx IS NOT NULL THEN \(row).ended IS NULL END"
      case .transaction(let number):
        "CASE WHEN \(row).tx IS NOT NULL THEN \(row).tx <= \(number) AND coalesce(\(row).ended > \(number), TRUE) END"
      }
    return "coalesce(\(itself), \(hasLife(row, thing, lives)))"
  }

  /// Whether the content in a row was asserted by any transaction of a time, whatever became of it.
  static func everBegan(_ row: String, _ thing: Thing, _ lives: LivesAsOf) -> String {
    func isBegun(_ began: String) -> String {
      switch lives {
      case .current: "\(began) IS NOT NULL"
      case .transaction(let number): "\(began) <= \(number)"
      }
    }
    // What a statement says may be claimed, denied or both.
    let things = thing == .statement ? [Thing.statement, .denial] : [thing]
    let told = """
      EXISTS(SELECT 1 FROM main.life l WHERE l.thing IN (\(things.map { "\($0.rawValue)" }.joined(separator: ", ")))
        AND l.id = \(row).id AND \(isBegun("l.tx_in")))
      """
    return thing.saysByItself ? "(\(isBegun("\(row).tx")) OR \(told))" : told
  }

  private static func hasLife(_ row: String, _ thing: Thing, _ lives: LivesAsOf) -> String {
    """
    EXISTS(SELECT 1 FROM main.life l WHERE l.thing = \(thing.rawValue) AND l.id = \(row).id AND \(lives.condition()))
    """
  }

  /// What a transaction `number` asserted and withdrew, as `thing`, `id` and `opened`: 1 and -1.
  static func changes(by number: String) -> String {
    let begun = [Thing.statement, .citation].map {
      " UNION ALL SELECT \($0.rawValue), b.id, 1 FROM (\(Lives.begun($0, by: number))) b"
    }
    return changesTold(by: number) + begun.joined()
  }

  /// The same without what it asserted and what says so by itself.
  static func changesTold(by number: String) -> String {
    let ended = [Thing.statement, .citation].map {
      " UNION ALL SELECT \($0.rawValue), b.id, -1 FROM (\(Lives.ended($0, by: number))) b"
    }
    return changesLived(by: number) + ended.joined()
  }

  /// The same of what has lives: everything that is neither a statement nor a citation has.
  static func changesLived(by number: String) -> String {
    """
    SELECT thing, id, 1 AS opened FROM main.life WHERE tx_in = \(number)
    UNION ALL SELECT thing, id, -1 FROM main.life WHERE tx_out = \(number) AND tx_out < \(openEnd)
    UNION ALL SELECT thing, id, -1 FROM main.ending WHERE tx_out = \(number)
    """
  }

  /// The rows of the claims or the citations that a transaction made, where they say so by themselves.
  static func begun(_ thing: Thing, by number: String) -> String { begun(thing, when: "= \(number)") }

  /// - Parameter condition: on the number of a transaction, which it stands behind.
  static func begun(_ thing: Thing, when condition: String) -> String {
    """
    SELECT r.id, r.tx, r.ended FROM main.tx t CROSS JOIN main.\(thing.table) r
      ON r.id BETWEEN t.first_\(thing.table) AND t.last_\(thing.table) AND +r.tx = t.id WHERE t.id \(condition)
    """
  }

  /// Those that it ended.
  static func ended(_ thing: Thing, by number: String) -> String { ended(thing, when: "= \(number)") }

  static func ended(_ thing: Thing, when condition: String) -> String {
    "SELECT r.id, r.ended AS tx FROM main.\(thing.table) r WHERE r.ended \(condition) AND r.ended IS NOT NULL"
  }

  /// What a transaction `number` ended, as `thing`, `id` and `seen`: the transaction that had asserted it.
  static func endings(by number: String) -> String {
    let byItself = [Thing.statement, .citation].map {
      """
       UNION ALL SELECT \($0.rawValue), r.id, r.tx FROM main.\($0.table) r
        WHERE r.ended = \(number) AND r.ended IS NOT NULL
      """
    }
    return """
      SELECT thing, id, tx_in AS seen FROM main.life WHERE tx_out = \(number) AND tx_out < \(openEnd)
      UNION ALL SELECT thing, id, tx_in FROM main.ending WHERE tx_out = \(number)
      """ + byItself.joined()
  }

  /// The transaction that asserted what is asserted now; NULL where nothing is.
  static func opened(_ row: String, _ thing: Thing) -> String {
    "coalesce(\(openItself(row)), \(openLife("\(thing.rawValue)", "\(row).id")))"
  }

  /// The same of any thing, by its number and the row of its content.
  static func opened(thing: String, id: String) -> String {
    """
    coalesce(CASE \(thing) WHEN 1 THEN (SELECT \(openItself("o")) FROM main.statement o WHERE o.id = \(id))
      WHEN 3 THEN (SELECT \(openItself("o")) FROM main.citation o WHERE o.id = \(id)) END, \(openLife(thing, id)))
    """
  }

  private static func openItself(_ row: String) -> String {
    "CASE WHEN \(row).ended IS NULL THEN \(row).tx END"
  }

  private static func openLife(_ thing: String, _ id: String) -> String {
    "(SELECT min(l.tx_in) FROM main.life l WHERE l.thing = \(thing) AND l.id = \(id) AND l.tx_out = \(openEnd))"
  }

  /// Each life of the parts of a query `part` with the columns `thing` and `id`, with `tx_in` and `tx_out`.
  static func each(of part: String, _ columns: String) -> String {
    func byItself(_ thing: Thing) -> String {
      """
      SELECT \(columns), o.tx, coalesce(o.ended, \(openEnd)) FROM \(part) p CROSS JOIN main.\(thing.table) o ON o.id = p.id
        WHERE p.thing = \(thing.rawValue) AND o.tx IS NOT NULL
      """
    }
    return """
      SELECT \(columns), l.tx_in, l.tx_out FROM \(part) p CROSS JOIN main.life l ON l.thing = p.thing AND l.id = p.id
      UNION ALL \(byItself(.statement))
      UNION ALL \(byItself(.citation))
      """
  }
}
