import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// A `where` on a table, with the conditions on entities that it contains.
struct ReadTest<Row> {
  var test: RowTest<Row>
  var filters: [Filter] = []
  /// The properties of entities that it looks at.
  var properties: [Key] = []
}

extension TableReader {
  /// A `where` on the rows of a table, its names resolved: the table's own columns, and properties of the entities that
  /// rows are of or name.
  func test<Row>(
    _ syntax: ConditionSyntax, _ head: TableHead<Row>, _ schema: Schema
  ) throws(Failure) -> ReadTest<Row> {
    var filters: [Filter] = []
    var properties: [Key] = []
    let test = try test(syntax, head, schema, &filters, &properties, whole: syntax)
    return ReadTest(test: test, filters: filters, properties: properties)
  }

  private func test<Row>(
    _ syntax: ConditionSyntax, _ head: TableHead<Row>, _ schema: Schema, _ filters: inout [Filter],
    _ properties: inout [Key], whole: ConditionSyntax
  ) throws(Failure) -> RowTest<Row> {
    switch syntax {
    case .and(let parts), .or(let parts):
      var tests: [RowTest<Row>] = []
      for part in parts { tests.append(try test(part, head, schema, &filters, &properties, whole: whole)) }
      if case .and = syntax { return .all(tests) }
      return .any(tests)
    case .not(let part, _): return .not(try test(part, head, schema, &filters, &properties, whole: whole))
    case .compare(let words, let comparison, let values):
      guard let column = head.column(words[0].content) else { break }
      if words.count > 1 {
        let rest = ConditionSyntax.compare(properties: Array(words.dropFirst()), comparison, values: values)
        return try entityTest(rest, entity(of: column, words[0]), schema, &filters, &properties)
      }
      if case .entities = column.definition.range, comparison.content == .like {
        let name = Word(BuiltIn.name.text, words[0].span)
        let named = ConditionSyntax.compare(properties: [name], comparison, values: values)
        return try entityTest(named, entity(of: column, words[0]), schema, &filters, &properties)
      }
      let operation = interpreter.storeComparison(comparison.content)
      try interpreter.refuseSenseless(operation, column.definition, comparison.span)
      var read: [Value] = []
      for value in values { read += try self.values(value, of: column, operation, schema, whole) }
      return .compare(column, operation, read)
    case .state(let words, let state, let negated):
      guard let column = head.column(words[0].content) else { break }
      guard words.count == 1 else {
        let rest = ConditionSyntax.state(properties: Array(words.dropFirst()), state, negated: negated)
        return try entityTest(rest, entity(of: column, words[0]), schema, &filters, &properties)
      }
      guard state.content == .stated else { throw Failures.stateOfColumn(column.key, state) }
      return negated ? .not(.stated(column)) : .stated(column)
    case .undecided(let part, let negated, _):
      let inner = try test(part, head, schema, &filters, &properties, whole: whole)
      return negated ? .not(.undecided(inner)) : .undecided(inner)
    case .named(let words, _, _, _):
      guard let entity = head.entity else {
        throw Failures.noSuchColumn(words.first, of: head.name, head.columns.map(\.key.text))
      }
      return try entityTest(syntax, entity, schema, &filters, &properties)
    case .qualified, .asked: break
    }
    guard let word = syntax.firstWord, let entity = head.entity,
      schema.properties[Key(unchecked: word.content)] != nil || word.content == "key"
    else {
      throw Failures.noSuchColumn(syntax.firstWord, of: head.name, head.columns.map(\.key.text))
    }
    return try entityTest(syntax, entity, schema, &filters, &properties)
  }

  private func entityTest<Row>(
    _ syntax: ConditionSyntax, _ entity: @escaping (Row) -> Key?, _ schema: Schema, _ filters: inout [Filter],
    _ properties: inout [Key]
  ) throws(Failure) -> RowTest<Row> {
    let read = try interpreter.condition(syntax, schema)
    properties += read.properties
    filters.append(read.filter)
    return .entity(entity, filters.count - 1)
  }

