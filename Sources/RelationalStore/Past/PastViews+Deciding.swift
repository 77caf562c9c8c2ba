internal import RegistryModel

/// Which statements are to be decided anew: those of cells in which something is decided now, or may have been then, and of
/// which something is otherwise. All else was then as it is.
extension PastViews {
  /// Fills `cell_then`: the cells of which some may have been decided otherwise. `?1` is the first day on which a source can
  /// have come out, `?2` the pairs of a property and a broader one.
  var cells: String {
    "INSERT OR IGNORE INTO temp.cell_then \(settled) UNION ALL \(dated)"
  }

  private static let kin = """
    kin(property, broader) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?2))
    """

  /// The cells in which something is decided now; where little is otherwise, the cells of that.
  private var settled: String {
    var (wasThere, hadBegun) = ("TRUE", "TRUE")
    if case .recorded(let changes) = difference {
      if changes.isLittle {
        let rows = """
          SELECT f.subject, f.property FROM main.fact f WHERE f.statement > \(changes.lastStatement)
          UNION SELECT f.subject, f.property FROM main.fact f
            WHERE f.statement IN (SELECT x.statement FROM temp.otherwise x)
          """
        return """
          SELECT * FROM (WITH \(Self.kin), other(subject, property) AS MATERIALIZED (\(rows))
            SELECT o.subject, o.property FROM other o
            UNION SELECT o.subject, k.property FROM other o CROSS JOIN kin k ON k.broader = o.property)
          """
      }
      wasThere = "f.subject <= \(changes.lastEntity)"
      hadBegun = "t.statement <= \(changes.lastStatement)"
    }
    return """
      SELECT f.subject, f.property FROM main.fact f WHERE \(Contested.condition(of: "f")) AND \(wasThere)
      UNION ALL SELECT f.subject, f.property FROM main.fact f
        WHERE f.statement IN (SELECT t.statement FROM main.timeline t WHERE \(hadBegun))
      """
  }

  /// The cells of what may be a plan by the sources that are left.
  private var dated: String {
    """
    SELECT f.subject, f.property FROM main.fact f WHERE f.statement IN (SELECT x.statement FROM temp.otherwise x)
      AND \(Self.isDated) AND ?2 IS ?2
    """
  }

  private static let isDated =
    "f.start_earliest > ?1 AND f.start_earliest < \(Day.distantFuture.number)"

  /// The rows that the rules are asked about.
  /// - Parameter narrow: a condition on `f`, of whom and what it is; `TRUE` for all.
  /// `?1` is the first day on which a source can have come out, `?2` the pairs of a property and a broader one.
  func undecided(where narrow: String) -> String {
    """
    WITH \(Self.kin), cell(subject, property) AS MATERIALIZED (
      SELECT f.subject, f.property FROM temp.cell_then f WHERE \(narrow) AND (EXISTS(SELECT 1 FROM main.fact o
          WHERE o.subject = f.subject AND o.property = f.property AND \(isOther("o")))
        OR f.property IN (SELECT k.property FROM kin k) AND EXISTS(SELECT 1 FROM kin k CROSS JOIN main.fact o
          ON o.subject = f.subject AND o.property = k.broader WHERE k.property = f.property AND \(isOther("o")))))
    SELECT f.statement FROM cell c CROSS JOIN main.fact f ON f.subject = c.subject AND f.property = c.property
      WHERE \(wasThere("f")) AND (f.timed OR \(Self.isDated) OR EXISTS(SELECT 1 FROM main.fact o
        WHERE o.subject = f.subject AND o.property = f.property AND \(Contested.condition(of: "o"))))
    \(ofRestated(narrow))
    """
  }

  /// What has a row beyond the last was not there.
  private func wasThere(_ row: String) -> String {
    guard case .recorded(let changes) = difference else { return "TRUE" }
    return "\(row).statement <= \(changes.lastStatement)"
  }

  /// Whether a statement was not there, or its sources were others.
  private func isOther(_ fact: String) -> String {
    switch difference {
    case .recorded(let changes):
      return """
        (\(fact).statement > \(changes.lastStatement)
          OR EXISTS(SELECT 1 FROM temp.otherwise x WHERE x.statement = \(fact).statement))
        """
    case .sources:
      return """
        (EXISTS(SELECT 1 FROM main.citation t WHERE t.statement = \(fact).statement
            AND t.source NOT IN (SELECT o.source FROM temp.standing o))
          OR NOT EXISTS(SELECT 1 FROM main.citation_now t WHERE t.statement = \(fact).statement))
        """
    }
  }

  /// All of whom something stood otherwise.
  private func ofRestated(_ narrow: String) -> String {
    guard hasRestated else { return "" }
    return """
      UNION SELECT f.statement FROM (SELECT DISTINCT \(Identity.counted("s.subject", in: "temp")) AS subject
          FROM main.statement s WHERE s.id IN (SELECT j.statement FROM temp.stood j)) o
        CROSS JOIN main.fact f ON f.subject = o.subject WHERE \(narrow)
      """
  }
}
