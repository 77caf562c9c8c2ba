import Testing

@testable import Rendering

@Suite("Names of sheets")
struct SheetNameTests {
  @Test(
    "are such as Excel takes, whatever a table is called",
    arguments: [
      "overlap: readings", "a/b\\c[d]*?'", "", "History", String(repeating: "🇯🇵", count: 40),
      String(repeating: "long ", count: 20), "\u{202E}\u{1B}[31m",
    ])
  func names(_ wanted: String) {
    var taken: Set<String> = []
    let names = (0..<12).map { _ in Workbook.sheetName(wanted, &taken) }
    #expect(Set(names.map { $0.lowercased() }).count == 12)
    for name in names {
      #expect(!name.isEmpty && name.utf16.count <= 31 && name.lowercased() != "history", "\(name)")
      #expect(!name.contains { "[]:*?/\\'".contains($0) })
    }
  }
}
