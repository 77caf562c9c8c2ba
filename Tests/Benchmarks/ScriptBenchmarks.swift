import Foundation

/// A script of 100,000 commands in one transaction, beside sqlite3 that reads the same as INSERTs: a statement with its
/// citation, in tables with the indexes by which they are asked for.
struct ScriptBenchmarks {
  let program: String
  let folder: URL
  let results: Results
  let environment: [String: String]

  private static let things = 25_000

  func run() throws {
    let script = folder.appending(path: "claims.ent")
    let inserts = folder.appending(path: "claims.sql")
    try commands().write(to: script, atomically: true, encoding: .utf8)
    try statements().write(to: inserts, atomically: true, encoding: .utf8)
    let (registry, flat) = (
      folder.appending(path: "claims.entente").path, folder.appending(path: "claims.db").path
    )
    _ = try runToEnd(
      program, ["--registry", registry, "--new", "--no-plugins", "-c", "count initiatives"],
      environment: environment)
    let own = try runToEnd(
      program, ["--registry", registry, "--no-plugins", script.path], environment: environment)
    let peer = try runToEnd("/usr/bin/sqlite3", [flat, ".read \(inserts.path)"], environment: environment)
    results.add(
      "a script of 100,000 commands, one transaction", own.seconds, ("sqlite3, INSERTs", peer.seconds),
      unit: "s")
    results.add(
      "a script of 100,000 commands, peak memory", own.megabytes, ("sqlite3", peer.megabytes), unit: "MB")
  }

  private func commands() -> String {
    var lines = ["source big \"A big table\" { published 2024-05-01 }"]
    for number in 0..<Self.things {
      lines.append("add agreement d\(number)-deal \"Deal \(number)\" citing big")
      lines.append("claim d\(number)-deal.started = \(1990 + number % 30) citing big")
      lines.append("claim d\(number)-deal.signatory = JPN from 2001 citing big")
      lines.append("claim d\(number)-deal.status = active citing big quote \"is active \(number)\"")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func statements() -> String {
    var lines = [
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE statement(id INTEGER PRIMARY KEY, subject TEXT, property TEXT, value TEXT, start TEXT);
      CREATE INDEX statement_cell ON statement(subject, property);
      CREATE INDEX statement_value ON statement(property, value);
      CREATE TABLE citation(id INTEGER PRIMARY KEY, statement INTEGER, source TEXT, quote TEXT);
      CREATE INDEX citation_statement ON citation(statement);
      BEGIN;
      """
    ]
    var row = 0
    func insert(
      _ key: String, _ property: String, _ value: String, _ start: String = "NULL", _ quote: String = "NULL"
    ) {
      row += 1
      lines.append("INSERT INTO statement VALUES (\(row), '\(key)', '\(property)', '\(value)', \(start));")
      lines.append("INSERT INTO citation VALUES (\(row), \(row), 'big', \(quote));")
    }
    for number in 0..<Self.things {
      let key = "d\(number)-deal"
      insert(key, "type", "agreement")
      insert(key, "name", "Deal \(number)")
      insert(key, "started", "\(1990 + number % 30)")
      insert(key, "signatory", "JPN", "'2001'")
      insert(key, "status", "active", "NULL", "'is active \(number)'")
    }
    return (lines + ["COMMIT;"]).joined(separator: "\n") + "\n"
  }
}
