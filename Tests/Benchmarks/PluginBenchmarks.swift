import BenchPlugin
import Foundation
import PluginHost
import RegistryModel

/// What plugins cost: a row in the program and through a worker, a worker's start, and a scan beside C over SQLite.
struct PluginBenchmarks {
  let program: String
  /// A folder for what is made meanwhile.
  let folder: URL
  let results: Results
  /// Runs a program to its end.
  let spawn: (String, [String]) throws -> Void
  private let rows = 1_000_000
  private var plugins: URL { folder.appending(path: "plugins") }

  func run() throws {
    try install()
    let (own, worker) = (try analysis(.program), try analysis(.given))
    for batch in [1, 256] {
      let table = try emit(own, rows, batch: batch)
      let (row, call) = (note("emit", table), note("call", table))
      report("a row of 4 cells to the host in process, \(batch) a call", row, (call, "a bare C call"), "ns")
    }
    report(
      "the same, with the table made of it",
      try nanoseconds { _ = try emit(own, rows, batch: 256) } / Double(rows), nil, "ns")
    let seconds = try nanoseconds { _ = try emit(worker, rows, batch: 256) } / 1e9
    report("the same through a worker", Double(rows) / 1e6 / seconds, nil, "M rows/s")
    try first()
    try scan()
  }

  /// From the call to a table of one row, with a worker that is to be started and one that waits.
  private func first() throws {
    let cold = try median(21) { _ = try emit(try analysis(.given), 1, batch: 1) }
    let start = try median(21) { try spawn("/bin/true", []) }
    report("first row of a cold worker", cold / 1e6, (start / 1e6, "a bare process"), "ms")
    let waiting = try analysis(.given)
    _ = try emit(waiting, 1, batch: 1)
    report(
      "first row of a warm worker", try median(201) { _ = try emit(waiting, 1, batch: 1) } / 1e6, nil, "ms")
  }

  /// All memberships of a registry that is filled for it, beside the same loop over SQLite's own interface.
  private func scan() throws {
    let registry = folder.appending(path: "scan.entente").path
    try fill(registry)
    let options = ["--registry", registry, "--plugin-path", plugins.path]
    let start = try median(5) { try spawn(program, options + ["--in-process", "-c", "emit 1"]) }
    let whole = try median(3) { try spawn(program, options + ["--in-process", "-c", "scan"]) }
    let through = try median(3) { try spawn(program, options + ["-c", "scan"]) }
    // With as much memory for pages as the program takes.
    let setup = "PRAGMA cache_size = -16000;" + (try views(registry))
    let query = "SELECT initiative, member, property, start_earliest, statement FROM memberships"
    var (bytes, found) = (UInt64(0), Int64(0))
    let bare = try median(3) {
      bytes = 0
      found = bench_scan(registry, setup, query, &bytes)
      guard found == Int64(rows) else { throw CocoaError(.fileReadCorruptFile) }
    }
    report(
      "scan \(found) memberships in process", (whole - start) / 1e6, (bare / 1e6, "C over sqlite3"), "ms")
    report(
      "scan \(found) memberships in a worker", (through - start) / 1e6, (bare / 1e6, "C over sqlite3"), "ms")
  }

  private func fill(_ registry: String) throws {
    func write(_ name: String, _ head: String, _ lines: [String]) throws {
      try ([head] + lines).joined(separator: "\n").write(
        to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try write("initiatives.csv", "key", (0..<rows / 100).map { "i-\($0)" })
    try write("actors.csv", "key", (0..<5000).map { "a-\($0)" })
    try write("members.csv", "initiative,member", (0..<rows).map { "i-\($0 / 100),a-\($0 % 5000)" })
    try write(
      "fill.ent",
      """
      define type actor
      define type initiative
      define property member of initiative to actor many
      source bench "Bench"
      import "initiatives.csv" citing bench { add initiative $key }
      import "actors.csv" citing bench { add actor $key }
      import "members.csv" citing bench { claim $initiative.member = $member from 2020-01-01 }
      """, [])
    let script = folder.appending(path: "fill.ent").path
    try spawn(program, ["--seed", "none", "--registry", registry, script])
  }

  /// The views as the program makes them.
  private func views(_ registry: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: program)
    process.arguments = [
      "--registry", registry, "--no-plugins", "--format", "json", "-c",
      "sql SELECT sql FROM sqlite_temp_schema WHERE name IN ('held_fact', 'held_path', 'memberships')",
    ]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String: String]].self, from: data).compactMap { $0["sql"] }
      .map { $0.replacing("CREATE VIEW", with: "CREATE TEMP VIEW") + ";" }.joined(separator: "\n")
  }

  /// Puts the plugin where both owners of a folder find it, with its manifest.
  private func install() throws {
    try FileManager.default.createDirectory(at: plugins, withIntermediateDirectories: true)
    let built = URL(filePath: program).deletingLastPathComponent().appending(path: "bench/libBenchPlugin.so")
    let library = plugins.appending(path: "libBenchPlugin.so")
    try FileManager.default.copyItem(at: built, to: library)
    try PluginDescription.manifest(of: library.path).write(
      to: plugins.appending(path: "BenchPlugin.entente-plugin.json"), atomically: true, encoding: .utf8)
  }

  private func analysis(_ owner: PluginFolder.Owner) throws -> InstalledAnalysis {
    guard let found = PluginCatalog.discover([PluginFolder(plugins.path, owner)]).analysis("emit") else {
      throw CocoaError(.fileNoSuchFile)
    }
    return found
  }

  private func emit(_ analysis: InstalledAnalysis, _ rows: Int, batch: Int) throws -> ResultTable {
    struct Nothing: RelationSource {
      func open(_ query: PluginQuery) throws -> any RelationCursor { throw CocoaError(.featureUnsupported) }
    }
    return try PluginHost.run(
      analysis, arguments: ["rows": [.number(Decimal(rows))], "batch": [.number(Decimal(batch))]],
      relations: Nothing())
  }

  private func note(_ what: String, _ table: ResultTable) -> Double {
    table.notes.first { $0.hasPrefix(what) }.flatMap { Double($0.dropFirst(what.count + 1)) } ?? .nan
  }

  private func report(_ row: String, _ own: Double, _ peer: (value: Double, name: String)?, _ unit: String) {
    results.add(row, own, peer.map { ($0.name, $0.value) }, unit: unit)
  }

  private func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start)
  }

  private func median(_ count: Int, _ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<count { times.append(try nanoseconds(body)) }
    return times.sorted()[count / 2]
  }
}
