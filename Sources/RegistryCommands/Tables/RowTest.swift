import RegistryModel
import RegistryRules
import RegistryStore

/// What a condition says of a row, from no to yes. It joins as in Kleene's logic: `and` is the least, `or` the greatest.
enum RowVerdict: Int, Comparable {
  case no, undecided, possibly, yes

  static func < (left: RowVerdict, right: RowVerdict) -> Bool { left.rawValue < right.rawValue }

  init(_ certainty: Certainty) {
    switch certainty {
    case .not: self = .no
    case .possibly: self = .possibly
    case .certainly: self = .yes
    }
  }

  init(_ answer: Bool?) { self = answer.map { $0 ? .yes : .no } ?? .undecided }

  var opposite: RowVerdict {
    switch self {
    case .no: .yes
    case .yes: .no
    case .undecided, .possibly: self
    }
  }
}

/// A condition on the rows of a table, its names resolved.
indirect enum RowTest<Row> {
  case all([RowTest])
  case any([RowTest])
  case not(RowTest)
  /// Whether another test decides nothing.
  case undecided(RowTest)
  /// The values of a column against any of some.
  case compare(TableColumn<Row>, Filter.Comparison, [Value])
  /// Whether a column has a value.
  case stated(TableColumn<Row>)
  /// A condition on an entity that a row names, by its place among those that are looked up together.
  case entity((Row) -> Key?, Int)

  /// - Parameter answers: what is known of entities, by the places of conditions.
  func verdict(_ row: Row, _ answers: EntityAnswers) -> RowVerdict {
    switch self {
    case .all(let parts): return parts.map { $0.verdict(row, answers) }.min() ?? .yes
    case .any(let parts): return parts.map { $0.verdict(row, answers) }.max() ?? .no
    case .not(let part): return part.verdict(row, answers).opposite
    case .undecided(let part): return RowVerdict(part.verdict(row, answers) == .undecided)
    case .compare(let column, let comparison, let values):
      var words: [String]?
      if case .choice(let choice) = column.definition.range { words = choice }
      return RowVerdict((column.tested ?? column.values)(row).satisfy(comparison, values, words: words))
    case .stated(let column): return RowVerdict(!column.values(row).isEmpty)
    case .entity(let entity, let place): return entity(row).map { answers[place, $0] } ?? .undecided
    }
  }

  /// What every row that passes has by equality.
  var narrowing: TableNarrowing {
    var narrowing = TableNarrowing()
    switch self {
    case .all(let parts):
      for part in parts { narrowing.equalities.merge(part.narrowing.equalities) { first, _ in first } }
    case .compare(let column, .equal, let values): narrowing.equalities[column.key] = values
    default: break
    }
    return narrowing
  }

  /// The columns that it looks at, in their order.
  var columns: [Key] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap(\.columns)
    case .not(let part), .undecided(let part): part.columns
    case .compare(let column, _, _), .stated(let column): [column.key]
    case .entity: []
    }
  }

  /// The entities that a row names in conditions.
  func entities(_ row: Row) -> [Key] {
    switch self {
    case .all(let parts), .any(let parts): parts.flatMap { $0.entities(row) }
    case .not(let part), .undecided(let part): part.entities(row)
    case .entity(let entity, _): entity(row).map { [$0] } ?? []
    case .compare, .stated: []
    }
  }
}

/// What conditions on entities say of those that rows name: many are asked for together.
final class EntityAnswers {
  private let filters: [Filter]
  private var answers: [[Key: RowVerdict]]
  private let ask: (Filter) throws(Failure) -> [EntityPage.Row]

  init(_ filters: [Filter], ask: @escaping (Filter) throws(Failure) -> [EntityPage.Row]) {
    self.filters = filters
    self.ask = ask
    answers = Array(repeating: [:], count: filters.count)
  }

  subscript(place: Int, key: Key) -> RowVerdict { answers[place][key] ?? .undecided }

  /// So many entities are asked for in one query.
  private static var most: Int { 200 }

  /// Learns what the conditions say of entities.
  func learn(_ keys: Set<Key>) throws(Failure) {
    for (place, filter) in filters.enumerated() {
      let unknown = keys.filter { answers[place][$0] == nil }.sorted()
      for start in stride(from: 0, to: unknown.count, by: Self.most) {
        let some = Array(unknown[start..<min(start + Self.most, unknown.count)])
        for key in some { answers[place][key] = .undecided }
        let among = Filter.any(some.map { .key(.equal, $0.text) })
        for row in try ask(.all([among, .not(filter)])) { answers[place][row.entity.key] = .no }
        for row in try ask(.all([among, filter])) {
          let isCertain = row.certainty == .certainly && row.evidence == .certainly
          answers[place][row.entity.key] = isCertain ? .yes : .possibly
        }
      }
    }
  }
}
