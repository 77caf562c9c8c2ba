import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

extension EntityReader {
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
