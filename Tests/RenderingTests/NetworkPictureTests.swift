import Foundation
import RegistryModel
import Rendering
import SeededNumbers
import Testing

/// Networks as pictures, in SVG and in the terminal.
///
/// `ENTENTE_RECORD=1 swift test --filter NetworkPictureTests` writes the golden picture, and fails.
@Suite("Pictures of networks")
struct NetworkPictureTests {
  /// A table of ties, and the nodes beside it.
  private static func table(
    _ ties: [(String, String, Double?)], nodes: [(key: String, name: String, kind: String)] = [],
    places: [(Double, Double)]? = nil
  ) -> ResultTable {
    var table = ResultTable(
      title: "who is in what", columns: ["from", "to", "weight"].map { Column($0) },
      rows: ties.map { from, to, weight in
        [.text(from), to.isEmpty ? .empty : .text(to), weight.map { .real($0) } ?? .empty]
      }, notes: ["2 ties hold only possibly on the date"])
    table.view = ResultView(.network, [0, 1, 2])
    table.ofWhen = "as of 2026-06-30"
    table.pictureSources = ["courier", "gazette"]
    guard !nodes.isEmpty else { return table }
    var beside = ResultTable(columns: ["node", "name", "kind", "x", "y"].map { Column($0) })
    beside.name = "nodes"
    beside.rows = nodes.enumerated().map { number, node in
      let place = places?[number]
      return [
        .key(Key(unchecked: node.key)), .text(node.name), .text(node.kind),
        place.map { .real($0.0) } ?? .empty,
        place.map { .real($0.1) } ?? .empty,
      ]
    }
    table.beside = [beside]
    return table
  }

  /// Two parts and a node without a tie.
  private static var small: ResultTable {
    table(
      [("JPN", "forge", nil), ("KOR", "forge", nil), ("KOR", "quad", nil), ("a", "b", nil)],
      nodes: [
        ("JPN", "Japan", "member"), ("KOR", "South Korea", "member"), ("a", "", "member"),
        ("forge", "FORGE", "initiative"), ("quad", "Quadrilateral Security Dialogue of four", "initiative"),
        ("b", "", "initiative"), ("alone", "Alone", "initiative"),
      ])
  }

  /// A network drawn at random: hubs, chains and parts, with labels of any length.
  private static func random(_ seed: UInt64) -> ResultTable {
    var numbers = Seeded(seed: seed)
    let count = Int.random(in: 1...150, using: &numbers)
    let names = (0..<count).map { number in
      (
        key: "node-\(number)",
        name: String(
          repeating: ["wide", "界", "e\u{301}", "W"].randomElement(using: &numbers) ?? "",
          count: Int.random(in: 0...9, using: &numbers)),
        kind: ["state", "group", "firm", "mine", "port", ""].randomElement(using: &numbers) ?? ""
      )
    }
    let ties = (0..<Int.random(in: 0...min(1_500, 3 * count), using: &numbers)).map { _ in
      let from = Int.random(in: 0..<count, using: &numbers)
      let to =
        Bool.random(using: &numbers)
        ? Int.random(in: 0..<min(4, count), using: &numbers) : Int.random(in: 0..<count, using: &numbers)
      return (
        "node-\(from)", "node-\(to)",
        Bool.random(using: &numbers) ? Optional(Double.random(in: -2...9, using: &numbers)) : nil
      )
    }
    let places =
      Bool.random(using: &numbers)
      ? names.map { _ in
        (Double.random(in: -1...1, using: &numbers), Double.random(in: -1...1, using: &numbers))
      } : nil
    return table(ties, nodes: names, places: places)
  }

  @Test("is drawn as it was")
  func golden() throws {
    let svg = Renderer(.svg).render(Self.small)
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/network.svg")
    if ProcessInfo.processInfo.environment["ENTENTE_RECORD"] != nil {
      try svg.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded network.svg")
      return
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == svg)
    for part in ["who is in what", "as of 2026-06-30", "courier, gazette", "only possibly", "without a tie"] {
      #expect(svg.contains(part), "\(part)")
    }
    // Each kind has a shape of its own, and a legend.
    #expect(svg.contains("member (3)") && svg.contains("initiative (4)"))
    // A name that is too long is told by the key, and stands in the tip.
    #expect(svg.contains(">quad</text>") && svg.contains("Quadrilateral Security Dialogue of four (quad)"))
  }

