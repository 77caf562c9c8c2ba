import CommandLanguage
import RegistryModel
import RegistryStore

/// A condition as the store takes it, with the properties it looks at.
struct ReadCondition {
  var filter: Filter
  var properties: [Key]
  /// The entities that are compared with.
  var entities: [Key] = []
  /// Which statements of its properties it looks at.
  var looks: [ConditionLook] = []
  /// By what it asks whether anything names an entity.
  var namings: [NamingLook] = []

  init(
    filter: Filter, properties: [Key], entities: [Key] = [], looks: [ConditionLook] = [],
    namings: [NamingLook] = []
  ) {
    self.filter = filter
    self.properties = properties
    self.entities = entities
    self.looks = looks
    self.namings = namings
  }

  /// Several conditions as one.
  init(joining parts: [ReadCondition], _ join: ([Filter]) -> Filter) {
    self.init(
      filter: join(parts.map(\.filter)), properties: parts.flatMap(\.properties),
      entities: parts.flatMap(\.entities), looks: parts.flatMap(\.looks),
      namings: parts.flatMap(\.namings))
  }
}

/// The statements that a comparison looks at: those of a property, with these qualifiers.
struct ConditionLook: Hashable {
  var property: Key
  var qualifiers: [Qualifier] = []
  /// The entities that it compares with itself; empty where it compares with something else, or behind a path.
  var entities: [Key] = []
}

extension Interpreter {
  /// A `where`, its names resolved.
  func condition(
    _ syntax: ConditionSyntax, _ schema: Schema
  ) throws(Failure) -> ReadCondition {
    switch syntax {
    case .and(let parts):
      return ReadCondition(joining: try conditions(parts, schema), Filter.all)
    case .or(let parts):
      return ReadCondition(joining: try conditions(parts, schema), Filter.any)
    case .not(let part, _):
      var read = try condition(part, schema)
      read.filter = .not(read.filter)
      return read
    case .undecided(let part, let negated, _):
      var read = try condition(part, schema)
      read.filter = negated ? .not(.undecided(read.filter)) : .undecided(read.filter)
      return read
    case .compare(let words, let comparison, let values):
      return try compared(words, comparison, values, schema)
    case .named(let words, let owners, let state, let negated):
      return try namingCondition(words, owners, state, negated: negated, schema)
    case .qualified(let part, let syntax):
      var read = try condition(part, schema)
      guard !read.looks.isEmpty || !read.namings.isEmpty else {
        throw Failures.qualifiersOfNothing(syntax.joined().first?.span)
      }
      let steps = try syntax.map { (step) throws(Failure) in try qualifiers(step, schema) }
      read.filter = .qualified(steps, read.filter)
      read.looks = read.looks.map {
        ConditionLook(property: $0.property, qualifiers: steps.first ?? [], entities: $0.entities)
      }
      for place in read.namings.indices { read.namings[place].qualifiers = steps.first ?? [] }
      return read
    case .asked(let thing, _): throw Failures.thingInCondition(thing)
    case .state(let words, let state, let negated):
      let path = try path(words, schema)
      let filter = Filter.state(path: path.map(schema.propertyAndNarrower(of:)), storeState(state.content))
      return ReadCondition(
        filter: negated ? .not(filter) : filter, properties: Array(path.prefix(1)),
        looks: path.prefix(1).map { ConditionLook(property: $0) })
    }
  }

  private func conditions(
    _ parts: [ConditionSyntax], _ schema: Schema
  ) throws(Failure) -> [ReadCondition] {
    var read: [ReadCondition] = []
    for part in parts { read.append(try condition(part, schema)) }
    return read
  }

