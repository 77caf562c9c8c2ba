public import RegistryModel

extension Filter {
  /// Whether it looks at any of some properties first.
  public func asks(of properties: Set<Key>) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.asks(of: properties) }
    case .not(let part), .qualified(_, let part), .undecided(let part): part.asks(of: properties)
    case .key: false
    case .compare(let path, _, _), .state(let path, _):
      path.first.map { !properties.isDisjoint(with: $0) } ?? false
    }
  }
}
