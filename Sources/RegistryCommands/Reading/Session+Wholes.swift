import RegistryModel
import RegistryRules
import RegistryStore

extension Session {
  /// The wholes of the entities among values and qualifiers, near and far: what they are part of, by any property that can
  /// be followed, and the groups of which they are members.
  func wholes(
    of records: [StatementRecord], _ schema: Schema, _ times: Times
  ) throws(Failure) -> [Key: Set<Key>] {
    let values = records.flatMap { [$0.statement.value] + $0.statement.qualifiers.map(\.value) }
    let keys = Set(values.compactMap { value in if case .entity(let key) = value { key } else { nil } })
    guard keys.count > 1 else { return [:] }
    let followed = schema.properties.values.filter(\.isTransitive).map(\.key).sorted()
    var near: [Key: Set<Key>] = [:]
    // Level by level, so that the number of questions is that of the levels.
    var next = keys
    while !next.isEmpty {
      let selection = StatementSelection(subjects: next.sorted(), properties: followed)
      let above = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
      let paths = try storing(nil) { () throws(StoreProblem) in
        try store.groupPaths(of: next.sorted(), in: nil, times)
      }
      for key in next { near[key] = [] }
      for record in above where record.isClaimed {
        if case .entity(let whole) = record.statement.value {
          near[record.statement.subject, default: []].insert(whole)
        }
      }
      for path in paths { near[path.member, default: []].formUnion(path.groups) }
      next = Set(near.values.joined()).subtracting(near.keys)
    }
    return Dictionary(uniqueKeysWithValues: keys.map { ($0, Session.reached(from: $0, near)) })
  }

  private static func reached(from key: Key, _ near: [Key: Set<Key>]) -> Set<Key> {
    var found: Set<Key> = []
    var next = [key]
    while let part = next.popLast() {
      for whole in near[part] ?? [] where found.insert(whole).inserted { next.append(whole) }
    }
    return found
  }
}
