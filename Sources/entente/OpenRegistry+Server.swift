import PostgreSQLEngine
import RegistryCommands
import RegistryStore
import RelationalStore

/// A registry on a server.
extension OpenRegistry {
  func openOnServer(_ location: String) throws(Failure) -> RelationalRegistry {
    do {
      let found = try PostgreSQLRegistry.openIfThere(
        location: location, options: ServerOptions(readOnly: options.readOnly))
      if let found {
        if let seed = options.seed { throw Failure.seedOfOld(seed, try ServerLocation(location).words) }
        if let standby = found.standby { OpenFile.standardError.tell("-- \(standby.words)\n") }
        return found.registry
      }
      let words = try ServerLocation(location).words
      guard options.makesNew || options.seed != nil else {
        throw Failure.noRegistry(words, isEmpty: false, near: [])
      }
      guard !options.readOnly else { throw Failure.noRegistryToRead(words) }
      guard !options.dryRun else { return try openInMemory() }
      let seed = try seed()
      let registry = try PostgreSQLRegistry.open(
        location: location, options: ServerOptions(createIfMissing: true)
      ).registry
      guard let seed else { return registry }
      do throws(Failure) {
        try fill(registry, from: seed)
      } catch {
        // A half-filled registry is never found.
        try? registry.close()
        try? PostgreSQLRegistry.remove(location)
        throw error
      }
      return registry
    } catch let failure as Failure {
      throw failure
    } catch let problem as StoreProblem {
      throw Failure(problem)
    } catch {
      throw Failure(StoreProblem.failed("\(error)"))
    }
  }
}
