import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

/// What an import says of what it leaves out, and the clauses that say what it reads (faults.md, 5).
@Suite("What an import leaves out, and why")
struct ImportClauseTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(LiteralScene.definitions)
  }

  @discardableResult
  private func run(_ text: String) -> String { transcript.run(text) }

  private func rows(_ query: String) -> [String] {
    run(query).split(separator: "\n").dropFirst().filter { !$0.hasPrefix("-- ") }.map(String.init)
  }

  private func members(_ key: String = "forge") -> [String] {
    rows(
      "sql SELECT value, validity FROM statements WHERE subject = '\(key)' AND property = 'signatory' ORDER BY value"
    )
  }

  @Test("An empty field behind a clause is told, with what was recorded without it")
  func emptyFields() throws {
    try folder.write("who,when,words\nUSA,2020,a\nJPN,,b\nKOR,,\n,2021,c\n", to: "a.csv")
    let printed = run(
      #"import "a.csv" citing gazette { claim forge.signatory = $who from $when quote $words }"#)
    #expect(printed.contains("2 rows say nothing in when: recorded without from"), "\(printed)")
    #expect(printed.contains("1 row says nothing in words: recorded without quote"))
    #expect(printed.contains("1 row says nothing in who: what speaks of it is left out"))
    #expect(members() == ["JPN\t", "KOR\t", "USA\tfrom 2020"])
  }

  @Test(
    "Only where reads the rows that are meant, and says how many it left out",
    arguments: [
      ("$when", ["JPN\tfrom 2021", "USA\tfrom 2020"], 2), ("not $when", ["CHN\t", "KOR\t"], 2),
      ("$kind = \"treaty\"", ["CHN\t", "USA\tfrom 2020"], 2),
      ("$kind = treaty, deal", ["CHN\t", "JPN\tfrom 2021", "USA\tfrom 2020"], 1),
      ("$kind != \"treaty\"", ["JPN\tfrom 2021"], 3), ("$kind is not stated", ["KOR\t"], 3),
      ("$when and $kind = \"treaty\"", ["USA\tfrom 2020"], 3), ("$when > 2020", ["JPN\tfrom 2021"], 3),
      ("$size >= 10", ["CHN\t", "JPN\tfrom 2021"], 2), ("$kind ~ \"TREA\"", ["CHN\t", "USA\tfrom 2020"], 2),
      ("($when or $size = 10) and not $kind = \"deal\"", ["CHN\t", "USA\tfrom 2020"], 2),
    ])
  func onlyWhere(_ condition: String, _ found: [String], _ left: Int) throws {
    try folder.write(
      "who,when,kind,size\nUSA,2020,treaty,9\nJPN,2021,deal,11\nKOR,,,\nCHN,,treaty,10\n", to: "a.csv")
    try folder.write(
      """
      {"who":"USA","when":2020,"kind":"treaty","size":9}
      {"who":"JPN","when":"2021","kind":"deal","size":11}
      {"who":"KOR"}
      {"who":"CHN","kind":"treaty","size":10,"when":null}

      """, to: "a.jsonl")
    for file in ["a.csv", "a.jsonl"] {
      let printed = run(
        "import \"\(file)\" citing gazette only where \(condition) { claim forge.signatory = $who from $when }"
      )
      #expect(
        printed.contains("\(left) of 4 rows \(left == 1 ? "is" : "are") left out by only where"), "\(printed)"
      )
      #expect(members() == found)
      run("undo")
    }
  }

  @Test(
    "What only where cannot ask is refused",
    arguments: [
      ("$nosuch", "the file has no column nosuch"), ("who = USA", "who is none"),
      ("$who is denied", "stated or not"),
      ("$when > \"x\"", "cannot be compared with x"), ("$who > 5", "cannot be compared with 5"),
    ])
  func badFilter(_ condition: String, _ words: String) throws {
    try folder.write("who,when\nUSA,2020\n", to: "a.csv")
    let printed = run(
      "import \"a.csv\" citing gazette only where \(condition) { claim forge.signatory = $who }")
    #expect(printed.contains("error: ") && printed.contains(words), "\(printed)")
    #expect(members() == [])
  }

  @Test(
    "Several files are one import, in one transaction, and a constant stands for a column that one has not")
  func several() throws {
    try folder.write("who\nUSA\n", to: "a.csv")
    try folder.write("when,who\n2021,JPN\n,nobody\n", to: "b.csv")
    try folder.write("{\"who\":\"KOR\",\"when\":\"2022\"}\n{\"who\":\"CHN\"}\n", to: "c.jsonl")
    let mapping = "{ claim forge.signatory = $who from $when }"
    let refused = run(
      "import \"a.csv\", \"b.csv\", \"c.jsonl\" citing gazette with $when = \"1999\" \(mapping)")
    #expect(refused.contains("1 of 5 rows of a.csv, b.csv, c.jsonl cannot be recorded"), "\(refused)")
    #expect(refused.contains("the first on line 3 of b.csv, in $who"))
    #expect(members() == [])
    let printed = run(
      "import \"a.csv\", \"b.csv\", \"c.jsonl\" citing gazette keep going with $when = \"1999\" \(mapping)")
    #expect(
      printed.contains("1 row of a.csv: 1 recorded") && printed.contains("2 rows of c.jsonl: 2 recorded"))
    #expect(members() == ["CHN\tfrom 1999", "JPN\tfrom 2021", "KOR\tfrom 2022", "USA\tfrom 1999"])
    #expect(
      rows("sql SELECT locator FROM citations WHERE locator LIKE '%:%' ORDER BY locator") == [
        "a.csv:2", "b.csv:2", "c.jsonl:1", "c.jsonl:2",
      ])
  }

  @Test(
    "A constant without an effect is refused",
    arguments: [
      ("with $who = \"USA\"", "every file has that column"),
      ("with $x = \"y\"", "the mapping does not name it"),
      ("with $when = \"1\" with $when = \"2\"", "$when is given twice"),
    ])
  func constants(_ clause: String, _ words: String) throws {
    try folder.write("who,when\nUSA,2020\n", to: "a.csv")
    let printed = run("import \"a.csv\" citing gazette \(clause) { claim forge.signatory = $who from $when }")
    #expect(printed.contains("error: ") && printed.contains(words), "\(printed)")
    #expect(members() == [])
  }

  @Test("A bad cell is told with its column and what stands in it")
  func badCells() throws {
    try folder.write("who,when,amount\nUSA,1990s,5\nJPN,2020,5x\nNobody,2020,5\n", to: "a.csv")
    let mapping = "{ claim forge.signatory = $who from $when; claim forge.plain = $amount }"
    let refused = run("import \"a.csv\" citing gazette \(mapping)")
    #expect(refused.contains(#"a.csv:2: $when "1990s": ‘1990s’ is no date"#), "\(refused)")
    #expect(refused.contains(#"a.csv:3: $amount "5x": plain takes a number, not 5x"#))
    #expect(refused.contains("nothing is called \"Nobody\": 1 row, the first on line 4, in $who"))
    let kept = run("import \"a.csv\" citing gazette keep going \(mapping)")
    #expect(kept.contains("2\t‘1990s’ is no date\twhen\t1990s\t"), "\(kept)")
    #expect(kept.contains("3 of 3 rows could not be recorded and were left out"))
    #expect(members() == [])
  }

  @Test("Keep cells leaves out what speaks of a bad cell, and keeps the rest of the row")
  func keepCells() throws {
    try folder.write(
      "id,who,when,amount\nx:1,USA,1990s,5\nx:2,JPN,2020,5x\nx:3,Nobody,2020,5\nx 4,USA,2020,5\nx:5,KOR,20x,5x\n",
      to: "a.csv")
    let printed = run(
      """
      import "a.csv" citing gazette keep cells keep going rejects "bad.csv" {
        add agreement $id "Agreement $id" { signatory = $who from $when; concerns-nothing = none }
        claim $id.plain = $amount
      }
      """.replacing("; concerns-nothing = none", with: ""))
    #expect(members("x:1") == [] && members("x:2") == ["JPN\tfrom 2020"] && members("x:3") == [])
    #expect(
      rows("sql SELECT subject, value FROM statements WHERE property = 'plain'") == ["x:1\t5", "x:3\t5"])
    #expect(
      rows("sql SELECT key FROM entities WHERE key LIKE 'x:%' ORDER BY key") == ["x:1", "x:2", "x:3", "x:5"])
    #expect(printed.contains("5 cells could not be recorded; the rest of their rows was"), "\(printed)")
    #expect(printed.contains("1 of 5 rows could not be recorded and were left out"))
    #expect(printed.contains("bad.csv has 6 rows with what is wrong"))
    let rejected = try folder.read("bad.csv").split(separator: "\n").map(String.init)
    #expect(
      rejected[0]
        == "id,who,when,amount,reject_file,reject_line,reject_column,reject_value,reject_reason,reject_help")
    #expect(rejected[1] == "x:1,USA,1990s,5,a.csv,2,when,1990s,‘1990s’ is no date,write 199X")
    #expect(
      rejected.count == 7 && rejected[5].contains(",a.csv,6,when,20x,")
        && rejected[6].contains(",a.csv,6,amount,5x,"))
  }

  @Test("Of joint values and whole lists no part is kept without the rest")
  func groups() throws {
    try folder.write("first,second\nUSA,Nobody\nJPN,KOR\n", to: "a.csv")
    run(
      "import \"a.csv\" citing gazette keep cells { claim forge.signatory = only $first, $second; claim msp.signatory = $first, $second }"
    )
    #expect(members() == ["JPN\t", "KOR\t", "none\t"])
    #expect(members("msp") == ["JPN\t", "KOR\t", "USA\t"])
  }

  @Test(
    "Rejects has every row that cannot be recorded, also where nothing is, and the list says that it is cut")
  func rejects() throws {
    let bad = (0..<1_500).map { "x\($0),5\n" }.joined()
    try folder.write("when,n\n" + bad + "2020,6\n\"2021,7\n", to: "a.csv")
    let printed = run(
      "import \"a.csv\" citing gazette rejects \"bad.csv\" { claim forge.when = $when; claim forge.plain = $n }"
    )
    #expect(printed.contains("1501 of 1502 rows of a.csv cannot be recorded"), "\(printed.prefix(300))")
    #expect(printed.contains("rejects \"FILE\" writes all"))
    #expect(try folder.read("bad.csv").split(separator: "\n").count == 1_502)
    let kept = run(
      "import \"a.csv\" citing gazette keep going rejects \"bad.csv\" { claim forge.when = $when; claim forge.plain = $n }"
    )
    #expect(kept.contains("bad.csv has 1501 rows with what is wrong"))
    #expect(rows("sql SELECT value FROM statements WHERE subject = 'forge' AND property = 'plain'") == ["6"])
    // Mended, the file is read by the same mapping.
    let mended = try folder.read("bad.csv").replacing("\nx7,5,", with: "\n2007,5,")
    try folder.write(mended, to: "bad.csv")
    #expect(
      run("import \"bad.csv\" citing gazette keep going { claim forge.when = $when }").contains("1 recorded"))
    try folder.write("{\"when\":\"x\",\"n\":1}\n{\"when\":5\n", to: "b.jsonl")
    let refused = run("import \"b.jsonl\" citing gazette rejects \"bad.csv\" { claim forge.when = $when }")
    #expect(refused.contains("name a file that ends in .jsonl"), "\(refused)")
    run("import \"b.jsonl\" citing gazette rejects \"bad.jsonl\" { claim forge.when = $when }")
    let lines = try folder.read("bad.jsonl").split(separator: "\n")
    #expect(
      lines.count == 2 && lines[0].contains("\"reject_value\":\"x\"") && lines[0].contains("\"when\":\"x\""))
    #expect(lines[1].contains("\"reject_row\":\"{\\\"when\\\":5\""))
    try folder.write(lines[0].replacing("\"when\":\"x\"", with: "\"when\":\"2008\"") + "\n", to: "bad.jsonl")
    #expect(
      run("import \"bad.jsonl\" citing gazette { claim forge.when = $when }").contains("1 recorded"))
  }

  @Test("Columns that are called as the reasons are keep their names among rejects")
  func rejectedColumns() throws {
    try folder.write("line,value,reason\nUSA,x,\"=1+1\"\n", to: "a.csv")
    let mapping = "{ claim forge.signatory = $line from $value quote $reason }"
    run("import \"a.csv\" citing gazette keep going rejects \"bad.csv\" \(mapping)")
    try folder.write(try folder.read("bad.csv").replacing("USA,x,", with: "USA,2020,"), to: "bad.csv")
    #expect(run("import \"bad.csv\" citing gazette \(mapping)").contains("1 recorded"))
    #expect(members() == ["USA\tfrom 2020"])
    #expect(rows("sql SELECT count(*) FROM citations WHERE quote = '=1+1'") == ["1"])
  }

  @Test("A file that is read is never written over")
  func overwriting() throws {
    try folder.write("who\nNobody\n", to: "a.csv")
    for (clauses, words) in [
      ("rejects \"a.csv\"", "a.csv is read, and would be written over"),
      ("unmatched \"./a.csv\"", "./a.csv is read, and would be written over"),
      ("rejects \"b.csv\" unmatched \"b.csv\"", "b.csv would be written twice"),
    ] {
      let printed = run(
        "import \"a.csv\" citing gazette keep going \(clauses) { claim forge.signatory = $who }")
      #expect(printed.contains(words), "\(printed)")
    }
    #expect(try folder.read("a.csv") == "who\nNobody\n")
  }

  @Test(
    "A wrong word in the mapping is told once, before any row is read",
    arguments: [
      ("claim forge.nosuch = $who", "there is no property nosuch"),
      ("add nosuch $who", "there is no type nosuch"),
      ("claim forge.signatory = $who nosuch $who", "there is no property nosuch"),
      ("claim forge.signatory = $who from 1990s", "‘1990s’ is no date"),
      ("claim forge.plain = 5x", "plain takes a number"),
      ("claim nosuch.signatory = $who", "there is nothing called nosuch"),
      ("claim forge.signatory = nosuch", "nothing called nosuch"),
      ("claim forge.signatory = $who citing nosuch", "there is no source called nosuch"),
      ("claim forge.signatory = $who status active", "status is a property of entities"),
      ("claim forge.signatory = $who from $who on $who", "do not make one period"),
      ("claim forge.plain = only $who", "only is for properties whose values are things"),
      ("deny forge.signatory = only $who", "only claims, and this denies"),
      ("citing gazette { add agreement x:$who { nosuch = USA } }", "there is no property nosuch"),
    ])
  func mappings(_ mapping: String, _ words: String) throws {
    try folder.write("who\nUSA\nJPN\nKOR\n", to: "a.csv")
    for clause in ["", "keep going", "keep cells"] {
      let printed = run("import \"a.csv\" citing gazette \(clause) { \(mapping) }")
      #expect(printed.components(separatedBy: "error: ").count == 2, "\(printed)")
      #expect(printed.contains(words) && !printed.contains("rows of"), "\(printed)")
    }
    #expect(members() == [])
  }

  @Test("The transaction's reason names file, mapping and counts, behind a reason that is given")
  func reasons() throws {
    try folder.write("who,when\nUSA,2020\nJPN,\nNobody,2020\n", to: "a.csv")
    let mapping = "{\n  # who signed\n  claim forge.signatory = $who \\\n    from $when\n}"
    run("import \"a.csv\" citing gazette keep going only where $when because \"the list of May\" \(mapping)")
    let reason = rows("sql SELECT reason FROM transactions ORDER BY id DESC LIMIT 1")[0]
    #expect(
      reason.wholeMatch(
        of:
          /the list of May\\nimport a\.csv \(sha256 [0-9a-f]{16}\) citing gazette \{ claim forge\.signatory = \$who from \$when \}: 3 rows, 1 recorded, 1 left out by only where, 1 could not be recorded/
      ) != nil, "\(reason)")
    let same = rows("sql SELECT count(*) FROM transactions")
    run("import \"a.csv\" citing gazette keep going only where $when \(mapping)")
    #expect(rows("sql SELECT count(*) FROM transactions") == same)
    try folder.write("claim forge.signatory = $who on $when\n", to: "map.ent")
    run("begin \"of the day\"\nimport \"a.csv\" citing gazette using \"map.ent\" keep going\ncommit")
    let other = rows("sql SELECT reason FROM transactions ORDER BY id DESC LIMIT 1")[0]
    #expect(other.hasPrefix("of the day\\nimport a.csv (sha256 "), "\(other)")
    #expect(other.contains("using map.ent { claim forge.signatory = $who on $when }"))
    run("export \"list.csv\" { list us-japan.signatory }")
    try folder.write(
      try folder.read("list.csv").replacing("from 2025-10-28", with: "from 2025-11"), to: "list.csv")
    run("import \"list.csv\"")
    let edited = rows("sql SELECT reason FROM transactions ORDER BY id DESC LIMIT 1")[0]
    #expect(
      edited.wholeMatch(of: /import list\.csv \(sha256 [0-9a-f]{16}\): 2 rows, 4 edits/) != nil, "\(edited)")
  }

  @Test(
    "A clause that has no effect on the file is refused",
    arguments: [
      #"import "a.jsonl" citing gazette delimiter ";" { claim forge.signatory = $who }"#,
      #"import "a.csv" citing gazette limit 5 { claim forge.signatory = $who }"#,
      #"import "list.csv" split ";""#, #"import "list.csv" blank "NA""#, #"import "list.csv" keep cells"#,
      #"import "x.ftm" decimal ",""#, #"import "x.ftm" only where $id"#, #"import "x.ftm" split ";""#,
      #"import "a.csv" citing gazette using "map.ent" { claim forge.signatory = $who }"#,
    ])
  func effects(_ command: String) throws {
    try folder.write("who\nUSA\n", to: "a.csv")
    try folder.write("{\"who\":\"USA\"}\n", to: "a.jsonl")
    try folder.write("claim forge.signatory = $who\n", to: "map.ent")
    run("export \"list.csv\" { list forge.member }\nexport \"x.ftm\"")
    let before = run("dump")
    let printed = run(command)
    #expect(printed.contains("has no meaning here for import"), "\(printed)")
    #expect(run("dump") == before)
  }
}
