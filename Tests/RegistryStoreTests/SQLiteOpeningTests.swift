import Foundation
import RegistryModel
import RegistryStore
@testable import RelationalStore
@testable import SQLiteEngine
import SeededNumbers
import Testing

@Suite("Opening a registry")
struct SQLiteOpeningTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("registry.entente")
  }

  /// A registry with one entity, closed.
  private func make() throws {
    let (registry, isNew) = try SQLiteRegistry.open(location: path)
    #expect(isNew)
    try registry.write { try $0.add("thing", "a", "Alpha") }
    try registry.close()
  }

  private func expectProblem(_ code: String, readOnly: Bool = false) {
    let before = try? Data(contentsOf: URL(filePath: path))
    let problem = #expect(throws: StoreProblem.self) {
      try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(readOnly: readOnly)).registry
        .close()
    }
    #expect(problem?.code == code)
    #expect((try? Data(contentsOf: URL(filePath: path))) == before)
  }

  @Test("A registry is there when it is opened again")
  func reopens() throws {
    try make()
    let (registry, isNew) = try SQLiteRegistry.open(location: path)
    #expect(!isNew)
    #expect(try registry.entity(Key(unchecked: "a"), .all)?.name == "Alpha")
    try registry.close()
    #expect(folder.contents == ["registry.entente"])
  }

  @Test("Names that an earlier program folded are looked up by today's rule")
  func foldsAnew() throws {
    // As format 8 had them.
    try make(
      format: 8,
      """
      INSERT INTO entity VALUES (1, 'a', 1);
      \(row(1, BuiltIn.type, "state")) \(row(2, BuiltIn.name, "Korea, Rep."))
      UPDATE statement SET folded = 'korea, rep.' WHERE property = 'name';
      INSERT INTO alias(id, digest, entity, name, folded) VALUES (1, 'x', 1, 'Łódź', 'łodz');
      INSERT INTO life(thing, id, tx_in) VALUES (\(Thing.alias.rawValue), 1, 1);
      """)
    let opened = try SQLiteRegistry.open(location: path).registry
    #expect(try opened.entities(named: "korea, rep", .all).map(\.key.text) == ["a"])
    #expect(try opened.entities(named: "Lodz", .all).map(\.key.text) == ["a"])
    #expect(try opened.search("lodz", limit: 5, .all).map(\.excerpt) == ["«Łódź»"])
    #expect(try opened.check().compactMap(\.problem) == [])
    try opened.close()
  }

  @Test("Numbers of floating point that an earlier program kept are made the nearest")
  func nearestNumbers() throws {
    let registry = try SQLiteRegistry.open(location: path).registry
    let size = Key(unchecked: "size")
    try registry.write {
      try $0.add("thing", "a")
      try $0.store.apply(
        .defineProperty(
          PropertyDefinition(key: size, domain: [BuiltIn.entity], range: .number, cardinality: .one)))
      let number = Quantity(low: Decimal(string: "444261166.06") ?? 0, unit: "")
      try $0.store.apply(
        .claim(Statement(subject: Key(unchecked: "a"), property: size, value: .quantity(number)), nil))
    }
    try registry.close()
    let format = Format.migrations.prefix { !$0.name.hasPrefix("the nearest numbers") }.count
    let database = try Database(path)
    try database.run(
      "UPDATE statement SET low = 444261166.06000006, high = low WHERE kind = 2; PRAGMA user_version = \(format)"
    )
    try database.close()
    let opened = try SQLiteRegistry.open(location: path).registry
    let read = "SELECT low, high FROM statements WHERE property = 'size'"
    #expect(try opened.sql(read, limit: nil, .all).rows == [[.real(444_261_166.06), .real(444_261_166.06)]])
    try opened.close()
  }

  @Test("Where there is no file, none is made unless it is wanted")
  func createsNothing() throws {
    #expect(throws: StoreProblem.self) {
      try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(createIfMissing: false)).isNew
    }
    #expect(throws: StoreProblem.self) {
      try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(readOnly: true)).isNew
    }
    #expect(throws: StoreProblem.self) {
      try SQLiteRegistry.open(location: folder.path("none/r.entente")).isNew
    }
    #expect(folder.contents == [])
  }

  @Test("A folder is no registry")
  func refusesFolder() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    expectProblem("cannot-open")
  }

  @Test("Another program's database is left alone")
  func refusesForeign() throws {
    let database = try Database(path)
    try database.run("CREATE TABLE t(x); PRAGMA application_id = 7")
    try database.close()
    expectProblem("not-a-registry")
  }

  @Test("A file of random bytes is left alone", arguments: [1, 100, 5000])
  func refusesRandomBytes(count: Int) throws {
    var generator = Seeded(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try Data(bytes).write(to: URL(filePath: path))
    expectProblem("not-a-registry")
  }

  @Test("A newer format is refused")
  func refusesNewer() throws {
    try make()
    let database = try Database(path)
    try database.run("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
    try database.close()
    expectProblem("newer-format")
  }

  /// A registry as the steps of a format left it, with what `content` puts there.
  private func make(format: Int, _ content: String) throws {
    let database = try Database(path)
    NameFunctions.add(to: database.handle)
    NumberFunctions.add(to: database.handle)
    try database.run("BEGIN IMMEDIATE")
    for step in Format.migrations.prefix(format) { try database.run(step.sql) }
    try database.run(
      """
      PRAGMA application_id = \(Format.applicationID); PRAGMA user_version = \(format);
      INSERT INTO tx VALUES (1, '2026-01-01T00:00:00.000Z', 'tester', NULL, 'tests');
      \(content);
      COMMIT;
      """)
    try database.close()
  }

  /// A registry as it was before properties had rules, with a property.
  private func makeBeforeRules() throws {
    try make(
      format: Format.migrations.prefix { $0.name != "rules of properties" }.count,
      """
      INSERT INTO definition(id, digest, kind, key, domain, range, cardinality)
        VALUES (1, 'x', 'property', 'colour', 'entity', 'text', 'one');
      INSERT INTO life(thing, id, tx_in) VALUES (\(Thing.definition.rawValue), 1, 1);
      """)
  }

  /// The statement of a text as the first formats kept it.
  private func row(_ id: Int, _ property: Key, _ text: String) -> String {
    let statement = Statement(subject: Key(unchecked: "a"), property: property, value: .text(text))
    let bounds = statement.validity.bounds
    return """
      INSERT INTO statement(id, digest, subject, property, kind, text, folded, qualifiers, validity,
          start_earliest, start_latest, end_earliest, end_latest)
        VALUES (\(id), '\(statement.id.digest)', 1, '\(property)', \(ValueKind.text.rawValue), '\(text)',
          '\(foldedName(text))', 0, '', \(bounds.startEarliest.number), \(bounds.startLatest.number),
          \(bounds.endEarliest.number), \(bounds.endLatest.number));
      INSERT INTO life(thing, id, tx_in) VALUES (\(Thing.statement.rawValue), \(id), 1);
      """
  }

  @Test("A registry of an older format is brought to the newest, and what it defines stays")
  func migrates() throws {
    try makeBeforeRules()
    let colour = Key(unchecked: "colour")
    let registry = try SQLiteRegistry.open(location: path).registry
    let definition = try #require(try registry.schema(.all).properties[colour])
    #expect(definition.rules == ResolutionRule.standard)
    try registry.write {
      try $0.add("thing", "a")
      var changed = definition
      changed.rules = [.recency]
      try $0.store.apply(.defineProperty(changed))
    }
    #expect(try registry.schema(.all).properties[colour]?.rules == [.recency])
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.close()
    let again = try SQLiteRegistry.open(location: path).registry
    #expect(try again.schema(.all).properties[colour]?.rules == [.recency])
    try again.close()
  }

  @Test("A registry of an older format is not changed by who only reads")
  func readsNoOlderFormat() throws {
    try makeBeforeRules()
    expectProblem("older-format", readOnly: true)
  }

  @Test("An older format is brought up to date: the projections are made again from the statements")
  func migratesOlder() throws {
    // A projection with rows that say nothing, as an earlier program may have had them.
    try make(
      format: 2,
      """
      INSERT INTO entity VALUES (1, 'a', 1);
      \(row(1, BuiltIn.type, "thing"))
      \(row(2, BuiltIn.name, "Alpha"))
      CREATE TABLE fact(x);
      """)
    expectProblem("older-format", readOnly: true)
    let (registry, isNew) = try SQLiteRegistry.open(location: path)
    #expect(!isNew)
    #expect(try registry.entity(Key(unchecked: "a"), .all)?.name == "Alpha")
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.close()
  }

  @Test("Lines of files are kept as numbers by one rule, whether they are written or brought up to date")
  func splitsLocators() throws {
    let locators = [
      "deals.csv:17", "book.xlsx:Sheet 1:4", "données.csv:9", "a:b", "x:", ":5", "x:05", "x:0", "17", "x:12a",
      "p. 3",
      "x:123456789012345678", "x:1234567890123456789", "x: 7", "x:٣", "x:-3", "'x''y':2",
    ]
    let citations = locators.enumerated().map { place, locator in
      """
      INSERT INTO citation(id, statement, source, locator, stance)
        VALUES (\(place + 1), 1, 1, '\(locator.replacing("'", with: "''"))', 'claims');
      INSERT INTO life(thing, id, tx_in) VALUES (\(Thing.citation.rawValue), \(place + 1), 1);
      """
    }
    try make(
      format: 16,
      """
      INSERT INTO entity VALUES (1, 'a', 1); \(row(1, BuiltIn.type, "source")) \(citations.joined(separator: "\n"))
      """)
    let registry = try SQLiteRegistry.open(location: path).registry
    let lines = try registry.shared.db.integers("SELECT coalesce(line, -1) FROM citation ORDER BY id")
    #expect(lines.count == locators.count)
    func line(of locator: String) -> (file: String, line: Int64)? {
      Citation(source: Key(unchecked: "a"), locator: locator).line
    }
    for (number, locator) in zip(lines, locators) {
      #expect(number == line(of: locator)?.line ?? -1, "\(locator)")
      if let place = line(of: locator) {
        #expect("\(place.file):\(place.line)" == locator)
      }
    }
    #expect(locators.count { line(of: $0) != nil } == 5)
    let record = try #require(
      try registry.statements(StatementSelection(properties: [BuiltIn.type]), .all).first)
    #expect(Set(record.citations.compactMap(\.locator)) == Set(locators))
    // What is said once more is there already.
    try registry.write { edits in
      for citation in record.citations {
        let outcome = try edits.store.apply(.cite(record.id, citation))
        #expect(!outcome.changed, "\(citation)")
      }
    }
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.close()
  }

  @Test("A truncated file is damaged, and nothing else happens to it", arguments: [1, 2, 3])
  func reportsTruncated(parts: Int) throws {
    try make()
    let data = try Data(contentsOf: URL(filePath: path))
    try data.prefix(data.count * parts / 4).write(to: URL(filePath: path))
    expectProblem("damaged")
  }

  @Test("Random bytes in the middle crash nothing")
  func survivesCorruption() throws {
    try make()
    let sound = try Data(contentsOf: URL(filePath: path))
    var generator = Seeded(seed: 3)
    for _ in 0..<40 {
      var data = sound
      let start = Int.random(in: 100..<(data.count - 600), using: &generator)
      for index in start..<(start + 500) { data[index] = UInt8.random(in: 0...255, using: &generator) }
      try data.write(to: URL(filePath: path))
      // Damage where nothing is kept is none: what counts is that every outcome is an answer or a problem.
      guard let registry = try? SQLiteRegistry.open(location: path).registry else { continue }
      _ = try? registry.entities(EntityQuery(types: nil), .all)
      _ = try? registry.check()
      try registry.close()
    }
  }

  @Test("Read-only reads and does not write")
  func readsOnly() throws {
    try make()
    let registry = try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(readOnly: true))
      .registry
    #expect(try registry.entity(Key(unchecked: "a"), .all)?.name == "Alpha")
    #expect(try registry.sql("SELECT count(*) FROM entities", limit: nil, .all).rows == [[.integer(1)]])
    #expect(try registry.entity(Key(unchecked: "a"), Times(recorded: .transaction(TransactionID(0)))) == nil)
    #expect(try registry.check().allSatisfy { $0.problem == nil })
    #expect(throws: StoreProblem.readOnly(location: path)) { try registry.write { try $0.add("thing", "b") } }
    try registry.close()
  }

  @Test("A second writer is told who holds the registry and since when")
  func namesHolder() throws {
    try make()
    let first = try SQLiteRegistry.open(location: path).registry
    let second = try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(patience: 0.05))
      .registry
    try first.begin(TransactionInfo(author: "ann", reason: nil, tool: "t", at: "2026-01-01T10:00:00.000Z"))
    try first.apply(.createEntity(Key(unchecked: "b")))
    let problem = #expect(throws: StoreProblem.self) { try second.write { try $0.add("thing", "c") } }
    guard case .locked(_, let holder?, let since?) = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(holder == "ann (process \(getpid()))")
    // By the clock, whatever day the session is pinned to.
    let began = try #require(try? Date(since, strategy: .iso8601))
    #expect(abs(began.timeIntervalSinceNow) < 60)
    #expect(try second.entity(Key(unchecked: "a"), .all)?.name == "Alpha")
    _ = try first.commit()
    try second.write { try $0.add("thing", "c") }
    #expect(try first.entity(Key(unchecked: "c"), .all) != nil)
    #expect(!folder.contents.contains { $0.hasSuffix("-writer") })
    try first.close()
    try second.close()
  }

  @Test("What another handle defines is noticed")
  func noticesOthers() throws {
    try make()
    let first = try SQLiteRegistry.open(location: path).registry
    let second = try SQLiteRegistry.open(location: path).registry
    let state = Key(unchecked: "state")
    #expect(try first.schema(.all).types[state] == nil)
    try second.write {
      try $0.store.apply(.defineType(TypeDefinition(key: state, parent: nil, plural: "states")))
    }
    #expect(try first.schema(.all).types[state] != nil)
    try first.close()
    try second.close()
  }

  @Test("A note that another process with the same number left is not believed")
  func staleNote() throws {
    try make()
    let database = try Database(path)
    try database.run("BEGIN IMMEDIATE")
    try Data("\(getpid())\n17\n2026-01-01T10:00:00Z\nann".utf8).write(to: URL(filePath: path + "-writer"))
    let second = try SQLiteRegistry.open(location: path, options: SQLiteRegistry.Options(patience: 0.05))
      .registry
    let problem = #expect(throws: StoreProblem.self) { try second.write { try $0.add("thing", "c") } }
    #expect(problem == .locked(location: path, holder: nil, since: nil))
    try second.close()
    try database.run("ROLLBACK")
    try database.close()
  }

  @Test("Waiting ends when it is interrupted")
  func endsWaiting() throws {
    try make()
    let first = try SQLiteRegistry.open(location: path).registry
    let second = try SQLiteRegistry.open(location: path).registry
    try first.begin(TransactionInfo(author: "ann", reason: nil, tool: "t", at: "2026-01-01T10:00:00.000Z"))
    var asked = 0
    second.isInterrupted = {
      asked += 1
      return asked > 3
    }
    #expect(throws: StoreProblem.interrupted) { try second.write { try $0.add("thing", "c") } }
    try first.rollback()
    second.isInterrupted = nil
    try second.write { try $0.add("thing", "c") }
    try first.close()
    try second.close()
  }

  @Test("When SQLite drops a transaction by itself, nothing of it is kept and nothing after it by itself")
  func lostTransaction() throws {
    try make()
    let registry = try SQLiteRegistry.open(location: path).registry
    // Few pages in memory, so that the rest is written while the transaction is open; and none more in the file.
    let pages = try registry.shared.db.integer("PRAGMA page_count") ?? 0
    try registry.shared.db.run("PRAGMA cache_size = 10")
    try registry.shared.db.run("PRAGMA max_page_count = \(pages + 4)")
    try registry.begin(
      TransactionInfo(author: "ann", reason: nil, tool: "t", at: "2026-01-01T10:00:00.000Z"))
    var problems: [StoreProblem] = []
    for number in 1...2_000 {
      do {
        try registry.atomically { () throws in try Edits(store: registry).add("thing", "b-\(number)") }
        _ = try registry.entity(Key(unchecked: "b-\(number)"), .all)
      } catch let problem as StoreProblem {
        problems.append(problem)
      }
      if problems.count == 3 { break }
    }
    #expect(problems.first == .diskFull(location: path))
    let last = #expect(throws: StoreProblem.self) { try registry.commit() }
    #expect(last?.isStorage == true)
    #expect(!registry.isInTransaction)
    try registry.shared.db.run("PRAGMA max_page_count = 1000000")
    #expect(try registry.entity(Key(unchecked: "b-1"), .all) == nil)
    #expect(try registry.entity(Key(unchecked: "a"), .all)?.name == "Alpha")
    try registry.write { try $0.add("thing", "c") }
    #expect(try registry.check().compactMap(\.problem) == [])
    try registry.close()
  }

  @Test("A transaction knows what others have committed since this session read last")
  func seesOthersInTransaction() throws {
    let folder = try TemporaryFolder()
    let location = folder.path("r.entente")
    let (one, other) = (
      try SQLiteRegistry.open(location: location).registry,
      try SQLiteRegistry.open(location: location).registry
    )
    #expect(try one.schema(.all).properties[Key(unchecked: "colour")] == nil)
    try other.write { edits in
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: "colour"), domain: [BuiltIn.entity], range: .text, cardinality: .one)))
    }
    try one.write { edits in
      #expect(try one.schema(.all).properties[Key(unchecked: "colour")] != nil)
      try edits.add("thing", "a")
    }
  }
}
