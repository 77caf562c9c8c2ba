import Testing

@testable import Terminal

@Suite("What is computed for the screen")
struct LayoutTests {
  @Test(
    "Rows are counted as libedit draws them",
    arguments: [
      ("", 0, 0, 0), ("abc", 3, 0, 0), ("a\nb\nc", 2, 1, 2), ("abcdefgh", 8, 1, 1), ("abcdefgh\nb", 0, 0, 2),
      ("abcdefg漢", 7, 0, 1), ("\tb", 1, 0, 0), ("\t\tb", 2, 1, 1), ("é\né", 4, 1, 1),
    ])
  func rows(text: String, cursor: Int, cursorRow: Int, lastRow: Int) {
    let layout = BlockLayout(prompt: "> ", text: text, cursor: cursor, columns: 10)
    #expect(layout.cursorRow == cursorRow)
    #expect(layout.lastRow == lastRow)
  }

  @Test("Up and Down keep the column, or the end of a shorter line")
  func lines() {
    let block = EditedBlock(text: "añb\nc\ndefgh", cursor: 10)
    #expect(block.scalarCursor == 9)
    #expect(block.lineStart == 6 && block.lineEnd == 11)
    #expect(block.lineAbove == 5)
    #expect(block.lineBelow == nil)
    #expect(EditedBlock(text: "añb\nc\ndefgh", cursor: 0).lineAbove == nil)
    #expect(EditedBlock(text: "añb\nc\ndefgh", cursor: 4).lineBelow == 5)
  }

  @Test("A prompt's colours take no columns, and one at its end is followed by a space")
  func prompt() {
    let prompt = PromptText("\u{1B}[1;32mab\u{1B}[0m", isPlain: false)
    #expect(prompt.marked == "\u{1}\u{1B}[1;32m\u{1}ab\u{1}\u{1B}[0m\u{1} ")
    #expect(prompt.visible == "ab ")
    #expect(PromptText("\u{1B}[1mab\u{1B}[0m ", isPlain: true).marked == "ab ")
  }

  @Test("Candidates that share a start in another case do not undo what is typed")
  func sharedStart() {
    func effect(_ typed: String, _ texts: [String]) -> CompletionResult.Effect {
      CompletionResult(replaced: 0..<typed.utf8.count, candidates: texts.map { .init($0) }).effect(on: typed)
    }
    #expect(effect("Ja", ["japan", "japanese"]) == .replace(0..<2, with: "japan"))
    #expect(effect("ja", ["japan", "JPN"]) == .list)
    #expect(effect("é", ["été", "étage"]) == .replace(0..<2, with: "ét"))
    #expect(effect("x", []) == .none)
    #expect(CompletionResult(replaced: 5..<9, candidates: [.init("a")]).effect(on: "abc") == .none)
  }

  @Test("The size falls back to COLUMNS and LINES, and then to 80 × 24")
  func size() {
    let none: Int32 = -1
    #expect(
      TerminalSize.current(descriptor: none, environment: ["COLUMNS": "99"]) == .init(columns: 99, rows: 24))
    #expect(
      TerminalSize.current(descriptor: none, environment: ["COLUMNS": "-3", "LINES": "7"]).columns == 80)
  }

  @Test("A name with control characters cannot steer the terminal from the list")
  func controls() {
    let list = CandidateList(
      candidates: [.init("a\u{1B}[2J", "x\ny\u{7F}")], columns: 40, isStyled: false)
    #expect(list.lines == ["a\\u{1B}[2J  x y\\u{7F}"])
  }
}
