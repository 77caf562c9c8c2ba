internal import CSQLite
internal import FoundationEssentials
internal import Glibc
public import RegistryStore
public import RelationalStore

/// A registry in one SQLite file, or in memory.
public typealias SQLiteRegistry = RelationalRegistry

extension RelationalRegistry {
  /// How a registry is opened.
  public struct Options: Hashable, Sendable {
    /// Nothing can be written; nothing is created.
    public var readOnly: Bool
    /// A registry is made where there is no file.
    public var createIfMissing: Bool
    /// How long to wait for another writer, in seconds.
    public var patience: Double
    /// The file is left as it is to the byte: a registry of an earlier format is brought up to date in memory, and what
    /// lies in a log beside it stays there.
    public var leavesFile: Bool

    public init(
      readOnly: Bool = false, createIfMissing: Bool = true, patience: Double = 30, leavesFile: Bool = false
    ) {
      self.readOnly = readOnly
      self.createIfMissing = createIfMissing
      self.patience = patience
      self.leavesFile = leavesFile
    }
  }

  /// Opens the registry at `location` (a file, or `:memory:`), or makes one.
  ///
  /// Where it fails, nothing is left that was not there before, and what was there is as it was. Where nothing can be
  /// written beside the file, it is opened to be read.
  /// - Returns: the registry, and whether it was made just now.
  /// - Throws: `cannotOpen`, `notARegistry`, `newerFormat`, `olderFormat`, `damaged`, `readOnly`, `locked`, `diskFull`.
  public static func open(
    location: String, options: Options = Options()
  ) throws(StoreProblem) -> (registry: SQLiteRegistry, isNew: Bool) {
    let existed = location == ":memory:" ? true : try RegistryFile.isThere(location)
    if !existed, options.readOnly || !options.createIfMissing {
      throw .cannotOpen(location: location, reason: "there is no such file")
    }
    do throws(StoreProblem) {
      let (registry, engine, version, isNew) = try openAnyWay(location, options)
      if version < Format.migrations.count { try migrate(registry, engine, from: version) }
      return (registry, isNew)
    } catch {
      if !existed { removeFiles(of: location) }
      throw error
    }
  }

  private typealias Opened = (registry: RelationalRegistry, engine: SQLiteEngine, version: Int, isNew: Bool)

  private static func openAnyWay(_ location: String, _ options: Options) throws(StoreProblem) -> Opened {
    do throws(StoreProblem) {
      return try open(location, as: .shared, options)
    } catch {
      guard let way = OpeningWay(after: error, isReadOnly: options.readOnly), try way.suits(location) else {
        throw error
      }
      var options = options
      if way == .frozen { options.readOnly = true }
      do throws(StoreProblem) {
        return try open(location, as: way, options)
      } catch let second {
        // That the file is of an earlier format is why it cannot be read; else the first attempt tells more.
        if case .olderFormat = second { throw second }
        throw error
      }
    }
  }

  private static func open(
    _ location: String, as way: OpeningWay, _ options: Options
  ) throws(StoreProblem) -> Opened {
    let hasLog = RegistryFile.size(location + "-wal") ?? 0 > 0
    var database = try connect(location, way, options)
    var (version, isNew) = try prepare(database, location: location, options: options)
    if isNew, location == ":memory:" {
      try EmptyRegistry.copy(to: database)
      version = Format.migrations.count
    }
    if options.leavesFile, version < Format.migrations.count {
      let copy = try connect(":memory:", .shared, options)
      try database.backup(to: copy)
      try database.close()
      database = copy
    } else if options.leavesFile, hasLog {
      // What is closed last would bring the log into the file.
      sqlite_settings_leave_log(database.handle)
    }
    let engine = SQLiteEngine(database, location: location, patience: options.patience)
    return (RelationalRegistry(engine, isReadOnly: options.readOnly), engine, version, isNew)
  }

  private static func connect(
    _ location: String, _ way: OpeningWay, _ options: Options
  ) throws(StoreProblem) -> Database {
    let database = try Database(
      way.name(location), location: location, readOnly: options.readOnly, patience: options.patience)
    if way == .alone { try database.run("PRAGMA locking_mode = EXCLUSIVE") }
    // Every id that is written was found or made just before; `check` tests the references. After a long import the log
    // is as large as what it wrote, and is cut when it starts anew.
    try database.run(
      """
      PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA temp.cache_size = -64000;
      PRAGMA cache_size = -\(SQLiteEngine.usualCache); PRAGMA journal_size_limit = 67108864
      """)
    return database
  }

  /// Tests what the file is, and whether it can be brought to the newest format where it is not of that.
  /// - Returns: its format, and whether it was empty.
  private static func prepare(
    _ database: Database, location: String, options: Options
  ) throws(StoreProblem) -> (version: Int, isEmpty: Bool) {
    let supported = Format.migrations.count
    let mark = try database.integer("PRAGMA application_id")
    let version = Int(try database.integer("PRAGMA user_version"))
    let isEmpty = try database.integer("SELECT count(*) FROM sqlite_master") == 0
    guard mark == Format.applicationID || (isEmpty && mark == 0 && version == 0) else {
      throw .notARegistry(location: location)
    }
    if version > supported { throw .newerFormat(location: location, found: version, supported: supported) }
    if isEmpty, options.readOnly { throw .notARegistry(location: location) }
    if isEmpty, location != ":memory:" { try database.run("PRAGMA journal_mode = WAL") }
    try database.run("PRAGMA synchronous = FULL")
    if version < supported, options.readOnly {
      throw .olderFormat(location: location, found: version, supported: supported)
    }
    return (version, isEmpty)
  }

  /// A registry in memory that nothing is in, made step by step, as it would lie in a file.
  static func makeEmpty() throws(StoreProblem) -> [UInt8] {
    let (location, options) = (":memory:", Options())
    let database = try connect(location, .shared, options)
    let (version, _) = try prepare(database, location: location, options: options)
    let engine = SQLiteEngine(database, location: location, patience: 0)
    let registry = RelationalRegistry(engine, isReadOnly: false)
    try migrate(registry, engine, from: version)
    let bytes = try database.bytes()
    try registry.close()
    return bytes
  }

  /// Takes the steps that are missing and makes the projections anew, all or nothing of it.
  private static func migrate(
    _ registry: RelationalRegistry, _ engine: SQLiteEngine, from found: Int
  ) throws(StoreProblem) {
    let (location, supported) = (engine.location, Format.migrations.count)
    do throws(StoreProblem) {
      try engine.begin(.writing)
    } catch {
      guard case .readOnly = error, found > 0 else { throw error }
      throw .olderFormat(location: location, found: found, supported: supported)
    }
    engine.tell(writer: "a session that brings it to format \(supported)")
    do throws(StoreProblem) {
      // Another process may have taken them while this one waited for the lock.
      let version = Int(try engine.integer("PRAGMA main.user_version") ?? 0)
      if version < supported {
        try engine.runScript(ProjectionSchema.removal(of: version))
        for migration in Format.migrations.dropFirst(version) { try engine.runScript(migration.sql) }
        try registry.nameTransactions()
        try registry.makeProjections(areFilled: version > 0)
        try engine.run("PRAGMA main.application_id = \(Format.applicationID)")
        try engine.run("PRAGMA main.user_version = \(supported)")
      }
      try engine.commit()
    } catch {
      _ = try? engine.rollback()
      throw error
    }
  }

  private static func removeFiles(of location: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] { unlink(location + suffix) }
  }
}
