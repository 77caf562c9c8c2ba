/// The parts that the views' queries are made of.
enum ViewSQL {
  /// The day of a bound, nothing where it is open.
  static func day(_ column: String) -> String {
    "CASE WHEN abs(\(column)) < 3000000 THEN date(\(column) * 86400, 'unixepoch') END"
  }

  /// The value of a fact in words: a key, a text, a number with its unit.
  static func value(_ fact: String) -> String {
    "CASE \(fact).kind WHEN 4 THEN 'unknown' WHEN 5 THEN 'none' ELSE \(fact).text END"
  }

  /// The value of a qualifier in words, as that of a fact.
  static func qualifierValue(_ qualifier: String) -> String {
    """
    CASE \(qualifier).kind WHEN 0 THEN (SELECT o.key FROM @.entity_key o WHERE o.id = \(qualifier).object)
      WHEN 4 THEN 'unknown' WHEN 5 THEN 'none' ELSE \(qualifier).text END
    """
  }

  /// The types under one, itself included.
  static func under(_ type: String) -> String { closure(of: type, kind: "type") }

  /// The properties that narrow one, itself included.
  static func narrower(_ property: String) -> String { closure(of: property, kind: "property") }

  private static func closure(of key: String, kind: String) -> String {
    """
    (WITH RECURSIVE under(key) AS (SELECT '\(key)' UNION SELECT d.key FROM @.definition_now d
        JOIN under ON d.parent = under.key WHERE d.kind = '\(kind)') SELECT key FROM under)
    """
  }

  /// The chosen value of a property of `e`, in words; of several, the one recorded first.
  static func chosen(_ property: String) -> String {
    """
    (SELECT \(value("f")) FROM @.fact f WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen
      ORDER BY f.recorded, f.statement LIMIT 1)
    """
  }

  /// All chosen values of a property of `e`, joined by commas.
  static func list(_ property: String) -> String {
    """
    (SELECT group_concat(v, ', ') FROM (SELECT DISTINCT \(value("f")) AS v FROM @.fact f
      WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen ORDER BY v))
    """
  }

  /// A column of the content of the chosen value of a property of `e`.
  static func content(_ property: String, _ column: String) -> String {
    """
    (SELECT s.\(column) FROM @.fact f JOIN main.statement s ON s.id = f.statement
      WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen ORDER BY f.recorded, f.statement LIMIT 1)
    """
  }

  /// A qualifier of `f`, in words.
  static func qualifier(_ property: String) -> String {
    """
    (SELECT group_concat(\(qualifierValue("q")), ', ') FROM main.qualifier q
      WHERE q.statement = f.statement AND q.property = '\(property)')
    """
  }
}
