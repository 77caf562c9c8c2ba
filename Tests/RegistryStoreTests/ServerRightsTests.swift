import Foundation
import RegistryModel
import RegistryStore
import SQLiteEngine
import TestRegistry
import TestServer
import Testing

@testable import PostgreSQLEngine
@testable import RelationalStore

/// What the roles of a registry on a server may do, with the program and with SQL of their own.
@Suite("Rights on a PostgreSQL server", .serialized)
struct ServerRightsTests {
  private let server: TestServer
  private let location: String

  init() throws {
    server = try TestServer.shared.get()
    location = try ServerRegistry.shared(with: "first")
  }

  private func open(user: String = "postgres") throws -> RelationalRegistry {
    try PostgreSQLRegistry.open(location: location.replacing("postgres@", with: "\(user)@")).registry
  }

  private func names(_ store: any RegistryStore) throws -> [String] {
    try store.entities(EntityQuery(types: nil), .all).rows.map(\.entity.key.text).sorted()
  }

  private var schema: String { String(location.split(separator: "=")[1]) }

  /// Carries out SQL as a role; `R` is the registry.
  @discardableResult
  private func sql(_ sql: String, as name: String) throws -> String {
    try server.run(
      "psql",
      [
        "-h", server.folder.path, "-U", name, "-d", "postgres", "-qAtX", "-v", "ON_ERROR_STOP=1", "-c",
        sql.replacing("R.", with: "\"\(schema)\"."),
      ])
  }

  @Test("an editor edits under their own name, a reader reads")
  func roles() throws {
    let name = try server.role("editor", in: schema)
    let editor = try open(user: name)
    try TestClock.now {
      try editor.write { try $0.add("entity", "second") }
      #expect(try editor.transactions(limit: 1).first?.author == name)
      let id = try #require(try editor.transactions(limit: 1).first?.id)
      try editor.write { _ = try $0.store.apply(.revert(id)) }
    }
    #expect(try names(editor) == ["first"])
    let reader = try open(user: try server.role("reader", in: schema))
    #expect(try names(reader) == ["first"])
    let problem = #expect(throws: StoreProblem.self) { try reader.write { try $0.add("entity", "third") } }
    #expect(problem?.code == "read-only")
  }

  @Test(
    "an editor makes every kind of edit, and what is told of them is what a file tells",
    arguments: [31, 32, 33])
  func editsAll(seed: Int) throws {
    try open().write { try RandomEdits.prepare($0) }
    let editor = try open(user: try server.role("editor", in: schema))
    let file = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try file.unite(with: try open(), author: "tester", arrived: "2026-06-01T00:00:00.000Z")
    var (edits, others) = (RandomEdits(seed: seed), RandomEdits(seed: seed))
    try TestClock.now {
      for _ in 0..<4 {
        try edits.step(editor)
        try others.step(file)
      }
    }
    #expect(try editor.check().compactMap(\.problem) == [])
    #expect(try editor.fingerprint() == file.fingerprint())
  }

  @Test("what an editor brings keeps its author, and can be carried on")
  func brings() throws {
    let laptop = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try laptop.unite(with: try open(), author: "anna", arrived: "2026-06-01T00:00:00.000Z")
    // Recorded long before it is brought, by a clock of its own.
    try laptop.write { try $0.add("entity", "second") }
    let name = try server.role("editor", in: schema)
    let editor = try open(user: name)
    let now = TestClock.now { TestClock.reading }
    #expect(try editor.unite(with: laptop, author: name, arrived: now).count == 1)
    #expect(try editor.transactions(limit: 1).first?.author == "tester")
    #expect(try sql("SELECT brought FROM R.tx ORDER BY id DESC LIMIT 1", as: name) == name)
    #expect(try editor.check().compactMap(\.problem) == [])
    #expect(try editor.fingerprint() == laptop.fingerprint())
    try TestClock.now { _ = try editor.write { try $0.add("entity", "third") } }
    let copy = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try copy.unite(with: try open(), author: "ben", arrived: now)
    #expect(try copy.fingerprint() == open().fingerprint())
  }

  @Test("an editor whose clock is wrong is told what both say")
  func clock() throws {
    let editor = try open(user: try server.role("editor", in: schema))
    let problem = #expect(throws: StoreProblem.self) { try editor.write { try $0.add("entity", "second") } }
    #expect(problem?.message.contains("the clock of this machine says 2026-01-01T00:00:00.000Z") == true)
  }

