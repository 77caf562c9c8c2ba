import Foundation
import RegistryCommands
import TestRegistry
import Testing

/// Tables as other people's programs write them.
@Suite("Tables of others")
struct ForeignTableTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  private static let mapping = """
    { add agreement treaty:$treatyID $Title
      claim treaty:$treatyID.begun-for = $Begin for $stateID
      claim treaty:$treatyID.in-force-for = $Force for $stateID }
    """

  init() throws {
    folder = try ScratchFolder()
    transcript = try Self.registry(folder)
  }

  private static func registry(_ folder: ScratchFolder) throws -> Transcript {
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    let transcript = Transcript(session)
    _ = transcript.run(
      """
      define property for of statement to actor one
      define property begun-for of agreement to date one per for
      define property in-force-for of agreement to date one per for
      """)
    return transcript
  }

  @discardableResult
  private func run(_ text: String, isDryRun: Bool = false) -> String {
    transcript.run(text, isDryRun: isDryRun)
  }

  private func statements(_ transcript: Transcript) -> Set<Substring> {
    Set(transcript.run("sql SELECT id FROM statements").split(separator: "\n"))
  }

  struct Written: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var clause = ""
    var data: @Sendable ([[String]]) -> Data?
    init(_ name: String, clause: String = "", _ data: @escaping @Sendable ([[String]]) -> Data?) {
      (testDescription, self.clause, self.data) = (name, clause, data)
    }
  }

  @Test(
    "A table says the same however it is written, and the second time nothing new",
    arguments: [
      Written("CR LF") { Data(ForeignTables.text($0, lineEnd: "\r\n").utf8) },
      Written("CR") { Data(ForeignTables.text($0, lineEnd: "\r").utf8) },
      Written("a mark at the start") { Data([0xEF, 0xBB, 0xBF]) + Data(ForeignTables.text($0).utf8) },
      Written("blank lines") { Data(("\r\n\n" + ForeignTables.text($0) + "\n\r\n\n").utf8) },
      Written("no line end at the end") { Data(ForeignTables.text($0).dropLast().utf8) },
      Written("everything in quotes") { Data(ForeignTables.text($0, quotesAll: true).utf8) },
      Written("semicolons") { Data(ForeignTables.text($0, separator: ";").utf8) },
      Written("bars") { Data(ForeignTables.text($0, separator: "|").utf8) },
      Written("tabs") { Data(ForeignTables.text($0, separator: "\t").utf8) },
      Written("sep=") { Data(("sep=;\r\n" + ForeignTables.text($0, separator: ";", lineEnd: "\r\n")).utf8) },
      Written("UTF-16") { rows in
        ForeignTables.text(rows).data(using: .utf16LittleEndian).map { Data([0xFF, 0xFE]) + $0 }
      },
      Written("UTF-16 unmarked", clause: "encoding utf-16be") {
        ForeignTables.text($0).data(using: .utf16BigEndian)
      },
      Written("Windows-1252", clause: "encoding latin-1") {
        ForeignTables.text($0).data(using: .windowsCP1252)
      },
      Written("line ends of all kinds") { rows in
        let lines = ForeignTables.text(rows.filter { !$0[2].contains("\n") }).split(separator: "\n")
        let ends = ["\n", "\r\n", "\r"]
        let rest = ForeignTables.text(rows.filter { $0[2].contains("\n") }).drop { $0 != "\n" }.dropFirst()
        return Data(
          (lines.enumerated().map { $1 + ends[$0 % 3] }.joined() + rest).utf8)
      },
    ])
  func written(_ written: Written) throws {
    var tables = ForeignTables(seed: 7)
    let rows = tables.rows(300)
    try folder.write(ForeignTables.text(rows), to: "plain.csv")
    try folder.write(try #require(written.data(rows)), to: "other.csv")
    let plain = try Self.registry(folder)
    let told = plain.run("import \"plain.csv\" citing gazette \(Self.mapping)")
    #expect(told.contains("300 rows of plain.csv: ") && told.contains("rows say nothing in stateID"))
    let command = "import \"other.csv\" citing gazette \(written.clause) \(Self.mapping)"
    #expect(run(command) == told.replacing("plain.csv", with: "other.csv"))
    #expect(statements(transcript) == statements(plain))
    #expect(
      run(command).hasPrefix("-- 300 rows of other.csv: all of it is recorded already, nothing changed\n"))
  }

  struct Refused: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var words: [String]
    init(_ name: String, _ bytes: [UInt8], _ words: String...) {
      (testDescription, self.bytes, self.words) = (name, bytes, words)
    }
    init(_ name: String, _ text: String, _ words: String...) {
      (testDescription, self.bytes, self.words) = (name, Array(text.utf8), words)
    }
  }

  private static let header = "treatyID,stateID,Title,Begin,Force\n"

  @Test(
    "What is no table, or a damaged one, is refused at its place with what to do",
    arguments: [
      Refused("nothing", "", "a.csv is empty", "the first line names the columns"),
      Refused("blank lines", "\n\r\n", "a.csv is empty"),
      Refused("a mark alone", [0xEF, 0xBB, 0xBF], "a.csv is empty"),
      Refused("UTF-32", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "it is UTF-32", "iconv -f UTF-32"),
      Refused(
        "UTF-16 unmarked", Array(header.utf8).flatMap { [$0, 0] }, "no mark at its start", "encoding utf-16le"
      ),
      Refused("a spreadsheet", "PK\u{3}\u{4}xxxx", "a ZIP archive, such as a spreadsheet", ".xlsx"),
      Refused("gzip", [0x1F, 0x8B, 8, 0], "it is compressed", "gunzip"),
      Refused("a row too short", header + "x,USA\n", "a.csv:2: the row has 2 fields", "separator or a quote"),
      Refused(
        "a row too long", header + "x,USA,a,b,2001,2002\n", "a.csv:2: the row has 6 fields",
        "\",\" in it stands in quotes"),
      Refused(
        "a quote not closed", header + "x,USA,\"a,2001,\ny,USA,b,2001,\nz,USA,\"c,2001,\nw,USA,d,2001,\n",
        "1 of 2 rows", "a.csv:2: a quote is opened here, and one on line 4 stands in the middle of a field"),
      Refused(
        "a quote not closed that swallows rows", header + "x,USA,\"a,2001,\ny,USA,b,2001,\nz,USA,c\",2001\n",
        "a.csv:2: the row has 4 fields", "it goes on to line 4: look for a quote that is not closed"),
      Refused(
        "a key that is none", header + "\"a\"\"b\",USA,a,2001,\n",
        "a.csv:2: $treatyID \"a\\\"b\": treaty:a\"b cannot be a key"),
      Refused("a column that is missing", "treatyID,stateID\nx,USA\n", "the file has no column Title"),
    ])
  func refused(_ refused: Refused) throws {
    try folder.write(Data(refused.bytes), to: "a.csv")
    let before = statements(transcript)
    let told = run("import \"a.csv\" citing gazette \(Self.mapping)")
    for words in refused.words { #expect(told.contains(words), "\(told)") }
    #expect(statements(transcript) == before)
  }

  @Test("A failure of the file points at the command, and one of the mapping into the mapping's file")
  func places() throws {
    try folder.write("claim forge.member = $who\n", to: "map.ent")
    try folder.write("who\nNobody\n", to: "a.csv")
    #expect(run(#"import "a.csv" using "map.ent""#).contains("<input>:1:8: error: 1 of 1 rows of a.csv"))
    try folder.write("what\nNobody\n", to: "a.csv")
    #expect(
      run(#"import "a.csv" using "map.ent""#).contains("map.ent:1:22: error: the file has no column who"))
  }

  @Test("Blanks around keys, names and headers do not count; a header that comes twice is told")
  func blanks() throws {
    try folder.write(
      " treatyID ,stateID , Title,stateID,Begin,Force\n X_1, USA ,One,JPN, 2001 ,\n", to: "a.csv")
    let told = run("import \"a.csv\" citing gazette \(Self.mapping)")
    #expect(told.contains("1 row of a.csv: 3 recorded"))
    #expect(
      told.contains("the header has stateID more than once: $stateID is the first, $stateID_2 the other"))
    #expect(run(#"show "treaty:X_1".begun-for"#).contains("2001\tUSA"))
  }

  @Test("What a bad row makes known makes no row behind it bad, and nothing of either is kept")
  func badRow() throws {
    try folder.write("made,used,when\nx:a,,nonsense\n,x:a,2001\n,nosuch,2001\n", to: "a.csv")
    let before = statements(transcript)
    let told = run(
      #"import "a.csv" citing gazette { add agreement $made; claim $made.started = $when; claim forge.succeeds = $used }"#
    )
    #expect(told.contains("2 of 3 rows of a.csv cannot be recorded, so nothing was"))
    #expect(told.contains(#"a.csv:2: $when "nonsense": ‘nonsense’ is no date"#))
    #expect(told.contains("nothing is called nosuch: 1 row, the first on line 4"))
    #expect(statements(transcript) == before)
  }

  @Test("A year of two digits is refused, since it could be of any century")
  func shortYear() throws {
    try folder.write("treatyID,stateID,Title,Begin,Force\nX_1,USA,One,4.2.26,\n", to: "a.csv")
    let told = run("import \"a.csv\" citing gazette dates \"DD.MM.YYYY\" \(Self.mapping)")
    #expect(
      told.contains(#"a.csv:2: $Begin "4.2.26": ‘4.2.26’ is no date"#)
        && told.contains("write the year with four digits"))
  }

  @Test("A cell of 10 MB is a text like others")
  func largeCell() throws {
    let long = String(repeating: "é", count: 5_000_000)
    try folder.write(Self.header + "x,USA,\(long),2001,\n", to: "a.csv")
    #expect(run("import \"a.csv\" citing gazette \(Self.mapping)").contains("1 row of a.csv: 3 recorded"))
    #expect(
      run("sql SELECT length(value) FROM statements WHERE subject = 'treaty:x' AND property = 'name'")
        == "length(value)\n5000000\n")
  }

  @Test(
    "A NUL is refused with its line and column, in a column that is read, and the other rows are recorded")
  func zero() throws {
    try folder.write(
      "treatyID,stateID,Title,Begin,Force,Rest\nx,USA,nul\u{0}byte,2001,,\ny,USA,Two,2001,,r\u{0}\n",
      to: "a.csv")
    let told = run("import \"a.csv\" citing gazette \(Self.mapping)")
    #expect(
      told.contains(#"a.csv:2: $Title "nul\u{0}byte": no registry keeps a text with the character U+0000"#),
      "\(told)")
    let kept = run("import \"a.csv\" citing gazette keep going \(Self.mapping)")
    #expect(kept.contains("3 recorded") && kept.contains("2\tno registry keeps a text"), "\(kept)")
    #expect(run("list agreements").contains("treaty:y"))
    for text in [#""a\u{0}b""#, "\"a\u{0}b\"", "“a\u{0}b”", "\"\"\"a\u{0}b\"\"\""] {
      let refused = run("add agreement zero-one \(text)")
      #expect(refused.contains("no registry keeps a text with the character U+0000"), "\(refused)")
    }
    try folder.write(
      #"{"id":"zz","name":"a\u0000b"}"# + "\n" + #"{"id":"zy","name":"ab"}"# + "\n", to: "a.jsonl")
    let lines = run(#"import "a.jsonl" keep going { add agreement $id $name }"#)
    #expect(lines.contains("1\tno registry keeps a text") && lines.contains("2 recorded"), "\(lines)")
  }

  @Test("A dry run shows the first changes in words and how many there are, and keeps nothing")
  func dryRun() throws {
    var tables = ForeignTables(seed: 3)
    try folder.write(ForeignTables.text(tables.rows(200)), to: "a.csv")
    let before = statements(transcript)
    let told = run("import \"a.csv\" citing gazette limit 3 \(Self.mapping)", isDryRun: true)
    let lines = told.split(separator: "\n")
    #expect(lines[0].hasPrefix("-- 200 rows of a.csv: ") && lines[0].contains(" would be recorded"))
    #expect(lines[0].hasSuffix("; nothing of it is kept, this is a dry run"))
    let rows = lines.drop { $0 != "transaction\tchange\ttext\tid" }.dropFirst().map(String.init)
    #expect(rows[0].contains("\t+\tclaim \"treaty:"), "\(told)")
    #expect(rows[0].contains(".type = \"agreement\" citing gazette at \"a.csv:2\"\t@"), "\(told)")
    #expect(rows[3] == "-- shown are the first 3 changes")
    #expect(rows[4].contains(" in all: ") && rows[4].contains("begun-for +"))
    #expect(statements(transcript) == before)
    run("import \"a.csv\" citing gazette \(Self.mapping)")
    #expect(
      run("import \"a.csv\" citing gazette \(Self.mapping)", isDryRun: true).hasPrefix(
        "-- 200 rows of a.csv: all of it is recorded already, nothing changed"))
    // Another source adds itself to what is known.
    try folder.write("who\nUSA\nUSA\n", to: "b.csv")
    let more = run(
      #"import "b.csv" citing leaflet { claim forge.member = $who from 2026-02-04 }"#, isDryRun: true)
    for line in 2...3 {
      let claim = "+\tclaim forge.member = USA from 2026-02-04 citing leaflet at \"b.csv:\(line)\"\t@"
      #expect(more.contains(claim), "\(more)")
    }
  }

  @Test(
    "An array of JSON is read like lines of it",
    arguments: [
      #"[{"who":"KOR","n":[1,2]},{"who":"JPN"}]"#, "[\n  {\"who\": \"KOR\"},\n  {\"who\": \"JPN\"}\n]\n",
      "\u{FEFF} [ {\"who\":\"KOR\",\"x\":\"a]\\\"}{\"} , {\"who\":\"JPN\"} ]",
    ])
  func array(_ text: String) throws {
    try folder.write(text, to: "a.json")
    let told = run(#"import "a.json" citing gazette { claim forge.member = $who from 2026 }"#)
    #expect(told == "-- 2 rows of a.json: 2 recorded\n")
    #expect(run("why forge.member").contains("JPN from 2026\tgazette\t2026-01-12\tC\t\ta.json:2"))
  }

  @Test(
    "An array of JSON that is cut short, or holds something else, is refused",
    arguments: [
      (#"[{"who":"KOR"},{"who":"JP"#, "a.json:2: the array is not closed"),
      (#"[{"who":"KOR"}"#, "is not closed"),
      (#"[{"who":"KOR"}] x"#, "something stands behind the end of the array"),
      (#"[{"who":"KOR"}, 5]"#, "a.json:2: the element is no JSON object"),
    ])
  func brokenArray(_ text: String, _ words: String) throws {
    try folder.write(text, to: "a.json")
    let told = run(#"import "a.json" citing gazette { claim forge.member = $who from 2026 }"#)
    #expect(told.contains(words) && told.contains("so nothing was"))
  }
}