  @Test("no label covers another, or stands outside", arguments: 0..<30)
  func labels(_ seed: UInt64) throws {
    let table = seed == 0 ? Self.small : Self.random(seed)
    let svg = Renderer(.svg).render(table)
    let size = try #require(svg.firstMatch(of: /<svg [^>]*width="([0-9.]+)" height="([0-9.]+)"/))
    let (width, height) = (try #require(Double(size.1)), try #require(Double(size.2)))
    #expect(width < 12_000 && height < 12_000)
    let boxes = TextBox.all(in: svg)
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height, "\(box)")
      for other in boxes[(index + 1)...] where box.overlaps(other) { Issue.record("\(box) and \(other)") }
    }
    // The same table gives the same picture.
    #expect(Renderer(.svg).render(table) == svg)
  }

  @Test("one node, a loop, a node without a tie: a picture; no node: none, and that is said")
  func few() {
    let one = Self.table([("a", "", nil)])
    #expect(Renderer(.svg).undrawn(one) == nil)
    #expect(Renderer(.svg).render(one).contains(">a</text>"))
    #expect(Renderer(.svg).render(Self.table([("a", "a", 2)])).contains(">a</text>"))
    var none = Self.table([])
    #expect(Renderer(.svg).undrawn(none) == "not drawn: nothing was found")
    none.beside = Self.small.beside
    #expect(Renderer(.svg).undrawn(none) == nil && Renderer(.svg).render(none).contains(">Japan</text>"))
  }

  @Test("more nodes or ties than can be read are refused, with what narrows them")
  func many() {
    let nodes = Self.table((0..<151).map { ("a\($0)", "b", nil) })
    #expect(Renderer(.svg).undrawn(nodes)?.contains("152 nodes") == true)
    #expect(Renderer(.svg).undrawn(nodes)?.contains("narrows them") == true)
    let ties = Self.table((0..<1_501).map { ("a\($0 % 40)", "b\($0 % 41)", nil) })
    #expect(Renderer(.chart).undrawn(ties)?.contains("1501 ties") == true)
  }

  @Test("names that are meant to do harm are texts")
  func hostile() {
    let evil = "<script>alert(1)</script>\u{202E}\u{1B}]0;x\u{7}\"'&"
    let table = Self.table([(evil, "b", nil)], nodes: [("b", evil, evil)])
    let svg = Renderer(.svg).render(table)
    #expect(!svg.contains("<script") && !svg.contains("\u{202E}") && !svg.contains("\u{1B}"))
    for name in ["href", "url(", "@import", "<image", "onload"] { #expect(!svg.contains(name)) }
    let text = Renderer(.chart, options: .init(width: 80)).render(table)
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(
    "in the terminal it keeps to the width, and to ASCII where that is all there is",
    arguments: [20, 40, 80, 132])
  func terminal(_ width: Int) {
    for seed in 0..<12 {
      let table = seed == 0 ? Self.small : Self.random(UInt64(seed))
      for ascii in [true, false] {
        let text = Renderer(.chart, options: .init(width: width, ascii: ascii)).render(table)
        for line in text.split(separator: "\n") { #expect(displayWidth(line) <= width, "\(line)") }
        if ascii, seed == 0 { #expect(text.utf8.allSatisfy { $0 < 128 }) }
        if seed == 0 {
          for name in ["Japan", "FORGE", "quad", "Alone"] { #expect(text.contains(name), "\(text)") }
        }
        #expect(!text.contains("\u{1B}"))
      }
    }
  }

  @Test("in the terminal a small one is drawn, a weighted or large one listed")
  func forms() {
    let drawn = Renderer(.chart, options: .init(width: 80, ascii: true)).render(Self.small)
    #expect(drawn.contains("..") && drawn.contains("o Japan") && drawn.contains("# FORGE"), "\(drawn)")
    let weighted = Renderer(.chart, options: .init(width: 80, ascii: true)).render(
      Self.table([("a", "b", 1), ("a", "c", 2)]))
    #expect(weighted.contains("a -- b (1), c (2)"), "\(weighted)")
  }
}
