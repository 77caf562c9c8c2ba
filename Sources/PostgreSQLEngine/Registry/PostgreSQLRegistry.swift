public import RegistryStore
public import RelationalStore

/// How a registry on a server is opened.
public struct ServerOptions: Hashable, Sendable {
  /// Nothing can be written; nothing is created.
  public var readOnly: Bool
  /// A registry is made where there is none.
  public var createIfMissing: Bool
  /// How long to wait for another writer, in seconds.
  public var patience: Double

  public init(readOnly: Bool = false, createIfMissing: Bool = false, patience: Double = 30) {
    self.readOnly = readOnly
    self.createIfMissing = createIfMissing
    self.patience = patience
  }
}

/// A registry in a schema of a PostgreSQL server.
public enum PostgreSQLRegistry {
  /// A registry that was opened.
  public struct Opened {
    public var registry: RelationalRegistry
    /// Whether it was made just now.
    public var isNew: Bool
    /// What the server has of its primary; nil where it is one itself.
    public var standby: ServerStandby?
  }

  /// Opens the registry at a location, or makes one; a schema that holds something else is left as it is.
  ///
  /// On a standby, and for a user who may not write, it is opened to be read.
  /// - Throws: `cannotOpen`, `notARegistry`, `newerFormat`, `olderFormat`.
  public static func open(
    location: String, options: ServerOptions = ServerOptions()
  ) throws(StoreProblem) -> Opened {
    guard let opened = try openIfThere(location: location, options: options) else {
      let location = try ServerLocation(location)
      throw .cannotOpen(
        location: location.words, reason: "there is no registry in the schema \(location.schema)")
    }
    return opened
  }

  /// The same; nil where there is no registry, and none is to be made.
  public static func openIfThere(
    location: String, options: ServerOptions = ServerOptions()
  ) throws(StoreProblem) -> Opened? {
    let location = try ServerLocation(location)
    let connection = try ServerConnection(location)
    let engine = PostgreSQLEngine(connection, SQLCatalog(schema: location.schema), patience: options.patience)
    try engine.send { (connection) throws(ServerProblem) in try connection.run(PostgreSQLEngine.settings) }
    let there = try there(engine)
    if !there.isRegistry, there.hasTables { throw .notARegistry(location: location.words) }
    guard there.isRegistry || options.createIfMissing && !options.readOnly else { return nil }
    var isNew = false
    if !there.isRegistry { isNew = try make(engine) }
    let (mayWrite, standby) = try tested(engine, options)
    try engine.declare()
    engine.isStandby = standby != nil
    return Opened(
      registry: RelationalRegistry(engine, isReadOnly: options.readOnly || !mayWrite),
      isNew: isNew, standby: standby)
  }

  /// Whether a location has a registry.
  public static func isThere(_ location: String) throws(StoreProblem) -> Bool {
    let location = try ServerLocation(location)
    let engine = PostgreSQLEngine(
      try ServerConnection(location), SQLCatalog(schema: location.schema), patience: 0)
    return try there(engine).isRegistry
  }

  /// Drops a registry with all that is in it.
  public static func remove(_ location: String) throws(StoreProblem) {
    let location = try ServerLocation(location)
    let engine = PostgreSQLEngine(
      try ServerConnection(location), SQLCatalog(schema: location.schema), patience: 0)
    guard try there(engine).isRegistry else { return }
    try engine.send { (connection) throws(ServerProblem) in
      try connection.run("DROP SCHEMA \(SQLCatalog.quoted(location.schema)) CASCADE")
    }
  }

  private static func there(_ engine: PostgreSQLEngine) throws(StoreProblem) -> (
    isRegistry: Bool, hasTables: Bool
  ) {
    let schema = SQLTranslator.literal(engine.catalog.schema)
    let rows = try engine.send { (connection) throws(ServerProblem) in
      try connection.run(
        """
        SELECT coalesce(sum(CASE WHEN c.relname = 'moment' THEN 1 ELSE 0 END), 0), count(*),
          current_setting('server_encoding'), current_setting('server_version_num')
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = \(schema)
        """)
    }
    guard rows.text(0, 2) == "UTF8" else {
      throw .cannotOpen(
        location: engine.location,
        reason: "its database is in \(rows.text(0, 2)), not in UTF8: createdb -T template0 -E UTF8 makes one")
    }
    guard rows.integer(0, 3) ?? 0 >= 150_000 else {
      throw .cannotOpen(location: engine.location, reason: "PostgreSQL 15 or later is needed")
    }
    return (rows.integer(0, 0) != 0, rows.integer(0, 1) != 0)
  }

  /// The same of a registry of an older format, once it was brought up to date.
  private static func tested(
    _ engine: PostgreSQLEngine, _ options: ServerOptions
  ) throws(StoreProblem) -> (mayWrite: Bool, standby: ServerStandby?) {
    do throws(StoreProblem) {
      return try test(engine)
    } catch {
      guard case .olderFormat = error, !options.readOnly else { throw error }
      // Whoever may not, or reads a standby, is told what `error` says.
      do throws(StoreProblem) { try bringUpToDate(engine) } catch let problem {
        switch problem {
        case .failed, .notAllowed, .readOnly, .onStandby: throw error
        default: throw problem
        }
      }
      return try test(engine)
    }
  }

