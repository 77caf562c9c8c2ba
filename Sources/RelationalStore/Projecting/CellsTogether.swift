internal import RegistryModel
internal import RegistryRules

/// How facts `f` of some cells are found to stand against others: what is said in these cells is read once, and not for each
/// of the facts, of which one cell can have very many.
///
/// Which properties narrow which others is in `kin`, and `?5` lists those of which something bounds others.
struct CellsTogether {
  let scope: Scope
  let looked: FactsLookedAt
  /// Whether something may bound others.
  let hasBounds: Bool

  /// What stands in front of the question: the values that are named more than once, the cells, and the values there that bound
  /// others. SQLite is told that the cells are few: else it reads the whole table first, for a filter of what it has.
  var tables: String {
    let facts = "\(scope.rawValue).fact o"
    let naming = looked.cells(in: scope, where: "object IS NOT NULL").map {
      "(\($0)) c CROSS JOIN \(facts) ON o.subject = c.subject AND o.property = c.property"
    }
    var tables = """
      ,
      named_twice(subject, property, object) AS MATERIALIZED (
        SELECT o.subject, o.property, o.object FROM \(naming ?? facts)
        WHERE o.object IS NOT NULL AND o.kind = \(ValueKind.entity.rawValue) AND o.chosen IN (0, 1)
        GROUP BY o.property, o.object, o.subject HAVING count(*) > 1)
      """
    guard hasBounds else { return tables }
    let bounding = "\(Facts.only(.bounding, in: scope)) o"
    var source = bounding
    if let cells = looked.cells(in: scope) {
      tables += ",\ncells(subject, property) AS MATERIALIZED (\(cells))"
      source = """
        (SELECT c.subject AS subject, c.property AS property FROM cells c
            WHERE ?5 IS NULL OR c.property IN (SELECT value FROM json_each(?5))
          UNION SELECT c.subject, k.broader FROM cells c CROSS JOIN kin k ON k.property = c.property) c
          CROSS JOIN \(bounding) ON likelihood(+c.subject > 0, 0.00001) AND o.subject = c.subject AND o.property = c.property
        """
    }
    tables += """
      ,
      bounds(subject, property, whole, object, text, many) AS MATERIALIZED (
        SELECT o.subject, o.property, o.kind = \(ValueKind.none.rawValue), \(Self.value(of: "o")), count(*)
        FROM \(source) GROUP BY 1, 2, 3, 4, 5)
      """
    return tables
  }

  /// Whether another statement names the same.
  var isNamedTwice: String {
    "f.object IS NOT NULL AND (f.subject, f.property, f.object) IN (SELECT subject, property, object FROM named_twice)"
  }

  /// Whether another statement of the same property bounds it; one that bounds is among those that do.
  var isBounded: String {
    """
    (f.subject, f.property) IN (SELECT subject, property FROM bounds WHERE whole)
      OR (f.subject, f.property, \(Self.value(of: "f"))) IN (
        SELECT subject, property, object, text FROM bounds WHERE many > 1)
      OR NOT \(Facts.Part.bounding.condition(in: .temp, "f"))
        AND (f.subject, f.property, \(Self.value(of: "f"))) IN (SELECT subject, property, object, text FROM bounds)
    """
  }

  /// Whether one of a broader property does.
  var isBoundedByBroader: String {
    """
    f.property IN (SELECT property FROM kin) AND EXISTS(SELECT 1 FROM kin k WHERE k.property = f.property
      AND ((f.subject, k.broader) IN (SELECT subject, property FROM bounds WHERE whole)
        OR (f.subject, k.broader, \(Self.value(of: "f"))) IN (SELECT subject, property, object, text FROM bounds)))
    """
  }

  private static func value(of fact: String) -> String {
    "coalesce(\(fact).object, 0), coalesce(\(fact).text, '')"
  }
}
