/// Which lives count: those that are open, or those that were open after a transaction.
enum LivesAsOf {
  case current
  case transaction(Int64)

  /// The condition on a row of `life`.
  func condition(_ life: String = "l") -> String {
    switch self {
    case .current: "\(life).tx_out = \(openEnd)"
    case .transaction(let number): "\(life).tx_in <= \(number) AND \(life).tx_out > \(number)"
    }
  }
}

/// Views of the content that is asserted at one time. They have the same names in `main` (now) and in `temp` (the
/// time that was asked for), so that what reads them is written once.
enum NowViews {
  static let names = [
    "claim_now", "denial_now", "citation_now", "judgement_now", "alias_now", "source_now", "definition_now",
    "merging_now", "renaming_now", "review_now", "entity_key",
  ]
  /// What there is in `temp` alone: of now it is asked without a view.
  static let namesThen = ["keyed", "cited"]

  /// The joins are crossed, since that fixes their order: content first, by whatever index the reader's condition
  /// names, then its life. Without statistics SQLite may start from the sources and read every citation of each.
  /// - Parameter standing: the table of the sources that count, with their certainty; nothing where all count.
  static func sql(in schema: String, lives: LivesAsOf, standing: String? = nil) -> String {
    let prefix = schema == "temp" ? "TEMP VIEW" : "VIEW"
    /// Each once, whoever else asserted it. Of those of which one counts (`o` is like `c`), the newest: by the clock and the
    /// uid of who asserted it, so that it is the same in every registry that knows the same.
    func now(_ name: String, _ thing: Thing, likeness: String? = nil) -> String {
      let earlier =
        likeness.map {
          """
          NOT EXISTS(SELECT 1 FROM main.\(thing.table) o
            CROSS JOIN main.life p ON p.thing = \(thing.rawValue) AND p.id = o.id AND \(lives.condition("p"))
            WHERE \($0) AND (p.id != l.id OR p.tx_in != l.tx_in) AND (
              SELECT (n.clock, n.uid) > (t.clock, t.uid) FROM main.tx n CROSS JOIN main.tx t
              WHERE n.id = p.tx_in AND t.id = l.tx_in))
          """
        }
          ?? """
          NOT EXISTS(SELECT 1 FROM main.life p WHERE p.thing = \(thing.rawValue) AND p.id = l.id AND p.tx_in < l.tx_in
            AND \(lives.condition("p")))
          """
      return """
        CREATE \(prefix) \(name) AS SELECT c.*, l.tx_in FROM main.\(thing.table) c
          CROSS JOIN main.life l ON l.thing = \(thing.rawValue) AND l.id = c.id AND \(lives.condition())
          WHERE \(earlier);

        """
    }
    let (certainty, counting) =
      standing.map { ("o.certainty", " CROSS JOIN \($0) o ON o.source = c.source") } ?? ("2 AS certainty", "")
    return """
      CREATE \(prefix) claim_now AS SELECT s.id FROM main.statement s WHERE \(Lives.isClaimed("s", lives));
      CREATE \(prefix) denial_now AS SELECT DISTINCT l.id FROM main.life l
        WHERE l.thing = \(Thing.denial.rawValue) AND \(lives.condition());
      CREATE \(prefix) citation_now AS SELECT \(CitationColumns.texts("c")), \(certainty) FROM main.citation c\(counting)
        WHERE \(Lives.isCited("c", lives));

      """
        + now("judgement_now", .judgement, likeness: "o.statement = c.statement") + now("alias_now", .alias)
        + now("source_now", .sourceData, likeness: "o.source = c.source")
        + now("definition_now", .definition, likeness: "o.kind = c.kind AND o.key = c.key")
        + now("merging_now", .merging, likeness: "o.entity = c.entity") + now("renaming_now", .renaming)
        + now("review_now", .review, likeness: "o.statement = c.statement")
        + "CREATE \(prefix) entity_key AS \(Identity.keys(in: schema));\n"
        + (schema == "temp" ? then(lives) : "")
  }

  /// The entities that had a key by then, and what was cited then by any source, whether it counts or not.
  private static func then(_ lives: LivesAsOf) -> String {
    """
    CREATE TEMP VIEW keyed AS SELECT e.id, e.key FROM main.entity e WHERE \(Identity.hasKey("e", lives));
    CREATE TEMP VIEW cited AS SELECT c.statement FROM main.citation c WHERE \(Lives.isCited("c", lives));

    """
  }
}
