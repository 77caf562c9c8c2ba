import CommandLanguage
import RegistryModel
import RegistryStore

/// A condition as the store takes it, with the properties it looks at.
struct ReadCondition {
  var filter: Filter
  var properties: [Key]
}

extension Session {
  /// A `where`, its names resolved. `including groups` turns an actor into the actor and its groups.
  func condition(
    _ syntax: ConditionSyntax, _ schema: Schema, groupsOf expand: (Key) throws(Failure) -> [Key]
  ) throws(Failure) -> ReadCondition {
    switch syntax {
    case .and(let parts):
      let read = try conditions(parts, schema, expand)
      return ReadCondition(filter: .all(read.map(\.filter)), properties: read.flatMap(\.properties))
    case .or(let parts):
      let read = try conditions(parts, schema, expand)
      return ReadCondition(filter: .any(read.map(\.filter)), properties: read.flatMap(\.properties))
    case .not(let part, _):
      let read = try condition(part, schema, groupsOf: expand)
      return ReadCondition(filter: .not(read.filter), properties: read.properties)
    case .compare(let words, let comparison, let values):
      return try compared(words, comparison, values, schema, expand)
    case .state(let words, let state, let negated):
      let path = try path(words, schema)
      let filter = Filter.state(path: path.map(schema.propertyAndNarrower(of:)), storeState(state.content))
      return ReadCondition(filter: negated ? .not(filter) : filter, properties: Array(path.prefix(1)))
    }
  }

  private func conditions(
    _ parts: [ConditionSyntax], _ schema: Schema, _ expand: (Key) throws(Failure) -> [Key]
  ) throws(Failure) -> [ReadCondition] {
    var read: [ReadCondition] = []
    for part in parts { read.append(try condition(part, schema, groupsOf: expand)) }
    return read
  }

  private func compared(
    _ words: [Word], _ comparison: Spanned<ConditionSyntax.Comparison>, _ values: [ValueSyntax],
    _ schema: Schema,
    _ expand: (Key) throws(Failure) -> [Key]
  ) throws(Failure) -> ReadCondition {
    let operation = storeComparison(comparison.content)
    if words.count == 1, words[0].content == "key" {
      let filters = try values.map { (value) throws(Failure) in Filter.key(operation, try keyText(value)) }
      return ReadCondition(filter: filters.count == 1 ? filters[0] : .any(filters), properties: [])
    }
    let path = try path(words, schema)
    guard let last = path.last.flatMap({ schema.properties[$0] }) else {
      throw Failures.missingProperty(comparison.span)
    }
    if last.key == BuiltIn.type { return try typeComparison(operation, values, schema) }
    var read: [Value] = []
    for value in values {
      if operation == .like, case .name(let name) = value.form {
        read.append(.text(try substituted(name)))
      } else {
        let one = try self.value(value, for: last)
        if last.range == .money, case .quantity(let amount) = one, amount.unit.isEmpty {
          throw Failures.amountWithoutCurrency(last.key, value.span)
        }
        if case .entity(let key) = one {
          read += try expand(key).map { Value.entity($0) }
        } else {
          read.append(one)
        }
      }
    }
    let filter = Filter.compare(path: path.map(schema.propertyAndNarrower(of:)), operation, read)
    return ReadCondition(filter: filter, properties: Array(path.prefix(1)))
  }

  /// `type = agreement` means the type and what is under it.
  private func typeComparison(
    _ operation: Filter.Comparison, _ values: [ValueSyntax], _ schema: Schema
  ) throws(Failure) -> ReadCondition {
    var types: [Value] = []
    for value in values {
      guard case .name(let name) = value.form else {
        throw Failures.wrongKind("a value", expected: "a type", value.span)
      }
      guard let type = schema.type(named: name.text) else {
        throw Failures.noSuchType(
          name.text, near: nearest(to: name.text, in: schema.types.keys.map(\.text)), name.span)
      }
      types += schema.typeAndSubtypes(of: type.key).map { .text($0.text) }
    }
    let filter = Filter.compare(path: [[BuiltIn.type]], .equal, types)
    return ReadCondition(filter: operation == .unequal ? .not(filter) : filter, properties: [])
  }

  private func keyText(_ value: ValueSyntax) throws(Failure) -> String {
    guard case .name(let name) = value.form else {
      throw Failures.wrongKind("a value", expected: "a key", value.span)
    }
    return try substituted(name)
  }

  private func path(_ words: [Word], _ schema: Schema) throws(Failure) -> [Key] {
    try words.map { (word) throws(Failure) in try property(word, schema).key }
  }

  private func storeComparison(_ comparison: ConditionSyntax.Comparison) -> Filter.Comparison {
    switch comparison {
    case .equal: .equal
    case .unequal: .unequal
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .like: .like
    }
  }

  private func storeState(_ state: ConditionSyntax.State) -> Filter.State {
    switch state {
    case .stated: .stated
    case .denied: .denied
    case .unknown: .unknown
    }
  }
}
