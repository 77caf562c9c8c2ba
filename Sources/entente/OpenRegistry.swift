import CommandLanguage
import FoundationEssentials
import Glibc
import PostgreSQLEngine
import RegistryCommands
import RegistryStore
import RelationalStore
import SQLiteEngine
import Rendering

/// Opens the registry that the command line names, filling a new one from the Seed.
struct OpenRegistry {
  let options: Options
  let places: Places
  let tool: String

  func open() throws(Failure) -> RelationalRegistry {
    let location = options.registry ?? places.registry
    if ServerLocation.isServer(location) { return try openOnServer(location) }
    if location == ":memory:" { return try openInMemory() }
    guard !location.isEmpty else { throw Failure.noName }
    guard !location.hasSuffix("/") else {
      throw Failure(StoreProblem.cannotOpen(location: location, reason: "it is the name of a folder"))
    }
    if isMissing(location) {
      let isWanted = options.registry == nil || options.makesNew || options.seed != nil
      guard isWanted else {
        throw Failure.noRegistry(location, isEmpty: exists(location), near: RegistriesThere(location).near)
      }
      guard !options.readOnly else { throw Failure.noRegistryToRead(location) }
      guard !options.dryRun else { return try openInMemory() }
      try make(location)
    } else if let seed = options.seed, RegistriesThere.isRegistry(location) {
      throw Failure.seedOfOld(seed, location)
    }
    return try open(location, creates: false)
  }

  /// Opens a registry to be read, of which the file stays as it is; or makes one in memory.
  static func toRead(_ location: String) throws(StoreProblem) -> any RegistryStore {
    if ServerLocation.isServer(location) {
      return try PostgreSQLRegistry.open(location: location, options: ServerOptions(readOnly: true)).registry
    }
    let isMade = location == ":memory:"
    if !isMade, isEmptyFile(location) { throw .notARegistry(location: location) }
    return try SQLiteRegistry.open(
      location: location,
      options: SQLiteRegistry.Options(createIfMissing: isMade, leavesFile: !isMade)
    ).registry
  }

  private func exists(_ location: String) -> Bool { FileManager.default.fileExists(atPath: location) }

  /// A registry that is not kept, filled like a new one.
  func openInMemory() throws(Failure) -> RelationalRegistry {
    let registry = try open(":memory:", creates: true)
    if let seed = try seed() {
      try interruptible { (isInterrupted) throws(Failure) in try fill(registry, from: seed, isInterrupted) }
    }
    return registry
  }

  /// Whether there is nothing yet. An empty file, as `touch` and `mktemp` make it, is filled like a new one.
  private func isMissing(_ location: String) -> Bool {
    var status = stat()
    guard stat(location, &status) == 0 else { return errno == ENOENT && lstat(location, &status) != 0 }
    return !options.readOnly && Self.isEmptyFile(location)
  }

  /// Whether a file has nothing in it, nor in what SQLite keeps beside it.
  private static func isEmptyFile(_ location: String) -> Bool {
    var status = stat()
    guard stat(location, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size == 0 else {
      return false
    }
    return stat(location + "-wal", &status) != 0
  }

  private func open(_ location: String, creates: Bool) throws(Failure) -> RelationalRegistry {
    do {
      return try SQLiteRegistry.open(
        location: location,
        options: SQLiteRegistry.Options(
          readOnly: options.readOnly && !creates, createIfMissing: creates, leavesFile: options.dryRun)
      ).registry
    } catch {
      throw Failure(error)
    }
  }

  /// The Seed's index; nothing where none is wanted.
  func seed() throws(Failure) -> URL? {
    if options.seed == "none" { return nil }
    if let given = options.seed {
      let url = URL(filePath: given)
      var isFolder = false
      let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
      let script = isFolder ? url.appending(path: "seed.ent") : url
      guard exists, FileManager.default.fileExists(atPath: script.path) else {
        throw Failure.noSeed(at: given)
      }
      return script
    }
    guard let shipped = places.seed else {
      throw Failure.noShippedSeed
    }
    return shipped.appending(path: "seed.ent")
  }

  /// Makes a registry beside its place and then moves it there, so that a half-filled one is never found.
  private func make(_ location: String) throws(Failure) {
    let seed = try seed()
    let folder = URL(filePath: location).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      let words = SystemError(behind: error).map { ": \($0.words)" } ?? ""
      let reason = "its folder cannot be made" + words
      throw Failure(StoreProblem.cannotOpen(location: location, reason: reason))
    }
    let draft = Draft(of: location)
    try interruptible { (isInterrupted) throws(Failure) in
      defer { draft.remove() }
      do throws(Failure) {
        let registry = try open(draft.path, creates: true)
        if let seed { try fill(registry, from: seed, isInterrupted) }
        do throws(StoreProblem) { try registry.close() } catch { throw Failure(error) }
        if isInterrupted() { throw Failure(StoreProblem.interrupted) }
      } catch {
        // Nobody knows the draft.
        var failure = error
        for index in failure.diagnostics.indices {
          failure.diagnostics[index].message.replace(draft.path, with: location)
        }
        throw failure
      }
      guard try replaceEmpty(location, with: draft.path) == false else { return }
      // Another session may have made it in the meantime: theirs stays.
      if link(draft.path, location) != 0, errno != EEXIST {
        throw Failure(StoreProblem.cannotOpen(location: location, reason: String(cString: strerror(errno))))
      }
    }
  }

  /// Makes a registry unless Ctrl-C is pressed meanwhile, and says so then.
  func interruptible<Result>(
    _ body: (_ isInterrupted: @escaping () -> Bool) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    do throws(Failure) {
      return try SignalState.asking(body)
    } catch {
      if error.status == .interrupted {
        OpenFile.standardError.tell("interrupted: no registry was made\n")
      }
      throw error
    }
  }

  /// Puts a registry in the place of an empty file, unless another session has done so.
  /// - Returns: whether there is a file now.
  private func replaceEmpty(_ location: String, with draft: String) throws(Failure) -> Bool {
    let file = Glibc.open(location, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { return false }
    defer { Glibc.close(file) }
    // One session at a time looks whether the file under this name is still the empty one.
    flock(file, LOCK_EX)
    var (held, found) = (stat(), stat())
    guard fstat(file, &held) == 0, stat(location, &found) == 0, held.st_ino == found.st_ino,
      found.st_size == 0
    else { return true }
    guard rename(draft, URL(filePath: location).resolvingSymlinksInPath().path) == 0 else {
      throw Failure(StoreProblem.cannotOpen(location: location, reason: String(cString: strerror(errno))))
    }
    return true
  }

  func fill(
    _ registry: RelationalRegistry, from seed: URL, _ isInterrupted: @escaping () -> Bool
  ) throws(Failure) {
    let isWatched = isatty(STDERR_FILENO) == 1
    if isWatched { OpenFile.standardError.tell("Filling a new registry from \(visible(seed.path)) …\n") }
    let session = Session(
      store: registry, settings: Session.Settings(today: nil, author: Session.Settings.seedAuthor, tool: tool)
    )
    let progress = ProgressLine()
    progress.begin()
    defer { progress.end() }
    session.watch(progress, isInterrupted: isInterrupted)
    _ = try session.read(seed.path, reason: "the Seed")
    registry.isInterrupted = nil
  }
}
