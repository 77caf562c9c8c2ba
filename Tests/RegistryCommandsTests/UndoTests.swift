import TestRegistry
import Testing

@Suite("Undo and redo")
struct UndoTests {
  let transcript: Transcript

  init() throws {
    transcript = Transcript(try TestRegistry.example())
    for (number, day) in ["01", "02", "03"].enumerated() {
      // t2, t3 and t4
      _ = transcript.run("claim summit.output = \"paper \(number)\" on 2026-01-\(day) citing courier")
    }
  }

  private func run(_ command: String) -> String { transcript.run(command).trimmed }
  private var papers: String {
    run("sql SELECT value FROM statements WHERE property = 'output' ORDER BY value")
  }

  @Test("go back and forth one edit at a time")
  func backAndForth() {
    #expect(run("undo") == "-- t5: undid t4")
    #expect(run("undo") == "-- t6: undid t3")
    #expect(papers == "value\npaper 0")
    #expect(run("redo") == "-- t7: redid t3")
    #expect(run("redo") == "-- t8: redid t4")
    #expect(papers == "value\npaper 0\npaper 1\npaper 2")
    #expect(run("redo").contains("there is nothing to redo"))
    #expect(run("undo") == "-- t9: undid t4")
    #expect(run("undo") == "-- t10: undid t3")
    #expect(run("undo") == "-- t11: undid t2")
    #expect(papers == "value")
    #expect(run("redo") == "-- t12: redid t2")
    #expect(run("redo") == "-- t13: redid t3")
  }

  @Test("redo takes an edit or its undo by name")
  func byName() {
    _ = run("undo t2")
    _ = run("undo t3")
    #expect(run("redo t2") == "-- t7: redid t2")
    #expect(run("redo t6") == "-- t8: redid t3")
    #expect(run("redo t4").contains("t4 is not undone"))
    // That undo was taken back already.
    #expect(run("redo t6").contains("t3 is not undone"))
    #expect(run("undo t8") == "-- t9: undid t8")
    #expect(run("redo") == "-- t10: redid t8")
  }

  @Test("are refused where later edits depend on them, which are named")
  func refused() {
    _ = run(#"add actor foundry "The Foundry" citing courier"#)  // t5
    _ = run("claim summit.participant = foundry citing courier")  // t6
    #expect(run("undo t5").contains("t5 cannot be undone: t6 depends on it"))
    _ = run("undo t2")  // t7
    _ = run(#"claim summit.output = "paper 0" on 2026-01-01 citing courier"#)  // t8
    #expect(run("redo t2").contains("t7 cannot be undone: t8 depends on it"))
  }

  @Test(
    "a command that fits several statements lists their ids and changes nothing",
    arguments: [
      "retract us-japan.signatory", "correct us-japan.signatory to KOR", "prefer us-japan.signatory",
    ])
  func severalStatements(_ command: String) throws {
    let printed = run(command)
    #expect(printed.contains("2 statements fit, and only one can be meant"))
    let ids = printed.matches(of: /@[0-9a-z]{6}/).map { String($0.output) }
    #expect(ids.count == 2)
    #expect(run("list transactions limit 1").contains("t4\t"))
    #expect(run("retract \(try #require(ids.last))").contains("retracted us-japan.signatory = "))
  }
}
