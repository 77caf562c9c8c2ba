internal import RegistryModel
internal import RegistryStore

/// Which facts a question looks at: those that hold on a date, of figures the latest year up to it (``LatestFigures``).
struct Holding: Hashable {
  /// How sure it must be.
  enum Need: Hashable {
    case possible
    /// The period certainly covers the date.
    case certain
    /// A source that says it was certainly out.
    case evident
  }

  var scope: Scope
  /// The date; nothing for all time.
  var date: PartialDate?
  /// The properties whose values are figures of years.
  var yearly: [Key]
  var need = Need.possible

  /// In words, how sure a row is of the date: nothing where no date was asked for.
  func certainty(_ row: String) -> String {
    guard let date else { return "NULL" }
    return "CASE WHEN \(needing(.certain).bounds(row, date)) THEN 'certainly' ELSE 'possibly' END"
  }

  func needing(_ need: Need) -> Holding {
    var copy = self
    copy.need = need
    return copy
  }

  /// The condition on a row of `fact`, behind ` AND `; empty where every fact counts.
  func condition(_ fact: String) -> String {
    // Types and names need no source.
    var condition = need == .evident ? " AND \(fact).evidence != 1" : ""
    guard let date else { return condition }
    condition += " AND " + bounds(fact, date)
    guard !yearly.isEmpty else { return condition }
    let last = date.latest.number
    let properties = yearly.map { SQL.quoted($0.text) }.joined(separator: ", ")
    return condition + """
       AND (\(fact).figure IS NULL OR \(fact).property NOT IN (\(properties)) OR (\(fact).year <= \(last)
        AND NOT EXISTS(SELECT 1 FROM \(scope.rawValue).fact y WHERE y.figure = \(fact).figure
          AND y.year > \(fact).year AND y.year <= \(last) AND y.claimed AND y.rank >= 0)))
      """
  }

  /// The condition on a row of `group_path`, behind ` AND `; empty where every path counts.
  func condition(path: String) -> String {
    let condition = need == .evident ? " AND \(path).evidence = 2" : ""
    return date.map { condition + " AND " + bounds(path, $0) } ?? condition
  }

  /// Whether a period covers the date. Days are numbers and go into the text: what a date needs is the same
  /// everywhere in a query.
  private func bounds(_ row: String, _ date: PartialDate) -> String {
    let (first, last) = (date.earliest.number, date.latest.number)
    return need == .certain
      ? "\(row).start_latest <= \(first) AND \(row).end_earliest >= \(last)"
      : "\(row).start_earliest <= \(last) AND \(row).end_latest >= \(first)"
  }
}