  @Test("an editor who is made a reader writes no more")
  func demoted() throws {
    let name = try server.role("editor", in: schema)
    try server.sql("SELECT \"\(schema)\".allow('\(name)', 'reader')")
    let reader = try open(user: name)
    #expect(try names(reader) == ["first"])
    let problem = #expect(throws: StoreProblem.self) { try reader.write { try $0.add("entity", "second") } }
    #expect(problem?.code == "read-only")
    #expect(throws: TestServer.Problem.self) { try sql("UPDATE R.moment SET number = number + 1", as: name) }
  }

  @Test("an editor works in a registry whose transactions are numbered otherwise than in their first one")
  func inCopy() throws {
    let file = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try file.unite(with: try open(), author: "anna", arrived: "2026-06-01T00:00:00.000Z")
    try file.write { try $0.add("entity", "second") }
    let registry = try open()
    _ = try registry.unite(with: file, author: "ben", arrived: "2026-06-01T00:00:00.000Z")
    let editor = try open(user: try server.role("editor", in: schema))
    try TestClock.now {
      try editor.write { try $0.add("entity", "third") }
      try editor.write {
        try $0.claim(
          "third", "name", .text("Third"), qualifiers: [Qualifier(Key(unchecked: "year"), .unknown)])
      }
    }
    #expect(try editor.check().compactMap(\.problem) == [])
  }

  @Test("who has no right is told who gives it")
  func stranger() throws {
    let name = "stranger_\(schema)"
    try server.sql("CREATE ROLE \(name) LOGIN")
    let problem = #expect(throws: StoreProblem.self) { try open(user: name) }
    #expect(problem?.code == "not-allowed")
    #expect(problem?.help?.contains(".allow('USER', 'reader')") == true)
  }

