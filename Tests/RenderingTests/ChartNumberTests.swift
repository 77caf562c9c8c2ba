import Foundation
import RegistryModel
import Testing

@testable import Rendering

/// Drawings of whatever numbers and days a result holds.
@Suite("Charts of extreme numbers") struct ChartNumberTests {
  private func drawn(_ kind: ResultView.Kind, _ rows: [[Cell]]) -> String {
    var table = ResultTable(columns: [Column("a"), Column("b"), Column("c")], rows: rows)
    table.view = ResultView(kind, kind == .bar ? [0, 1] : [0, 1, 2])
    return Renderer(.chart, options: Renderer.Options(width: 60)).render(table)
  }

  private static let numbers: [Double] = [
    0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 1, -1, 1e308, -1e308, .greatestFiniteMagnitude,
    -.greatestFiniteMagnitude, 1e-308,
  ]

  @Test("bars of any two numbers are drawn, none longer than the room", arguments: numbers, numbers)
  func bars(left: Double, right: Double) {
    let text = drawn(
      .bar, [[.text("x"), .real(left)], [.text("y"), .real(right)], [.text("z"), .integer(.max)]])
    #expect(text.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 70 }, "\(text)")
  }

  @Test("the larger of two numbers has the longer bar, however large they are")
  func order() {
    let text = drawn(.bar, [[.text("x"), .real(1e308)], [.text("y"), .real(5e307)]])
    let bars = text.split(separator: "\n").map { $0.filter { $0 == "█" }.count }.filter { $0 > 0 }
    #expect(bars.count == 2 && bars[0] > bars[1], "\(text)")
  }

  @Test("days beyond every calendar are drawn")
  func days() {
    let far = PartialDate(uncheckedEDTF: "2026", earliest: Day(.min), latest: Day(.max))
    let near = PartialDate(day: Day(20_000))
    let text = drawn(
      .timeline, [[.text("x"), .date(far), .date(far)], [.text("y"), .date(near), .date(near)]])
    #expect(text.contains("y"))
  }
}
