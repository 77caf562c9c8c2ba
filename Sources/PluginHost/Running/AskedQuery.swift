import CEntentePlugin
import FoundationEssentials
import RegistryModel
import RegistryStore

/// A query as a plugin asks it, nothing of it checked yet.
struct AskedQuery {
  /// How many columns or filters can be asked for, and how many values all its filters may name.
  static let (most, mostValues) = (1000, 1_000_000)

  /// A condition on a column.
  struct Condition {
    var column: String?
    var comparison: UInt32
    var values: [Cell]
  }

  var relation: String?
  var columns: [String?]
  var filters: [(column: String?, values: [Cell])]
  var conditions: [Condition] = []
  /// Which of the times below are its own.
  var ownTimes: UInt32 = 0
  var on = Cell.empty
  var publishedBy = Cell.empty
  var recordedBy: String?

  /// The query, with names that are those of a relation and its columns.
  func checked() throws(PluginProblem) -> PluginQuery {
    guard let name = relation else { throw .misuse("it gave a relation's name that is no UTF-8") }
    guard let relation = Relation.named(name) else { throw .relationUnknown(name) }
    guard (1...relation.columns.count).contains(columns.count) else {
      throw .misuse("it asked for \(columns.count) columns of `\(name)`, which has \(relation.columns.count)")
    }
    var query = PluginQuery(relation: relation, columns: [], filters: [])
    for column in columns { query.columns.append(try known(column, in: relation)) }
    for filter in filters {
      query.filters.append(
        RelationQuery.Filter(column: try known(filter.column, in: relation), values: filter.values))
    }
    for condition in conditions { query.filters.append(try checked(condition, in: relation)) }
    query.times = try times(of: name)
    return query
  }

  private func known(_ name: String?, in relation: Relation) throws(PluginProblem) -> Relation.Column {
    guard let name else { throw .misuse("it gave a column's name that is no UTF-8") }
    guard let column = relation.column(name) else { throw .relationColumnUnknown(relation, name) }
    return column
  }

  private func checked(
    _ condition: Condition, in relation: Relation
  ) throws(PluginProblem) -> RelationQuery.Filter {
    let column = try known(condition.column, in: relation)
    guard let comparison = RelationQuery.Comparison(number: condition.comparison) else {
      throw .misuse("it compared `\(column.name)` in a way that is not known: \(condition.comparison)")
    }
    if ![.isIn, .isNotIn].contains(comparison) {
      guard condition.values.count == 1, condition.values[0].canBound(column.kind) else {
        throw .misuse(
          "it compared `\(relation.name).\(column.name)` with what gives no bound: one \(column.kind.rawValue) does"
        )
      }
    }
    return RelationQuery.Filter(column: column, comparison: comparison, values: condition.values)
  }

  // MARK: Times

  private func times(of relation: String) throws(PluginProblem) -> OwnTimes {
    var times = OwnTimes()
    func isOwn(_ bit: Int) -> Bool { ownTimes & UInt32(bit) != 0 }
    if isOwn(ENTENTE_OWN_ON) { times.on = .own(try date(on, relation)) }
    if isOwn(ENTENTE_OWN_PUBLISHED_BY) { times.published = .own(try date(publishedBy, relation)) }
    if isOwn(ENTENTE_OWN_RECORDED_BY) { times.recorded = .own(try point(relation)) }
    return times
  }

  /// A date by its text: what days it means is the host's affair.
  private func date(_ cell: Cell, _ relation: String) throws(PluginProblem) -> PartialDate? {
    let text: String
    switch cell {
    case .empty: return nil
    case .date(let date): text = date.edtf
    case .text(let words): text = words
    default: throw .misuse("it opened `\(relation)` on what is no date")
    }
    do { return try PartialDate(edtf: text) } catch {
      throw .misuse("it opened `\(relation)` on `\(text)`, which is no date in EDTF")
    }
  }

  private func point(_ relation: String) throws(PluginProblem) -> RecordedPoint? {
    guard let text = recordedBy else {
      throw .misuse("it opened `\(relation)` as recorded by what is no text")
    }
    if text.isEmpty { return nil }
    if text.hasPrefix("t"), let number = Int64(text.dropFirst()) {
      return .transaction(TransactionID(number))
    }
    return try date(.text(text), relation).map(RecordedPoint.date)
  }
}

extension Cell {
  /// Whether it bounds what cells of a kind can be.
  fileprivate func canBound(_ kind: Relation.Column.Kind) -> Bool {
    switch (kind, self) {
    case (.integer, .integer), (.integer, .decimal), (.decimal, .integer), (.decimal, .decimal): true
    case (.integer, .real(let number)), (.decimal, .real(let number)): number.isFinite
    case (.text, .text), (.text, .key), (.key, .text), (.key, .key): true
    case (.date, .date), (.day, .date), (.date, .text), (.day, .text): asDate != nil
    default: false
    }
  }
}

extension RelationQuery.Comparison {
  /// What the contract calls it.
  var number: UInt32 {
    switch self {
    case .isIn: UInt32(ENTENTE_IN)
    case .isNotIn: UInt32(ENTENTE_NOT_IN)
    case .isAtLeast: UInt32(ENTENTE_AT_LEAST)
    case .isAtMost: UInt32(ENTENTE_AT_MOST)
    case .isAbove: UInt32(ENTENTE_ABOVE)
    case .isBelow: UInt32(ENTENTE_BELOW)
    }
  }

  /// The comparison of a number of the contract; nothing for one that it does not have.
  init?(number: UInt32) {
    guard let known = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = known
  }
}
