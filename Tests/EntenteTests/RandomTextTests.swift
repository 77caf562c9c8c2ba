import Foundation
import SeededNumbers
import TestRegistry
import Testing

/// Names drawn from everything that Unicode, terminals, SQL, spreadsheets and the language itself have.
@Suite("Names drawn at random")
struct RandomTextTests {
  private static let fragments = [
    "\u{1B}[2J", "\u{1B}]0;x\u{7}", "\u{9B}31m", "\u{202E}", "\u{2066}", "\u{200B}", "\u{1}", "\u{7F}", "\r",
    "\n", "\t",
    "\u{2028}", "\u{FEFF}", "\u{E0041}", "e\u{301}", "👩‍👩‍👧", "漢", "ß", "'); DROP TABLE tx;--", "\"", "\"\"\"",
    "\\", "\\u{1B}",
    "{ claim x.y = z }", "}", ";", "#", "$id", "@4k7q", "t12", "=1+1", "%s", "a b", "NEAR(", "*", "citing",
    "quote \"x\"",
    "-- ", "<b>", "&amp;", "|", "`rm`",
  ]

  @Test("are kept to the last character, shown safely, and come back from a dump")
  func names() throws {
    let rounds = Stress.rounds(1, 25)
    let count = 60
    for round in 1...rounds {
      var generator = Seeded(seed: UInt64(round) &* 7919)
      let program = try Program()
      defer { program.remove() }
      var table = "id,note\n"
      var notes: Set<String> = []
      for number in 1...count {
        let note =
          "n\(number) "
          + (1...Int.random(in: 1...8, using: &generator)).map { _ in draw(&generator) }.joined() + "."
        notes.insert(note)
        // By scalars: a quote and a mark that follows it are one character to Swift.
        let quoted = note.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
        table += "h:\(number),\"\(String(String.UnicodeScalarView(quoted)))\"\n"
      }
      _ = try program.write(table, to: "names.csv")
      let run = ["--registry", program.registry, "--no-plugins"]
      let imported = try program.run(
        run + ["-c", "import \"names.csv\" { add person $id { assessment = $note } }"])
      #expect(imported.status == 0, "\(imported.errors)")
      let kept = try program.run(
        run + [
          "--format", "json", "-c",
          "sql SELECT value FROM statements WHERE subject GLOB 'h:*' AND property = 'assessment'",
        ])
      let rows = try JSONDecoder().decode([[String: String]].self, from: Data(kept.output.utf8))
      #expect(Set(rows.compactMap(\.["value"])) == notes)
      let shown = try program.run(
        run + ["--format", "table", "-c", "list people where key ~ \"h:\" columns assessment"])
      #expect(shown.status == 0)
      #expect(
        shown.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
      let dump = try program.run(run + ["-c", "dump \"one.ent\"", "-c", "check"])
      #expect(dump.status == 0)
      let copy = [
        "--registry", "copy.entente", "--seed", "none", "--no-plugins", "-c", "load \"one.ent\"", "-c",
        "dump \"two.ent\"",
      ]
      #expect(try program.run(copy).status == 0)
      let dumps = try ["one.ent", "two.ent"].map { try Data(contentsOf: program.home.appending(path: $0)) }
      #expect(dumps[0] == dumps[1])
    }
    Stress.say(
      "hostile text: \(rounds * count) names drawn at random, each kept, shown safely and back from a dump")
  }

  private func draw(_ generator: inout Seeded) -> String {
    if Bool.random(using: &generator), let fragment = Self.fragments.randomElement(using: &generator) {
      return fragment
    }
    while true {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x250 : 0x10FFFF
      if let scalar = Unicode.Scalar(UInt32.random(in: 1...limit, using: &generator)) {
        return String(scalar)
      }
    }
  }
}
