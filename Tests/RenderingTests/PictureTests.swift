import Foundation
import RegistryModel
import Rendering
import Testing

/// `ENTENTE_RECORD=1 swift test --filter PictureTests` writes the golden pictures, and fails, so that a recording is never
/// taken for a pass.
@Suite("Pictures")
struct PictureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  private static func date(_ text: String) throws -> Cell { .date(try PartialDate(edtf: text)) }

  private static func matrix() -> ResultTable {
    var table = ResultTable(
      title: "initiatives by member", columns: ["member", "forge", "msp", "pax-silica"].map { Column($0) },
      rows: [
        ["JPN", "stated", "maybe", "yes"], ["NLD", "", "", "yes, denied"], ["PRT", "", "", "denied"],
        ["FRA", "not today", "in part", "yes, through eu"],
      ].map { row in row.map { $0.isEmpty ? .empty : .text($0) } },
      notes: ["a blank is \"not stated\", not \"no\""])
    table.view = .wideMatrix
    table.ofWhen = "as of 2026-11-22 (today)"
    return table
  }

  private static func timeline() throws -> ResultTable {
    var table = ResultTable(
      title: "timeline", columns: ["date", "subject", "property", "value", "sources"].map { Column($0) },
      rows: [
        [
          try date("2025-12-12"), .key(Key(unchecked: "pax-silica")), .text("signed"), .empty, .text("clash"),
        ],
        [try date("2026-02"), .key(Key(unchecked: "forge")), .text("launched"), .empty, .text("wam-forge")],
        [
          try date("2026"), .key(Key(unchecked: "luzon-zone")), .text("deadline"), .text("hoped for"), .empty,
        ],
        [
          try date("2026-02-04/.."), .key(Key(unchecked: "forge")), .text("chair"), .text("KOR"),
          .text("clash"),
        ],
      ])
    table.view = ResultView(.timeline, [1, 0, 0])
    table.ofWhen = "as of 2026-11-22 (today)"
    return table
  }

  private static func bars() throws -> ResultTable {
    func quantity(_ low: Decimal, _ high: Decimal? = nil, _ bound: Quantity.Bound = .exact) -> Cell {
      .quantity(Quantity(low: low, high: high, unit: "%", bound: bound))
    }
    return ResultTable(
      title: "China · share", columns: [Column("stage"), Column("value"), Column("sources")],
      rows: [
        [.text("mining"), quantity(69), .text("visual-capitalist")],
        [.text("refining"), quantity(85, 92, .range), .text("iea")],
        [.text("processing"), quantity(90, nil, .moreThan), .text("toutiao")],
        [.text("reserves"), quantity(50, nil, .upTo), .text("clash")],
        [.text("unknown to all"), .text("unknown"), .empty],
      ], notes: ["1 not stated, left out"])
  }

  private static func ranges() -> ResultTable {
    let rows: [[Cell]] = [
      [.text("pax-silica, quad"), .text("union"), .integer(14), .integer(13), .integer(17), .text("exact")],
      [
        .text("pax-silica, msp"), .text("union"), .integer(20), .integer(18), .text("no bound"),
        .text("seen"),
      ],
      [
        .text("pax-silica, quad"), .text("jaccard"), .real(0.2857), .real(0.2353), .real(0.3077),
        .text("exact"),
      ],
      [.text("forge, msp"), .text("jaccard"), .empty, .real(0), .real(0.5), .text("exact")],
    ]
    return ResultTable(
      title: "overlap: readings",
      columns: ["of", "measure", "chosen", "least", "greatest", "extremes"].map { Column($0) }, rows: rows)
  }

  private static func table(_ name: String) throws -> ResultTable {
    switch name {
    case "matrix": matrix()
    case "timeline": try timeline()
    case "bars": try bars()
    default: ranges()
    }
  }

  private static let names = ["matrix", "timeline", "bars", "ranges"]

  @Test("are drawn as they were", arguments: names)
  func golden(_ name: String) throws {
    let table = try Self.table(name)
    let svg = Renderer(.svg).render(table)
    let file = Self.folder.appending(path: "\(name).svg")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try svg.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).svg")
      return
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == svg)
  }

  @Test("have no labels that overlap or stand outside", arguments: names)
  func labels(_ name: String) throws {
    let table = try Self.table(name)
    let svg = Renderer(.svg).render(table)
    let width = try #require(svg.firstMatch(of: /<svg [^>]*width="([0-9.]+)"/).flatMap { Double($0.1) })
    let height = try #require(svg.firstMatch(of: /<svg [^>]*height="([0-9.]+)"/).flatMap { Double($0.1) })
    let boxes = TextBox.all(in: svg)
    #expect(boxes.count > 5)
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height, "\(box)")
      for other in boxes[(index + 1)...] { #expect(!box.overlaps(other), "\(box) and \(other)") }
    }
  }

  @Test(
    "of very many rows and columns none is made, and that is said at once",
    arguments: [Renderer.Format.svg, .chart])
  func large(_ format: Renderer.Format) throws {
    var table = ResultTable(
      columns: ["who", "what", "how"].map { Column($0) },
      rows: (0..<20_000).map { [.text("a\($0)"), .text("b\($0)"), .text("yes")] })
    table.view = ResultView(.matrix, [0, 1, 2])
    #expect(
      Renderer(format).undrawn(table)
        == "not drawn: 20000 rows by 20000 columns are no picture; limit or where narrows them")
    table.view = ResultView(.network, [0, 1])
    #expect(Renderer(format).undrawn(table)?.contains("40000 nodes with 20000 ties are no picture") == true)
  }

  @Test("names that are meant to do harm are texts, and nothing is fetched")
  func hostile() {
    var table = Tables.hostile(columns: 4)
    table.title = "<script>alert(1)</script>\u{202E}\u{FFFE}\u{FFFF}"
    table.view = .wideMatrix
    let svg = Renderer(.svg).render(table)
    // Of what no XML may have, none is there.
    #expect(!svg.unicodeScalars.contains { $0.value & 0xFFFE == 0xFFFE })
    #expect(!svg.contains("<script") && !svg.contains("\u{202E}") && !svg.contains("\u{1B}"))
    #expect(svg.contains("&lt;script&gt;"))
    for name in ["href", "url(", "@import", "<image", "<foreignObject", "onload"] {
      #expect(!svg.contains(name))
    }
    // Each element is closed, and no attribute is left open.
    #expect(svg.matches(of: /<text/).count == svg.matches(of: /<\/text>/).count)
  }

  @Test("what cannot be compared is not drawn, and that is said")
  func unlike() {
    let table = ResultTable(
      columns: [Column("key"), Column("amount")],
      rows: [
        [.text("a"), .quantity(Quantity(low: 1, unit: "USD"))],
        [.text("b"), .quantity(Quantity(low: 2, unit: "EUR"))],
      ])
    #expect(Renderer(.svg).undrawn(table)?.contains("EUR and USD") == true)
    #expect(Renderer(.svg).undrawn(ResultTable(columns: [Column("a")])) == "not drawn: nothing was found")
  }

  @Test("many rows and long names stay a picture", arguments: [1, 40, 2_000])
  func large(_ rows: Int) {
    let long = String(repeating: "a very long name of something ", count: 20)
    var table = ResultTable(
      columns: [Column("a"), Column(long)],
      rows: (0..<rows).map { [.text("\($0) \(long)"), .text("yes")] })
    table.view = .wideMatrix
    let svg = Renderer(.svg).render(table)
    #expect(svg.contains("<svg"))
    if rows > 300 { #expect(svg.contains("\(rows - 300) more are not drawn")) }
  }

  @Test(
    "readings are drawn in the terminal too, within its width and without colour", arguments: [40, 80, 120])
  func terminal(_ width: Int) {
    for ascii in [true, false] {
      let text = Renderer(.chart, options: .init(width: width, ascii: ascii)).render(Self.ranges())
      #expect(text.contains("union") && text.contains("14 (13 to 17)"))
      #expect(!ascii || text.utf8.allSatisfy { $0 < 128 })
      if width >= 80 { for line in text.split(separator: "\n") { #expect(displayWidth(line) <= width) } }
    }
  }

  @Test(
    "a page of HTML has the picture above its rows, and fetches nothing", arguments: ["matrix", "timeline"])
  func page(_ name: String) throws {
    let html = Renderer(.html).render(try Self.table(name))
    let (picture, rows) = (html.firstRange(of: "<svg"), html.firstRange(of: "<table"))
    #expect(try #require(picture).lowerBound < #require(rows).lowerBound)
    #expect(html.contains("default-src 'none'"))
    for part in ["<script", "src=", "@import", "url("] { #expect(!html.contains(part)) }
  }
}
