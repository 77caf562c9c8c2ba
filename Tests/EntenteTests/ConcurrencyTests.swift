import Foundation
import PseudoTerminal
import TestRegistry
import Testing

/// Several processes on one registry.
@Suite("Several at once")
struct ConcurrencyTests {
  private func script(_ name: String, _ count: Int) -> String {
    (1...count).map { "add person \(name)-\($0) \"P\"\n" }.joined()
  }

  /// Starts the program on each list of arguments, and gives the statuses when all have ended.
  private func runAtOnce(_ program: Program, _ runs: [[String]]) throws -> [Int32] {
    let processes = try runs.map { arguments in
      let process = try program.process(arguments)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      return process
    }
    for process in processes { try process.run() }
    for process in processes { process.waitUntilExit() }
    return processes.map(\.terminationStatus)
  }

  @Test("processes that write at once wait for one another, and nothing is lost")
  func writers() throws {
    let program = try Program()
    defer { program.remove() }
    let runs = try ["one", "two", "three"].map { name in
      let file = try program.write(script(name, 12), to: "\(name).ent")
      return ["--registry", program.registry, "--no-plugins", "--no-transaction", file]
    }
    #expect(try runAtOnce(program, runs) == [0, 0, 0])
    let outcome = try program.run([
      "--registry", program.registry, "-c",
      "count people where key ~ \"one-\" or key ~ \"two-\" or key ~ \"three-\"",
      "-c", "check",
    ])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("ever\ttoday\n36\t36\n"))
  }

  @Test("first starts at once make one registry")
  func firstStarts() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let seed = try program.write(
      "define type person plural people\n" + script("p", 20), to: "seed.ent")
    let run = ["--registry", program.registry, "--seed", seed, "--no-plugins", "-c", "count people"]
    // Whoever comes when it is there is told that the Seed is for new ones.
    let statuses = Set(try runAtOnce(program, [run, run, run]))
    #expect(statuses.contains(0) && statuses.isSubset(of: [0, 4]))
    let outcome = try program.run(["--registry", program.registry, "-c", "count people; check"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("ever\ttoday\n20\t20\n"))
    let left = try FileManager.default.contentsOfDirectory(atPath: program.home.path)
    #expect(!left.contains { $0.contains(".new-") })
  }

  @Test("an open transaction is seen by nobody else, and others read on")
  func openTransaction() throws {
    let program = try Program()
    defer { program.remove() }
    let terminal = try program.start()
    try terminal.waitFor("a prompt") { $0.cursorLine == "entente>" }
    terminal.send("begin\r")
    try terminal.waitFor("the transaction") { $0.cursorLine == "entente*>" }
    terminal.send("add person hidden-one \"Hidden\"\r")
    try terminal.waitFor("the person") {
      $0.text.contains("added hidden-one") && $0.cursorLine == "entente*>"
    }
    let read = ["--registry", program.registry, "-c", "count people where key = hidden-one"]
    #expect(try program.run(read).output == "ever\ttoday\n0\t0\n")
    terminal.send("commit\r")
    try terminal.waitFor("the commit") { $0.cursorLine == "entente>" }
    #expect(try program.run(read).output == "ever\ttoday\n1\t1\n")
  }

  @Test("one long read and several writers end with every edit, and none is told of a lock")
  func readAndWrite() throws {
    let program = try Program()
    defer { program.remove() }
    let writers = Stress.rounds(3, 4)
    let count = Stress.rounds(15, 150)
    let runs = try (1...writers).map { writer in
      // Each also claims of the same thing: the cell is read and written by all.
      let lines = (1...count).map { number in
        "add person w\(writer)-\(number) \"P\"\nclaim forge.deadline = \(2100 + number)-0\(writer)\n"
      }
      let file = try program.write(lines.joined(), to: "writer-\(writer).ent")
      return ["--registry", program.registry, "--no-plugins", "--no-transaction", file]
    }
    let reads = try program.write(
      String(repeating: "dump\nlist statements limit 9999\ncheck\n", count: Stress.rounds(2, 20)),
      to: "read.ent")
    var processes: [(process: Process, errors: Pipe)] = []
    for arguments in runs + [["--registry", program.registry, "--no-plugins", reads]] {
      let process = try program.process(arguments)
      let errors = Pipe()
      process.standardOutput = FileHandle.nullDevice
      process.standardError = errors
      try process.run()
      processes.append((process, errors))
    }
    for (process, errors) in processes {
      let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(!words.contains("error:"), "\(words)")
    }
    let outcome = try program.run([
      "--registry", program.registry, "--no-plugins", "-c",
      "sql SELECT count(*) FROM statements WHERE property = 'deadline' AND subject = 'forge' AND claimed",
      "-c", "check",
    ])
    #expect(outcome.status == 0)
    let people = try program.run([
      "--registry", program.registry, "-c",
      "sql SELECT count(*) FROM entities WHERE key GLOB 'w[0-9]-*'",
    ]).output
    #expect(people == "count(*)\n\(writers * count)\n")
    #expect(outcome.output.hasPrefix("count(*)\n\(writers * count)\n"))
    Stress.say(
      "concurrency: \(writers) writers with \(2 * count) edits each beside a long read, no edit lost, no lock told"
    )
  }
}
