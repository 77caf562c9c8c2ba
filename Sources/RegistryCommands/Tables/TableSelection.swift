import CommandLanguage
import RegistryModel
import RegistryStore

/// What `columns`, `sort` and `by` name: a column of the table, or a property of the entity that a row is of.
enum AskedColumn<Row> {
  case own(TableColumn<Row>)
  case ofEntity(PropertyDefinition, (Row) -> Key?)

  var key: Key {
    switch self {
    case .own(let column): column.key
    case .ofEntity(let definition, _): definition.key
    }
  }

  /// Whether its numbers are read from the right.
  var isNumeric: Bool {
    if case .own(let column) = self, column.reading == .transaction { return false }
    return definition.range.isNumeric
  }

  var definition: PropertyDefinition {
    switch self {
    case .own(let column): column.definition
    case .ofEntity(let definition, _): definition
    }
  }
}

extension TableHead {
  /// The column or property that a word names.
  func asked(_ word: Word, _ schema: Schema) throws(Failure) -> AskedColumn<Row> {
    if let column = column(word.content) { return .own(column) }
    if let entity, let definition = schema.properties[Key(unchecked: word.content)] {
      return .ofEntity(definition, entity)
    }
    throw Failures.noSuchColumn(word, of: name, columns.map(\.key.text))
  }
}

/// A row that a condition lets through.
struct FoundRow<Row> {
  var row: Row
  var verdict: RowVerdict
}

/// What of a table was found, in the order in which it is read.
struct FoundRows<Row> {
  var rows: [FoundRow<Row>] = []
  /// How many rows the condition could not decide.
  var undecided = Undecided(0)
  /// Whether reading stopped before the end.
  var hasMore = false
}

extension TableReader {
  /// The rows of a table that a `where` lets through, at most so many.
  func rows<Row>(
    of head: TableHead<Row>, where test: ReadTest<Row>?, most: Int?, _ times: Times
  ) throws(Failure) -> FoundRows<Row> {
    let answers = EntityAnswers(test?.filters ?? []) { (filter) throws(Failure) in
      try storing(nil) { () throws(StoreProblem) in
        try self.store.entities(EntityQuery(types: nil, filter: filter), times).rows
      }
    }
    var found = FoundRows<Row>()
    try head.read(test?.test.narrowing ?? TableNarrowing()) { (batch) throws(Failure) in
      if store.isInterrupted?() == true { throw Failure(.interrupted) }
      if let test, !test.filters.isEmpty { try answers.learn(Set(batch.flatMap(test.test.entities))) }
      for row in batch {
        let own = head.certainty.map { RowVerdict($0(row)) } ?? .yes
        switch test?.test.verdict(row, answers) ?? .yes {
        case .no: continue
        case .undecided: found.undecided.count += 1
        case let verdict:
          guard most.map({ found.rows.count < $0 }) ?? true else {
            found.hasMore = true
            found.undecided.isLowerBound = found.undecided.count > 0
            return false
          }
          found.rows.append(FoundRow(row: row, verdict: min(own, verdict)))
        }
      }
      return true
    }
    return found
  }

  /// The values that asked columns have in rows: those of entities are read together.
  func values<Row>(
    of columns: [AskedColumn<Row>], in rows: [FoundRow<Row>], _ times: Times, _ schema: Schema
  ) throws(Failure) -> [[[Value]]] {
    var properties: [Key] = []
    var keys: Set<Key> = []
    for case .ofEntity(let definition, let entity) in columns {
      properties.append(definition.key)
      keys.formUnion(rows.compactMap { entity($0.row) })
    }
    let shown = try entityReader.shownValues(keys.sorted(), properties, times, schema)
    return rows.map { found in
      columns.map { column in
        switch column {
        case .own(let own): return own.values(found.row)
        case .ofEntity(let definition, let entity):
          guard let key = entity(found.row) else { return [] }
          let wanted = Set(schema.propertyAndNarrower(of: definition.key))
          return (shown[key] ?? []).filter { wanted.contains($0.statement.property) && $0.isClaimed }
            .map(\.statement.value)
        }
      }
    }
  }

  /// Puts rows in the order that `sort` asks for; what has no value comes last.
  func sorted<Row>(
    _ rows: [FoundRow<Row>], by sorts: [SortSyntax], _ head: TableHead<Row>, _ times: Times, _ schema: Schema
  ) throws(Failure) -> [FoundRow<Row>] {
    let columns = try sorts.map { (sort) throws(Failure) in try head.asked(sort.property, schema) }
    let values = try values(of: columns, in: rows, times, schema)
    let orders = columns.map { ValueOrder($0.definition) }
    let places = rows.indices.sorted { one, other in
      for (place, sort) in sorts.enumerated() {
        let order = orders[place].compare(values[one][place].first, values[other][place].first)
        switch order {
        case .same: continue
        // What is not there stays behind, in whatever direction.
        case .missing(let isFirst): return !isFirst
        case .before: return !sort.descending
        case .after: return sort.descending
        }
      }
      return one < other
    }
    return places.map { rows[$0] }
  }
}

/// The order of the values of a column: numbers by their least, dates by their first day, words of a choice as it has
/// them, texts and names by the alphabet.
struct ValueOrder {
  enum Outcome {
    case before, after, same
    /// One of them is not there; whether it is the first.
    case missing(isFirst: Bool)
  }

  private var words: [String]?

  init(_ definition: PropertyDefinition) {
    if case .choice(let words) = definition.range { self.words = words }
  }

  func compare(_ one: Value?, _ other: Value?) -> Outcome {
    guard let one else { return other == nil ? .same : .missing(isFirst: true) }
    guard let other else { return .missing(isFirst: false) }
    switch (one, other) {
    case (.quantity(let one), .quantity(let other)):
      return outcome((one.low, one.high), (other.low, other.high))
    case (.date(let one), .date(let other)):
      return outcome((one.earliest, one.latest), (other.earliest, other.latest))
    default:
      let (one, other) = (text(one), text(other))
      if let words, let first = words.firstIndex(of: one), let second = words.firstIndex(of: other) {
        return outcome((first, 0), (second, 0))
      }
      return outcome((alphabeticalKey(one), one), (alphabeticalKey(other), other))
    }
  }

  private func text(_ value: Value) -> String {
    switch value {
    case .entity(let key): key.text
    case .text(let text): text
    default: value.canonicalText
    }
  }

  private func outcome<A: Comparable, B: Comparable>(_ one: (A, B), _ other: (A, B)) -> Outcome {
    one < other ? .before : other < one ? .after : .same
  }
}
