import Foundation
import TestRegistry
import Testing

/// Input that is mistaken, or meant to do harm: refused with its place and a help that names the fix.
@Suite("Mistaken and hostile input")
struct HostileInputTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var command: String
    var status: Int32
    var says: [String]
    var testDescription: String { command }

    init(_ command: String, _ status: Int32, _ says: String...) {
      (self.command, self.status, self.says) = (command, status, says)
    }
  }

  @Test(
    "a mistake is refused, and the help names the fix",
    arguments: [
      Mistake("claim forge.chair = KOR from 2026-2", 1, "‘2026-2’ is no date", "write 2026-02"),
      Mistake("claim forge.chair = KOR from \"Feb 2026\"", 1, "write 2026-02"),
      Mistake("claim forge.chair = KOR from 12/31/2026", 1, "write 2026-12-31"),
      Mistake("claim forge.chair = KOR from 2026-13-45", 1, "has the month 13"),
      Mistake("list initiatives on 2026-2", 1, "write 2026-02"),
      Mistake("claim forge.chair = KOR from 2026-05 until 2025-01", 3, "ends before it starts"),
      Mistake("claim forge.chair = KOR within 2026-05..2025-01", 3, "ends before it starts"),
      Mistake("claim CHN.share = 87..47% mineral cobalt", 3, "ends below its start", "47..87%"),
      Mistake("add commitment c-one { amount = $8.5bn }", 1, "USD 8.5bn"),
      Mistake("add commitment c-one { amount = usd 5bn }", 1, "in capitals", "write USD 5bn"),
      Mistake("add commitment c-one { amount = XYZ 5 }", 3, "XYZ is no currency"),
      Mistake("add commitment c-one { amount = 8.5bn }", 1, "in front, as in USD 8.5bn"),
      Mistake("list commitments where amount > 5", 1, "has no currency"),
      Mistake("list commitments recorded by t999", 1, "there is no transaction t999"),
      Mistake("diff recorded t1 t999", 1, "there is no transaction t999"),
      Mistake("add person t12 \"x\"", 1, "t12 cannot be a key"),
      Mistake("add person @4k7q \"x\"", 1, "@4k7q cannot be a key"),
      Mistake("add person \"; DROP TABLE tx; --\" \"x\"", 1, "cannot be a key"),
      Mistake("add person e-e \"\"", 3, "a name cannot be empty"),
      Mistake("alias forge \" \"", 3, "a name cannot be empty"),
      Mistake("distinct forge, forge", 1, "both names mean forge"),
      Mistake("define type initiative under partnership", 3, "cannot stand under partnership"),
      Mistake("define type actor under actor", 3, "cannot stand under itself"),
      Mistake("define property member under signatory", 3, "cannot stand under signatory"),
      Mistake("define property share of state to text", 3, "would refuse"),
      Mistake("define property chair of initiative to text", 3, "forge.chair = KOR"),
      Mistake("undo", 1, "nothing to undo but the Seed", "undo t1"),
      Mistake("add person x-x; undo", 1, "in the transaction that is open", "rollback"),
      Mistake("show @zzzz", 1, "no statement's id begins with @zzzz"),
      Mistake("retract @n", 1, "@n begins more than one"),
      Mistake(".read nosuch.ent", 4, "there is no such file"),
      Mistake(".read .", 4, "it is a folder"),
      Mistake(".output /nonexistent/x", 4, "No such file or directory"),
      Mistake("list people save \"/nonexistent/x.csv\"", 4, "No such file or directory"),
      Mistake("list people save \"registry.entente\"", 4, "is the registry itself"),
      Mistake(".output ./registry.entente", 4, "is the registry itself"),
      Mistake("sql DELETE FROM tx", 1, "sql only reads"),
      Mistake("\u{1}", 1, "the invisible character U+0001"),
    ])
  func mistake(_ mistake: Mistake) throws {
    let program = try Program()
    defer { program.remove() }
    // A dry run opens no file to write to.
    let writes = mistake.command.contains("/nonexistent/")
    let outcome = try program.run(
      ["--registry", program.registry, "--no-plugins", "-c", mistake.command] + (writes ? [] : ["--dry-run"]))
    #expect(outcome.status == mistake.status)
    #expect(outcome.errors.contains("error: "))
    for words in mistake.says { #expect(outcome.errors.contains(words)) }
  }

  @Test("a script that reads itself, also through another or a link, is stopped")
  func readsItself() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    _ = try program.write(".read two.ent\n", to: "one.ent")
    _ = try program.write(".read link.ent\n", to: "two.ent")
    try FileManager.default.createSymbolicLink(
      atPath: program.home.appending(path: "link.ent").path, withDestinationPath: "one.ent")
    let outcome = try program.run(["--registry", ":memory:", "--seed", "none", "one.ent"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("is being read already"))
  }

  @Test("a script that is read twice, one time after the other, is no circle")
  func readTwice() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    _ = try program.write("list types\n", to: "part.ent")
    let outcome = try program.run(
      ["--registry", ":memory:", "--seed", "none"], input: ".read part.ent\n.read part.ent\n")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
  }

  @Test("input that is not UTF-8 is refused, from a script and from standard input")
  func notUTF8() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    try Data([0x61, 0xFF, 0x0A]).write(to: program.home.appending(path: "bytes.ent"))
    let outcome = try program.run(["--registry", ":memory:", "--seed", "none", "bytes.ent"])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("is not UTF-8 text"))
    let folder = try program.run(["--registry", ":memory:", "--seed", "none", "."])
    #expect(folder.status == 4)
    #expect(folder.errors.contains("it is a folder"))
  }

  /// Commands with a word of 100,000 characters wherever one can stand.
  private static var withALongWord: [String] {
    let word = String(repeating: "a", count: 100_000)
    return [
      word, ".\(word)", "help \(word)", "about \(word)", "run \(word)", "list \(word)", "count \(word)",
      "total \(word)", "why \(word)", "conflicts \(word)", "mentions \(word)", "\(word) of \(word)",
      "list \(word) of \(word)", "list denials of \(word)", "list entities where \(word) = 1",
      "list entities where type = \(word)", "list entities where \(word) of \(word)",
      "list entities columns \(word)", "list entities sort \(word)", "list entities on \(word)",
      "add \(word) x", "add entity \(word)\(word).x", "claim \(word).x = 1", "define type x under \(word)",
      "show x \(word)", "plugin info \(word)", "source \(word).x", "undo \(word)", "diff \(word) t1",
      "export \(word) to \"x\"", "conflicts between \(word), \(word)", "why row 1 \(word)",
    ]
  }

  @Test("a line of 100,000 characters gets a message that can be read")
  func longLine() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    for line in [
      "show " + String(repeating: "a", count: 100_000),
      "list entities where " + String(repeating: "key = USA or ", count: 8_000) + "key = USA",
      "list entities where " + String(repeating: "(", count: 100_000),
      String(repeating: "{", count: 100_000), "show \"" + String(repeating: "漢", count: 30_000),
    ] + Self.withALongWord {
      let outcome = try program.run(["--registry", ":memory:", "--seed", "none"], input: line)
      #expect(outcome.status == (line.hasPrefix("plugin ") ? 5 : 1), "\(line.prefix(40))")
      #expect(outcome.errors.utf8.count < 3_000, "\(line.prefix(40))")
      if !Self.withALongWord.contains(line) { #expect(outcome.errors.contains("help: ")) }
    }
  }

  @Test("names that look like SQL, FTS or markup are names")
  func injection() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write(
      #"""
      add person rob "Robert'); DROP TABLE tx;--" { alias "\" OR 1=1 --" }
      count people where name ~ "DROP TABLE"
      count people where name ~ "%"
      count people where name ~ "_"
      show "' or 1=1 --".name
      find "\"a\" OR NEAR(*"
      """#, to: "names.ent")
    let outcome = try program.run(["--registry", program.registry, "--keep-going", script])
    #expect(outcome.output.hasPrefix("ever\ttoday\n1\t1\n"))
    #expect(outcome.errors.contains("there is nothing called \"' or 1=1 --\""))
    #expect(try program.run(["--registry", program.registry, "-c", "check"]).status == 0)
  }

  @Test("after a merge, the figures of what was merged are those of the other")
  func mergeQualifiers() throws {
    let program = try Program()
    defer { program.remove() }
    let script = try program.write(
      """
      add mineral odd-ore "Odd ore"
      claim CHN.share = 5% mineral odd-ore stage refining year 1999
      merge odd-ore into cobalt
      list CHN.share[mineral cobalt, year 1999]
      sql SELECT count(*) AS old FROM statements WHERE qualifiers LIKE '%odd-ore%' AND claimed
      """, to: "merge.ent")
    let outcome = try program.run(["--registry", program.registry, script])
    #expect(outcome.errors == "")
    #expect(outcome.output.contains("5%") && outcome.output.hasSuffix("old\n0\n"))
    #expect(
      try program.run([
        "--registry", program.registry, "-c", "undo \(try program.newestTransaction()); check",
      ]).status == 0)
  }

  @Test("nothing to do is no error", arguments: ["", "\n\n", ";;;", "# a comment", "  \t ", "\u{FEFF}"])
  func nothing(_ input: String) throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    let outcome = try program.run(["--registry", ":memory:", "--seed", "none"], input: input)
    #expect(outcome.status == 0)
    #expect(outcome.output == "" && outcome.errors == "")
  }

  @Test("the help and the usage name the program")
  func usage() throws {
    let program = try Program(seeded: false)
    defer { program.remove() }
    #expect(try program.run(["--help"]).output.contains("USAGE: entente "))
    #expect(try program.run(["--nonsense"]).errors.contains("Usage: entente "))
  }

  @Test(
    "the largest number there is can be a limit",
    arguments: [
      "find floor", "list initiatives", "list pax-silica.signatory", "list statements", "list transactions",
      "list types", "count initiatives by type", "conflicts", "suggest merges",
    ])
  func largestLimit(_ command: String) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["--registry", program.registry, "-c", "\(command) limit \(Int.max)"])
    #expect(outcome.status == 0)
    #expect(outcome.output.split(separator: "\n").count > 1)
  }
}