  private static func test(
    _ engine: PostgreSQLEngine
  ) throws(StoreProblem) -> (mayWrite: Bool, standby: ServerStandby?) {
    let table = SQLTranslator.literal(engine.catalog.shared("tx"))
    let rows = try engine.send { (connection) throws(ServerProblem) in
      try connection.run(
        """
        SELECT format, has_table_privilege(\(table), 'INSERT'), \(ServerStandby.columns),
          has_function_privilege('pg_logical_emit_message(boolean, text, text)', 'EXECUTE'),
          \(PlannerStatistics.columns(SQLTranslator.literal(engine.catalog.shared("statement")))),
          CASE WHEN NOT pg_has_role(session_user, (SELECT c.relowner FROM pg_catalog.pg_class c
            WHERE c.oid = \(SQLTranslator.literal(engine.catalog.shared("tx")))::regclass), 'MEMBER') THEN session_user END
        FROM \(engine.catalog.shared("moment"))
        """)
    }
    let last = rows.width - 1
    engine.mayLog = rows.text(0, last - 3) == "t"
    engine.statistics.begin(known: rows.integer(0, last - 2), isOwner: rows.text(0, last - 1) == "t")
    engine.author = rows.isNull(0, last) ? nil : rows.text(0, last)
    let (found, supported) = (Int(rows.integer(0, 0) ?? 0), Int(ServerFormat.version))
    if found > supported { throw .newerFormat(location: engine.location, found: found, supported: supported) }
    if found < supported { throw .olderFormat(location: engine.location, found: found, supported: supported) }
    let standby = ServerStandby(rows, at: 2)
    return (rows.text(0, 1) == "t" && standby == nil, standby)
  }

  /// Takes the steps that are missing, all or none of them, where its owner opens it.
  private static func bringUpToDate(_ engine: PostgreSQLEngine) throws(StoreProblem) {
    let name: (String) -> String = engine.catalog.shared
    func run(_ sql: String) throws(StoreProblem) -> ServerRows {
      try engine.send { (connection) throws(ServerProblem) in try connection.run(sql) }
    }
    try alone(engine) { () throws(StoreProblem) in
      // Whoever writes, or brings it up to date, ends before.
      let found =
        try run("SELECT format FROM \(name("moment")) FOR UPDATE").integer(0, 0) ?? ServerFormat.version
      let schema = SQLCatalog.quoted(engine.catalog.schema)
      let steps = ServerFormat.steps(schema, name)
      for step in steps.dropFirst(max(0, Int(found) - 1)) where !step.isEmpty { _ = try run(step) }
      func guarding() throws(StoreProblem) {
        _ = try run(ServerRoles.sql(schema, name) + ServerRoles.allowingAgain(schema, name))
      }
      if found <= ServerFormat.projectedOtherwise {
        try engine.declare()
        try RelationalRegistry.remakeProjections(in: engine, guarding)
      } else if found < ServerFormat.version {
        try guarding()
      }
      _ = try run("UPDATE \(name("moment")) SET format = \(ServerFormat.version)")
    }
  }

  /// Makes the schema and all that is in it, or nothing of it.
  /// - Returns: whether it did; another may have made it meanwhile.
  private static func make(_ engine: PostgreSQLEngine) throws(StoreProblem) -> Bool {
    var isMade = false
    let name: (String) -> String = engine.catalog.shared
    let schema = SQLCatalog.quoted(engine.catalog.schema)
    func run(_ sql: String) throws(StoreProblem) {
      try engine.send { (connection) throws(ServerProblem) in try connection.run(sql) }
    }
    try alone(engine) { () throws(StoreProblem) in
      isMade = try !there(engine).isRegistry
      if isMade {
        try run(
          """
          CREATE SCHEMA IF NOT EXISTS \(schema);
          CREATE TABLE \(name("moment"))(number bigint NOT NULL, statement bigint NOT NULL, source bigint NOT NULL,
            format bigint NOT NULL);
          INSERT INTO \(name("moment")) VALUES (0, 0, 0, \(ServerFormat.version));
          """)
        try run(ServerFunctions.sql(name))
        try run(ServerFunctions.letters(name))
        try engine.runScript(ServerFormat.truth)
        try engine.runScript(ProjectionSchema.creation)
        try run(ServerRoles.sql(schema, name))
      }
    }
    engine.catalog = SQLCatalog(schema: engine.catalog.schema)
    return isMade
  }

  /// All or nothing; two that make the same one, or bring it up to date, wait for each other.
  private static func alone(
    _ engine: PostgreSQLEngine, _ body: () throws(StoreProblem) -> Void
  ) throws(StoreProblem) {
    func run(_ sql: String) throws(StoreProblem) {
      try engine.send { (connection) throws(ServerProblem) in try connection.run(sql) }
    }
    try run("BEGIN")
    engine.isOpen = true
    do throws(StoreProblem) {
      try run("SELECT pg_advisory_xact_lock(\(PostgreSQLEngine.lockClass))")
      try body()
      try run("COMMIT")
      engine.isOpen = false
    } catch {
      _ = try? engine.rollback()
      throw error
    }
  }
}

extension PostgreSQLEngine {
  /// Learns which tables a registry has: all have the same.
  func declare() throws(StoreProblem) {
    var known = SQLCatalog(schema: catalog.schema)
    do throws(SQLProblem) {
      for (statement, text) in try SQLParser.statements(ServerFormat.truth + ProjectionSchema.creation) {
        let translator = SQLTranslator(known, [])
        _ = try translator.statement(statement, text: text)
        known = translator.catalog
      }
    } catch {
      throw .failed(error.words)
    }
    catalog = known
  }
}
