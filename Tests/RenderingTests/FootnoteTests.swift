import RegistryModel
import Rendering
import Testing

@Suite("Footnotes, expansion and themes")
struct FootnoteTests {
  private let table = ResultTable(
    columns: [Column("value"), Column("sources")],
    rows: [
      [.key(Key(unchecked: "JPN")), .list([.text("particle-pax-silica"), .text("lokmat via reuters")])],
      [.key(Key(unchecked: "KOR")), .text("lokmat via reuters")], [.key(Key(unchecked: "USA")), .empty],
    ])

  private func render(_ width: Int?, footnotes: Bool = true) -> String {
    Renderer(.table, options: .init(width: width, footnotes: footnotes)).render(table)
  }

  @Test("Sources that do not fit become numbers, each told once beneath")
  func numbers() {
    let expected = """
      value  sources
      ─────  ───────
      JPN    1 2
      KOR    2
      USA
      (3 rows)
      sources: 1 particle-pax-silica
               2 lokmat via reuters

      """
    #expect(render(40) == expected)
  }

  @Test("Sources that fit stay in the table, and so do those of a file", arguments: [80, nil])
  func fitting(width: Int?) {
    #expect(render(width).contains("particle-pax-silica, lokmat via reuters"))
    #expect(!render(width).contains("sources:"))
  }

  @Test("Footnotes that were not asked for are not made")
  func notAsked() { #expect(!render(40, footnotes: false).contains("sources:")) }

  @Test("No line of footnotes is wider than the terminal", arguments: [12, 20, 33])
  func narrow(width: Int) {
    for line in render(width).split(separator: "\n") { #expect(displayWidth(line) <= width, "\(line)") }
  }

  @Test("Rows are told as lines always, or only where there is no room for two cells of each column")
  func expansion() {
    let always = Renderer(.table, options: .init(width: 80, expansion: .always)).render(table)
    #expect(always.contains("  value = JPN\n"))
    let wide = ResultTable(
      columns: (1...6).map { Column("a-long-heading-\($0)") },
      rows: [Array(repeating: .text("word"), count: 6)])
    let automatic = Renderer(.table, options: .init(width: 40)).render(wide)
    #expect(automatic.contains(" = word"))
    let never = Renderer(.table, options: .init(width: 40, maxLinesPerCell: 1, expansion: .never)).render(
      wide)
    #expect(!never.contains(" = word"))
    for line in never.split(separator: "\n") { #expect(displayWidth(line) <= 40) }
  }

  @Test("A theme marks headings, keys and numbers, and leaves the columns where they are")
  func themes() {
    let table = ResultTable(
      columns: [Column("key"), Column("n")], rows: [[.key(Key(unchecked: "JPN")), .integer(7)]])
    let plain = Renderer(.table).render(table)
    for (name, theme) in Theme.named {
      let marked = Renderer(.table, options: .init(theme: theme)).render(table)
      #expect(marked.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain, "\(name)")
      #expect(marked.contains("\u{1B}[36mJPN\u{1B}[0m") == (name == "colour"))
    }
  }
}
