internal import RegistryModel

/// In what order things stand of which there are several. It follows from what they say alone, never from when they were
/// recorded: a registry that is made of a dump shows everything in the same order.
enum FactOrder {
  /// What is said of one property of one entity: by its beginning, what has none last, by the entities that are its values,
  /// by qualifiers, by what else its values are, and by its end.
  /// - Parameters:
  ///   - fact: a row of `fact`.
  ///   - statement: its statement.
  ///   - keys: the table of what entities are called.
  static func inCell(_ fact: String, _ statement: String, keys: String) -> String {
    """
    \(fact).start_earliest = \(Day.distantPast.number), \(fact).start_earliest,
      CASE WHEN \(fact).object IS NOT NULL THEN lower(\(fact).text) END,
      CASE WHEN \(statement).qualifiers > 0 THEN (SELECT group_concat(
        q.property || ' ' || coalesce((SELECT k.key FROM \(keys) k WHERE k.id = q.object), q.text, ''), ', ')
        FROM main.qualifier q WHERE q.statement = \(statement).id) END,
      \(fact).low_key, \(fact).text, \(fact).end_latest, \(statement).digest
    """
  }

  /// Where one of several is told: what began last, and of dates and figures the first.
  static func told(_ fact: String) -> String {
    "\(fact).start_earliest DESC, \(fact).low_key, \(fact).text, \(content(fact))"
  }

  /// Of several names, behind their ranks: one that has not ended, of those the last that began, and of those the fullest.
  static func name(_ fact: String) -> String {
    "\(fact).end_latest < \(Day.distantFuture.number), \(fact).start_earliest DESC, length(\(fact).text) DESC, "
      + content(fact)
  }

  /// By the digest of its content, which parts what nothing else does.
  static func content(_ fact: String) -> String {
    "(SELECT c.digest FROM main.statement c WHERE c.id = \(fact).statement)"
  }
}
