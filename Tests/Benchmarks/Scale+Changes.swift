import Foundation

/// A registry of some size changed, taken back, dumped and made anew.
extension Scale {
  func change(_ registry: String, _ size: Int) throws {
    let script = folder.appending(path: "edit.ent")
    let claims = (0..<1_000).map { "claim d\($0 % 40)-deal.name = \"Another name \($0)\"\n" }.joined()
    try Data(claims.utf8).write(to: script)
    let options = ["--registry", registry, "--no-plugins"]
    results.add(
      "a script of 1,000 claims, \(label(size))",
      try spend(program, options + [script.path]).seconds * 1_000, nil)
    let undo = "undo t\(try number(registry, "SELECT max(id) FROM tx"))"
    results.add(
      "undo of them, \(label(size))", try spend(program, options + ["-c", undo]).seconds * 1_000, nil)
  }

  /// - Parameters:
  ///   - imported: the number of the import's transaction.
  ///   - filling: how long the import took with the full text, in seconds.
  func restore(
    _ registry: String, _ place: URL, _ imported: Int, _ filling: Double, _ size: Int
  ) throws {
    let options = ["--registry", registry, "--no-plugins"]
    let dump = place.appending(path: "dump.ent").path
    results.add(
      "dump, \(label(size))", try spend(program, options + ["-c", "dump \"\(dump)\""]).seconds,
      ("sqlite3 .dump of the same file", try spend(sqlite3, [registry, ".dump"]).seconds), unit: "s")
    let loaded = place.appending(path: "loaded.entente").path
    results.add(
      "load of the dump, \(label(size))",
      try spend(
        program, ["--registry", loaded, "--new", "--seed", "none", "--no-plugins", "-c", "load \"\(dump)\""]
      ).seconds, ("the import of the same", filling), unit: "s")
    let count = try number(
      registry, "SELECT count(*) FROM statement WHERE tx = \(imported) AND ended IS NULL")
    let spent = try spend(program, options + ["-c", "undo t\(imported)"])
    results.add(
      "undo of the import, \(label(size))", Double(count) / spent.seconds / 1_000, nil, unit: "k statements/s"
    )
  }
}
