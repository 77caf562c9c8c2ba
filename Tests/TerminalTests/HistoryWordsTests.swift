import Foundation
import Terminal
import Testing

@Suite("Words in the history")
struct HistoryWordsTests {
  @Test(
    "They are found as Foundation finds them, whatever the case",
    arguments: [
      ("show forge", "FORGE"), ("SHOW Forge", "show f"), ("show forge", "pax"), ("show forge", ""), ("", "x"),
      ("claim Ærø", "æRØ"), ("Łódź", "łÓDŹ"), ("e\u{301}tat", "É"), ("Ελλάς", "ΕΛΛΆ"), ("naïve", "naive"),
      ("a.b", "A.B"),
    ])
  func same(statement: String, words: String) {
    let entry = HistoryEntry(statement: statement, session: "s", time: "t", registry: "r")
    #expect(entry.mentions(words) == statement.localizedCaseInsensitiveContains(words))
  }
}
