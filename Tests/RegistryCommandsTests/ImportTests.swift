import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

@Suite("Importing tables")
struct ImportTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(
      """
      define property for of statement to actor one
      define property joined of initiative to date one per for
      define property budget of initiative to number many
      define property share-of-trade of initiative to percent many
      define property note of initiative to text many
      """)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  /// The tab-separated lines that a query prints, without its heading.
  private func rows(_ query: String) -> [String] {
    run(query).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("-- ") }.map(String.init)
  }

  private var count: String { rows("sql SELECT count(*) FROM statements")[0] }

  @Test("A row is cited with its file and line, and where it has a quote with the quote")
  func locators() throws {
    try folder.write(
      "id,who,words\nforge,KOR,\nforge,\"JPN\",\"as \"\"host\"\",\nit joined\"\nforge,CHN,x\n", to: "a.csv")
    let printed = run(#"import "a.csv" citing gazette { claim $id.member = $who quote $words }"#)
    #expect(
      printed
        == "-- 3 rows of a.csv: 3 recorded\n-- 1 row says nothing in words: recorded without quote\n")
    let found = rows(
      "sql SELECT locator, quote FROM citations WHERE source = 'gazette' AND locator LIKE 'a.csv%'")
    #expect(found == ["a.csv:2\t"])
    #expect(
      rows("sql SELECT count(*) FROM citations WHERE quote = 'as \"host\",' || char(10) || 'it joined'") == [
        "1"
      ])
  }

  @Test("The same file twice changes nothing, and says so")
  func idempotent() throws {
    try folder.write("id,title,who\nx:A[1]_9,One,USA\nx:B 2,Two,JPN\n", to: "a.csv")
    let mapping =
      #"import "a.csv" citing gazette { add agreement $id $title; claim $id.member = $who from 2001 }"#
    #expect(run(mapping).contains("2 rows of a.csv: 6 recorded"))
    let (before, list) = (count, run("list agreements"))
    #expect(run(mapping) == "-- 2 rows of a.csv: all of it is recorded already, nothing changed\n")
    #expect(count == before)
    #expect(run("list agreements") == list && list.contains("x:A[1]_9\tOne"))
    #expect(run(#"show "x:A[1]_9".member"#).contains("USA\tUnited States\tfrom 2001"))
    #expect(run(#"retract "x:B 2".member"#).contains(#"retracted "x:B 2".member = JPN from 2001"#))
  }

  @Test("Names that nothing has are listed with their rows, nothing is recorded, and a list can be filled in")
  func unmatched() throws {
    try folder.write("who\nEC\nUSA\nEC\nCHN - TWN\n\"Unites States\"\n", to: "a.csv")
    let before = count
    let printed = run(#"import "a.csv" citing gazette unmatched "names.csv" { claim forge.member = $who }"#)
    #expect(printed.contains("4 of 5 rows of a.csv cannot be recorded, so nothing was"))
    #expect(printed.contains("nothing is called \"EC\": 2 rows, the first on line 2"))
    #expect(count == before)
    #expect(
      try folder.read("names.csv")
        == "name,key,rows,first_line\nEC,,2,2\nCHN - TWN,,1,5\nUnites States,,1,6\n")
    try folder.write(
      "name,key,rows,first_line\nEC,eu,2,2\nCHN - TWN,,1,5\nUnites States,USA,1,6\n", to: "names.csv")
    #expect(run(#"import "names.csv" { alias $key $name in gazette }"#).contains("2 recorded"))
    let again = run(#"import "a.csv" citing gazette keep going { claim forge.member = $who }"#)
    #expect(again.hasPrefix("name\trows\tfirst line\tcolumn\thelp\nCHN - TWN\t1\t5\twho\t\n"))
    #expect(again.contains("1 of 5 rows could not be recorded and were left out"))
    #expect(run("list forge.member").contains("European Union"))
  }

  @Test("A name of several things is told with the choices, and the one that a property takes is meant")
  func ambiguous() throws {
    run(
      #"alias eu "Union"; alias KOR "Union" shared; add agreement union-deal "Korea deal"; alias CHN "Korea deal" shared"#
    )
    try folder.write("who\nUnion\nKorea deal\n", to: "a.csv")
    let printed = run(#"import "a.csv" keep going { claim forge.member = $who }"#)
    #expect(printed.contains("Union\t1\t2\twho\tsay which by its key: "))
    #expect(rows("sql SELECT value FROM statements WHERE subject = 'forge' AND value = 'CHN'") == ["CHN"])
  }

  @Test("What speaks of an empty field is left out: a period alone, or the whole statement")
  func blanks() throws {
    try folder.write("who,since,until\nKOR,,\nJPN,2001,NA\n,1999,2000\nCHN, ,2003\n", to: "a.csv")
    run(
      #"import "a.csv" blank "NA" { claim forge.member = $who from $since until $until; claim forge.joined = $since for $who }"#
    )
    #expect(
      rows(
        "sql SELECT value, validity FROM statements WHERE subject = 'forge' AND property = 'member' AND value != 'USA' ORDER BY value"
      )
        == ["CHN\tuntil 2003", "JPN\tfrom 2001", "KOR\t"])
    #expect(rows("sql SELECT count(*) FROM statements WHERE property = 'joined'") == ["1"])
  }

  struct Encoded: Sendable {
    var clause: String
    var bytes: Data
    init(_ clause: String, _ encoding: String.Encoding, mark: [UInt8] = []) {
      self.clause = clause
      bytes = Data(mark) + ("id;note\r\nforge;Åland – “é”\r\n".data(using: encoding) ?? Data())
    }
  }

  @Test(
    "Texts are read in their encoding, told by a mark or by a clause",
    arguments: [
      Encoded("", .utf8), Encoded("", .utf8, mark: [0xEF, 0xBB, 0xBF]),
      Encoded("", .utf16LittleEndian, mark: [0xFF, 0xFE]), Encoded("", .utf16BigEndian, mark: [0xFE, 0xFF]),
      Encoded("encoding utf-16le", .utf16LittleEndian), Encoded("encoding windows-1252", .windowsCP1252),
      Encoded("encoding latin-1", .windowsCP1252),
    ])
  func encodings(_ encoded: Encoded) throws {
    try folder.write(encoded.bytes, to: "a.csv")
    #expect(run("import \"a.csv\" \(encoded.clause) { claim $id.note = $note }").contains("1 recorded"))
    #expect(rows("sql SELECT value FROM statements WHERE property = 'note'") == ["Åland – “é”"])
  }

  @Test("A row in another encoding is told by its line, and the others can be kept")
  func wrongEncoding() throws {
    try folder.write(
      Data("id,note\nforge,good\nforge,b".utf8) + [0xE9] + Data("d\nmsp,\"q\nr\"\n".utf8), to: "a.csv")
    let printed = run(#"import "a.csv" { claim $id.note = $note }"#)
    #expect(printed.contains("a.csv:3: the row is not utf-8 text") && printed.contains("encoding latin-1"))
    #expect(
      run(#"import "a.csv" keep going { claim $id.note = $note }"#).contains("3\tthe row is not utf-8 text"))
    #expect(rows("sql SELECT count(*) FROM statements WHERE property = 'note'") == ["2"])
  }

  @Test("Dates are EDTF, ranges, or as a clause says; an ambiguous one is refused")
  func dates() throws {
    try folder.write(
      "when\n1351\n04.02.2026\n1951-01-01..1952-12-31\n~1900\n2.1999\n2001-02?\n03/04/2026\n", to: "a.csv")
    let printed = run(#"import "a.csv" dates "DD.MM.YYYY" keep going { claim forge.joined = $when for KOR }"#)
    #expect(printed.contains("8\t‘03/04/2026’ is no date"))
    #expect(
      Set(rows("sql SELECT value FROM statements WHERE property = 'joined'"))
        == ["1351", "2026-02-04", "1951-01-01/1952-12-31", "1900~", "2001-02?"])
    #expect(printed.contains("6\t‘2.1999’ is no date"))
  }

  @Test("Numbers have the decimal mark that a clause names; one that could be two is refused")
  func numbers() throws {
    try folder.write("n,p\n\"1.234.567,5\",\"12,5\"\n7,3%\n", to: "a.csv")
    run(#"import "a.csv" decimal "," { claim forge.budget = $n; claim forge.share-of-trade = $p }"#)
    #expect(Set(rows("sql SELECT value FROM statements WHERE property = 'budget'")) == ["1234567.5", "7"])
    #expect(
      Set(rows("sql SELECT value FROM statements WHERE property = 'share-of-trade'")) == ["12.5%", "3%"])
    try folder.write("n\n\"1,234\"\n1 234\n12345678901234567890\n", to: "b.csv")
    let printed = run(#"import "b.csv" { claim forge.budget = $n }"#)
    #expect(printed.contains("3 of 3 rows of b.csv cannot be recorded"))
    #expect(printed.contains("budget takes a number, not \"1,234\""))
  }

  @Test("Several values stand in one field where a clause says what parts them")
  func several() throws {
    try folder.write("who\nKOR; JPN;CHN\n", to: "a.csv")
    run(#"import "a.csv" split ";" { claim forge.member = $who from 2026 }"#)
    #expect(
      rows("sql SELECT count(*) FROM statements WHERE subject = 'forge' AND validity = 'from 2026'") == ["3"])
  }

  @Test("Rows of another width, open quotes, unknown columns and commands are refused by name")
  func malformed() throws {
    try folder.write("a,b\n1,2\n3\n\n4,\"5\n", to: "a.csv")
    let printed = run(#"import "a.csv" { claim forge.note = $b }"#)
    #expect(printed.contains("a.csv:3: the row has 1 field, and the header has 2"))
    #expect(printed.contains("a.csv:5: a quote is opened here and never closed"))
    #expect(run(#"import "a.csv" { claim forge.note = $c }"#).contains("the file has no column c"))
    #expect(run(#"import "a.csv" { show forge }"#).contains("show says nothing of a row"))
    #expect(run(#"import "a.csv""#).contains("nothing says what the columns of this file mean"))
    try folder.write("", to: "empty.csv")
    #expect(
      run(#"import "empty.csv" { claim forge.note = $b }"#).contains("the first line names the columns"))
    #expect(run(#"import "nosuch.csv" { claim forge.note = $b }"#).contains("there is no such file"))
    #expect(run(#"import "." { claim forge.note = $b }"#).contains("it is a folder"))
  }

  @Test("A mapping is kept in a file, and its mistakes are shown there")
  func using() throws {
    try folder.write("who,Year of accession (AD)\nKOR,2026\n", to: "a.csv")
    try folder.write("# the parties\nclaim forge.member = $who from $Year_of_accession_AD\n", to: "map.ent")
    #expect(run(#"import "a.csv" citing gazette using "map.ent""#).contains("1 recorded"))
    try folder.write("claim forge.member = $whom\n", to: "map.ent")
    #expect(
      run(#"import "a.csv" using "map.ent""#).contains("map.ent:1:22: error: the file has no column whom"))
  }

  @Test("Lines of JSON are rows; lists are several values, and what is inside has its path")
  func jsonLines() throws {
    try folder.write(
      #"""
      {"who": ["KOR", "JPN"], "about": {"note": "a"}, "n": 12.5}
      {"who": "CHN", "n": null, "extra": true}
      [1]
      """#, to: "a.jsonl")
    let printed = run(
      #"import "a.jsonl" citing gazette keep going { claim forge.member = $who from 2026; claim forge.note = $about_note; claim forge.budget = $n }"#
    )
    #expect(printed.contains("3\tthe line is no JSON object"))
    #expect(
      rows("sql SELECT count(*) FROM statements WHERE validity = 'from 2026' AND subject = 'forge'") == ["3"])
    #expect(
      rows("sql SELECT value FROM statements WHERE property IN ('note', 'budget') ORDER BY value") == [
        "12.5", "a",
      ])
  }

  @Test("A row can name what an earlier one made known, also one that nothing had before")
  func laterRows() throws {
    try folder.write("made,used,name\n,x:a,\nx:a,,\n,x:a,\nx:b,,A new name\n,a new-name,\n", to: "a.csv")
    let printed = run(
      #"import "a.csv" keep going { add agreement $made $name; claim forge.succeeds = $used }"#)
    #expect(printed.hasPrefix("name\trows\tfirst line\tcolumn\thelp\nx:a\t1\t2\tused\t\n--"))
    #expect(
      rows("sql SELECT value FROM statements WHERE property = 'succeeds' ORDER BY value")
        == ["msp", "x:a", "x:b"])
  }

  @Test("What a dry run imports is not kept")
  func dryRun() throws {
    try folder.write("who\nKOR\n", to: "a.csv")
    let before = count
    let printed = transcript.run(#"import "a.csv" { claim forge.member = $who }"#, isDryRun: true)
    #expect(printed.contains("1 would be recorded"))
    #expect(count == before)
  }

  @Test("A quote that is never closed, and rows longer than a piece of the file, are read with little memory")
  func longRows() throws {
    let long = String(repeating: "é", count: 400_000)
    try folder.write("id,note\nforge,\"\(long)\"\nmsp,\(long)x\n", to: "a.csv")
    run(#"import "a.csv" { claim $id.note = $note }"#)
    #expect(
      rows("sql SELECT length(value) FROM statements WHERE property = 'note' ORDER BY 1") == [
        "400000", "400001",
      ])
  }
}

@Suite("Published data sets")
struct DataSetTests {
  @Test("Two data sets as two sources differ in as many cells as their README counts")
  func conflicts() throws {
    let session = try TestRegistry.seeded()
    session.setFolder(
      TestRegistry.checkout.appending(
        path: "Tests/RegistryCommandsTests/Fixtures", directoryHint: .isDirectory))
    let transcript = Transcript(session)
    let agreements = """
      add agreement treaty:$treatyID $Title
      claim treaty:$treatyID.begun = $Begin; claim treaty:$treatyID.signed-on = $Signature
      claim treaty:$treatyID.in-force = $Force
      """
    let parties = """
      add agreement treaty:$treatyID $Title
      claim treaty:$treatyID.begun-for = $Begin for $stateID
      claim treaty:$treatyID.signed-for = $Signature for $stateID
      claim treaty:$treatyID.in-force-for = $Force for $stateID
      """
    let printed = transcript.run(
      """
      source desta "Design of Trade Agreements"
      source gptad "Global Preferential Trade Agreements Database"
      define property treaty-date of agreement to date one
      define property begun under treaty-date
      define property signed-on under treaty-date
      define property in-force under treaty-date
      define property for of statement to actor one
      define property party-date of agreement to date one per for
      define property begun-for under party-date
      define property signed-for under party-date
      define property in-force-for under party-date
      import "agreements-DESTA.csv" citing desta { \(agreements) }
      import "agreements-GPTAD.csv" citing gptad { \(agreements) }
      import "parties-DESTA.csv" citing desta keep going { \(parties) }
      import "parties-GPTAD.csv" citing gptad keep going { \(parties) }
      conflicts where property = treaty-date between desta, gptad
      conflicts where property = party-date between desta, gptad
      """, atomicity: .whole)
    #expect(printed.contains("-- 31 cells that desta and gptad both fill: 12 differ, 3 of them in the year"))
    #expect(printed.contains("-- 49 cells that desta and gptad both fill: 8 differ, 8 of them in the year"))
    #expect(
      printed.contains("\nCHN - TWN\t1\t32\tstateID\t\n") && printed.contains("\nALG\t1\t4\tstateID\t\n"))
    #expect(printed.contains("rows say nothing in stateID"))
    // Whichever of the two is chosen, and with a third one that says what each of them does.
    for reliable in ["desta", "gptad"] {
      let again = transcript.run(
        """
        source \(reliable) "The more reliable" { reliability A }
        source \(reliable == "desta" ? "gptad" : "desta") "The less reliable" { reliability E }
        source third "A third" { reliability \(reliable == "desta" ? "B" : "F") }
        import "agreements-\(reliable.uppercased()).csv" citing third { \(agreements) }
        conflicts where property = treaty-date between desta, gptad
        conflicts where property = party-date between desta, gptad
        conflicts where property = treaty-date between desta, gptad, third any
        """, atomicity: .whole)
      #expect(
        again.contains(
          "-- 31 cells that desta and gptad both fill: 12 differ, 3 of them in the year, 9 of them by one source alone"
        ))
      #expect(again.contains("-- 49 cells that desta and gptad both fill: 8 differ, 8 of them in the year"))
      #expect(again.contains("cells that any two of desta, gptad, third fill: "))
    }
    #expect(try session.store.check().compactMap(\.problem) == [])
  }
}
