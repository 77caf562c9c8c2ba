import Foundation
import Glibc
import TestRegistry
import Testing

/// The program killed at moments drawn at random, whatever it is writing.
@Suite("Killed at random")
struct RandomKillTests {
  /// What is being written when it is killed. Each leaves all of a transaction or nothing of it.
  enum Work: String, CaseIterable {
    case edits, script, importing, undo, migration
  }

  @Test("loses nothing that was committed, and leaves nothing half done", arguments: Work.allCases)
  func random(work: Work) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let seed = try program.write(
      "define type thing\ndefine property note of thing to text many\n", to: "seed.ent")
    var before = try prepare(work, program, seed)
    let length = try measure(work, program)
    var finished = 0
    let rounds = Stress.rounds(4, 40)
    for round in 1...rounds {
      let process = try start(work, round, program)
      try process.run()
      usleep(UInt32.random(in: 0...UInt32(max(1_000, length * 1_100_000))))
      Glibc.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .exit { finished += 1 }
      before = try verify(work, round, before, program)
    }
    Stress.say(
      "\(work.rawValue): killed \(rounds - finished) times in \(rounds) runs, nothing lost, nothing half done"
    )
  }

  /// What was imported, where undoing is killed.
  private static let imported = "t2"

  /// The entities that are there before the first run.
  private func prepare(_ work: Work, _ program: Program, _ seed: String) throws -> Int {
    var rows = "key,note\n"
    for number in 1...400 { rows += "i-\(number),note \(number)\n" }
    _ = try program.write(rows, to: "rows.csv")
    let mapping = "import \"rows.csv\" { add thing $key { note = \"$note\", \"another\" } }\n"
    _ = try program.write(mapping, to: "import.ent")
    if work == .migration {
      try old(program)
    } else {
      #expect(try program.run(["--registry", program.registry, "--seed", seed, "-c", "check"]).status == 0)
    }
    if work == .undo {
      #expect(
        try program.run(["--registry", program.registry, program.home.path + "/import.ent"]).status == 0)
    }
    return try things(program)
  }

  /// A registry of an earlier release.
  private func old(_ program: Program) throws {
    let archived = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Fixtures/Formats/format-5.entente")
    try? FileManager.default.removeItem(atPath: program.registry)
    try FileManager.default.copyItem(at: archived, to: URL(filePath: program.registry))
    chmod(program.registry, 0o644)
  }

  /// How long it takes when nobody kills it, in seconds.
  private func measure(_ work: Work, _ program: Program) throws -> Double {
    let copy = program.registry + ".copy"
    try FileManager.default.copyItem(atPath: program.registry, toPath: copy)
    defer {
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
    }
    let process = try start(work, 1, program, registry: copy)
    let began = Date()
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Date().timeIntervalSince(began)
  }

  private func start(_ work: Work, _ round: Int, _ program: Program, registry: String? = nil) throws
    -> Process
  {
    let adds = (1...60).map { "add thing r-\(round)-\($0) { note = \"one\", \"two\" }\n" }.joined()
    let script = try program.write(adds, to: "adds.ent")
    let arguments =
      switch work {
      case .edits: ["--no-transaction", script]
      case .script: [script]
      case .importing: [program.home.path + "/import.ent"]
      case .undo: ["-c", "\(round % 2 == 1 ? "undo" : "redo") \(Self.imported)"]
      case .migration: ["-c", "count entities"]
      }
    let process = try program.process(["--registry", registry ?? program.registry] + arguments)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// - Returns: how many things there are now.
  private func verify(_ work: Work, _ round: Int, _ before: Int, _ program: Program) throws -> Int {
    let check = try program.run(["--registry", program.registry, "-c", "check"])
    #expect(check.status == 0, "\(work) \(round): \(check.output)\(check.errors)")
    let now = try things(program)
    switch work {
    case .edits: #expect((0...60).contains(now - before))
    case .script: #expect([0, 60].contains(now - before))
    case .importing: #expect([0, 400].contains(now - before))
    case .undo: #expect([0, 400].contains(now))
    case .migration:
      #expect(now == before)
      try old(program)
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: program.registry + suffix)
      }
    }
    if work != .migration {
      // Every thing has both its notes: no transaction is half there.
      let notes = try program.run([
        "--registry", program.registry, "-c", "sql SELECT count(*) FROM statements WHERE property = 'note'",
      ])
      #expect(notes.output.contains("\n\(2 * now)\n"), "\(work) \(round): \(notes.output)")
    }
    if work == .importing, now > before {
      let undo = "undo \(try program.newestTransaction())"
      #expect(try program.run(["--registry", program.registry, "-c", undo]).status == 0)
      return try things(program)
    }
    if work == .undo, round % 2 == 1, now == 400 {
      _ = try program.run(["--registry", program.registry, "-c", "undo \(Self.imported)"])
    }
    if work == .undo, round % 2 == 0, now == 0 {
      _ = try program.run(["--registry", program.registry, "-c", "redo \(Self.imported)"])
    }
    return now
  }

  private func things(_ program: Program) throws -> Int {
    let outcome = try program.run(["--registry", program.registry, "-c", "count things"])
    return outcome.output.split(separator: "\n").compactMap { Int($0.prefix { $0 != "\t" }) }.first ?? -1
  }
}
