import CommandLanguage
import Testing

@Suite("Nearest names")
struct NearestTests {
  @Test(
    "A mistyped word finds its name",
    arguments: [
      ("shwo", ["show"]), ("lst", ["list"]), ("hist", ["history", "list"]), ("LIST", ["list"]), ("xyzzy", []),
      ("", []),
      ("s", []), ("lisst", ["list"]),
    ] as [(String, [String])])
  func nearest(_ word: String, _ expected: [String]) {
    #expect(CommandLanguage.nearest(to: word, in: ["history", "list", "show", "count"]) == expected)
  }

  @Test("The nearest come first, and no more than asked for")
  func order() {
    #expect(
      CommandLanguage.nearest(to: "share", in: ["shares", "share", "shore", "snare"], limit: 2) == [
        "share", "shares",
      ])
  }
}