  @Test("who may make no temporary tables is told who gives them")
  func temporary() throws {
    let database = "bare_\(schema)", name = "user_\(schema)"
    try server.sql("CREATE DATABASE \(database)")
    try server.sql("REVOKE TEMP ON DATABASE \(database) FROM PUBLIC")
    try server.sql("CREATE ROLE \(name) LOGIN")
    func open(_ user: String) throws -> RelationalRegistry {
      try PostgreSQLRegistry.open(
        location: server.location("entente", user: user, database: database),
        options: ServerOptions(createIfMissing: user == "postgres")
      ).registry
    }
    _ = try open("postgres")
    let allow = "SELECT entente.allow('\(name)', 'reader')"
    try server.run(
      "psql", ["-h", server.folder.path, "-U", "postgres", "-d", database, "-qAtX", "-c", allow])
    let before = Times(published: try PartialDate(edtf: "2026"))
    let problem = #expect(throws: StoreProblem.self) {
      _ = try open(name).entities(EntityQuery(types: nil), before)
    }
    #expect(problem?.code == "not-allowed")
    #expect(problem?.help?.contains("GRANT TEMP ON DATABASE") == true)
    try server.sql("GRANT TEMP ON DATABASE \(database) TO \(name)")
    #expect(try open(name).entities(EntityQuery(types: nil), before).rows == [])
  }

  /// A transaction of the registry is being made.
  private static let begun = """
    INSERT INTO R.tx(id, at, author, tool, origin, number, clock) SELECT max(id) + 1,
      to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'god', 't', 1, max(number) + 1, max(clock) + 1
      FROM R.tx
    """

  /// What an editor might try with SQL of their own.
  private static let attempts = [
    "UPDATE R.statement SET property = 'x'", "UPDATE R.statement SET ended = 1",
    "UPDATE R.statement SET tx = NULL",
    "UPDATE R.statement SET text = 'other' WHERE object IS NULL", "DELETE FROM R.statement",
    "UPDATE R.tx SET reason = 'no'", "UPDATE R.tx SET last_statement = 99", "DELETE FROM R.tx",
    "TRUNCATE R.tx",
    "INSERT INTO R.tx(id, at, author, tool) VALUES (1000, '2000-01-01', 'god', 't')",
    "INSERT INTO R.tx(id, at, author, tool) SELECT max(id) + 1, '2000-01-01', 'god', 't' FROM R.tx",
    "INSERT INTO R.life VALUES (1, 1, 1, 2)", "UPDATE R.life SET tx_out = 1", "DELETE FROM R.life",
    "INSERT INTO R.qualifier(statement, ordinal, property, kind) VALUES (1, 9, 'year', 4)",
    "INSERT INTO R.entity VALUES (99999, 'k', 1)", "INSERT INTO R.reversal VALUES (1, 1)",
    "INSERT INTO R.statement(id, digest, subject, property, kind, qualifiers, tx) VALUES (9999, 'x', 1, 'name', 1, 0, 1)",
    "UPDATE R.moment SET statement = 0", "UPDATE R.moment SET format = 2", "UPDATE R.citation SET tx = NULL",
    "INSERT INTO R.recorded_as VALUES (1, 5, NULL)", "ALTER TABLE R.tx DISABLE TRIGGER ALL",
    "DROP TABLE R.tx",
    // Nothing but with a transaction that is being made, and of one writer.
    "INSERT INTO R.statement(id, digest, subject, property, kind, qualifiers) VALUES (9999, 'x', 1, 'name', 1, 0)",
    "INSERT INTO R.judgement VALUES (9999, 'x', 1, 1)", "INSERT INTO R.word VALUES (9999, 'x')",
    "INSERT INTO R.alias(id, digest, entity, name, folded) VALUES (9999, 'x', 1, 'a', 'a')",
    "INSERT INTO R.citation(id, statement, source) VALUES (9999, 1, 1)",
    "UPDATE R.moment SET number = number + 2",
    "UPDATE R.moment SET number = number + 1, statement = 9999999",
    """
    INSERT INTO R.recorded_as SELECT id, subject, object FROM R.statement WHERE id = 1;
    UPDATE R.recorded_as SET statement = 2 WHERE statement = 1
    """,
    """
    \(begun); INSERT INTO R.statement(id, digest, subject, property, kind, qualifiers, tx)
      SELECT (SELECT max(id) + 1 FROM R.statement), 'x', 1, 'name', 1, 0, max(id) FROM R.tx;
    INSERT INTO R.recorded_as SELECT id, subject, object FROM R.statement WHERE id = 1;
    UPDATE R.recorded_as SET statement = (SELECT max(id) FROM R.statement) WHERE statement = 1
    """,
    "\(begun); UPDATE R.tx SET reason = 'forged' WHERE id = 1",
    "\(begun); UPDATE R.life SET tx_out = 5 WHERE tx_in = 1",
    "\(begun); DELETE FROM R.life", "\(begun); UPDATE R.statement SET tx = NULL, ended = NULL WHERE id = 1",
    "\(begun); UPDATE R.citation SET tx = NULL, ended = NULL",
    "\(begun); UPDATE R.tx SET clock = 9223372036854775807",
    "\(begun); UPDATE R.tx SET number = 99 WHERE id = (SELECT max(id) FROM R.tx)",
    "UPDATE R.moment SET number = 9223372036854775806, statement = 9223372036854775807, source = 9223372036854775807",
    "SELECT R.allow(current_user, 'editor')", "SELECT R.disallow('postgres')",
    "BEGIN ISOLATION LEVEL REPEATABLE READ; INSERT INTO R.origin(id, text) VALUES (99, 'x')",
    "SET session_replication_role = replica", "DROP FUNCTION R.guard_tx() CASCADE",
  ]

  @Test("an editor changes nothing that was recorded, by any SQL", arguments: attempts)
  func past(_ attempt: String) throws {
    let registry = try open()
    try registry.write { edits in
      try edits.store.apply(.createEntity(Key(unchecked: "s")))
      try edits.claim("s", "type", .text("entity"))
      try edits.claim("first", "name", .text("Another"), citing: "s")
      let denied = Statement(
        subject: Key(unchecked: "first"), property: Key(unchecked: "name"), value: .text("No"),
        validity: Validity())
      try edits.store.apply(.deny(denied, nil))
    }
    let name = try server.role("editor", in: schema)
    #expect(throws: TestServer.Problem.self) { try sql(attempt, as: name) }
  }

  @Test("functions of an editor's own are called by none of the registry's")
  func shadows() throws {
    let name = try server.role("editor", in: schema)
    try server.sql("CREATE SCHEMA \"own_\(name)\" AUTHORIZATION \(name)")
    try sql(
      "CREATE FUNCTION own_\(name).pg_xact_status(xid8) RETURNS text LANGUAGE sql AS $$ SELECT 'in progress' $$",
      as: name)
    #expect(throws: TestServer.Problem.self) {
      try sql(
        "SET search_path = own_\(name), pg_catalog; UPDATE R.tx SET reason = 'forged' WHERE id = 1", as: name)
    }
    #expect(try sql("SELECT count(*) FROM R.tx WHERE reason = 'forged'", as: name) == "0")
  }

  @Test("an editor does not choose what this registry is told from others by")
  func origin() throws {
    let name = try server.role("editor", in: schema)
    let next = "(SELECT max(id) + 1 FROM R.origin)"
    func own(_ isOwn: Int) -> String {
      "INSERT INTO R.origin(id, text, own) VALUES (\(next), 'forged', \(isOwn))"
    }
    let using =
      "UPDATE R.tx SET origin = (SELECT max(id) FROM R.origin) WHERE id = (SELECT max(id) FROM R.tx)"
    for attempt in [
      own(1), own(0), "\(Self.begun); \(own(1))", "\(Self.begun); \(own(0))",
      "\(Self.begun); \(own(1)); \(using)",
    ] {
      let problem = #expect(throws: TestServer.Problem.self, "\(attempt)") { try sql(attempt, as: name) }
      #expect(problem?.description.contains("what was recorded is not changed") == true, "\(attempt)")
    }
    let registry = try open()
    let before = try #require(try registry.transactions(limit: 1).first?.identity?.origin)
    try registry.write { try $0.add("entity", "second") }
    #expect(try registry.transactions(limit: 1).first?.identity?.origin == before)
    #expect(try registry.check().compactMap(\.problem) == [])
  }

  @Test("the first edit is an editor's, and another origin is drawn where a copy goes on from the own one")
  func drawn() throws {
    let location = try ServerRegistry.location()
    _ = try PostgreSQLRegistry.open(location: location, options: ServerOptions(createIfMissing: true))
    let schema = String(location.split(separator: "=")[1])
    let name = try server.role("editor", in: schema)
    func open() throws -> RelationalRegistry {
      try PostgreSQLRegistry.open(location: location.replacing("postgres@", with: "\(name)@")).registry
    }
    func origin() throws -> String {
      try server.sql("SELECT text FROM \"\(schema)\".origin WHERE own = 1 ORDER BY id DESC LIMIT 1")
    }
    try TestClock.now {
      _ = try open().write { edits in
        try edits.store.apply(
          .defineType(TypeDefinition(key: Key(unchecked: "entity"), parent: nil, plural: "entities")))
      }
    }
    let first = try origin()
    #expect(first.count == 26)
    let now = TestClock.now { TestClock.reading }
    let copy = try SQLiteRegistry.open(location: ":memory:").registry
    _ = try copy.unite(with: try open(), author: "anna", arrived: now)
    try TestClock.now { _ = try copy.write { try $0.add("entity", "second") } }
    // As if the copy had been made of its files.
    let its = try #require(try copy.transactions(limit: 1).first?.identity?.origin)
    try server.sql("UPDATE \"\(schema)\".origin SET text = '\(its)' WHERE own = 1")
    #expect(try open().unite(with: copy, author: name, arrived: now).count == 1)
    #expect(try origin() != its)
    try TestClock.now { _ = try open().write { try $0.add("entity", "third") } }
    #expect(try open().transactions(limit: 1).first?.identity?.origin == origin())
  }

  @Test("what dates in texts mean is noted with what records them, and checked")
  func forms() throws {
    let name = try server.role("editor", in: schema)
    let planted = [
      "INSERT INTO R.period_said(text, starts, ends, seen) VALUES ('from 2027', '1999', '1999', '1999')",
      "INSERT INTO R.date_said(text, first, last) VALUES ('2027', 0, 0)",
    ]
    for plant in planted { #expect(throws: TestServer.Problem.self) { try sql(plant, as: name) } }
    let registry = try open()
    try registry.write {
      try $0.store.apply(
        .claim(
          Statement(
            subject: Key(unchecked: "first"), property: Key(unchecked: "name"), value: .text("Another"),
            validity: try #require(Validity(canonicalText: "from 2026"))), nil))
    }
    #expect(try registry.check().compactMap(\.problem) == [])
    let edits = [
      planted[0], planted[1], "UPDATE R.period_said SET starts = '2025'", "DELETE FROM R.period_said",
      "UPDATE R.date_said SET last = 1", "DELETE FROM R.date_said WHERE first = 0",
    ]
    for edit in edits {
      try sql(
        "CREATE TABLE R.kept_p AS TABLE R.period_said; CREATE TABLE R.kept_d AS TABLE R.date_said",
        as: "postgres")
      try sql(edit, as: "postgres")
      let problems = try registry.check().compactMap(\.problem)
      #expect(problems.count == (edit == edits[5] ? 0 : 1), "\(edit) \(problems)")
      #expect(problems.allSatisfy { $0.contains(" noted") && $0.contains("entente copy") })
      try sql(
        """
        DELETE FROM R.period_said; DELETE FROM R.date_said; INSERT INTO R.period_said TABLE R.kept_p;
        INSERT INTO R.date_said TABLE R.kept_d; DROP TABLE R.kept_p, R.kept_d
        """, as: "postgres")
    }
  }

  @Test("two sessions of an editor do not part what was recorded from what it counts as")
  func race() throws {
    let registry = try open()
    try registry.write { try $0.add("entity", "second") }
    let name = try server.role("editor", in: schema)
    let location = try ServerLocation(self.location.replacing("postgres@", with: "\(name)@"))
    let (one, other) = (try ServerConnection(location), try ServerConnection(location))
    let r = "\"\(schema)\"."
    try one.run("INSERT INTO \(r)recorded_as SELECT id, subject, object FROM \(r)statement WHERE id = 1")
    try one.run("BEGIN")
    try one.run(
      "UPDATE \(r)statement SET subject = (SELECT id FROM \(r)entity WHERE key = 'second') WHERE id = 1")
    #expect(throws: ServerProblem.self) {
      try other.run("DELETE FROM \(r)recorded_as WHERE statement = 1")
    }
    try one.run("COMMIT")
    #expect(throws: ServerProblem.self) {
      try other.run("DELETE FROM \(r)recorded_as WHERE statement = 1")
    }
    #expect(try sql("SELECT count(*) FROM R.recorded_as WHERE statement = 1", as: name) == "1")
  }

  @Test(
    "its owner brings an older registry up to date, nobody else, and all keep their rights",
    arguments: [1, 4, 5])
  func upToDate(from format: Int) throws {
    let name = try server.role("editor", in: schema)
    let reader = try server.role("reader", in: schema)
    let anybody = "anybody_\(schema)"
    try server.sql(
      """
      CREATE ROLE \(anybody) LOGIN; GRANT USAGE ON SCHEMA "\(schema)" TO PUBLIC;
      GRANT SELECT ON ALL TABLES IN SCHEMA "\(schema)" TO PUBLIC
      """)
    try server.sql(
      """
      UPDATE "\(schema)".moment SET format = \(format);
      \(format == 1 ? "ALTER TABLE \"\(schema)\".tx DROP COLUMN brought;" : "")
      CREATE OR REPLACE FUNCTION "\(schema)".guard_origin() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NEW; END $$
      """)
    let problem = #expect(throws: StoreProblem.self) { try open(user: name) }
    #expect(problem?.code == "older-format")
    #expect(problem?.help?.hasPrefix("its owner opens it once") == true)
    #expect(try names(open()) == ["first"])
    let editor = try open(user: name)
    try TestClock.now { () throws in _ = try editor.write { try $0.add("entity", "second") } }
    for user in [name, reader, anybody] { #expect(try names(open(user: user)) == ["first", "second"]) }
    for user in [reader, anybody] {
      let problem = #expect(throws: StoreProblem.self) {
        try open(user: user).write { try $0.add("entity", "third") }
      }
      #expect(problem?.code == "read-only")
    }
    #expect(try sql("SELECT count(brought) FROM R.tx", as: name) == "0")
    let forged = "INSERT INTO R.origin(id, text, own) SELECT max(id) + 1, 'forged', 1 FROM R.origin"
    #expect(throws: TestServer.Problem.self) { try sql(forged, as: name) }
  }

  @Test("a schema may be called anything", arguments: ["Team", "my team", "we'ird%s", "a\"b", "é.x", "a\\b"])
  func called(_ schema: String) throws {
    let called = "\(schema) of \(self.schema)"
    let location = server.location(
      try #require(called.addingPercentEncoding(withAllowedCharacters: .alphanumerics)))
    let options = ServerOptions(createIfMissing: true)
    let registry = try PostgreSQLRegistry.open(location: location, options: options).registry
    try registry.write { edits in
      try edits.store.apply(
        .defineType(TypeDefinition(key: Key(unchecked: "entity"), parent: nil, plural: "entities")))
      try edits.add("entity", "first")
    }
    let name = try server.role("editor", in: called, named: "editor_\(abs(called.hashValue))")
    let editor = try PostgreSQLRegistry.open(
      location: location.replacing("postgres@", with: "\(name)@")
    ).registry
    _ = try TestClock.now { try editor.write { try $0.add("entity", "second") } }
    #expect(try names(editor) == ["first", "second"])
    #expect(try editor.check().compactMap(\.problem) == [])
  }
}

extension TestServer {
  /// Makes a role that may do something with the registry in a schema.
  func role(_ what: String, in schema: String, named name: String? = nil) throws -> String {
    let name = name ?? "\(what)_\(schema)"
    let quoted = schema.replacing("\"", with: "\"\"")
    try sql("CREATE ROLE \(name) LOGIN; SELECT \"\(quoted)\".allow('\(name)', '\(what)')")
    return name
  }
}
