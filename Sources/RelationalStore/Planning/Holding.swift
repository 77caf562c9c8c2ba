internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Which facts a question looks at, as SQL: those that are chosen, or under `on D` those that hold on that date, of
/// figures the latest year up to it (`LatestFigures`).
///
/// A fact that stands alone holds by its own period; one that is `timed` by what the rules found (`timeline`). Either
/// holds only while what it is of, and its value, are there (`existence`).
struct Holding: Hashable {
  /// How sure it must be.
  enum Need: Hashable {
    case possible
    /// It certainly holds, and a source that says it was certainly out.
    case certain
    /// It certainly holds, whether the source was out or not.
    case dated
    /// A source that says it was certainly out.
    case evident

    var isOfDate: Bool { self == .certain || self == .dated }
    var isOfEvidence: Bool { self == .certain || self == .evident }
  }

  var scope: Scope
  /// The date; nil for all time.
  var date: PartialDate?
  /// The last day of which anything is known; nil where nobody asks.
  var today: Day?
  /// The properties whose values are figures of years.
  var yearly: [Key] = []
  /// The properties that say of a thing when it is there, and by what it is known: they hold whether it is there or not.
  var lasting: [Key] = Holding.timeless.sorted()
  var need = Need.possible
  /// Whether, of all time, what is only to come does not count.
  var leavesOutToCome = false

  init(scope: Scope, date: PartialDate?, yearly: [Key] = []) {
    self.scope = scope
    self.date = date
    self.yearly = yearly
  }

  init(_ scope: Scope, _ times: Times, _ rules: @autoclosure () throws(StoreProblem) -> SchemaRules)
    throws(StoreProblem)
  {
    self.scope = scope
    date = times.on
    today = times.today
    guard date != nil else { return }
    let rules = try rules()
    yearly = rules.yearly
    lasting = rules.marks.lasting
  }

  func needing(_ need: Need) -> Holding {
    var copy = self
    copy.need = need
    return copy
  }

  /// Of all time what is not only to come.
  var leavingOutToCome: Holding {
    var copy = self
    copy.leavesOutToCome = date == nil && today != nil
    return copy
  }

  /// The day asked for, where it is one and has come.
  var pastDay: Day? {
    guard let date, date.earliest == date.latest, today.map({ date.latest <= $0 }) ?? true else { return nil }
    return date.earliest
  }

  /// In words, how sure a row is of the date, nothing of what was passed over and does not hold; where no date was asked for,
  /// `possibly` of what is only to come, and else nothing.
  func certainty(_ row: String) -> String {
    guard date != nil else { return "CASE WHEN \(isToCome(row)) THEN 'possibly' END" }
    let certain = needing(.certain)
    // Only what is `timed`, and so has a time line, can be passed over (`isRival`).
    let isOver =
      "\(row).timed AND \(row).claimed AND NOT \(row).chosen AND NOT \(needing(.possible).holds(row))"
    return """
      CASE WHEN \(certain.holds(row))\(certain.evident(row)) THEN 'certainly' WHEN \(isOver) THEN NULL
        ELSE 'possibly' END
      """
  }

  func certainty(path: String, _ need: Need = .certain) -> String {
    guard date != nil else {
      guard today != nil else { return "NULL" }
      return """
        CASE WHEN EXISTS(SELECT 1 FROM json_each(\(path).statements) step
          CROSS JOIN \(scope.rawValue).fact s ON s.statement = step.value WHERE \(isToCome("s"))) THEN 'possibly' END
        """
    }
    return "CASE WHEN TRUE\(needing(need).condition(path: path)) THEN 'certainly' ELSE 'possibly' END"
  }

  /// Whether a claim speaks only of what is still to come (`Timeline.isToCome`). Under a date nothing does: what holds then is
  /// asked.
  func isToCome(_ row: String) -> String {
    guard date == nil, let today = today?.number else { return "FALSE" }
    let reasons = [Verdict.Reason.planned, .forecast].map { String($0.rawValue) }.joined(separator: ", ")
    return """
      CASE \(row).timed WHEN 0 THEN \(row).start_earliest > \(today)
        ELSE \(ViewSQL.isForecast(row)) OR EXISTS(SELECT 1 FROM \(scope.rawValue).timeline t
          WHERE t.statement = \(row).statement AND (t.reason IN (\(reasons))
            OR t.reason = \(Verdict.Reason.notBegun.rawValue) AND t.first <= \(today) AND t.last >= \(today))) END
      """
  }

