import RegistryModel
import RegistryStore

/// What is known already of the wholes that entities belong to.
struct WholesOfEntities {
  fileprivate var near: [Key: Set<Key>] = [:]
}

extension Session {
  /// The wholes of the entities among values and qualifiers, near and far: what they are `part-of`, and the groups of
  /// which they are members.
  func wholes(
    of records: [StatementRecord], _ known: inout WholesOfEntities, _ schema: Schema, _ times: Times
  ) throws(Failure) -> [Key: Set<Key>] {
    let values = records.flatMap { [$0.statement.value] + $0.statement.qualifiers.map(\.value) }
    let keys = Set(values.compactMap { value in if case .entity(let key) = value { key } else { nil } })
    guard keys.count > 1 else { return [:] }
    var wholes: [Key: Set<Key>] = [:]
    for key in keys {
      var found: Set<Key> = []
      var next = [key]
      while let part = next.popLast() {
        for whole in try nearWholes(of: part, &known, schema, times) where found.insert(whole).inserted {
          next.append(whole)
        }
      }
      wholes[key] = found
    }
    return wholes
  }

  private func nearWholes(
    of part: Key, _ known: inout WholesOfEntities, _ schema: Schema, _ times: Times
  ) throws(Failure) -> Set<Key> {
    if let near = known.near[part] { return near }
    let (partOf, member) = (Key(unchecked: "part-of"), Key(unchecked: "member"))
    var near: Set<Key> = []
    let above = try storing(nil) { () throws(StoreProblem) in
      try store.statements(StatementSelection(subjects: [part], properties: [partOf]), times)
    }
    for record in above where record.isClaimed {
      if case .entity(let whole) = record.statement.value { near.insert(whole) }
    }
    let groups = try storing(nil) { () throws(StoreProblem) in
      try store.statements(
        StatementSelection(properties: schema.propertyAndNarrower(of: member), objects: [part]), times)
    }
    for record in groups where record.isClaimed {
      let group = try storing(nil) { () throws(StoreProblem) in
        try store.entity(record.statement.subject, .all)
      }
      if let group, schema.isType(group.type, under: Key(unchecked: "group")) { near.insert(group.key) }
    }
    known.near[part] = near
    return near
  }
}
