import Foundation
import PseudoTerminal
import Synchronization
import TestServer

/// A registry on a PostgreSQL server beside one in a file: the same import, the same questions, and many sessions that edit.
struct ServerBenchmarks {
  let program: String
  let folder: URL
  let results: Results
  let environment: [String: String]
  let server: TestServer

  private static let statements = 400_000
  /// About a minute.
  private static let (sessions, edits) = (100, 300)

  init(program: String, folder: URL, results: Results, environment: [String: String]) throws {
    self.program = program
    self.folder = folder
    self.results = results
    self.environment = environment
    // As safe as a file: what is told as done is on the disk.
    server = try TestServer(settings: [
      "fsync = on", "full_page_writes = on", "shared_buffers = '256MB'",
      // Who waits for long asks whom for on a connection of its own.
      "max_connections = 250",
    ])
  }

  func run() throws {
    let place = folder.appending(path: "server")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var generator = Generator(folder: place, statements: Self.statements)
    try generator.write()
    let (file, location) = (place.appending(path: "r.entente").path, server.location("bench"))
    var spent: [Double] = []
    for registry in [file, location] {
      _ = try run(["--registry", registry, "--new", "-c", "count initiatives"])
      spent.append(try run(["--registry", registry, generator.script.path]))
    }
    let count = Double(try server.sql("SELECT count(*) FROM bench.statement")) ?? 0
    results.add(
      "import into a server, \(Self.statements / 1_000) k statements", count / spent[1] / 1_000,
      ("into a file", count / spent[0] / 1_000), unit: "k statements/s")
    for command in ["show forge", "why forge.chair", "list initiatives where member = japan"] {
      results.add(
        "\(command), on a server", try answer(command, location), ("in a file", try answer(command, file)),
        unit: "ms")
    }
    let process = try (0..<11).map { _ in
      try run(["--registry", location, "-c", "count initiatives"]) * 1_000
    }.sorted()[5]
    let inFile = try (0..<11).map { _ in try run(["--registry", file, "-c", "count initiatives"]) * 1_000 }
      .sorted()[5]
    results.add("count initiatives, whole process, on a server", process, ("in a file", inFile), unit: "ms")
    try edit()
  }

  private func run(_ arguments: [String]) throws -> Double {
    try runToEnd(program, arguments + ["--no-plugins"], environment: environment).seconds
  }

  /// From Enter to the next prompt, in a session that has answered before.
  private func answer(_ command: String, _ registry: String) throws -> Double {
    let terminal = try PseudoTerminal(
      executable: program, arguments: ["--registry", registry, "--no-plugins"], environment: environment,
      size: (columns: 120, rows: 50))
    try terminal.waitFor("the prompt") { $0.cursorLine == "entente>" }
    var times: [Double] = []
    for asked in 1...21 {
      let start = DispatchTime.now().uptimeNanoseconds
      terminal.send(command + "\r")
      try terminal.waitFor("the answer") {
        $0.cursorLine == "entente>" && $0.transcript.filter { $0 == "entente> \(command)" }.count == asked
      }
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000)
    }
    return times.sorted()[10]
  }

  /// Sessions that all edit at once, each edit a transaction of its own.
  private func edit() throws {
    let location = server.location("edited")
    _ = try run([
      "--registry", location, "--new", "--seed", "none", "-c",
      "define type thing; define property note of thing to text many",
    ])
    let done = DispatchSemaphore(value: 0)
    let problems = Mutex<[String]>([])
    let (program, environment) = (program, environment)
    let start = DispatchTime.now().uptimeNanoseconds
    for session in 0..<Self.sessions {
      let script = folder.appending(path: "session-\(session).ent")
      let lines = (0..<Self.edits).map { "add thing e-\(session)-\($0)\n" }
      try lines.joined().write(to: script, atomically: true, encoding: .utf8)
      let arguments = ["--registry", location, "--no-plugins", "--no-transaction", script.path]
      Thread.detachNewThread {
        do { _ = try runToEnd(program, arguments, environment: environment, isWatched: false) } catch {
          problems.withLock { $0.append("\(error)") }
        }
        done.signal()
      }
    }
    for _ in 0..<Self.sessions { done.wait() }
    let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000_000
    let told = problems.withLock { $0 }
    let kept = Double(try server.sql("SELECT count(*) FROM edited.tx")) ?? 0
    guard told.isEmpty, Int(kept) == Self.sessions * Self.edits + 1 else {
      throw TestServer.Problem("\(Int(kept)) transactions of \(Self.sessions) sessions; \(told.first ?? "")")
    }
    results.add("\(Self.sessions) sessions editing, in all", kept / seconds, nil, unit: "edits/s")
  }
}
