/// Makes a registry anew from the history of another, whatever keeps the two: the same transactions with their numbers,
/// times and authors, and in each what it recorded and withdrew.
public struct RegistryCopy {
  /// How many transactions there were.
  public private(set) var transactions = 0

  public init() {}

  /// - Parameters:
  ///   - source: is read at one moment.
  ///   - target: an empty registry.
  /// - Throws: what either throws; nothing is kept in the target then; `interrupted` once the source says so.
  public mutating func copy(
    _ source: any RegistryStore & RegistryRestoring, to target: any RegistryStore & RegistryRestoring
  ) throws(StoreProblem) {
    var problem: StoreProblem?
    var count = 0
    do throws(StoreProblem) {
      try source.atOneMoment { () throws(StoreProblem) in
        try source.recordedChanges { change in
          do throws(StoreProblem) {
            // The target may be one that only reading is interrupted of.
            if source.isInterrupted?() == true { throw .interrupted }
            switch change {
            case .transaction(let transaction, let undone):
              try target.begin(restoring: transaction, undoing: undone)
              count += 1
            case .withdrawn(let content): try target.restore(content, asserts: false)
            case .ended(let content, let seen): try target.restore(ended: content, seen: seen)
            case .asserted(let content): try target.restore(content, asserts: true)
            }
            return true
          } catch {
            problem = error
            return false
          }
        }
      }
      if let problem { throw problem }
      if target.state.transaction != nil { try target.commit(reason: nil) }
    } catch {
      if target.state.transaction != nil { try? target.rollback(.transaction) }
      throw error
    }
    transactions = count
  }
}
