import RegistryModel
import Rendering
import Testing

@Suite("Fitting a terminal")
struct FittingTests {
  @Test(
    "No line is wider than the terminal, whatever the data", arguments: [20, 40, 80, 133], [1, 2, 3, 6, 20])
  func fits(width: Int, columns: Int) {
    for ascii in [false, true] {
      let options = Renderer.Options(width: width, ascii: ascii)
      let text = Renderer(.table, options: options).render(Tables.hostile(columns: columns))
      for line in text.split(separator: "\n") { #expect(displayWidth(line) <= width, "\(line)") }
    }
  }

  @Test("The widest columns give way, and no word of a date or a key is broken for it")
  func widestFirst() {
    let lines = [
      "Initiatives",
      "key           name               amount  started     members",
      "────────────  ──────────────  ─────────  ──────────  ───────",
      "pax-silica    Pax Silica                 2025-12-12        8",
      "us-australia  U.S.–Australia   at least  2025-10-20       12",
      "              \"framework\"     USD 8.5bn",
      "                               combined",
      "(2 rows)", "",
    ]
    let options = Renderer.Options(width: 60)
    #expect(Renderer(.table, options: options).render(Tables.initiatives) == lines.joined(separator: "\n"))
  }

  @Test("A key is whole where there is room, and is broken only at its hyphens", arguments: 40...110)
  func keys(width: Int) {
    let keys = [
      "alcoa-sojitz-au-equity", "australia-smelter-subsidy", "china-gallium-germanium-antimony-ban",
    ]
    let table = ResultTable(
      columns: ["key", "name", "giver", "rung", "sources"].map { Column($0) },
      rows: keys.map { key in
        [
          .key(Key(unchecked: key)),
          .text("Letter of interest of the US Export-Import Bank to Arafura Nolans"),
          .key(Key(unchecked: "us-state-department")), .text("announced"), .text("1 2 3"),
        ]
      })
    let text = Renderer(.table, options: .init(width: width, expansion: .automatic)).render(table)
    // What is told line by line has whole lines for its keys.
    if text.contains("giver = ") { return }
    let parts = Set(keys.flatMap { $0.split(separator: "-") }.map(String.init))
    for line in text.split(separator: "\n") where line.first?.isLowercase == true && !line.hasPrefix("key") {
      // What stands in the first column is whole parts of a key.
      let first = line.prefix { $0 != " " }
      for part in first.split(separator: "-") where !first.contains("=") {
        #expect(parts.contains(String(part)) || first == "giver", "\(width): \(line)")
      }
    }
    if width >= 100 { for key in keys { #expect(text.contains(key)) } }
  }

  @Test("The room goes where it makes rows less tall")
  func byNeed() {
    let table = ResultTable(
      columns: ["a", "b"].map { Column($0) },
      rows: [[.text("one two three four five six seven eight nine ten eleven"), .text("one two three")]])
    let text = Renderer(.table, options: .init(width: 40)).render(table)
    #expect(text.split(separator: "\n").count == 5)
  }

  @Test("A table that cannot be narrow enough is told line by line")
  func lineByLine() {
    let lines = [
      "Initiatives", "    key = pax-silica", "   name = Pax Silica", " amount = ", "started = 2025-12-12",
      "members = 8", "",
      "    key = us-australia", "   name = U.S.–Australia \"framework\"",
      " amount = at least USD 8.5bn combined",
      "started = 2025-10-20", "members = 12", "(2 rows)", "",
    ]
    let options = Renderer.Options(width: 40)
    #expect(Renderer(.table, options: options).render(Tables.initiatives) == lines.joined(separator: "\n"))
  }

  @Test("A cell that is too tall ends in an ellipsis")
  func tall() {
    let table = ResultTable(columns: [Column("a")], rows: [[.text("one two three four five")]])
    let options = Renderer.Options(width: 12, maxLinesPerCell: 1)
    #expect(Renderer(.table, options: options).render(table).contains("\none two…\n(1 row)"))
    let ascii = Renderer.Options(width: 12, ascii: true, maxLinesPerCell: 1)
    #expect(Renderer(.table, options: ascii).render(table) == "a\n------------\none two...\n(1 row)\n")
  }

  @Test("Nothing in the data reaches a terminal as a command", arguments: Renderer.Format.allCases)
  func sanitized(format: Renderer.Format) {
    let text = Renderer(format, options: .init(sanitize: true)).render(Tables.hostile(columns: 3))
    let allowed: Set<Unicode.Scalar> = ["\n", "\t", "\u{200D}"]
    for scalar in text.unicodeScalars where !allowed.contains(scalar) {
      #expect(
        ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory), "\(scalar.value)")
    }
  }

  @Test("A file gets the text as it is", arguments: [Renderer.Format.csv, .tsv])
  func raw(format: Renderer.Format) {
    #expect(Renderer(format).render(Tables.hostile(columns: 1)).contains("\u{1B}[2Jcleared"))
  }

  @Test("Colour marks headings only, and only where it is wanted")
  func color() {
    let table = ResultTable(title: "T", columns: [Column("a")], rows: [[.integer(1)]])
    let text = Renderer(.table, options: .init(theme: .mono)).render(table)
    #expect(
      text == "\u{1B}[1mT\u{1B}[0m\n\u{1B}[1ma\u{1B}[0m\n\u{1B}[2m─\u{1B}[0m\n1\n\u{1B}[2m(1 row)\u{1B}[0m\n")
    #expect(!Renderer(.table).render(table).contains("\u{1B}"))
  }
}
