import RegistryCommands
import TestRegistry
import Testing

/// What is answered to who writes as elsewhere.
@Suite("Words of other languages")
struct ForeignWordTests {
  private func printed(_ line: String) throws -> String { Transcript(try TestRegistry.example()).run(line) }

  @Test(
    "the help names what there is",
    arguments: [
      ("list partnerships where key in (msp)", "`key = A, B`"),
      ("list partnerships where name contains \"Pax\"", "`name ~ \"text\"`"),
      ("list partnerships where name like \"Pax\"", "`name ~ \"text\"`"),
      ("list initiatives where started between 2025 and 2026", "`started >= FIRST and started <= LAST`"),
      ("list initiatives where member includes JPN", "`member = VALUE`"),
      ("list initiatives where key not in msp", "`not key = VALUE`"),
      ("list initiatives order by started", "`sort PROPERTY`"),
      ("list initiatives where member = JPN order by started", "`sort PROPERTY`"),
      ("list initiatives group by type", "counts in groups"),
      ("list initiatives top 3", "`limit N`"),
      ("select * from initiatives", "`sql SELECT …` reads with SQL"),
      ("SELECT 1", "`sql SELECT …` reads with SQL"),
      ("update x", "nothing is written by SQL"),
      ("list initiatives as xlsx save \"k.xlsx\"", "`save \"FILE.xlsx\"` writes it, without as"),
    ])
  func help(_ line: String, _ words: String) throws {
    let printed = try printed(line)
    #expect(printed.contains(words), "\(printed)")
  }

  @Test(
    "where what is asked of is missing, that is told, and not the clause behind it",
    arguments: [
      ("total in USD", "`total` wants"), ("show as csv", "`show` wants"), ("why on 2026", "`why` wants"),
    ])
  func subject(_ line: String, _ words: String) throws {
    let printed = try printed(line)
    #expect(printed.contains(words), "\(printed)")
  }

  @Test("what is there is still asked for, whatever it is called")
  func names() throws {
    let transcript = Transcript(try TestRegistry.example())
    _ = transcript.run("add partnership on \"On\" citing courier quote \"x\"")
    #expect(transcript.run("show on").contains("On"))
  }

  @Test(
    "a file whose name tells no format is refused",
    arguments: ["k.pdf", "k", "k.csv.bak"])
  func ending(_ file: String) throws {
    #expect(try printed("list initiatives save \"\(file)\"").contains("which format?"))
    #expect(try printed("list initiatives by member as matrix save \"\(file)\"").contains("which format?"))
    #expect(try printed("list forge.member as map save \"\(file)\"").contains("which format?"))
    #expect(!(try printed("list initiatives as csv save \"\(file)\"")).contains("which format?"))
  }
}
