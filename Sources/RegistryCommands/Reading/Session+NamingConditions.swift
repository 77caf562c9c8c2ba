import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// By what a condition asks whether anything names an entity: `signatory of pax-silica`, `concerns of initiatives`.
struct NamingLook: Hashable {
  var property: Key
  var owners: Owners
  var qualifiers: [Qualifier] = []
  /// The words of the owners, as they were written.
  var words: String
  var span: Span

  /// What the column is called that shows who names an entity.
  var heading: String { "\(property) of \(words)" }
}

/// Who or what names an entity.
struct Namers {
  private(set) var records: [StatementRecord] = []
  private var order: [Name] = []
  private var certainty: [Name: Certainty] = [:]

  private struct Name: Hashable {
    var owner: Key
    /// Through what, where it names another one in its place.
    var way: String?
  }

  mutating func add(_ record: StatementRecord, _ way: String?, _ certainty: Certainty) {
    let name = Name(owner: record.statement.subject, way: way)
    if self.certainty[name] == nil { order.append(name) }
    self.certainty[name] = max(self.certainty[name] ?? .not, certainty)
    records.append(record)
  }

  /// `pax-silica`, `pax-silica (eu)`, `pax-silica maybe`.
  var cell: Cell {
    let cells = order.map { name -> Cell in
      let isSure = certainty[name] == .certainly
      guard name.way != nil || !isSure else { return .key(name.owner) }
      return .text(name.owner.text + (name.way.map { " (\($0))" } ?? "") + (isSure ? "" : " maybe"))
    }
    return cells.isEmpty ? .empty : cells.count == 1 ? cells[0] : .list(cells)
  }
}

extension Session {
  /// Whether anything names an entity by a property, its names resolved.
  func namingCondition(
    _ words: [Word], _ names: [NameSyntax], _ state: Spanned<ConditionSyntax.State>?, negated: Bool,
    _ schema: Schema
  ) throws(Failure) -> ReadCondition {
    guard let word = words.first, words.count == 1 else { throw Failures.namedByPath(words) }
    let definition = try property(word, schema)
    guard case .entities = definition.range else { throw Failures.namesNothing(definition.key, word.span) }
    if let state, state.content == .unknown { throw Failures.unknownNamed(state.span) }
    var owners = Owners()
    for name in names {
      let type: Key
      if name.form == .bare, let named = schema.type(named: name.text) {
        type = named.key
        owners.types += schema.typeAndSubtypes(of: type)
      } else {
        let record = try entity(name)
        type = record.type
        owners.entities.append(record.key)
      }
      guard schema.canHave(type, definition.domain) else {
        throw Failures.rule(
          .wrongDomain(property: definition.key, of: definition.domain, found: type), schema, name.span)
      }
    }
    let filter = Filter.named(
      by: schema.propertyAndNarrower(of: definition.key), of: owners, state.map { storeState($0.content) })
    let look = NamingLook(
      property: definition.key, owners: owners, words: names.map(\.text).joined(separator: ", "),
      span: word.span)
    return ReadCondition(filter: negated ? .not(filter) : filter, properties: [], namings: [look])
  }

  /// Refuses to ask whether things are named by a property whose values they cannot be.
  func test(_ namings: [NamingLook], fit type: TypeDefinition, _ schema: Schema) throws(Failure) {
    for look in namings {
      guard case .entities(let range)? = schema.properties[look.property]?.range, type.key != BuiltIn.entity
      else { continue }
      guard schema.canHave(type.key, range) else {
        throw Failures.neverNamed(type, by: look.property, range, look.span)
      }
    }
  }

  /// How else a condition on a property that things of a type cannot have may be meant: by what names them.
  func turned(_ property: PropertyDefinition, for type: TypeDefinition, _ schema: Schema) -> String? {
    guard case .entities(let range) = property.range, schema.canHave(type.key, range),
      let owner = property.domain.lazy.compactMap({ schema.types[$0] }).first
    else { return nil }
    return "\(property.key) of \(owner.plural)"
  }

  /// Who or what names each of some entities, by what a condition looks at, with the statements that do. Under `on D` it is
  /// told of whom that is only possibly so.
  func namers(
    of keys: [Key], _ look: NamingLook, _ command: Invocation, _ times: Times, _ schema: Schema
  ) throws(Failure) -> [Key: Namers] {
    guard !keys.isEmpty else { return [:] }
    let routes = try routes(of: keys, command, times, look.span)
    let named = Set(keys).union(routes.map { Set($0.ways.keys) } ?? [])
    let records = try storing(look.span) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(
          properties: schema.propertyAndNarrower(of: look.property), objects: named.sorted(),
          tellsHeld: times.on != nil), times)
    }.filter { $0.counts(times) && $0.statement.has(look.qualifiers) }
    let owners = try things(Set(records.map(\.statement.subject)), among: look.owners, look.span)
    let asked = Set(keys)
    var found: [Key: Namers] = [:]
    for record in records where owners.contains(record.statement.subject) {
      guard case .entity(let value) = record.statement.value else { continue }
      let own = times.on == nil ? .certainly : min(record.held?.certainty ?? .possibly, record.evidence)
      if asked.contains(value) { found[value, default: Namers()].add(record, nil, own) }
      for way in routes?.ways[value] ?? []
      where record.statement.validity.bounds.intersection(way.path.bounds) != nil {
        let key = way.isOfParts ? way.path.groups.last ?? value : way.path.member
        let certainty = times.on == nil ? own : min(own, way.path.certainty, way.path.evidence)
        if certainty != .not { found[key, default: Namers()].add(record, way.words, certainty) }
      }
    }
    return found
  }

  /// Those of some entities that are owners.
  private func things(
    _ keys: Set<Key>, among owners: Owners, _ span: Span
  ) throws(Failure) -> Set<Key> {
    var found = keys.intersection(owners.entities)
    guard !owners.types.isEmpty else { return found }
    // So many keys are asked for in one query.
    let (rest, most) = (keys.subtracting(found).sorted(), 200)
    for start in stride(from: 0, to: rest.count, by: most) {
      let some = rest[start..<min(start + most, rest.count)].map { Filter.key(.equal, $0.text) }
      let page = try storing(span) { () throws(StoreProblem) in
        try store.entities(EntityQuery(types: owners.types, filter: .any(some)), .all)
      }
      found.formUnion(page.rows.map(\.entity.key))
    }
    return found
  }
}
