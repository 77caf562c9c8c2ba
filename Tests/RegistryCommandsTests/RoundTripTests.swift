import Foundation
import RegistryCommands
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What `export` writes comes back by `import` without a mapping, whatever the format.
@Suite("Exports that come back")
struct RoundTripTests {
  private let folder: ScratchFolder
  private let transcript: Transcript

  init() throws {
    folder = try ScratchFolder()
    let session = try TestRegistry.example()
    session.setFolder(folder.url)
    transcript = Transcript(session)
    run(
      #"""
      define type organisation under actor
      add organisation odd "unknown" { alias "x" }
      claim odd.name = "a; \"b\"\t\\n =1\nnext"
      claim odd.name = "=SUM(A1)"
      claim odd.name = "\"quoted\""
      """#)
  }

  @discardableResult
  private func run(_ text: String, isDryRun: Bool = false) -> String {
    transcript.run(text, isDryRun: isDryRun)
  }

  private func dump() -> String { run("dump") }

  private func edit(_ name: String, _ change: (String) -> String) throws {
    let text = try folder.read(name)
    let edited = change(text)
    #expect(edited != text, "nothing was edited in \(text)")
    try folder.write(edited, to: name)
  }

  @Test(
    "What nobody edited changes nothing",
    arguments: ["csv", "tsv", "json", "jsonl"],
    [
      "list initiatives", "list organisations", "list commitments", "list us-japan.signatory",
      "list CHN.share", "",
    ])
  func unedited(_ format: String, _ command: String) throws {
    let block = command.isEmpty ? "" : " { \(command) }"
    #expect(run("export \"a.\(format)\"\(block)").contains("-- exported "))
    let before = dump()
    let told = run("import \"a.\(format)\"")
    #expect(told.hasSuffix(": nothing was edited\n") && !told.contains(" 0 rows"), "\(told)")
    #expect(dump() == before)
  }

  @Test("In JSON a value is edited, emptied or added; what a line leaves out is left alone")
  func lines() throws {
    run(#"export "a.jsonl" { list initiatives columns status, started, member }"#)
    let text = try folder.read("a.jsonl")
    #expect(
      text.contains(#""member": ["eu", "JPN", "USA"], "member@": ["id-"#)
        && text.contains(#""status": "active""#))
    try edit("a.jsonl") { text in
      text.replacing(#""status": "active""#, with: #""status": "ended""#)
        .replacing(#"["eu", "JPN", "USA"]"#, with: #"["eu", "KOR", "USA"]"#)
        .replacing(#""started": "2026-02-04""#, with: #""started": null"#)
        + #"{"key": "us-japan", "status": "active"}"# + "\n"
        + #"{"key": "msp", "status@": []}"# + "\n"
    }
    let before = dump()
    let changes = [
      "-\tforge.status = \"active\"", "+\tforge.status = \"ended\"", "-\tforge.started = 2026-02-04",
      "-\tmsp.member = JPN from 2022", "+\tmsp.member = KOR from 2022",
      "5 rows of a.jsonl: 3 withdrawn, 3 claimed",
    ]
    let told = run(#"import "a.jsonl""#, isDryRun: true)
    for change in changes where !change.contains("rows") {
      #expect(told.contains(change.replacing("\t", with: "\tclaim ")), "\(told)")
    }
    #expect(dump() == before)
    let printed = run(#"import "a.jsonl" citing gazette"#)
    for change in changes where !change.contains("rows") { #expect(printed.contains(change)) }
    #expect(printed.contains("+\tus-japan.status = \"active\""))
    #expect(run("why msp.member").contains("KOR from 2022\tcourier"))
    #expect(run(#"import "a.jsonl""#).contains("nothing was edited"))
  }

  @Test("Of the whole registry, a row is what one citation says: an edit moves that citation, and no other")
  func evidence() throws {
    run(#"export "all.jsonl"; export "all.csv""#)
    // Courier and gazette both say that Japan took part.
    try edit("all.csv") { text in
      var lines = text.split(separator: "\n").map(String.init)
      for (index, line) in lines.enumerated() {
        if line.contains("summit,participant,JPN,,,claims,gazette,") {
          lines[index] = line.replacing("participant,JPN", with: "participant,AUS")
        } else if line.contains("summit,participant,KOR,") {
          lines[index] = line.replacing(",KOR,", with: ",,")
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }
    let told = run(#"import "all.csv""#)
    for change in [
      "-\tsummit.participant = JPN, by gazette", "+\tsummit.participant = AUS, by gazette",
      "-\tsummit.participant = KOR, by courier",
    ] { #expect(told.contains(change), "\(told)") }
    #expect(told.contains(": 2 withdrawn, 1 claimed"))
    #expect(run("why summit.participant").contains("JPN\tcourier"))
    #expect(run("list summit.participant").contains("AUS\tAustralia"))
    #expect(!run("list summit.participant").contains("KOR"))
    #expect(run(#"import "all.csv""#).contains("nothing was edited"))
    run("undo")
    try edit("all.jsonl") { $0.replacing("at 65 US cents", with: "at 66 US cents") }
    #expect(run(#"import "all.jsonl""#).contains("no such evidence stands for AUD.rate = USD 0.65"))
  }

  @Test("The whole registry streamed is what it was as one table")
  func streamed() throws {
    let records = try transcript.session.store.statements(StatementSelection(), .all)
    run(#"export "all.jsonl"; export "all.json"; export "all.md""#)
    let lines = try folder.read("all.jsonl").split(separator: "\n")
    #expect(lines.count == records.reduce(0) { $0 + max(1, $1.citations.count) })
    let ids = try lines.map { line in
      (try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])?["id"] as? String
    }
    #expect(Set(ids) == Set(records.map { "id-" + $0.id.digest }))
    let array = try JSONSerialization.jsonObject(with: Data(try folder.read("all.json").utf8)) as? [Any]
    #expect(array?.count == lines.count)
    #expect(try folder.read("all.md").split(separator: "\n").count == lines.count + 2)
  }
}
