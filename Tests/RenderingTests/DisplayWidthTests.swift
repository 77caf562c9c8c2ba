import Testing

@testable import Rendering

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "Text takes as many columns as a terminal gives it",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("–", 1), ("α", 1), ("鉱物", 4), ("한국", 4),
      ("\u{1112}\u{1161}\u{11AB}", 2),
      ("ｆｕｌｌ", 8), ("ﾊﾝ", 2), ("👍", 2), ("👍🏽", 2), ("👩‍🚀", 2), ("👨‍👩‍👧‍👦", 2), ("🇯🇵", 2), ("🇯🇵🇺🇸", 4), ("1️⃣", 2), ("❤️", 2),
      ("❤", 1), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2), ("a\u{200D}b", 2), ("\u{200B}", 0), ("नमस्ते", 4), ("\u{1F1E6}", 1), ("─", 1),
      ("𠀀", 2), ("a\u{AD}b", 3),
    ])
  func width(text: String, columns: Int) { #expect(displayWidth(text) == columns) }

  @Test("The wide ranges are sorted and apart")
  func ranges() {
    for (left, right) in zip(wideRanges, wideRanges.dropFirst()) {
      #expect(left.upperBound < right.lowerBound)
    }
  }

  @Test(
    "Truncation keeps graphemes whole and says that it cut",
    arguments: [
      ("abcdef", 6, "abcdef"), ("abcdef", 4, "abc…"), ("鉱物安全", 5, "鉱物…"), ("鉱物安全", 4, "鉱…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
      ("👩‍🚀👩‍🚀", 3, "👩‍🚀…"), ("ab", 1, "…"), ("ab", 0, ""),
    ])
  func truncated(text: String, width: Int, expected: String) {
    #expect(truncate(text, toWidth: width) == expected)
  }

  @Test(
    "What a terminal would obey or a reader not see is shown",
    arguments: [
      ("\u{1B}[2J", "\\u{1B}[2J"), ("\u{202E}x", "\\u{202E}x"), ("\u{9B}1m", "\\u{9B}1m"),
      ("a\r\nb\nc", "a\nb\nc"),
      ("a\rb", "a\\u{D}b"), ("a\tb", "a\tb"), ("\u{200B}", "\\u{200B}"), ("\u{2028}", "\\u{2028}"),
      ("\u{7F}", "\\u{7F}"),
      ("👩‍🚀", "👩‍🚀"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("a\u{E0041}", "a\\u{E0041}"), ("é 鉱", "é 鉱"),
    ])
  func shown(text: String, expected: String) {
    #expect(Array(visible(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(
    "Text breaks between words, and inside words that are too wide",
    arguments: [
      ("a bc def", 4, ["a bc", "def"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
      ("ab cdefgh", 4, ["ab", "cdef", "gh"]),
      ("鉱物安全", 5, ["鉱物", "安全"]), ("a\nb", 9, ["a", "b"]), ("a\n\nb", 9, ["a", "", "b"]), ("", 5, [""]),
      ("x  y", 9, ["x  y"]), ("abc    def", 4, ["abc", "def"]),
    ] as [(String, Int, [String])])
  func wrapped(text: String, width: Int, lines: [String]) { #expect(wrap(text, width: width) == lines) }

  @Test("Wrapping stops at the number of lines and says so")
  func limited() {
    #expect(wrap("one two three four", width: 5, maxLines: 2) == ["one", "two…"])
    #expect(wrap("one two three four", width: 5, maxLines: 4) == ["one", "two", "three", "four"])
    #expect(wrap("abcdefgh", width: 4, maxLines: 1, ellipsis: "...") == ["a..."])
  }
}
