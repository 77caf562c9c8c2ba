import RegistryModel
import Rendering
import Testing

@Suite("Output formats")
struct FormatTests {
  @Test("A table is aligned beneath a rule, numbers to the right")
  func table() {
    let lines = [
      "Initiatives",
      "key           name                                             amount  started     members",
      "────────────  ──────────────────────────  ───────────────────────────  ──────────  ───────",
      "pax-silica    Pax Silica                                               2025-12-12        8",
      "us-australia  U.S.–Australia \"framework\"  at least USD 8.5bn combined  2025-10-20       12",
      "(2 rows)", "",
    ]
    #expect(Renderer(.table).render(Tables.initiatives) == lines.joined(separator: "\n"))
  }

  @Test("Lines name each cell, with a blank line between rows")
  func line() {
    let text = Renderer(.line).render(Tables.kinds)
    #expect(text.hasPrefix(" kind = text\nvalue = a b↵c\\d, \"e\" | <f> é\n\n kind = empty\nvalue = \n\n"))
    #expect(text.hasSuffix("\n\n kind = list\nvalue = USA, 2, \n"))
    #expect(Renderer(.line, options: .init(ascii: true)).render(Tables.kinds).contains("a b\\nc"))
  }

  @Test("CSV quotes what needs it and tells empty from nothing")
  func csv() {
    #expect(
      Renderer(.csv).render(Tables.kinds) == """
        kind,value
        text,"a\tb
        c\\d, ""e"" | <f> é"
        empty,
        "",""
        decimal,1234567890.05
        real,0.30000000000000004
        range,47..87%
        tonnes,10050000 t
        period,from 2025 until 2026-06
        unstated,
        list,"USA, 2, "

        """)
  }

  @Test("TSV keeps a row on a line")
  func tsv() {
    #expect(
      Renderer(.tsv).render(Tables.kinds)
        == [
          "kind\tvalue", "text\ta\\tb\\nc\\\\d, \"e\" | <f> é", "empty\t", "\t", "decimal\t1234567890.05",
          "real\t0.30000000000000004", "range\t47..87%", "tonnes\t10050000 t",
          "period\tfrom 2025 until 2026-06",
          "unstated\t", "list\tUSA, 2, ", "",
        ].joined(separator: "\n"))
  }

  static let objects = [
    #"{"kind": "text", "value": "a\tb\nc\\d, \"e\" | <f> é"}"#,
    #"{"kind": "empty", "value": null}"#,
    #"{"kind": "", "value": ""}"#,
    #"{"kind": "decimal", "value": 1234567890.05}"#,
    #"{"kind": "real", "value": 0.30000000000000004}"#,
    #"{"kind": "range", "value": {"text": "47..87%", "low": "47", "high": "87", "unit": "%", "bound": "range", "#
      + #""approximate": false, "reading": null, "forecast": false}}"#,
    #"{"kind": "tonnes", "value": {"text": "10050000 t", "low": "10050000", "high": "10050000", "unit": "t", "#
      + #""bound": "exact", "approximate": false, "reading": null, "forecast": false}}"#,
    #"{"kind": "period", "value": "from 2025 until 2026-06"}"#,
    #"{"kind": "unstated", "value": null}"#,
    #"{"kind": "list", "value": ["USA", 2, null]}"#,
  ]

  @Test("JSON keeps types and the order of the columns")
  func json() {
    #expect(Renderer(.json).render(Tables.kinds) == "[\n" + Self.objects.joined(separator: ",\n") + "\n]\n")
    #expect(Renderer(.jsonl).render(Tables.kinds) == Self.objects.joined(separator: "\n") + "\n")
  }

  @Test("A column name that comes twice stays two keys of a JSON object")
  func duplicateNames() {
    let table = ResultTable(
      columns: [Column("n"), Column("n_2"), Column("n")], rows: [[.integer(1), .integer(2), .real(.nan)]])
    #expect(Renderer(.jsonl).render(table) == #"{"n": 1, "n_2": 2, "n_3": null}"# + "\n")
  }

  @Test("Markdown escapes what Markdown would read")
  func markdown() {
    let table = ResultTable(
      columns: [Column("a|b"), Column("n", alignsRight: true)],
      rows: [[.text("x|y\n*z* <b> [l](u) & \u{1B}"), .integer(1)], [.empty, .empty]])
    #expect(
      Renderer(.markdown).render(table) == #"""
        | a\|b | n |
        | --- | ---: |
        | x\|y<br>\*z\* \<b\> \[l\](u) &amp; \\u{1B} | 1 |
        | | |

        """#)
  }

  @Test(
    "An empty table is told in every format",
    arguments: [
      (.table, "a  b\n─  ─\n(0 rows)\n"), (.line, ""), (.csv, "a,b\n"), (.tsv, "a\tb\n"), (.json, "[]\n"),
      (.jsonl, ""),
      (.markdown, "| a | b |\n| --- | --- |\n"),
    ] as [(Renderer.Format, String)])
  func empty(format: Renderer.Format, expected: String) {
    #expect(Renderer(format).render(ResultTable(columns: [Column("a"), Column("b")])) == expected)
  }

  @Test(
    "One column and one row are told in every format",
    arguments: [
      (.table, "a\n─\n1\n(1 row)\n"), (.line, "a = 1\n"), (.csv, "a\n1\n"), (.tsv, "a\n1\n"),
      (.json, "[\n{\"a\": 1}\n]\n"),
      (.jsonl, "{\"a\": 1}\n"), (.markdown, "| a |\n| --- |\n| 1 |\n"),
    ] as [(Renderer.Format, String)])
  func single(format: Renderer.Format, expected: String) {
    #expect(Renderer(format).render(ResultTable(columns: [Column("a")], rows: [[.integer(1)]])) == expected)
  }

  @Test("A lone empty cell is no empty line of CSV")
  func loneEmpty() {
    #expect(Renderer(.csv).render(ResultTable(columns: [Column("a")], rows: [[.empty]])) == "a\n\"\"\n")
  }

  @Test(
    "No columns, short rows and long rows are written without a fault", arguments: Renderer.Format.allCases)
  func ragged(format: Renderer.Format) {
    let none = Renderer(format).render(ResultTable(columns: [], rows: [[.integer(1)]]))
    // A page of HTML, or a picture, has numbers in how it looks.
    let isPage = format == .html || format == .svg
    #expect(!none.contains(isPage ? ">1<" : "1") || [.table, .chart].contains(format))
    let ragged = ResultTable(
      columns: [Column("a"), Column("b")], rows: [[.integer(7)], [.integer(7), .empty, .integer(9)]])
    let text = Renderer(format).render(ragged)
    #expect(text.contains("7"))
    #expect(!text.contains(isPage ? ">9<" : "9"))
  }

  @Test("A long result comes in pieces that make the whole, and a sink that throws ends it")
  func pieces() {
    let table = ResultTable(columns: [Column("a")], rows: (0..<20_000).map { [.text("row \($0) of many")] })
    var pieces: [String] = []
    Renderer(.json).render(table) { pieces.append($0) }
    #expect(pieces.count > 2)
    #expect(pieces.joined() == Renderer(.json).render(table))
    struct Closed: Error {}
    var taken = 0
    #expect(throws: Closed.self) {
      try Renderer(.csv).render(table) { (_: String) throws(Closed) in
        taken += 1
        throw Closed()
      }
    }
    #expect(taken == 1)
  }
}
