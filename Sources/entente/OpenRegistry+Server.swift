import FoundationEssentials
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
      return try interruptible { (isInterrupted) throws(Failure) in
        try makeOnServer(location, from: seed, isInterrupted)
      }
    } catch let failure as Failure {
      throw failure
    } catch let problem as StoreProblem {
      throw Failure(problem)
    } catch {
      throw Failure(StoreProblem.failed("\(error)"))
    }
  }

  private func makeOnServer(
    _ location: String, from seed: URL?, _ isInterrupted: @escaping () -> Bool
  ) throws(Failure) -> RelationalRegistry {
    let registry: RelationalRegistry
    do {
      registry = try PostgreSQLRegistry.open(
        location: location, options: ServerOptions(createIfMissing: true)
      ).registry
    } catch {
      throw Failure(error)
    }
    do throws(Failure) {
      if let seed { try fill(registry, from: seed, isInterrupted) }
      if isInterrupted() { throw Failure(StoreProblem.interrupted) }
    } catch {
      // A half-filled registry is never found.
      try? registry.close()
      try? PostgreSQLRegistry.remove(location)
      throw error
    }
    return registry
  }
}
