import ArgumentParser
import FoundationEssentials
import Glibc
import PostgreSQLEngine
import RegistryCommands
import RegistryStore
import RelationalStore
import SQLiteEngine

/// Moves a registry with its history between a file and a server, either way.
struct CopyRegistry: Subprogram {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: "Copy a registry with its history: from a file to a server, or back.",
    usage: "entente copy FROM TO",
    discussion: """
      The copy has the same transactions with their numbers, times and authors, and answers everything as the other does. \
      TO must not be there yet; where something goes wrong nothing of it is left. FROM is only read, and others may go on \
      with it meanwhile.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("The registry to copy: a file or postgresql://….", valueName: "from"),
    completion: .file())
  var source: String

  @ArgumentParser.Argument(
    help: ArgumentHelp("Where the copy is made: the same.", valueName: "to"), completion: .file())
  var target: String

  func status() throws(Failure) -> Int32 {
    do throws(Failure) {
      return try SignalState.asking { (isInterrupted) throws(Failure) in try copied(isInterrupted) }
    } catch {
      guard error.status == .interrupted else { throw error }
      OpenFile.standardError.tell("interrupted: nothing of the copy is left\n")
      return error.status.rawValue
    }
  }

  private func copied(_ isInterrupted: @escaping () -> Bool) throws(Failure) -> Int32 {
    do {
      let registry = try Self.open(source)
      registry.isInterrupted = isInterrupted
      let copied =
        ServerLocation.isServer(target) ? try toServer(registry) : try Self.file(of: registry, at: target)
      try registry.close()
      try OpenFile.standardOutput.put(
        "copied \(copied) \(copied == 1 ? "transaction" : "transactions") to \(try Self.words(target))\n")
      return 0
    } catch let failure as Failure {
      throw failure
    } catch let problem as StoreProblem {
      throw Failure(problem)
    } catch {
      throw Failure(StoreProblem.failed("\(error)"))
    }
  }

  private static func words(_ location: String) throws -> String {
    ServerLocation.isServer(location) ? try ServerLocation(location).words : location
  }

  private static func open(_ location: String) throws -> RelationalRegistry {
    if ServerLocation.isServer(location) {
      return try PostgreSQLRegistry.open(location: location, options: ServerOptions(readOnly: true)).registry
    }
    return try SQLiteRegistry.open(
      location: location, options: SQLiteRegistry.Options(readOnly: true, createIfMissing: false)
    ).registry
  }

  private func toServer(_ registry: RelationalRegistry) throws -> Int {
    let opened = try PostgreSQLRegistry.open(location: target, options: ServerOptions(createIfMissing: true))
    // Of two copies to one place the other has made it.
    guard opened.isNew else {
      throw StoreProblem.cannotOpen(location: try Self.words(target), reason: "there is a registry already")
    }
    do {
      let count = try Self.copied(registry, to: opened.registry)
      try opened.registry.close()
      return count
    } catch {
      try? PostgreSQLRegistry.remove(target)
      throw error
    }
  }

  /// Made beside its place and then linked there: what is found under the name is whole.
  /// - Returns: how many transactions it has.
  static func file(of registry: RelationalRegistry, at target: String) throws -> Int {
    guard !FileManager.default.fileExists(atPath: target) else {
      throw StoreProblem.cannotOpen(location: target, reason: "there is a file of that name already")
    }
    let draft = Draft(of: target)
    defer { draft.remove() }
    let copy = try SQLiteRegistry.open(location: draft.path).registry
    let count = try copied(registry, to: copy)
    while try copy.indexText() > 0 {
      if registry.isInterrupted?() == true { throw StoreProblem.interrupted }
    }
    copy.isInterrupted = nil
    try copy.close()
    if registry.isInterrupted?() == true { throw StoreProblem.interrupted }
    guard link(draft.path, target) == 0 else {
      throw StoreProblem.cannotOpen(location: target, reason: String(cString: strerror(errno)))
    }
    return count
  }

  private static func copied(_ registry: RelationalRegistry, to copy: RelationalRegistry) throws -> Int {
    copy.isInterrupted = registry.isInterrupted
    var work = RegistryCopy()
    try work.copy(registry, to: copy)
    if registry.isInterrupted?() == true { throw StoreProblem.interrupted }
    return work.transactions
  }
}
