internal import RegistryStore
internal import RelationalStore

/// What every registry in memory is a copy of in the beginning: its tables are made once.
enum EmptyRegistry {
  private static let made: Result<[UInt8], StoreProblem> = {
    do throws(StoreProblem) { return .success(try RelationalRegistry.makeEmpty()) } catch {
      return .failure(error)
    }
  }()

  static func copy(to database: Database) throws(StoreProblem) { try database.fill(with: try made.get()) }
}
