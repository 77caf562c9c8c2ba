/// Which lives count: those that are open, or those that were open after a transaction.
enum LivesAsOf {
  case current
  case transaction(Int64)

  /// The condition on a row of `life`.
  var condition: String {
    switch self {
    case .current: "tx_out = \(openEnd)"
    case .transaction(let number): "tx_in <= \(number) AND tx_out > \(number)"
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

  /// The joins are crossed, since that fixes their order: content first, by whatever index the reader's condition
  /// names, then its life. Without statistics SQLite may start from the sources and read every citation of each.
  /// - Parameter standing: the table of the sources that count, with their certainty; nothing where all count.
  static func sql(in schema: String, lives: LivesAsOf, standing: String? = nil) -> String {
    let prefix = schema == "temp" ? "TEMP VIEW" : "VIEW"
    func now(_ name: String, _ thing: Thing, _ columns: String = "c.*", _ join: String = "") -> String {
      """
      CREATE \(prefix) \(name) AS SELECT \(columns), l.tx_in FROM main.\(thing.table) c
        CROSS JOIN main.life l ON l.thing = \(thing.rawValue) AND l.id = c.id AND \(lives.condition)\(join);

      """
    }
    let (certainty, counting) =
      standing.map { ("o.certainty", " CROSS JOIN \($0) o ON o.source = c.source") } ?? ("2 AS certainty", "")
    return """
      CREATE \(prefix) claim_now AS SELECT s.id FROM main.statement s WHERE \(Lives.isClaimed("s", lives));
      CREATE \(prefix) denial_now AS SELECT l.id FROM main.life l
        WHERE l.thing = \(Thing.denial.rawValue) AND \(lives.condition);
      CREATE \(prefix) citation_now AS SELECT \(CitationColumns.texts("c")), \(certainty) FROM main.citation c\(counting)
        WHERE \(Lives.isCited("c", lives));

      """
        + now("judgement_now", .judgement) + now("alias_now", .alias) + now("source_now", .sourceData)
        + now("definition_now", .definition) + now("merging_now", .merging) + now("renaming_now", .renaming)
        + now("review_now", .review)
        + "CREATE \(prefix) entity_key AS \(Identity.keys(in: schema));\n"
  }
}
