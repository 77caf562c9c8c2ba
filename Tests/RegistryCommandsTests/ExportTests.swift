import Foundation
import RegistryCommands
import RegistryStore
import TestRegistry
import Testing

@Suite("Exporting, and importing what was edited")
struct ExportTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
  }

  @discardableResult
  private func run(_ text: String, isDryRun: Bool = false) -> String {
    transcript.run(text, isDryRun: isDryRun)
  }

  private func export(_ command: String, to name: String) throws {
    #expect(run("export \"\(name)\" { \(command) }").contains("-- exported "))
  }

  private func dump() -> String { run("dump") }

  private func edit(_ name: String, _ change: (String) -> String) throws {
    try folder.write(change(try folder.read(name)), to: name)
  }

  @Test(
    "A table that nobody edited changes nothing",
    arguments: [
      "list initiatives", "list commitments", "list states", "list us-japan.signatory", "list CHN.share",
    ])
  func unedited(_ command: String) throws {
    try export(command, to: "a.csv")
    let before = dump()
    #expect(run(#"import "a.csv""#).contains("nothing was edited"))
    #expect(dump() == before)
  }

  @Test("What was edited in a table is changed, and nothing else; a dry run only tells")
  func edited() throws {
    try export("list initiatives columns status, started, member", to: "a.csv")
    try edit("a.csv") { text in
      text.replacing(",active,", with: ",ended,").replacing("eu; JPN; USA", with: "eu; KOR; USA")
        .replacing("US–Japan framework", with: "\"The \"\"framework\"\"; new\"")
        .replacing("2026-02-04,", with: ",")
    }
    let before = dump()
    let changes = [
      "-\tforge.status = \"active\"", "+\tforge.status = \"ended\"", "-\tforge.started = 2026-02-04",
      "-\tmsp.member = JPN from 2022", "+\tmsp.member = KOR from 2022",
    ]
    let told = run(#"import "a.csv""#, isDryRun: true)
    for change in changes { #expect(told.contains(change.replacing("\t", with: "\tclaim "))) }
    #expect(told.contains("this is a dry run"))
    #expect(dump() == before)
    let printed = run(#"import "a.csv""#)
    for change in changes { #expect(printed.contains(change)) }
    #expect(printed.contains("-\tus-japan.name = \"US–Japan framework\""))
    #expect(run("show forge.status").contains("ended"))
    // The citations of what was corrected stay with it.
    #expect(run("why msp.member").contains("KOR from 2022\tcourier"))
    #expect(run(#"import "a.csv""#).contains("nothing was edited"))
    let after = dump()
    run("undo")
    #expect(dump() == before)
    run("redo")
    #expect(dump() == after)
  }

  @Test("Rows and columns may be moved and left out; a spreadsheet's quotes and line ends do no harm")
  func rearranged() throws {
    try export("list commitments", to: "a.csv")
    let rows = try folder.read("a.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let columns = rows[0].indices.reversed()
    let text = ([rows[0]] + rows.dropFirst(2).reversed()).map { row in
      columns.map { "\"\(row[$0])\"" }.joined(separator: ";")
    }.joined(separator: "\r\n")
    try folder.write(Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8), to: "a.csv")
    #expect(run(#"import "a.csv""#).contains("nothing was edited"))
  }

  @Test("What changed in the registry since is not overwritten, and mistakes are told by their lines")
  func since() throws {
    try export("list initiatives columns status", to: "a.csv")
    run("correct forge.status to ended")
    try edit("a.csv") { $0.replacing(",active,", with: ",proposed,") + "nosuch,Name,,,\n" }
    let before = dump()
    let printed = run(#"import "a.csv""#)
    #expect(printed.contains("a.csv:2: forge.status = \"active\" does not stand any more"))
    #expect(printed.contains("there is nothing with the key nosuch"))
    #expect(dump() == before)
    try export("list initiatives columns status", to: "b.csv")
    try edit("b.csv") { $0.replacing(",ended,", with: ",finished,") }
    #expect(run(#"import "b.csv""#).contains("status is one of proposed, active, ended, not finished"))
  }

  @Test("A list of values has a row for each statement, with its period")
  func statements() throws {
    try export("list us-japan.signatory", to: "a.csv")
    try edit("a.csv") { text in
      var lines = text.split(separator: "\n").map(String.init)
      for index in lines.indices where lines[index].contains(",USA,") {
        lines[index] = lines[index].replacing("from 2025-10-28", with: "from 2025-10-28 until 2026-06")
      }
      return lines.joined(separator: "\n") + "\n,us-japan,signatory,KOR,,on 2026-01,\n"
    }
    let printed = run(#"import "a.csv" citing gazette"#)
    #expect(printed.contains("+\tus-japan.signatory = USA from 2025-10-28 until 2026-06\t3\t"))
    #expect(printed.contains("+\tus-japan.signatory = KOR on 2026-01\t4\t"))
    #expect(run("why us-japan.signatory").contains("KOR on 2026-01\tgazette"))
    #expect(run(#"import "a.csv""#).contains("nothing was edited"))
    try edit("a.csv") { $0.replacing(",JPN,", with: ",,") }
    #expect(run(#"import "a.csv""#).contains("-\tus-japan.signatory = JPN from 2025-10-28\t2\t"))
  }

  @Test("What a table that comes back does not mark is said: what only may be so, and what is denied")
  func unmarked() throws {
    run(
      """
      claim forge.member = JPN from 2020 until 2021 citing gazette
      deny forge.member = KOR from 2020 citing gazette
      """)
    let values = run(#"export "a.csv" { list forge.member on 2020-06-01 }"#)
    #expect(values.contains("so only possibly on 2020-06-01, which the table does not mark"), "\(values)")
    #expect(values.contains("left out: 1 that is only denied"), "\(values)")
    let things = run(#"export "a.json" { list partnerships where member = JPN on 2020-06-01 }"#)
    #expect(things.contains("so only possibly on 2020-06-01"), "\(things)")
    #expect(!run(#"export "a.csv" { list us-japan.signatory }"#).contains("possibly"))
  }

  @Test("GraphML and FollowTheMoney take all entities or those of a list")
  func graphs() throws {
    run("add person evil \"<&\\\"\\u{1}\\u{202E}]]>\"; add person odd \"A\\nB\"")
    #expect(run(#"export "a.graphml""#).contains("exported"))
    let graph = try folder.read("a.graphml")
    #expect(graph.contains("&lt;&amp;&quot;\u{FFFD}\u{202E}]]&gt;"))
    let parser = XMLDocumentCheck(graph)
    #expect(parser.nodes > 20 && parser.edges > 20)
    run(#"export "b.graphml" { list partnerships }"#)
    #expect(XMLDocumentCheck(try folder.read("b.graphml")).nodes < parser.nodes)
    run(#"export "a.ftm""#)
    for line in try folder.read("a.ftm").split(separator: "\n") {
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(
        object?["id"] is String && object?["schema"] is String && object?["properties"] is [String: [String]])
    }
    #expect(run(#"export "a.ftm" { show forge }"#).contains("a graph is made of entities"))
    #expect(run(#"export "a.xyz""#).contains("which format?"))
    #expect(run(#"export "a.csv" { add person p }"#).contains("one command that reads"))
  }

  @Test("FollowTheMoney comes back: the same entities and memberships, and nothing twice")
  func followTheMoney() throws {
    run(#"export "a.ftm" { list initiatives }"#)
    let before = dump()
    let printed = run(#"import "a.ftm" citing gazette"#)
    #expect(printed.contains("recorded"))
    let lines = Set(dump().split(separator: "\n")).subtracting(before.split(separator: "\n"))
      .filter { !$0.hasPrefix("end ") }
    // What was said before is said by one more source now; no membership is new.
    #expect(lines.allSatisfy { $0.contains("citing gazette") })
    #expect(
      lines.contains {
        $0.contains("claim us-japan.signatory = JPN from 2025-10-28 citing gazette at \"a.ftm:")
      })
    #expect(run(#"import "a.ftm" citing gazette"#).contains("nothing changed"))
  }

  @Test("FollowTheMoney of others: ids in the source's namespace, names, aliases, edges with their dates")
  func foreignFollowTheMoney() throws {
    run("define type organisation under actor; define type company under organisation plural companies")
    try folder.write(
      #"""
      {"id":"m1","schema":"Membership","properties":{"member":["Q1"],"organization":["Q2"],"startDate":["2001-05"],"endDate":["2003"]}}
      {"id":"Q1","schema":"Person","properties":{"name":["Jane Roe","J. Roe"],"alias":["Janie"]}}
      {"id":"Q2","schema":"Organization","properties":{"name":["A club"]}}
      {"id":"Q3","schema":"Company","properties":{"name":["A firm"]}}
      {"id":"x","schema":"Airplane","properties":{"name":["A plane"]}}
      """#, to: "a.ftm")
    let printed = run(#"import "a.ftm" citing gazette"#)
    #expect(printed.contains("1 of the schema Airplane, which means nothing here, left out"))
    #expect(run("show gazette:Q2.member").contains("gazette:Q1\tJane Roe\tfrom 2001-05 until 2003"))
    #expect(run("show Janie.name").contains("J. Roe"))
    #expect(run("count companies").contains("1"))
    try folder.write(
      #"{"id":"m2","schema":"Membership","properties":{"member":["Q9"],"organization":["Q2"]}}"#, to: "b.ftm")
    #expect(run(#"import "b.ftm" citing gazette"#).contains(#"nothing is called "Q9""#))
  }
}

/// Counts what a GraphML text holds; a text that is no XML has nothing.
private final class XMLDocumentCheck: NSObject {
  var nodes = 0
  var edges = 0

  init(_ text: String) {
    nodes = text.ranges(of: "<node ").count
    edges = text.ranges(of: "<edge ").count
    let opened = text.ranges(of: "<data ").count
    if opened != text.ranges(of: "</data>").count { (nodes, edges) = (0, 0) }
  }
}
