import Foundation
import Glibc
import TestRegistry
import Testing

/// The program killed with SIGKILL: what was committed is there, and nothing is half there.
@Suite("Killed at any moment")
struct KillTests {
  private static let schema = """
    define type thing
    define property note of thing to text many
    define property part of thing to thing many
    """

  /// A registry with a small schema, in the home.
  private func registry(_ program: Program) throws -> String {
    let seed = try program.write(Self.schema, to: "seed.ent")
    #expect(try program.run(["--registry", program.registry, "--seed", seed, "-c", "check"]).status == 0)
    return program.registry
  }

  /// Transactions that each make a thing with two claims, and then say that they are done.
  private func script(_ round: Int, _ transactions: Int) -> String {
    (1...transactions).map { number in
      let claims = "note = \"one\", \"two\"" + (number > 1 ? "; part = k-\(round)-\(number - 1)" : "")
      return "add thing k-\(round)-\(number) \"K \(number)\" { \(claims) }\nsql SELECT 'done \(number)'\n"
    }.joined()
  }

  /// Starts the program on a script, and kills it as soon as it says that a transaction is done.
  /// - Returns: the last transaction that it said to be done, and whether it was killed before its end.
  private func kill(
    _ program: Program, _ arguments: [String], atTransaction number: Int
  ) throws -> (done: Int, isKilled: Bool) {
    let process = try program.process(arguments)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    var output = ""
    while !output.contains("done \(number)\n") {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      output += String(decoding: data, as: UTF8.self)
    }
    Glibc.kill(process.processIdentifier, SIGKILL)
    output += String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let done = output.split(separator: "\n").compactMap { line in
      line.hasPrefix("done ") ? Int(line.dropFirst(5)) : nil
    }
    return (done.max() ?? 0, process.terminationReason == .uncaughtSignal)
  }

  /// How many things of a round there are, how many notes they have, and how many parts.
  private func counts(_ program: Program, _ round: Int) throws -> [Int] {
    let queries = [
      "SELECT count(*) FROM entities WHERE key LIKE 'k-\(round)-%'",
      "SELECT count(*) FROM statements WHERE subject LIKE 'k-\(round)-%' AND property = 'note'",
      "SELECT count(*) FROM statements WHERE subject LIKE 'k-\(round)-%' AND property = 'part'",
    ]
    let outcome = try program.run(
      ["--registry", program.registry] + queries.flatMap { ["-c", "sql \($0)"] } + ["-c", "check"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    return outcome.output.split(separator: "\n").compactMap { Int($0) }
  }

  @Test("of several transactions, each that was done is kept and none is half there")
  func transactions() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let registry = try registry(program)
    var killed = 0
    for round in 1...10 {
      let file = try program.write(script(round, 60), to: "script.ent")
      let (done, isKilled) = try kill(
        program, ["--registry", registry, "--no-transaction", file], atTransaction: 1 + round * 7 % 29)
      if isKilled { killed += 1 }
      let found = try counts(program, round)
      #expect(found.count == 3 && (done...60).contains(found[0]))
      #expect(found[1] == 2 * found[0])
      #expect(found[2] == max(0, found[0] - 1))
    }
    // One that was done before it was killed shows nothing.
    #expect(killed > 5)
  }

  @Test("a script that is one transaction leaves all of it or nothing")
  func wholeScript() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let registry = try registry(program)
    var killed = 0
    for round in 1...6 where killed < 3 {
      let file = try program.write(script(round, 200), to: "script.ent")
      if try kill(program, ["--registry", registry, file], atTransaction: round * 13).isKilled {
        killed += 1
      }
      #expect([[0, 0, 0], [200, 400, 199]].contains(try counts(program, round)))
    }
    #expect(killed == 3)
  }

  @Test("killed while it fills a new registry, the next start makes it whole and clears up")
  func firstStart() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let seed = try program.write(Self.schema + "\n" + script(0, 200), to: "seed.ent")
    var killed = 0
    for _ in 1...6 where killed < 3 {
      let process = try program.process(["--registry", program.registry, "--seed", seed, "-c", "check"])
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      // Its draft stands beside the place of the registry until it is whole.
      while process.isRunning, try drafts(program).isEmpty { usleep(200) }
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { killed += 1 }
      let again = try program.run(["--registry", program.registry, "--seed", seed, "-c", "check"])
      // Where it was not killed in time, it is there already.
      #expect(again.status == 0 || again.errors.contains("is there already"))
      #expect(try counts(program, 0) == [200, 400, 199])
      #expect(try drafts(program).isEmpty)
      try FileManager.default.removeItem(atPath: program.registry)
    }
    #expect(killed == 3)
  }

  private func drafts(_ program: Program) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: program.home.path).filter { $0.contains(".new-") }
  }
}
