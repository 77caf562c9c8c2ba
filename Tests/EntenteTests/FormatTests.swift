import Foundation
import TestRegistry
import Testing

/// Registries that the programs of earlier formats made, each with what that program answered and with the history
/// that it had recorded. No released program wrote format 1.
@Suite("Registries of earlier formats")
struct FormatTests {
  /// Those between wrote what the last of them did, but for what is derived.
  private static let formats = [2, 3, 4, 5, 6, 16]

  private static func fixture(_ format: Int, _ ending: String) throws -> Data {
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "Fixtures/Formats/format-\(format).\(ending)"))
  }

  /// What the earlier program told. Its rules ended in `age`, by which nothing is chosen any more: they mean the same
  /// without it. Its dumps were the first of their kind.
  private static func history(_ format: Int) throws -> String {
    String(decoding: try fixture(format, "ent"), as: UTF8.self)
      .replacing(/( rules [a-z, ]+), age\b/) { String($0.1) }.replacing(
        "restore \"history 1\"", with: "restore \"history 2\"")
  }

  /// What this program tells, without what transactions are known by in other registries.
  private static func local(_ history: String) -> String {
    history.replacing(/\ origin "\w{26}" number \d+ clock \d+ uid "\w{26}"/, with: "").replacing(
      "restore \"history 4\"", with: "restore \"history 2\""
    ).replacing(/\nend \d+\n/, with: "\n")
  }

  /// The lines of each transaction. Which follows which inside of one is no part of what is recorded.
  private static func transactions(_ history: String) -> [[Substring]] {
    var transactions: [[Substring]] = [[]]
    for line in history.split(separator: "\n") {
      if line.hasPrefix("transaction ") { transactions.append([]) }
      transactions[transactions.count - 1].append(line)
    }
    return transactions.map { $0.sorted() }
  }

  private func program(_ format: Int) throws -> Program {
    let program = try Program(seeded: false)
    try Self.fixture(format, "entente").write(to: URL(filePath: program.registry))
    return program
  }

  @Test("are brought to the newest with every statement, transaction and name", arguments: Self.formats)
  func migrates(format: Int) throws {
    let program = try program(format)
    defer { program.remove() }
    let run = ["--registry", program.registry, "--no-plugins"]
    #expect(try program.run(run + ["-c", "check"]).status == 0)
    let query = "sql SELECT id, subject, property, value, qualifiers, claimed FROM statements ORDER BY id"
    let answer = try program.run(run + ["-c", query])
    #expect(Data(answer.output.utf8) == (try Self.fixture(format, "tsv")))
    let history = try program.run(run + ["-c", "dump with history"])
    #expect(Self.transactions(Self.local(history.output)) == Self.transactions(try Self.history(format)))
    let forge = try program.run(
      run + ["-c", "list initiatives where member = japan including groups"])
    let sources =
      format < 16 ? "\tquad (foreseen)\tmember\tquad\tclash\n" : "\tmember\tquad\tallthenews, clash, second\n"
    #expect(forge.output.hasSuffix(sources))
    #expect(try program.run(run + ["-c", "find \"rare earths\" limit 1"]).output.contains("rare-earths"))
    // What was done by the earlier program is taken back by this one.
    let newest = try program.newestTransaction()
    let back = ["-c", "undo \(newest)", "-c", "redo \(newest)", "-c", "check"]
    #expect(try program.run(run + back).status == 0)
  }

  @Test(
    "know their transactions by the same uids, whoever brings a copy up to date, and so does their history",
    arguments: Self.formats)
  func sameUIDs(format: Int) throws {
    let (one, other) = (try program(format), try program(format))
    defer {
      one.remove()
      other.remove()
    }
    func history(_ program: Program) throws -> String {
      try program.run(["--registry", program.registry, "--no-plugins", "-c", "dump with history"]).output
    }
    let told = try history(one)
    #expect(told.contains(" uid \""))
    #expect(try history(other) == told)
    // Its own dump, and the one that the earlier program wrote, give registries with these transactions.
    let own = try one.write(told, to: "own.ent")
    let earlier = try one.write(
      String(decoding: Self.fixture(format, "ent"), as: UTF8.self), to: "earlier.ent")
    for (name, dump) in [("own", own), ("earlier", earlier)] {
      let copy = one.home.appending(path: "\(name).entente").path
      let load = ["--registry", copy, "--new", "--seed", "none", "--no-plugins", "-c", "load \"\(dump)\""]
      #expect(try one.run(load).status == 0)
      let again = try one.run(["--registry", copy, "--no-plugins", "-c", "check", "-c", "dump with history"])
      #expect(again.status == 0)
      #expect(again.output.hasSuffix(told))
    }
  }

  @Test("are not changed by who only reads, and say why they cannot be read", arguments: Self.formats)
  func readOnly(format: Int) throws {
    let program = try program(format)
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "--read-only", "-c", "count entities"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("has format \(format) and is to be brought to format"))
    #expect(outcome.errors.contains("help: open it once without --read-only"))
    #expect(try Data(contentsOf: URL(filePath: program.registry)) == (try Self.fixture(format, "entente")))
  }

  @Test("that find no room stay of their format, whole", arguments: Self.formats)
  func fullDisk(format: Int) throws {
    let program = try program(format)
    defer { program.remove() }
    let run = ["--registry", program.registry, "--no-plugins", "-c", "dump with history"]
    let outcome = try program.run(run, fileLimit: 40_960)
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("there is no room left to write"))
    let history = try program.run(run)
    #expect(Self.transactions(Self.local(history.output)) == Self.transactions(try Self.history(format)))
  }
}
