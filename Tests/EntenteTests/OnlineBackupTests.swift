import Foundation
import TestRegistry
import Testing

/// Copies made while the registry is used.
@Suite("Backups of a registry in use")
struct OnlineBackupTests {
  @Test("while another session writes, a copy is sound, and has all of each transaction or nothing")
  func whileWritten() throws {
    let program = try Program()
    defer { program.remove() }
    let adds = (1...Stress.rounds(40, 400)).map {
      "add person some-\($0) \"Some\" { full-title = \"a\" }\n"
    }.joined()
    let script = try program.write(
      "define property full-title of person to text many\n" + adds, to: "script.ent")
    let writer = try program.process([
      "--registry", program.registry, "--no-plugins", "--no-transaction", script,
    ])
    writer.standardError = FileHandle.nullDevice
    try writer.run()
    for number in 1...Stress.rounds(3, 20) {
      let copy = program.home.appending(path: "copy-\(number).entente").path
      let made = try program.run([
        "--registry", program.registry, "--no-plugins", "-c", "backup \"\(copy)\"",
      ])
      #expect(made.status == 0)
      let outcome = try program.run([
        "--registry", copy, "--no-plugins", "--read-only", "-c", "check", "-c",
        "sql SELECT (SELECT count(*) FROM entities WHERE key GLOB 'some-*') - count(*) AS half FROM statements WHERE property = 'full-title'",
      ])
      #expect(outcome.status == 0)
      #expect(outcome.output.hasSuffix("half\n0\n"))
    }
    writer.waitUntilExit()
    #expect(writer.terminationStatus == 0)
  }

  @Test("are never written over a file, and say where they cannot be")
  func places() throws {
    let program = try Program()
    defer { program.remove() }
    let kept = try program.write("kept", to: "kept")
    for (target, words) in [
      ("kept", "kept is there already"), ("registry.entente", "is there already"),
      ("none/copy", "No such file"),
      (".", "is there already"),
    ] {
      let outcome = try program.run([
        "--registry", program.registry, "--no-plugins", "-c", "backup \"\(target)\"",
      ])
      #expect(outcome.status == 4)
      #expect(outcome.errors.contains(words))
    }
    #expect(try String(contentsOfFile: kept, encoding: .utf8) == "kept")
  }
}
