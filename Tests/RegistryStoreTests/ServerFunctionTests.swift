import Foundation
import PostgreSQLEngine
import RegistryModel
import RegistryStore
import SQLiteEngine
import SeededNumbers
import TestServer
import Testing

@testable import RelationalStore

@Suite("What the store's dialect has and PostgreSQL has not")
struct ServerFunctionTests {
  @Test("names are folded, and put in order, as everywhere")
  func names() throws {
    let registry = try ServerRegistry.make()
    var texts = [
      "U.S. Dept. of State", "Åland & Öland", "O’Brien—Smith", "Rep. 2.5", "straße Ⅷ", "a.b.c",
      "Article 0010.2",
      "ﬁ ǅ İ", "日本 —経済", "e\u{301}", "..a..b..", "3.a.4", "", "   ", "\u{37E}", "x\u{FB2C}",
    ]
    var numbers = Seeded(seed: 7)
    let letters: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0xA0...0x24F, 0x300...0x36F, 0x370...0x52F, 0x590...0x6FF, 0x900...0x97F, 0x1100...0x11FF,
      0xE00...0xE7F, 0x1000...0x109F, 0x3000...0x318F, 0x4E00...0x4EFF, 0xFF66...0xFFDC, 0x2000...0x206F,
      0xAC00...0xAC80, 0xFF00...0xFFEF, 0x2E...0x2E, 0x61...0x62,
    ]
    for _ in 0..<2_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...14, using: &numbers) {
        let range = letters.randomElement(using: &numbers) ?? 0x61...0x61
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &numbers)) { text.append(scalar) }
      }
      texts.append(String(text))
      let bytes = (0..<12).compactMap { _ in "aBz09  .".utf8.randomElement(using: &numbers) }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    let row = try registry.shared.db.rows(
      "SELECT value, folded(value), alphabetical(value), searched(value) FROM json_each(?)", [.texts(texts)])
    var count = 0
    while try row.next() {
      count += 1
      let text = row.text(0)
      #expect(row.text(1).unicodeScalars.elementsEqual(foldedName(text).unicodeScalars), "\(text)")
      #expect(row.text(3).unicodeScalars.elementsEqual(searchedText(text).unicodeScalars), "\(text)")
      #expect(row.text(2).unicodeScalars.elementsEqual(alphabeticalKey(text).unicodeScalars), "\(text)")
    }
    #expect(count == texts.count)
  }

  @Test("words that the server's own parser reads are those that are read otherwise, at the same places")
  func words() throws {
    let location = try ServerRegistry.location()
    _ = try PostgreSQLRegistry.open(location: location, options: ServerOptions(createIfMissing: true))
    let schema = try #require(location.split(separator: "schema=").last)
    let differing = try TestServer.shared.get().sql(
      """
      SELECT setseed(0.5);
      CREATE TEMP TABLE t AS SELECT \(schema).folded(text) AS text FROM (
        SELECT string_agg(substr('ab1209 zq0 x-.é', 1 + floor(random() * 15)::int, 1), '') AS text
          FROM generate_series(1, 20000) n, generate_series(1, 1 + n % 25) k GROUP BY n
        UNION ALL SELECT repeat(part, n) FROM generate_series(1, 600) n, unnest(ARRAY['a', '7', 'ab ', '9 b ']) part) made;
      SELECT count(*) FILTER (WHERE text ~ '^[a-z]+ [0-9]+$') > 9,
        count(*) FILTER (WHERE \(schema).words_of(text) IS DISTINCT FROM (
          SELECT coalesce(string_agg('''' || left(w, 500) || ''':' || least(place, 16383), ' '), '')::tsvector
          FROM \(schema).tokens(text) WITH ORDINALITY AS w(w, place))) FROM t
      """)
    #expect(differing.split(separator: "\n").last == "t|0")
  }

  @Test("days, parts of texts, and the largest of several are as SQLite has them")
  func small() throws {
    let (registry, other) = (
      try ServerRegistry.make(), try SQLiteRegistry.open(location: ":memory:").registry
    )
    defer { withExtendedLifetime((registry, other)) {} }
    let (server, file) = (registry.shared.db, other.shared.db)
    for expression in [
      "date(0 * 86400, 'unixepoch')", "date(20000 * 86400, 'unixepoch')",
      "date(-719528 * 86400, 'unixepoch')",
      "date(2932896 * 86400, 'unixepoch')", "date(2932897 * 86400, 'unixepoch')", "substr('abcdef', -3)",
      "substr('abcdef', 2, 3)", "substr('abcdef', 4, -2)", "substr('abcdef', -2, -3)", "substr('abc', 0, 2)",
      "substr('abc', 0, -2)", "substr('abc', 2, -5)", "substr('abc', -9, 8)", "substr('abc', -9, -8)",
      "round(123.456, -1)",
      "0x10", "0xFFFFFFFFFFFFFFFF", "'a' COLLATE BINARY = 'A'", "max(1, NULL)", "min(3, 2, 1)",
      "max('a', 'b')", "instr('abc', 'c')", "7 / 2",
      "7 % 0",
      "1 = 1", "NULL IS NULL", "'A' LIKE 'a'", "coalesce(NULL, 2 > 1, 5)", "length('äö')", "'10' < '9'",
      "1 IN (1, 2)",
      "CASE WHEN 0 THEN 'x' ELSE 'y' END", "nullif(max(0.5, 0.5), 0.5)", "json_extract('[1,\"b\"]', '$[1]')",
      "json_array_length('[1,2,3]')", "round(2.567, 1)", "upper('ä') || lower('ÄB')", "abs(-3)",
      "3 BETWEEN 1 AND 3",
      "replace('aXbX', 'X', char(10))", "trim('  x ')", "'b' > 'a' AND NOT 0",
    ] {
      let (one, other) = (try server.rows("SELECT \(expression)"), try file.rows("SELECT \(expression)"))
      #expect(try one.next() && other.next())
      #expect("\(one.value(0))" == "\(other.value(0))", "\(expression)")
    }
  }
}
