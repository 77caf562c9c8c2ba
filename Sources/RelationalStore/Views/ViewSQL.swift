internal import RegistryModel

/// The parts that the views' queries are made of.
enum ViewSQL {
  /// The day of a bound, nothing where it is open.
  static func day(_ column: String) -> String {
    "CASE WHEN abs(\(column)) < 3000000 THEN date(\(column) * 86400, 'unixepoch') END"
  }

  /// The value of a fact in words: a key, a text, a number with its unit.
  static func value(_ fact: String) -> String {
    text("CASE \(fact).kind WHEN 4 THEN 'unknown' WHEN 5 THEN 'none' ELSE \(fact).text END")
  }

  /// What is computed, as a text: without being told, SQLite makes no index of it where a query joins by it.
  static func text(_ expression: String) -> String { "CAST(\(expression) AS TEXT)" }

  /// The value of a qualifier in words, as that of a fact.
  static func qualifierValue(_ qualifier: String) -> String {
    """
    CAST(CASE \(qualifier).kind WHEN 0 THEN (SELECT o.key FROM @.entity_key o WHERE o.id = \(qualifier).object)
      WHEN 4 THEN 'unknown' WHEN 5 THEN 'none' ELSE \(qualifier).text END AS TEXT)
    """
  }

  /// The types under one, itself included; ``ViewedAs`` says which they are.
  static func under(_ type: String) -> String { "{types under \(type)}" }

  /// The properties that narrow one, itself included.
  static func narrower(_ property: String) -> String { "{properties under \(property)}" }

  /// The order in which one of several is told: what began last, and what is only to come where nothing else is said.
  private static let told = "f.to_come, \(FactOrder.told("f"))"

  /// The chosen value of a property of `e`, in words; of several, that which began last, and not what is only to come.
  static func chosen(_ property: String) -> String {
    """
    (SELECT \(value("f")) FROM @.fact f WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen
      ORDER BY \(told) LIMIT 1)
    """
  }

  /// All chosen values of a property of `e`, joined by commas.
  static func list(_ property: String) -> String {
    """
    (SELECT CAST(group_concat(v, ', ') AS TEXT) FROM (SELECT DISTINCT \(value("f")) AS v FROM @.fact f
      WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen ORDER BY v))
    """
  }

  /// A column of the content of the chosen value of a property of `e`.
  static func content(_ property: String, _ column: String) -> String {
    """
    (SELECT s.\(column) FROM @.fact f JOIN main.statement s ON s.id = f.statement
      WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen ORDER BY \(told) LIMIT 1)
    """
  }

  /// A qualifier of `f`, in words.
  static func qualifier(_ property: String) -> String {
    """
    (SELECT CAST(group_concat(\(qualifierValue("q")), ', ') AS TEXT) FROM main.qualifier q
      WHERE q.statement = f.statement AND q.property = '\(property)')
    """
  }

  /// A column of the chosen value of a property of `e`.
  static func factOfChosen(_ property: String, _ column: String) -> String {
    """
    (SELECT \(column) FROM @.fact f WHERE f.subject = e.id AND f.property = '\(property)' AND f.chosen
      ORDER BY \(told) LIMIT 1)
    """
  }

  /// The four bounds of a period, as days.
  static func days(_ bound: (String) -> String) -> String {
    ["start_earliest", "start_latest", "end_earliest", "end_latest"]
      .map { "\(day(bound($0))) AS \($0)" }.joined(separator: ", ")
  }

  static func days(_ row: String) -> String { days { "\(row).\($0)" } }

  /// Of what is seen on a day, how its period is written: `on D`, and `from … still on D`.
  static let (onlySeen, seenSinceStart) = ("on %", "% still on %")

  /// The day to which a statement was seen going on.
  static func lastSeen(_ fact: String, _ statement: String) -> String {
    """
    CASE WHEN \(statement).validity LIKE '\(onlySeen)' OR \(statement).validity LIKE '\(seenSinceStart)'
      THEN \(day("\(fact).end_earliest")) END
    """
  }

  /// Whether the period of a fact is written in one of some ways, where its bounds do not tell them apart.
  static func validity(of fact: String, _ patterns: [String]) -> String {
    let isAny = patterns.map { "z.validity LIKE '\($0)'" }.joined(separator: " OR ")
    return "EXISTS(SELECT 1 FROM main.statement z WHERE z.id = \(fact).statement AND (\(isAny)))"
  }

  /// How many sources claim a fact, or deny it where none claims it.
  static func sources(_ fact: String) -> String {
    """
    (SELECT count(DISTINCT k.target) FROM @.citation_now c JOIN @.entity_key k ON k.id = c.source
      WHERE c.statement = \(fact).statement AND c.stance = CASE WHEN \(fact).claimed THEN 'claims' ELSE 'denies' END)
    """
  }

  /// The sources that claim a fact, or deny it where none claims it.
  static func cited(_ fact: String) -> String {
    let stance = "CASE WHEN \(fact).claimed THEN 'claims' ELSE 'denies' END"
    let keys = """
      SELECT k.key AS k FROM @.citation_now c JOIN @.entity_key k ON k.id = c.source
        WHERE c.statement = \(fact).statement AND c.stance = \(stance)
      """
    return """
      CASE WHEN \(isCitedOnce("\(fact).statement")) THEN (\(keys)) ELSE
        (SELECT CAST(group_concat(k, ', ') AS TEXT) FROM (SELECT DISTINCT k FROM (\(keys)) ORDER BY k)) END
      """
  }

  /// Whether nothing but one citation of a statement was ever recorded: whoever counts more looks at which of them stand.
  static func isCitedOnce(_ statement: String) -> String {
    "(SELECT count(*) FROM main.citation x WHERE x.statement = \(statement)) = 1"
  }

  /// A fact's rank among its rivals, in words.
  static func rank(_ fact: String) -> String {
    "CASE WHEN \(fact).rank > 0 THEN 'preferred' WHEN \(fact).rank < 0 THEN 'deprecated' ELSE 'normal' END"
  }

  /// Whether a statement is of what is to come.
  static func forecast(_ fact: String, _ statement: String) -> String {
    """
    coalesce(\(statement).forecast, 0) OR EXISTS(SELECT 1 FROM main.qualifier q
      WHERE q.statement = \(fact).statement AND q.property = '\(BuiltIn.forecast)')
    """
  }

  /// The same, of a fact whose statement is not at hand.
  static func isForecast(_ fact: String) -> String {
    "EXISTS(SELECT 1 FROM main.statement z WHERE z.id = \(fact).statement AND (\(forecast(fact, "z"))))"
  }

  /// Who a citation goes back to, as `StatementRecord.origins` has it: the speaker, or the source as it counts.
  static func origin(_ citation: String) -> String {
    """
    coalesce(folded(\(citation).via), char(1) || (SELECT k.target FROM @.entity_key k WHERE k.id = \(citation).source))
    """
  }
}
