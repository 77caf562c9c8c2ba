import Foundation
import RegistryModel
import Rendering
import Testing

/// Maps, in SVG and in the terminal.
///
/// `ENTENTE_RECORD=1 swift test --filter MapPictureTests` writes the golden picture, and fails.
@Suite("Maps")
struct MapPictureTests {
  private static func table(_ rows: [(String, String, Cell)], column: String = "standing") -> ResultTable {
    var table = ResultTable(
      title: "Pax Silica · member", columns: ["place", "name", column].map { Column($0) },
      rows: rows.map { [.key(Key(unchecked: $0.0)), .text($0.1), $0.2] },
      notes: ["who is not stated is not out"])
    table.view = ResultView(.map, [0, 2])
    table.ofWhen = "as of 2026-06-30"
    table.pictureSources = ["courier"]
    return table
  }

  private static let standing = table([
    ("JPN", "Japan", .text("yes")), ("SGP", "Singapore", .text("yes")), ("MLT", "Malta", .text("maybe")),
    ("CAN", "Canada", .text("denied")), ("USA", "United States", .text("yes")),
    ("XKX", "Kosovo", .text("maybe")),
    ("eu", "European Union", .text("yes")), ("SUN", "Soviet Union", .text("not today")),
    ("TWN", "Taiwan", .text("in part")),
  ])

  /// Every state that the shapes have, with a number each.
  private static let measure = table(
    codes.enumerated().map { ($1, "", .integer(Int64($0 % 40))) }, column: "initiatives")

  private static let codes = """
    AFG AGO ALB ARE ARG ARM AUS AUT AZE BEL BGD BGR BHR BIH BLR BOL BRA BRN CAN CHE CHL CHN COD COL CZE DEU DNK DOM EGY ESP EST
    FIN FRA GBR GEO GHA GRC GRL HRV HUN IDN IND IRL IRN ISL ISR ITA JPN KAZ KEN KOR LTU LUX LVA MAR MDA MEX MKD MLT MNG NAM NLD
    NOR NZL PAK PAN PER PHL POL PRT PRY QAT ROU RUS SAU SGP SRB SVK SVN SWE THA TUR UKR USA UZB VNM XKX ZAF ZMB COK FJI TON
    """.split(whereSeparator: \.isWhitespace).map(String.init)

  @Test("is drawn as it was")
  func golden() throws {
    let svg = Renderer(.svg).render(Self.standing)
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/map.svg")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try svg.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded map.svg")
      return
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == svg)
    // What has no place is told, and whose borders these are.
    #expect(svg.contains("not on the map: European Union, Soviet Union"))
    #expect(svg.contains("no position on any") && svg.contains("courier") && svg.contains("as of 2026-06-30"))
    // Each class by its names, states too small for an outline among them.
    #expect(svg.contains("yes (3 states): Japan, Singapore, United States"))
    #expect(svg.contains("<title>Singapore (SGP): yes</title>") && svg.contains(">MLT</text>"))
    #expect(svg.utf8.count < 100_000, "\(svg.utf8.count)")
  }

  @Test("no label covers another, or stands outside", arguments: [standing, measure])
  func labels(_ table: ResultTable) throws {
    let svg = Renderer(.svg).render(table)
    let size = try #require(svg.firstMatch(of: /<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"/))
    let (width, height) = (try #require(Double(size.1)), try #require(Double(size.2)))
    let boxes = TextBox.all(in: svg)
    #expect(boxes.count > 10)
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height, "\(box)")
      for other in boxes[(index + 1)...] where box.overlaps(other) { Issue.record("\(box) and \(other)") }
    }
    for name in ["href", "url(", "@import", "<image", "onload"] { #expect(!svg.contains(name)) }
  }

  @Test("a measure of many numbers has at most five classes, every state in one of them")
  func classes() {
    let svg = Renderer(.svg).render(Self.measure)
    let counts = svg.matches(of: /([0-9]+) states?\)/).compactMap { Int($0.1) }
    #expect(counts.count <= 5 && counts.reduce(0, +) == Self.codes.count, "\(counts)")
    // The number of a bloc is no measure: blocs are told apart by lines too.
    let blocs = Self.table([("JPN", "", .integer(1)), ("USA", "", .integer(2))], column: "bloc")
    let drawn = Renderer(.svg).render(blocs)
    #expect(drawn.contains("bloc 1 (1 state): JPN") && drawn.contains("class=\"hatch\""))
  }

  @Test("what cannot be drawn is not, and that is said")
  func refused() {
    #expect(Renderer(.svg).undrawn(Self.table([])) == "not drawn: nothing was found")
    let nowhere = Self.table([("eu", "European Union", .text("yes"))])
    #expect(Renderer(.svg).undrawn(nowhere)?.contains("nothing of it is a state") == true)
    let words = Self.table(Self.codes.prefix(9).map { ($0, "", .text("word \($0)")) })
    #expect(Renderer(.svg).undrawn(words)?.contains("9 different words") == true)
    let unlike = Self.table([
      ("JPN", "", .quantity(Quantity(low: 1, unit: "USD"))),
      ("KOR", "", .quantity(Quantity(low: 2, unit: "EUR"))),
    ])
    #expect(Renderer(.svg).undrawn(unlike)?.contains("EUR and USD") == true)
  }

  @Test("one state, and one without a second column")
  func one() {
    var table = Self.table([("SGP", "Singapore", .text("yes"))])
    #expect(Renderer(.svg).render(table).contains("yes (1 state): Singapore"))
    table.view = ResultView(.map, [0])
    #expect(Renderer(.svg).render(table).contains("listed (1 state): Singapore"))
  }

  @Test("names that are meant to do harm are texts")
  func hostile() {
    let evil = "<script>alert(1)</script>\u{202E}\u{1B}]0;x\u{7}\"'&"
    let table = Self.table([("JPN", evil, .text(evil)), (evil, evil, .text("yes"))])
    let svg = Renderer(.svg).render(table)
    #expect(!svg.contains("<script") && !svg.contains("\u{202E}") && !svg.contains("\u{1B}"))
    let text = Renderer(.chart, options: .init(width: 80)).render(table)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(
    "in the terminal it keeps to the width, to ASCII where that is all there is, and tells names",
    arguments: [20, 59, 60, 80, 200])
  func terminal(_ width: Int) {
    for table in [Self.standing, Self.measure] {
      for ascii in [true, false] {
        let text = Renderer(.chart, options: .init(width: width, ascii: ascii)).render(table)
        for line in text.split(separator: "\n") { #expect(displayWidth(line) <= width, "\(line)") }
        #expect(
          !ascii || text.utf8.dropFirst(20).allSatisfy { $0 < 128 } || table.title?.contains("·") == true)
      }
    }
    let text = Renderer(.chart, options: .init(width: width, ascii: true)).render(Self.standing)
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in [
      "# yes (3 states): Japan, Singapore, United States", "+ maybe (2 states)",
      "not on the map: European Union",
    ] {
      #expect(words.contains(part), "\(text)")
    }
    // Land is drawn where there is room, and a state that is smaller than a cell has one.
    #expect(text.contains("....") == (width >= 60))
  }
}
