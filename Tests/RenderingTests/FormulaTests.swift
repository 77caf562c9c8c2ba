import Foundation
import RegistryModel
import Rendering
import Testing

/// What a spreadsheet would carry out was marked in lists only.
@Suite("Formulas")
struct FormulaTests {
  private static let formulas = [
    "=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(1;1)", "@4k7q, SUM",
    "@4k7q,@SUM", "@4k7q +A1", "@4k7q +", "@", "\t=1", "\r=1", "\n=1",
    "'=1", "''=1",
    "＝1", "-", "+49 30 1", "=", "-5;=1", "-2+3", "-2 m+3", "-2 (1)", "-2 m|x", "-1.", "-2..", "-2 A1",
    "-2%%3", "--2",
  ]

  private static let plain = [
    "forge", "-5", "-2 m", "-2..-1 t/yr", "-0.5..+3%", "-12 weeks", "+1.5", "-3%", "'tis", "@4k7q2m",
    "@d3ev6p, @3hvj6n", "@d3ev6p +2", "", "a=b", "2026-02", "-", "+", "'", "-0044",
  ]

  @Test(
    "are marked in every csv and tsv, and the mark goes again where the table is read", arguments: formulas)
  func marked(_ text: String) {
    let guarded = FormulaGuard.guarded(text)
    #expect(text == "-" || guarded == "'" + text)
    #expect(FormulaGuard.bare(guarded) == text)
    var table = ResultTable(
      columns: [Column(text), Column("b")], rows: [[.text(text), .list([.text(text)])]])
    for format in [Renderer.Format.csv, .tsv] where text != "-" {
      let lines = Renderer(format).render(table)
      #expect(lines.hasPrefix("'") || lines.hasPrefix("\"'"))
    }
    table.rows = [[.text("x"), .text(text)]]
    #expect(Renderer(.jsonl).render(table).contains("'" + text) == false || text.hasPrefix("'"))
  }

  @Test("are not what a number, a date, an id or a word is", arguments: plain)
  func unmarked(_ text: String) {
    #expect(FormulaGuard.guarded(text) == text)
    #expect(FormulaGuard.bare(text) == text)
  }

  @Test("are no numbers, whatever their sign")
  func numbers() {
    let table = ResultTable(
      columns: [Column("a"), Column("b"), Column("c")],
      rows: [[.integer(-5), .quantity(Quantity(low: -5, high: 10, unit: "%")), .real(-1.5)]])
    #expect(Renderer(.csv).render(table) == "a,b,c\n-5,-5..10%,-1.5\n")
  }

  @Test("that are drawn at random come back, with or without an apostrophe of their own")
  func random() {
    for seed in 0..<4_000 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
      func next(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(count))
      }
      let signs = Array("'=+-@\t\r\na5% .＝")
      let text = String((0..<next(6)).map { _ in signs[next(signs.count)] })
      #expect(FormulaGuard.bare(FormulaGuard.guarded(text)) == text, "\(text.debugDescription)")
    }
  }
}