  /// The entity that a column names.
  private func entity<Row>(of column: TableColumn<Row>, _ word: Word) throws(Failure) -> (Row) -> Key? {
    switch (column.definition.range, column.reading) {
    case (.entities, _), (_, .anything):
      return { row in
        for case .entity(let key) in column.values(row) { return key }
        return nil
      }
    default: throw Failures.noEntityColumn(word)
    }
  }

  /// What a column is compared with.
  private func values<Row>(
    _ syntax: ValueSyntax, of column: TableColumn<Row>, _ comparison: Filter.Comparison, _ schema: Schema,
    _ whole: ConditionSyntax
  ) throws(Failure) -> [Value] {
    if comparison == .like, case .name(let name) = syntax.form {
      return [.text(try interpreter.parameters.substituted(name))]
    }
    switch column.reading {
    case .byRange: return [try interpreter.value(syntax, for: column.definition)]
    case .transaction:
      guard case .name(let name) = syntax.form else {
        throw Failures.wrongKind("a value", expected: "a transaction such as t12", syntax.span)
      }
      return [.quantity(Quantity(low: .init(try interpreter.names.transaction(name).number)))]
    case .type:
      guard case .name(let name) = syntax.form else {
        throw Failures.wrongKind("a value", expected: "a type", syntax.span)
      }
      if name.text == BuiltIn.statement.text { return [.text(name.text)] }
      return [.text(try type(Word(name.text, name.span), schema).key.text)]
    case .word:
      guard case .name(let name) = syntax.form else {
        throw Failures.wrongKind("a value", expected: "a word", syntax.span)
      }
      return [.text(schema.type(named: name.text)?.key.text ?? name.text)]
    case .property:
      guard case .name(let name) = syntax.form else {
        throw Failures.wrongKind("a value", expected: "a property", syntax.span)
      }
      return [.text(try property(Word(name.text, name.span), schema).key.text)]
    case .anything: return try anyValue(syntax, schema, whole)
    }
  }

  /// A value of no property in particular: by the property that the rest of the condition asks for, or else by its form.
  private func anyValue(
    _ syntax: ValueSyntax, _ schema: Schema, _ whole: ConditionSyntax
  ) throws(Failure) -> [Value] {
    if let property = whole.equality(of: "property").flatMap({ schema.properties[Key(unchecked: $0)] }) {
      return [try interpreter.value(syntax, for: property)]
    }
    func read(_ range: ValueRange) throws(Failure) -> Value {
      try interpreter.value(syntax, for: .column("value", range, ""))
    }
    switch syntax.form {
    case .unknown, .none: return [try read(.text)]
    case .date: return [try read(.date)]
    case .number(let number, let bound):
      let amount = try read(.number)
      // `2026` may be a year too.
      guard bound == .exact, number.high == nil, case .quantity(let quantity) = amount, quantity.unit.isEmpty,
        let date = try? read(.date)
      else { return [amount] }
      return [amount, date]
    case .name(let name):
      // A word may be one of a choice, and a name a text.
      let text = Value.text(try interpreter.parameters.substituted(name))
      return try entityIfKnown(name).map { [.entity($0.key), text] } ?? [text]
    }
  }
}

extension ConditionSyntax {
  /// The first property that a comparison or state names.
  fileprivate var firstWord: Word? {
    switch self {
    case .compare(let words, _, _), .state(let words, _, _): words.first
    default: nil
    }
  }

  /// The one name that a column must equal.
  fileprivate func equality(of column: String) -> String? {
    switch self {
    case .and(let parts): return parts.lazy.compactMap { $0.equality(of: column) }.first
    case .compare(let words, let comparison, let values)
    where words.count == 1 && words[0].content == column && comparison.content == .equal && values.count == 1:
      if case .name(let name) = values[0].form { return name.text }
      return nil
    default: return nil
    }
  }
}
