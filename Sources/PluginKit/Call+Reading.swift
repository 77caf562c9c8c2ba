import CEntentePlugin

extension Call {
  /// The rows of a relation, read as they are iterated, with these columns.
  ///
  /// - Parameters:
  ///   - relation: a view of `sql`: `memberships`, `initiatives`, `commitments`, `figures` …; `entente_plugin.h` lists
  ///     them with their columns.
  ///   - filters: the values that a column may have; rows with others are left out by the host.
  ///   - conditions: what else all rows must have.
  ///   - times: as of when, where that is not as of when the analysis is asked.
  public func rows(
    of relation: String, columns: [String], where filters: [String: [Datum]] = [:],
    _ conditions: Condition..., at times: ReadTimes = .ofCall
  ) throws -> Rows {
    try rows(of: relation, columns: columns, where: filters, conditions: conditions, at: times)
  }

  /// The same, of conditions in a list.
  public func rows(
    of relation: String, columns: [String], where filters: [String: [Datum]], conditions: [Condition],
    at times: ReadTimes = .ofCall
  ) throws -> Rows {
    Rows(
      host: host, call: call, cursor: try open(relation, columns, filters, conditions, times),
      columns: columns)
  }

  private func open(
    _ relation: String, _ columns: [String], _ filters: [String: [Datum]], _ conditions: [Condition],
    _ times: ReadTimes
  ) throws -> OpaquePointer {
    var memory = Arena()
    var query = entente_query()
    query.size = UInt64(MemoryLayout<entente_query>.size)
    query.relation = memory.text(relation)
    let columns = columns.map { memory.text($0) }
    let filters = filters.sorted { $0.key < $1.key }.map { column, values in
      let name = memory.text(column)
      let list = memory.list(values)
      return entente_filter(column: name, values: list.cells, count: list.count)
    }
    let conditions = conditions.map { condition in
      let name = memory.text(condition.column)
      let list = memory.list(condition.values)
      return entente_condition(
        column: name, comparison: condition.comparison.rawValue, flags: 0, values: list.cells,
        count: list.count)
    }
    times.write(to: &query, &memory)
    var cursor: OpaquePointer?
    let status = columns.withUnsafeBufferPointer { columns in
      filters.withUnsafeBufferPointer { filters in
        conditions.withUnsafeBufferPointer { conditions in
          query.columns = columns.baseAddress
          query.column_count = UInt64(columns.count)
          query.filters = filters.baseAddress
          query.filter_count = UInt64(filters.count)
          query.conditions = conditions.baseAddress
          query.condition_count = UInt64(conditions.count)
          return host.pointee.open(call, &query, &cursor)
        }
      }
    }
    try check(status)
    guard let cursor else { throw CallEnded(status: Int32(ENTENTE_FAILED)) }
    return cursor
  }
}

/// What the rows of a relation must have in a column.
public struct Condition: Hashable, Sendable {
  enum Comparison: UInt32, Sendable { case isIn, isNotIn, isAtLeast, isAtMost, isAbove, isBelow }

  let column: String
  let comparison: Comparison
  let values: [Datum]

  /// It has one of these values; ``Datum/empty`` is among them where nothing stated will do.
  public static func isIn(_ column: String, _ values: [Datum]) -> Condition {
    Condition(column: column, comparison: .isIn, values: values)
  }
  /// It has none of these values: all rows but those of ``isIn(_:_:)``, also those where nothing is stated.
  public static func isNotIn(_ column: String, _ values: [Datum]) -> Condition {
    Condition(column: column, comparison: .isNotIn, values: values)
  }
  /// It is this or more; of dates, it can be. Where nothing is stated, it is not.
  public static func isAtLeast(_ column: String, _ value: Datum) -> Condition {
    Condition(column: column, comparison: .isAtLeast, values: [value])
  }
  /// It is this or less; of dates, it can be.
  public static func isAtMost(_ column: String, _ value: Datum) -> Condition {
    Condition(column: column, comparison: .isAtMost, values: [value])
  }
  /// It is more than this; of dates, it can be later.
  public static func isAbove(_ column: String, _ value: Datum) -> Condition {
    Condition(column: column, comparison: .isAbove, values: [value])
  }
  /// It is less than this; of dates, it can be earlier.
  public static func isBelow(_ column: String, _ value: Datum) -> Condition {
    Condition(column: column, comparison: .isBelow, values: [value])
  }
}

/// As of when a relation is read: by the times of the call, but for those that are said here.
public struct ReadTimes: Hashable, Sendable {
  /// A time of its own; nothing for all that there is.
  private struct Own: Hashable, Sendable { var text: String? }
  private var on: Own?
  private var published: Own?
  private var recorded: Own?

  /// The times that the user asked for.
  public static let ofCall = ReadTimes()

  /// What held on a date in EDTF; of nothing, of all time.
  public static func on(_ date: String?) -> ReadTimes { ofCall.on(date) }
  /// What the sources that were out by a date said; of nothing, all sources.
  public static func publishedBy(_ date: String?) -> ReadTimes { ofCall.publishedBy(date) }
  /// What the registry contained at `t12` or by a date; of nothing, now.
  public static func recordedBy(_ point: String?) -> ReadTimes { ofCall.recordedBy(point) }

  /// The same on a date in EDTF, or of all time.
  public func on(_ date: String?) -> ReadTimes {
    var copy = self
    copy.on = Own(text: date)
    return copy
  }
  /// The same by the sources that were out by a date, or by all.
  public func publishedBy(_ date: String?) -> ReadTimes {
    var copy = self
    copy.published = Own(text: date)
    return copy
  }
  /// The same as the registry was at `t12` or by a date, or is now.
  public func recordedBy(_ point: String?) -> ReadTimes {
    var copy = self
    copy.recorded = Own(text: point)
    return copy
  }

  /// Whether it is asked what held on a date.
  func hasDate(in moment: Moment) -> Bool { on.map { $0.text != nil } ?? (moment.on != nil) }

  func write(to query: inout entente_query, _ memory: inout Arena) {
    func cell(_ text: String?) -> entente_cell {
      // Which days it can mean, the host reads from the text.
      let date = text.map { Datum.date(DateValue(edtf: $0, firstDay: 0, lastDay: 0)) } ?? .empty
      return date.cell(in: &memory)
    }
    if let on {
      query.own_times |= UInt32(ENTENTE_OWN_ON)
      query.on = cell(on.text)
    }
    if let published {
      query.own_times |= UInt32(ENTENTE_OWN_PUBLISHED_BY)
      query.published_by = cell(published.text)
    }
    if let recorded {
      query.own_times |= UInt32(ENTENTE_OWN_RECORDED_BY)
      query.recorded_by = memory.text(recorded.text ?? "")
    }
  }
}
