import Foundation
import Glibc
import SeededNumbers
import TestRegistry
import Testing

/// Files that a failing disk or a half copy left. SQLite keeps no sums of its pages, so that not all damage can be seen;
/// whatever is there, every question is answered or refused, at once.
@Suite("A damaged registry", .serialized)
struct DamageTests {
  enum Damage: String, CaseIterable {
    case bits, page, zeros, cut, log
  }

  private static let questions = [
    "count initiatives", "show forge", "list statements limit 9999 save \"all.csv\"", "find price",
    "conflicts",
    "dump \"all.ent\"", "dump \"some.ent\" despite damage", "add person new-one", "undo t2",
    "sql SELECT * FROM memberships",
  ]

  @Test(
    "is answered from, refused or told of, and never more", .timeLimit(.minutes(20)),
    arguments: Damage.allCases)
  func damaged(damage: Damage) throws {
    let program = try Program()
    defer { program.remove() }
    if damage == .log { try program.leaveLog(program.registry) }
    let file = damage == .log ? program.registry + "-wal" : program.registry
    let sound = [program.registry, program.registry + "-wal"].map {
      try? Data(contentsOf: URL(filePath: $0))
    }
    let rounds = Stress.rounds(5, 120)
    var (refused, found, unseen) = (0, 0, 0)
    for round in 1...rounds {
      for (name, data) in zip([program.registry, program.registry + "-wal"], sound) {
        unlink(name)
        try data?.write(to: URL(filePath: name))
      }
      unlink(program.registry + "-shm")
      var generator = Seeded(seed: UInt64(round) &* 7919)
      var data = try Data(contentsOf: URL(filePath: file))
      spoil(&data, damage, &generator)
      try data.write(to: URL(filePath: file))
      let check = try run(["--read-only", "-c", "check"], program, damage, round)
      let isRefused = check.status == 4 && check.output.isEmpty
      if isRefused { refused += 1 } else if check.status == 0 { unseen += 1 } else { found += 1 }
      if check.status == 4, !isRefused {
        #expect(check.errors.contains("restore a backup, or save what can be read"))
      }
      let answers = try run(
        ["--keep-going"] + Self.questions.flatMap { ["-c", $0] }, program, damage, round)
      // A log is a chain of sums: what does not fit ends it, and what was committed before is whole.
      if damage == .log {
        #expect(check.status == 0 && answers.status == 0, "round \(round): \(answers.errors)")
      }
    }
    Stress.say(
      "damage by \(damage.rawValue): \(rounds) files, \(refused) refused, \(found) found by check, \(unseen) without consequence; no crash, no hang"
    )
  }

  private func run(
    _ arguments: [String], _ program: Program, _ damage: Damage, _ round: Int
  ) throws -> Program.Outcome {
    let began = ContinuousClock.now
    let outcome = try program.run(["--registry", program.registry, "--no-plugins"] + arguments, behind: [])
    #expect(ContinuousClock.now - began < .seconds(60), "\(damage) \(round)")
    // Every end but by a signal.
    #expect([0, 1, 3, 4].contains(outcome.status), "\(damage) \(round): \(outcome.status) \(outcome.errors)")
    if outcome.errors.contains("is damaged") { #expect(outcome.status == 4, "\(damage) \(round)") }
    return outcome
  }

  private func spoil(_ data: inout Data, _ damage: Damage, _ generator: inout Seeded) {
    guard !data.isEmpty else { return }
    let page = Int.random(in: 0..<max(1, data.count / 4096), using: &generator) * 4096
    switch damage {
    case .bits, .log:
      for _ in 0..<[1, 20, 400].randomElement(using: &generator)! {
        data[Int.random(in: 0..<data.count, using: &generator)] ^=
          1 << UInt8.random(in: 0..<8, using: &generator)
      }
      if damage == .log { data = data.prefix(Int.random(in: 0...data.count, using: &generator)) }
    case .page:
      for index in page..<min(page + 4096, data.count) {
        data[index] = UInt8.random(in: 0...255, using: &generator)
      }
    case .zeros:
      data.replaceSubrange(
        page..<min(page + 4096, data.count), with: Data(count: min(4096, data.count - page)))
    case .cut: data = data.prefix(Int.random(in: 1..<data.count, using: &generator))
    }
  }
}
