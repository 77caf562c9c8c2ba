public import RegistryModel

extension Filter {
  /// Whether it finds what is claimed, or denied, with any of some properties, alone or beside others.
  public func asksWhatIsStated(of properties: Set<Key>) -> Bool {
    rests(onEach: false, isDenied: false) { !properties.isDisjoint(with: $0) }
  }

  /// Whether it finds only what something is stated of that has a time. What is asked of a key, a name or a type says nothing of
  /// a day, nor does what is not stated.
  /// - Parameter timeless: the properties whose values are of no time.
  public func restsOnStatements(beside timeless: Set<Key>) -> Bool {
    rests(onEach: true, isDenied: false) { timeless.isDisjoint(with: $0) }
  }

  /// - Parameters:
  ///   - onEach: whether each of several ways to be found rests on such a statement, or any of them.
  ///   - isDenied: whether the opposite is asked.
  ///   - isSuch: whether a statement of these properties is such a one.
  private func rests(onEach: Bool, isDenied: Bool, _ isSuch: ([Key]) -> Bool) -> Bool {
    func holds(_ part: Filter) -> Bool { part.rests(onEach: onEach, isDenied: isDenied, isSuch) }
    // What it is not compared with is denied, or another value is stated.
    func isStated(_ properties: [Key]?, _ state: State?) -> Bool {
      (properties.map(isSuch) ?? false) && (state.map { ($0 == .unknown) == isDenied } ?? true)
    }
    switch self {
    case .all(let parts): return isDenied && onEach ? parts.allSatisfy(holds) : parts.contains(where: holds)
    case .any(let parts): return onEach && !isDenied ? parts.allSatisfy(holds) : parts.contains(where: holds)
    case .not(let part): return part.rests(onEach: onEach, isDenied: !isDenied, isSuch)
    case .qualified(_, let part): return holds(part)
    case .key, .undecided: return false
    case .compare(let path, _, _): return isStated(path.first, nil)
    case .state(let path, let state): return isStated(path.first, state)
    // What it looks at is said of others, and not of when its own things begin or end.
    case .named(let properties, _, let state): return onEach && isStated(properties, state)
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