  /// The condition that a fact counts, behind ` AND `: it is chosen, and holds on the date.
  func counts(_ fact: String) -> String {
    guard date != nil else {
      return " AND \(fact).chosen" + evident(fact) + (leavesOutToCome ? " AND NOT \(isToCome(fact))" : "")
    }
    return evident(fact) + " AND \(holds(fact))" + ofYear(fact)
  }

  /// The condition that a fact counts that says of no day when it holds.
  func countsAlways(_ fact: String) -> String { " AND \(fact).chosen" + evident(fact) }

  /// The condition on a row of `fact` that it is said of the date, behind ` AND `: it holds, or would if another one had
  /// not been chosen. Empty without a date.
  func condition(_ fact: String) -> String {
    guard let date else { return evident(fact) }
    return evident(fact) + " AND (\(holds(fact)) OR \(isRival(fact, days(date))))" + ofYear(fact)
  }

  /// Whether it was passed over for a rival, and its own period allows the date.
  private func isRival(_ fact: String, _ days: Days) -> String {
    let possible = needing(.possible)
    return """
      \(fact).timed AND \(fact).claimed AND NOT \(fact).chosen AND \(fact).rank >= 0
        AND \(possible.byOwnPeriod(fact, days)) AND \(possible.isThere("\(fact).subject", days))
      """
  }

  /// Of figures, those of the latest year.
  func ofYear(_ fact: String) -> String {
    guard let date, !yearly.isEmpty else { return "" }
    let last = date.latest.number
    let properties = yearly.map { SQL.quoted($0.text) }.joined(separator: ", ")
    return """
       AND (\(fact).figure IS NULL OR \(fact).property NOT IN (\(properties)) OR (\(fact).year <= \(last)
        AND NOT EXISTS(SELECT 1 FROM \(scope.rawValue).fact y WHERE y.figure = \(fact).figure
          AND y.year > \(fact).year AND y.year <= \(last) AND y.claimed AND y.rank >= 0)))
      """
  }

  // Types and names need no source. Of now all sources are out.
  func evident(_ fact: String) -> String {
    need.isOfEvidence && scope == .temp ? " AND \(fact).evidence != 1" : ""
  }

  /// The condition on a row of `group_path` that its every step holds, behind ` AND `; empty where every path counts.
  func condition(path: String) -> String {
    let condition = need.isOfEvidence && scope == .temp ? " AND \(path).evidence = 2" : ""
    guard let date else { return condition }
    return condition + """
       AND \(path).start_earliest <= \(date.latest.number) AND \(path).end_latest >= \(date.earliest.number)
        AND NOT EXISTS(SELECT 1 FROM json_each(\(path).statements) step
          CROSS JOIN \(scope.rawValue).fact s ON s.statement = step.value WHERE NOT (\(holds("s"))))
      """
  }

  // MARK: The date

  /// Days are numbers and go into the text: what a date needs is the same everywhere in a query.
  private struct Days {
    var first: Int64
    var last: Int64
    /// Whether all of it lies after today.
    var isFuture: Bool
  }

  private func days(_ date: PartialDate) -> Days {
    var (first, last) = (date.earliest.number, date.latest.number)
    if first > last { swap(&first, &last) }
    guard let today = today?.number else { return Days(first: first, last: last, isFuture: false) }
    if first > today { return Days(first: first, last: last, isFuture: true) }
    return Days(first: first, last: min(last, today), isFuture: false)
  }

  private func holds(_ fact: String) -> String {
    guard let date else { return "TRUE" }
    let days = days(date)
    let timed = onTimeline(fact, days)
    let names = lasting.map { SQL.quoted($0.text) }.joined(separator: ", ")
    return """
      (\(fact).property IN ('name', 'type')
        OR CASE \(fact).timed WHEN 0 THEN (\(fact).chosen OR \(fact).denied) AND \(byOwnPeriod(fact, days)) ELSE \(timed) END
        AND (\(fact).property IN (\(names)) OR \(isThere("\(fact).subject", days))
          AND (\(fact).object IS NULL OR \(isThere("\(fact).object", days, isValue: true)))))
      """
  }