  private func compared(
    _ words: [Word], _ comparison: Spanned<ConditionSyntax.Comparison>, _ values: [ValueSyntax],
    _ schema: Schema
  ) throws(Failure) -> ReadCondition {
    let operation = storeComparison(comparison.content)
    if words.count == 1, words[0].content == "key" {
      let filters = try values.map { (value) throws(Failure) in Filter.key(operation, try keyText(value)) }
      // `!= a, b` means none of them.
      let joined = operation == .unequal ? Filter.all(filters) : .any(filters)
      return ReadCondition(filter: filters.count == 1 ? filters[0] : joined, properties: [])
    }
    // `giver.key = USA` is `giver = USA`.
    let asksKey = words.count > 1 && words[words.count - 1].content == "key" && operation.isEquality
    let path = try path(asksKey ? Array(words.dropLast()) : words, schema)
    guard let last = path.last.flatMap({ schema.properties[$0] }) else {
      throw Failures.missingProperty(comparison.span)
    }
    if last.key == BuiltIn.type {
      return try typeComparison(path, operation, values, schema, comparison.span)
    }
    // Of what is no more and no less, whatever it is compared with.
    try refuseSenseless(operation, last, comparison.span)
    var read: [Value] = []
    for value in values {
      if operation == .like, case .name(let name) = value.form {
        read.append(.text(try parameters.substituted(name)))
      } else {
        read.append(try self.value(value, for: last))
      }
    }
    var seen: Set<Value> = []
    read = read.filter { seen.insert($0).inserted }
    let filter = Filter.compare(path: path.map(schema.propertyAndNarrower(of:)), operation, read)
    let entities = read.compactMap { value -> Key? in
      if case .entity(let key) = value { key } else { nil }
    }
    return ReadCondition(
      filter: filter, properties: Array(path.prefix(1)), entities: entities,
      looks: path.prefix(1).map { ConditionLook(property: $0, entities: path.count == 1 ? entities : []) })
  }

  /// `type = agreement` means the type and what is under it, of the entity itself or of what a path leads to.
  private func typeComparison(
    _ path: [Key], _ operation: Filter.Comparison, _ values: [ValueSyntax], _ schema: Schema, _ span: Span
  ) throws(Failure) -> ReadCondition {
    var types: [Value] = []
    for value in values {
      guard case .name(let name) = value.form else {
        throw Failures.wrongKind("a value", expected: "a type", value.span)
      }
      if operation == .like {
        types.append(.text(try parameters.substituted(name)))
        continue
      }
      guard let type = schema.type(named: name.text) else {
        throw Failures.noSuchType(
          name.text, near: nearest(to: name.text, in: schema.types.keys.map(\.text)), name.span)
      }
      types += schema.typeAndSubtypes(of: type.key).map { .text($0.text) }
    }
    guard operation.isEquality || operation == .like else { throw Failures.orderOfThings(BuiltIn.type, span) }
    let filter = Filter.compare(
      path: path.map(schema.propertyAndNarrower(of:)), operation == .like ? .like : .equal, types)
    return ReadCondition(
      filter: operation == .unequal ? .not(filter) : filter, properties: Array(path.dropLast().prefix(1)))
  }

  private func keyText(_ value: ValueSyntax) throws(Failure) -> String {
    switch value.form {
    case .name(let name): return try parameters.substituted(name)
    case .number(let number, .exact) where number.isBare: return number.text
    case .date(let text): return text
    default: throw Failures.wrongKind("a value", expected: "a key", value.span)
    }
  }

  private func path(_ words: [Word], _ schema: Schema) throws(Failure) -> [Key] {
    try words.map { (word) throws(Failure) in try property(word, schema).key }
  }

  /// Refuses a comparison that can decide nothing of a property's values.
  func refuseSenseless(
    _ operation: Filter.Comparison, _ definition: PropertyDefinition, _ span: Span
  ) throws(Failure) {
    switch (definition.range, operation) {
    case (.entities, .less), (.entities, .lessOrEqual), (.entities, .greater), (.entities, .greaterOrEqual):
      throw Failures.orderOfThings(definition.key, span)
    case (let range, .like) where range.isNumeric || range == .date:
      throw Failures.likeOfNumbers(definition.key, span)
    default: return
    }
  }

  func storeComparison(_ comparison: ConditionSyntax.Comparison) -> Filter.Comparison {
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

  func storeState(_ state: ConditionSyntax.State) -> Filter.State {
    switch state {
    case .stated: .stated
    case .denied: .denied
    case .unknown: .unknown
    }
  }
}

extension Filter.Comparison {
  fileprivate var isEquality: Bool { self == .equal || self == .unequal }
}
