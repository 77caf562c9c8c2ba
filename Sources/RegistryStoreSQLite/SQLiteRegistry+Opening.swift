internal import CSQLiteSettings
internal import Foundation
internal import GRDB
public import RegistryStore

extension SQLiteRegistry {
  /// Opens the registry at `location` (a file, or `:memory:`), or makes one.
  ///
  /// Where it fails, nothing is left that was not there before, and what was there is as it was.
  /// - Returns: the registry, and whether it was made just now.
  /// - Throws: `cannotOpen`, `notARegistry`, `newerFormat`, `damaged`, `readOnly`, `locked`, `diskFull`.
  public static func open(
    location: String, options: Options = Options()
  ) throws(StoreProblem) -> (registry: SQLiteRegistry, isNew: Bool) {
    let isInMemory = location == ":memory:"
    let existed = isInMemory || FileManager.default.fileExists(atPath: location)
    if !existed, options.readOnly || !options.createIfMissing {
      throw .cannotOpen(location: location, reason: "there is no such file")
    }
    if !isInMemory, existed { try refuseForeignFile(location) }
    do {
      let queue = try connect(location, options)
      let (version, isNew) = try prepare(queue, location: location, options: options)
      let registry = SQLiteRegistry(
        try Connection(queue, location: location), location: location, options: options)
      if version < Format.migrations.count { try registry.migrate() }
      return (registry, isNew)
    } catch {
      if !existed { removeFiles(of: location) }
      throw StoreProblem(error, location: location)
    }
  }

  /// Refuses a folder and a file that SQLite would not read, before SQLite touches it.
  private static func refuseForeignFile(_ location: String) throws(StoreProblem) {
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: location, isDirectory: &isFolder)
    if isFolder.boolValue { throw .cannotOpen(location: location, reason: "it is a folder") }
    guard let file = FileHandle(forReadingAtPath: location) else {
      throw .cannotOpen(location: location, reason: String(cString: strerror(errno)))
    }
    defer { try? file.close() }
    let header = (try? file.read(upToCount: 16)) ?? Data()
    if !header.isEmpty, header != Data("SQLite format 3\0".utf8) { throw .notARegistry(location: location) }
  }

  private static let settings: Void = sqlite_settings_count_no_memory()

  private static func connect(_ location: String, _ options: Options) throws -> DatabaseQueue {
    settings
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.readonly = options.readOnly
    // Every id that is written was found or made just before; `check` tests the references.
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(options.patience)
    // A transaction stays open between commands, and is ended by commit or rollback.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { db in
      try db.execute(
        sql:
          "PRAGMA trusted_schema = OFF; PRAGMA temp.cache_size = -64000; PRAGMA cache_size = -\(usualCache)")
    }
    return try DatabaseQueue(path: location, configuration: configuration)
  }

  /// Tests what the file is, and whether it can be brought to the newest format where it is not of that.
  /// - Returns: its format, and whether it was empty.
  private static func prepare(
    _ queue: DatabaseQueue, location: String, options: Options
  ) throws -> (version: Int, isEmpty: Bool) {
    let supported = Format.migrations.count
    return try queue.inDatabase { db in
      let mark = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") == 0
      guard mark == Format.applicationID || (isEmpty && mark == 0 && version == 0) else {
        throw StoreProblem.notARegistry(location: location)
      }
      if version > supported {
        throw StoreProblem.newerFormat(location: location, found: version, supported: supported)
      }
      if isEmpty, options.readOnly { throw StoreProblem.notARegistry(location: location) }
      if isEmpty, location != ":memory:" { try db.execute(sql: "PRAGMA journal_mode = WAL") }
      try db.execute(sql: "PRAGMA synchronous = FULL")
      if version < supported, options.readOnly { throw StoreProblem.readOnly(location: location) }
      return (version, isEmpty)
    }
  }

  /// Takes the steps that are missing and makes the projections anew, all or nothing of it.
  private func migrate() throws(StoreProblem) {
    try db.run("BEGIN IMMEDIATE")
    do throws(StoreProblem) {
      // Another process may have taken them while this one waited for the lock.
      let version = Int(try db.integer("PRAGMA main.user_version") ?? 0)
      if version < Format.migrations.count {
        try db.runScript(Format.withoutProjections)
        for migration in Format.migrations.dropFirst(version) { try db.runScript(migration.sql) }
        try db.runScript(Format.projections)
        if version > 0 { try fill(.main, needsEvidence: false) }
        try db.run("PRAGMA main.application_id = \(Format.applicationID)")
        try db.run("PRAGMA main.user_version = \(Format.migrations.count)")
      }
      try db.run("COMMIT")
    } catch {
      if !db.isAutocommit { _ = try? db.run("ROLLBACK") }
      throw error
    }
    memory = Memory()
  }

  private static func removeFiles(of location: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(location + suffix) }
  }
}
