public import RegistryStore

/// What every backend must do, as checks that run on a new, empty registry each.
///
/// A backend's tests run them all: `for check in StoreConformance.checks { try check.run { try makeRegistry() } }`.
public enum StoreConformance {
  /// One requirement.
  public struct Check: Sendable, CustomStringConvertible {
    /// The requirement as a sentence.
    public let name: String
    private let body: @Sendable (any RegistryStore, () throws -> any RegistryStore) throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (any RegistryStore) throws -> Void) {
      self.init(name) { (store, _) in try body(store) }
    }

    /// - Parameter body: takes, after the registry, what makes another one.
    init(
      _ name: String,
      _ body: @escaping @Sendable (any RegistryStore, () throws -> any RegistryStore) throws -> Void
    ) {
      self.name = name
      self.body = body
    }

    public var description: String { name }

    /// Runs the check.
    /// - Parameter make: makes an empty registry each time.
    /// - Throws: ``Failure``, or what the store threw.
    public func run(_ make: () throws -> any RegistryStore) throws { try body(try make(), make) }
  }

  /// What a store did otherwise than it must.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// All that every store must do. What a store may lack has checks of its own.
  public static let checks: [Check] =
    transactions + statements + resolution + undo + identity + names + definitions + filters + times + groups
    + relations + questions + reading
}

/// Fails a check where the two differ.
func expect<Value: Equatable>(_ found: Value, is expected: Value, _ what: String) throws {
  guard found == expected else {
    throw StoreConformance.Failure(description: "\(what): \(found) instead of \(expected)")
  }
}

/// Fails a check where the body does not throw a problem that fits.
func expect(_ what: String, throws fits: (StoreProblem) -> Bool, _ body: () throws -> Void) throws {
  do { try body() } catch let problem as StoreProblem {
    guard fits(problem) else {
      throw StoreConformance.Failure(description: "\(what): threw \(problem.code), \(problem.message)")
    }
    return
  }
  throw StoreConformance.Failure(description: "\(what): did not throw")
}
