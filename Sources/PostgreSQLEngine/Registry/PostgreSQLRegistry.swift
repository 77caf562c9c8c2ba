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
  /// Opens the registry at a location, or makes one; a schema that holds something else is left as it is.
  ///
  /// On a standby, and for a user who may not write, it is opened to be read.
  /// - Returns: the registry, and whether it was made just now.
  /// - Throws: `cannotOpen`, `notARegistry`, `newerFormat`, `olderFormat`.
  public static func open(
    location: String, options: ServerOptions = ServerOptions()
  ) throws(StoreProblem) -> (registry: RelationalRegistry, isNew: Bool) {
    let location = try ServerLocation(location)
    let connection = try ServerConnection(location)
    let engine = PostgreSQLEngine(connection, SQLCatalog(schema: location.schema), patience: options.patience)
    try engine.send { (connection) throws(ServerProblem) in try connection.run(PostgreSQLEngine.settings) }
    let there = try there(engine)
    if !there.isRegistry, there.hasTables { throw .notARegistry(location: location.words) }
    guard there.isRegistry || options.createIfMissing && !options.readOnly else {
      throw .cannotOpen(
        location: location.words, reason: "there is no registry in the schema \(location.schema)")
    }
    if there.isRegistry { try test(engine) } else { try make(engine) }
    try engine.declare()
    let mayWrite = options.readOnly ? false : try engine.mayWrite()
    return (RelationalRegistry(engine, isReadOnly: !mayWrite), !there.isRegistry)
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
        location: engine.location, reason: "its database is in \(rows.text(0, 2)), not in UTF8")
    }
    guard rows.integer(0, 3) ?? 0 >= 150_000 else {
      throw .cannotOpen(location: engine.location, reason: "PostgreSQL 15 or later is needed")
    }
    return (rows.integer(0, 0) != 0, rows.integer(0, 1) != 0)
  }

  private static func test(_ engine: PostgreSQLEngine) throws(StoreProblem) {
    let rows = try engine.send { (connection) throws(ServerProblem) in
      try connection.run("SELECT format FROM \(engine.catalog.shared("moment"))")
    }
    let (found, supported) = (Int(rows.integer(0, 0) ?? 0), Int(ServerFormat.version))
    if found > supported { throw .newerFormat(location: engine.location, found: found, supported: supported) }
    if found < supported { throw .olderFormat(location: engine.location, found: found, supported: supported) }
  }

  /// Makes the schema and all that is in it, or nothing of it.
  private static func make(_ engine: PostgreSQLEngine) throws(StoreProblem) {
    let name: (String) -> String = engine.catalog.shared
    let schema = SQLCatalog.quoted(engine.catalog.schema)
    func run(_ sql: String) throws(StoreProblem) {
      try engine.send { (connection) throws(ServerProblem) in try connection.run(sql) }
    }
    try run("BEGIN")
    engine.isOpen = true
    do throws(StoreProblem) {
      // Two that make the same one wait for each other.
      try run("SELECT pg_advisory_xact_lock(\(PostgreSQLEngine.lockClass))")
      if try !there(engine).isRegistry {
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
      try run("COMMIT")
      engine.isOpen = false
    } catch {
      _ = try? engine.rollback()
      throw error
    }
    engine.catalog = SQLCatalog(schema: engine.catalog.schema)
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

  func mayWrite() throws(StoreProblem) -> Bool {
    let table = SQLTranslator.literal(catalog.shared("tx"))
    let rows = try send { (connection) throws(ServerProblem) in
      try connection.run("SELECT NOT pg_is_in_recovery() AND has_table_privilege(\(table), 'INSERT')")
    }
    return rows.text(0, 0) == "t"
  }
}
