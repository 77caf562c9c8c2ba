public import RegistryModel

extension Filter {
  /// Whether it looks at any of some properties first.
  public func asks(of properties: Set<Key>) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.asks(of: properties) }
    case .not(let part), .qualified(_, let part), .undecided(let part): part.asks(of: properties)
    // What it looks at is said of others.
    case .key, .named: false
    case .compare(let path, _, _), .state(let path, _):
      path.first.map { !properties.isDisjoint(with: $0) } ?? false
    }
  }

  /// Whether it asks who or what names an entity.
  public var asksWhoNames: Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains(where: \.asksWhoNames)
    case .not(let part), .qualified(_, let part), .undecided(let part): part.asksWhoNames
    case .named: true
    case .key, .compare, .state: false
    }
  }

  /// The entities that it compares with.
  public var entities: Set<Key> {
    switch self {
    case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.entities) }
    case .not(let part), .qualified(_, let part), .undecided(let part): part.entities
    case .key, .state, .named: []
    case .compare(_, _, let values):
      Set(values.compactMap { if case .entity(let key) = $0 { key } else { nil } })
    }
  }
}
