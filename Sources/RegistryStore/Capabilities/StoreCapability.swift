/// What a store may lack: each is a protocol of its own, and who needs it asks for it here.
public enum StoreCapability: Hashable, Sendable, CaseIterable {
  /// ``SQLReading``
  case sql
  /// ``TextSearching``
  case textSearch
  /// ``RegistryRestoring``
  case dumps
  /// ``BackingUp``
  case backup
  /// ``RegistryUniting``
  case uniting
}

extension RegistryStore {
  /// What answers the user's own SQL.
  /// - Throws: `lacks`, as the others do.
  public var sqlReading: any SQLReading {
    get throws(StoreProblem) { try (self as? any SQLReading).orLacking(.sql) }
  }

  /// What finds words in texts.
  public var textSearching: any TextSearching {
    get throws(StoreProblem) { try (self as? any TextSearching).orLacking(.textSearch) }
  }

  /// What reads all of the registry, and makes it anew.
  public var restoring: any RegistryRestoring {
    get throws(StoreProblem) { try (self as? any RegistryRestoring).orLacking(.dumps) }
  }

  /// What takes the transactions of other registries.
  public var uniting: any RegistryUniting {
    get throws(StoreProblem) { try (self as? any RegistryUniting).orLacking(.uniting) }
  }

  /// What copies the registry while it is used.
  public var backingUp: any BackingUp {
    get throws(StoreProblem) { try (self as? any BackingUp).orLacking(.backup) }
  }
}

extension Optional {
  fileprivate func orLacking(_ capability: StoreCapability) throws(StoreProblem) -> Wrapped {
    guard let self else { throw .lacks(capability) }
    return self
  }
}