  /// The rules of `CellTimelines.alone`.
  private func byOwnPeriod(_ row: String, _ days: Days) -> String {
    guard need.isOfDate else {
      return "\(row).start_earliest <= \(days.last) AND \(row).end_latest >= \(days.first)"
    }
    let (past, future) = (Day.distantPast.number, Day.distantFuture.number)
    let reaches = "\(row).end_earliest >= \(days.last)"
    let isOpen = "\(row).end_latest = \(future)"
    var certain: String
    if days.isFuture {
      // Of the time to come only what is stated is certain: to its end, or else to the day it was seen last. What only began
      // reaches for ever by its bounds, and so does what is said to last through a time without an end.
      certain = """
        \(reaches) AND (\(row).end_earliest < \(future) OR \(ViewSQL.validity(of: row, ["%through %"])))
        """
      if days.first == days.last {
        // The day on which it begins, or by which it had begun when it was seen last, is stated too.
        certain += """
           OR \(row).start_latest = \(days.first) AND (\(row).start_earliest = \(days.first)
            OR \(isOpen) AND \(ViewSQL.validity(of: row, [ViewSQL.seenSinceStart])))
          """
      }
    } else {
      // Begun or seen, it goes on; a figure that was only seen is of its day.
      certain = """
        \(reaches) OR \(isOpen) AND CASE \(row).kind WHEN \(ValueKind.quantity.rawValue)
          THEN \(ViewSQL.validity(of: row, [ViewSQL.seenSinceStart]))
          ELSE \(ViewSQL.validity(of: row, [ViewSQL.seenSinceStart, ViewSQL.onlySeen])) END
        """
    }
    // What is a date is when something was; where no period is said of it, it is so on every day.
    let isDate =
      "\(row).kind = \(ValueKind.date.rawValue) AND \(row).start_earliest = \(past)"
      + " AND \(row).start_latest = \(future) AND \(row).end_earliest = \(past) AND \(isOpen)"
    return "(\(row).start_latest <= \(days.first) AND (\(certain)) OR \(isDate))"
  }

  private func onTimeline(_ fact: String, _ days: Days) -> String {
    let stretches = """
      SELECT 1 FROM \(scope.rawValue).timeline t WHERE t.statement = \(fact).statement AND t.first <= \(days.last)
        AND t.last >= \(days.first) AND t.sureness
      """
    guard need.isOfDate else { return "EXISTS(\(stretches) >= \(Verdict.Sureness.possibly.rawValue))" }
    let least = days.isFuture ? Verdict.Sureness.stated : .goingOn
    return "NOT EXISTS(\(stretches) < \(least.rawValue))"
  }

  /// Whether an entity is there on the date; of one that is said to be, time to come is no doubt. A value of which nobody
  /// says when it began is there, since something is said of it.
  private func isThere(_ entity: String, _ days: Days, isValue: Bool = false) -> String {
    let sureness =
      isValue
      ? "CASE x.reason WHEN \(Verdict.Reason.unstated.rawValue) THEN \(Verdict.Sureness.goingOn.rawValue) ELSE x.sureness END"
      : "x.sureness"
    let stretches = """
      SELECT 1 FROM \(scope.rawValue).existence x WHERE x.entity = \(entity) AND x.first <= \(days.last)
        AND x.last >= \(days.first) AND \(sureness)
      """
    guard need.isOfDate else {
      return """
        (NOT EXISTS(\(stretches) = \(Verdict.Sureness.no.rawValue))
          OR EXISTS(\(stretches) >= \(Verdict.Sureness.possibly.rawValue)))
        """
    }
    return "NOT EXISTS(\(stretches) < \(Verdict.Sureness.goingOn.rawValue))"
  }

  /// Properties whose values are of no time.
  static let timeless: Set<Key> = [BuiltIn.name, BuiltIn.type]

  /// Whether an entity is there, for a list of those that are: of the time to come nobody knows, unless something is
  /// stated of it that is asked for.
  func existence(_ entity: String, restsOnStatements: Bool) -> String {
    guard let date else { return "TRUE" }
    let days = days(date)
    if days.isFuture, need.isOfDate, !restsOnStatements { return "FALSE" }
    return isThere(entity, days)
  }
}
