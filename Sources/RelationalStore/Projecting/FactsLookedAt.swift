internal import RegistryModel
internal import RegistryRules

/// Which facts are looked at to find those of which there is something to decide.
enum FactsLookedAt {
  case all
  case cells(Set<Dirty.Cell>)
  case entities([Int64])
  /// Of statements that were recorded one behind the other.
  case rows(ClosedRange<Int64>)
  case statements([Int64])
  /// Those of another time at which most is as it is now: what is decided today, what may be a plan by the sources that are
  /// left, and all that is said of those of whom some statements have changed.
  case likeNow(changed: Set<Int64>)

  /// The facts `f`, with an open condition; `?2` is the ``argument``.
  func facts(in scope: Scope) -> String {
    let name = scope.rawValue
    switch self {
    case .all: return "\(Facts.all(in: scope)) f WHERE TRUE"
    case .cells:
      return """
        json_each(?2) j CROSS JOIN \(name).fact f
          ON f.subject = json_extract(j.value, '$[0]') AND f.property = json_extract(j.value, '$[1]') WHERE TRUE
        """
    case .entities: return "json_each(?2) j CROSS JOIN \(name).fact f ON f.subject = j.value WHERE TRUE"
    case .statements: return "json_each(?2) j CROSS JOIN \(name).fact f ON f.statement = j.value WHERE TRUE"
    case .rows:
      return
        "\(Facts.all(in: scope)) f WHERE f.statement BETWEEN json_extract(?2, '$[0]') AND json_extract(?2, '$[1]')"
    case .likeNow:
      return """
        temp.fact f WHERE f.statement IN (
          SELECT m.statement FROM \(Facts.all(in: .main)) m
            WHERE m.timed OR m.start_earliest > ?4 AND m.start_earliest < \(Day.distantFuture.number)
          UNION SELECT m.statement FROM (
            SELECT DISTINCT c.subject, c.property FROM \(Facts.only(.contested, in: .main)) c) o
            CROSS JOIN main.fact m ON m.subject = o.subject AND m.property = o.property
          UNION SELECT t.statement FROM (
            SELECT DISTINCT \(Identity.counted(RecordedAs.subject("s"), in: "temp")) AS subject FROM json_each(?2) j
              CROSS JOIN main.statement s ON s.id = j.value) o CROSS JOIN temp.fact t ON t.subject = o.subject)
        """
    }
  }

  var argument: SQL {
    switch self {
    case .all: .null
    case .cells(let cells): .list(cells)
    case .entities(let entities): .list(entities)
    case .rows(let rows): .list([rows.lowerBound, rows.upperBound])
    case .statements(let statements): .list(statements)
    case .likeNow(let changed): .list(changed.sorted())
    }
  }

  /// The subjects and properties of their cells, each once; nothing of all.
  /// - Parameter condition: may leave out cells that have no fact of which it is so.
  func cells(in scope: Scope, where condition: String? = nil) -> String? {
    func narrow(_ row: String) -> String { condition.map { " AND \(row).\($0)" } ?? "" }
    switch self {
    case .all, .likeNow, .statements: return nil
    case .cells:
      return
        "SELECT json_extract(j.value, '$[0]') AS subject, json_extract(j.value, '$[1]') AS property FROM json_each(?2) j"
    case .entities:
      return
        "SELECT DISTINCT f.subject, f.property FROM json_each(?2) j CROSS JOIN \(scope.rawValue).fact f ON f.subject = j.value\(narrow("f"))"
    case .rows:
      return """
        SELECT DISTINCT s.subject, s.property FROM main.statement s NOT INDEXED
          WHERE s.id BETWEEN json_extract(?2, '$[0]') AND json_extract(?2, '$[1]')\(narrow("s"))
        """
    }
  }

  /// Whether what is said in their cells is read together. Of a few statements, and of another time as a whole, each of which more
  /// is to be asked is looked for by itself, by the indexes that there are.
  func areTogether(in scope: Scope, areMany: Bool) -> Bool {
    switch self {
    case .all: scope == .main
    case .rows: areMany
    case .likeNow, .statements: false
    case .cells, .entities: true
    }
  }
}
