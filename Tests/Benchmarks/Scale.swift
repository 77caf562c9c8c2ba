import Foundation
import Glibc
import PseudoTerminal

/// Registries of growing size: how fast they are filled and how fast they answer.
struct Scale {
  let program: String
  let folder: URL
  let results: Results
  let environment: [String: String]
  let sqlite3 = "/usr/bin/sqlite3"

  /// The sizes to measure, in statements: `ENTENTE_BENCH_SIZES`, or up to a million.
  static var sizes: [Int] {
    let asked = ProcessInfo.processInfo.environment["ENTENTE_BENCH_SIZES"] ?? "10000,100000,1000000"
    return asked.split(separator: ",").compactMap { Int($0) }
  }

  func run() throws {
    for size in Self.sizes { try measure(size) }
  }

  private func measure(_ size: Int) throws {
    let place = folder.appending(path: "scale-\(size)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    var generator = Generator(folder: place, statements: size)
    try generator.write()
    let registry = place.appending(path: "r.entente").path
    let flat = place.appending(path: "flat.db").path
    let filling = try fill(generator, registry, flat, size)
    let imported = try number(registry, "SELECT max(id) FROM tx")
    try askWhole(registry, flat, size)
    try askInSession(registry, size)
    try askOtherTimes(registry, size)
    analyse(registry, flat, size)
    try change(registry, size)
    try restore(registry, place, imported, filling, size)
  }

  func label(_ size: Int) -> String {
    size >= 1_000_000 ? "\(size / 1_000_000) M" : "\(size / 1_000) k"
  }

  // MARK: Filling

  /// - Returns: how long the import took with the full text, which a load makes too, in seconds.
  private func fill(
    _ generator: Generator, _ registry: String, _ flat: String, _ size: Int
  ) throws -> Double {
    _ = try spend(program, ["--registry", registry, "--new", "--no-plugins", "-c", "count initiatives"])
    let seeded = try number(registry, "SELECT count(*) FROM statement")
    let own = try spend(program, ["--registry", registry, "--no-plugins", generator.script.path])
    let count = Double(try number(registry, "SELECT count(*) FROM statement") - seeded)
    let text = try indexText(registry)
    let rate = count / (own.seconds - text.seconds) / 1_000
    let table = """
      CREATE TABLE flat(subject TEXT, property TEXT, value TEXT, source TEXT);
      CREATE INDEX flat_subject ON flat(subject, property);
      CREATE INDEX flat_value ON flat(property, value);
      CREATE INDEX flat_source ON flat(source);
      """
    let bare = try spend(
      sqlite3, ["-csv", flat, table, ".import \(generator.flat.path) flat"])
    results.add(
      "import, \(label(size)) statements", rate,
      (
        "sqlite3 .import, flat, 3 indexes",
        Double(try number(flat, "SELECT count(*) FROM flat")) / bare.seconds / 1_000
      ),
      unit: "k statements/s")
    for (name, peer) in try peersOfImport(generator, size) {
      results.add(
        "import, \(label(size)) statements", rate, (name, peer / 1_000), unit: "k statements/s")
    }
    results.add(
      "import and full text, \(label(size)) statements", count / own.seconds / 1_000, nil,
      unit: "k statements/s")
    let names = "CREATE VIRTUAL TABLE names USING fts5(value);"
    let filling = "INSERT INTO names SELECT value FROM flat WHERE property = 'name'"
    let fts5 = try spend(sqlite3, [flat, names + filling])
    results.add(
      "full-text indexing, \(label(size)) statements", text.rate / 1_000,
      (
        "sqlite3, FTS5 of the names",
        Double(try number(flat, "SELECT count(*) FROM names")) / fts5.seconds / 1_000
      ), unit: "k texts/s")
    results.add("import, \(label(size)), peak memory", own.megabytes, ("sqlite3", bare.megabytes), unit: "MB")
    results.add(
      "size of the file, \(label(size))", try megabytes(registry), ("flat table", try megabytes(flat)),
      unit: "MB")
    return own.seconds
  }

  /// Has the full text made anew, which an import ends with: the first `find` completes it.
  private func indexText(_ registry: String) throws -> (seconds: Double, rate: Double) {
    let texts = Double(try number(registry, "SELECT count(*) FROM found"))
    _ = try spend(
      sqlite3,
      [
        registry,
        """
        DROP TABLE found; CREATE VIRTUAL TABLE found USING fts5(text, tokenize = "unicode61 remove_diacritics 2");
        INSERT INTO found_later SELECT 0, min(id), max(id) FROM statement;
        INSERT INTO found_later SELECT 1, min(id), max(id) FROM citation;
        """,
      ])
    let spent = try spend(program, ["--registry", registry, "--no-plugins", "-c", "find \"no such text\""])
    return (spent.seconds, texts / spent.seconds)
  }

  // MARK: Asking

  /// Whole processes beside the same question on the flat table.
  private func askWhole(_ registry: String, _ flat: String, _ size: Int) throws {
    func own(_ command: String) throws -> Double {
      try fastest {
        try spend(program, ["--registry", registry, "--no-plugins", "-c", command]).seconds * 1_000
      }
    }
    func bare(_ query: String) throws -> Double {
      try fastest { try spend(sqlite3, [flat, query]).seconds * 1_000 }
    }
    for (row, command, query) in [
      (
        "start and count", "count agreements",
        "SELECT count(*) FROM flat WHERE property = 'type' AND value = 'agreement'"
      ),
      (
        "count by", "count agreements by status",
        "SELECT value, count(*) FROM flat WHERE property = 'status' GROUP BY value"
      ),
      (
        "full scan", "sql SELECT count(*) FROM statements WHERE value LIKE '%17%'",
        "SELECT count(*) FROM flat WHERE value LIKE '%17%'"
      ),
    ] {
      results.add(
        "\(row), \(label(size)), whole process", try own(command), ("sqlite3, flat", try bare(query)))
    }
  }

  /// From Enter to the next prompt, the median and the 99th of a hundred: what answers once in a while later than usual is
  /// what is felt.
  private func askInSession(_ registry: String, _ size: Int) throws {
    func session() throws -> PseudoTerminal {
      let terminal = try PseudoTerminal(
        executable: program, arguments: ["--registry", registry, "--no-plugins"],
        environment: environment.merging(["PAGER": ""]) { $1 }, size: (columns: 120, rows: 50))
      try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
      return terminal
    }
    for command in [
      "show d17-deal", "why d17-deal.started", "history d17-deal", "show c0-firm",
      "list agreements where signatory = c9-firm limit 5", "list agreements sort started desc limit 5",
      "list agreements where signatory = g0-group including groups limit 5", "find \"Deal 17 on\" limit 5",
      "conflicts where property = started limit 5",
    ] {
      let terminal = try session()
      var asked = 0
      let times = try (0...100).map { _ in
        try milliseconds {
          asked += 1
          terminal.send(command + "\r")
          try terminal.waitFor("the answer to \(command)", timeout: .seconds(300)) {
            $0.cursorLine == "entente>" && $0.transcript.count { $0 == "entente> \(command)" } == asked
          }
        }
      }
      terminal.terminate()
      // The first finds nothing prepared.
      let sorted = times.dropFirst().sorted()
      results.add("\(command), \(label(size))", sorted[49], nil)
      results.add("\(command), \(label(size)), 99th of 100", sorted[98], nil)
    }
    let terminal = try session()
    results.add("Tab behind \"show d19-\", \(label(size))", try tab(terminal), nil)
    terminal.terminate()
  }

  /// From the Tab key to the key that it completes, the median of several.
  private func tab(_ terminal: PseudoTerminal) throws -> Double {
    var times: [Double] = []
    for _ in 0..<9 {
      terminal.send("\u{3}")
      try terminal.waitFor("an empty line") { $0.cursorLine == "entente>" }
      terminal.send("show d19-")
      try terminal.waitFor("the line") { $0.cursorLine == "entente> show d19-" }
      let before = terminal.screen.transcript.count { $0.hasPrefix("d19-deal") }
      times.append(
        try milliseconds {
          terminal.send("\t")
          try terminal.waitFor("what Tab offers") {
            $0.transcript.count { $0.hasPrefix("d19-deal") } > before
          }
        })
    }
    return times.sorted()[times.count / 2]
  }

  private func askOtherTimes(_ registry: String, _ size: Int) throws {
    let newest = try number(registry, "SELECT max(id) FROM tx")
    for command in [
      "show d17-deal on 2026-01-12", "show d17-deal published by 2024-12-31",
      "show d17-deal recorded by t\(newest)",
      "list agreements where signatory = c9-firm published by 2024-12-31 limit 5",
      "count agreements recorded by t\(newest)",
    ] {
      let time = try fastest {
        try spend(program, ["--registry", registry, "--no-plugins", "-c", command]).seconds * 1_000
      }
      results.add(
        "\(command.replacing("t\(newest)", with: "tN")), \(label(size)), whole process", time, nil)
    }
  }

  // MARK: Measuring

  private func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
  }

  /// The best of three, or of two where one takes long: the file may not be in memory at first.
  private func fastest(_ measure: () throws -> Double) rethrows -> Double {
    var best = try measure()
    for round in 0..<2 where round == 0 || best < 3_000 { best = min(best, try measure()) }
    return best
  }

  private func megabytes(_ path: String) throws -> Double {
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    return Double(size) / 1_000_000
  }

  func number(_ database: String, _ query: String) throws -> Int {
    let process = Process()
    process.executableURL = URL(filePath: sqlite3)
    process.arguments = [database, query]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Int(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }

  func spend(_ path: String, _ arguments: [String]) throws -> ProcessCost {
    try runToEnd(path, arguments, environment: environment)
  }
}
