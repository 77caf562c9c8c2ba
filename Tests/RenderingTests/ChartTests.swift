import Foundation
import RegistryModel
import Rendering
import Testing

@Suite("Drawings")
struct ChartTests {
  private func draw(_ table: ResultTable, width: Int = 40, ascii: Bool = false) -> [String] {
    let text = Renderer(.chart, options: .init(width: width, ascii: ascii)).render(table)
    return text.split(separator: "\n").map(String.init)
  }

  @Test("Bars have the length of their numbers, without a hint those of the one column of measures")
  func bars() {
    var table = ResultTable(columns: [Column("type"), Column("count")])
    table.rows = [
      [.text("plan"), .integer(8)], [.text("fund"), .integer(2)], [.text("deal"), .integer(0)],
    ]
    table.hasMeasures = true
    #expect(draw(table, width: 23) == ["plan  ██████████████  8", "fund  ███▌  2", "deal    0"])
    #expect(draw(table, width: 23, ascii: true).first == "plan  ##############  8")
    table.view = ResultView(.bar, [0, 1])
    #expect(draw(table, width: 23).count == 3)
  }

  @Test("A line of time lies where it began and ended; what has not ended points on")
  func timeline() throws {
    var table = ResultTable(columns: [Column("who"), Column("from"), Column("to")])
    table.rows = [
      [.text("msp"), .date(try PartialDate(edtf: "2022-01-01")), .date(try PartialDate(edtf: "2024-01-01"))],
      [.text("forge"), .text("2024-01-01"), .empty],
      [.text("none"), .empty, .empty],
    ]
    table.view = ResultView(.timeline, [0, 1, 2])
    let lines = draw(table, width: 27)
    #expect(lines[0] == "msp    ━━━━━━━━━━━━━━━━━━━━")
    #expect(lines[1] == "forge                     ▸")
    #expect(lines[2] == "none   ?")
    #expect(lines[3] == "       2022-01-01 2024-01-01")
  }

  @Test("A matrix has a row and a column for each name, and the value where they meet")
  func matrix() {
    var table = ResultTable(columns: [Column("a"), Column("b"), Column("n")])
    table.rows = [
      [.text("forge"), .text("usa"), .integer(3)], [.text("forge"), .text("japan"), .integer(1)],
      [.text("g7"), .text("japan"), .integer(2)],
    ]
    table.view = ResultView(.matrix, [0, 1, 2])
    let lines = draw(table)
    #expect(lines[0].contains("usa") && lines[0].contains("japan"))
    #expect(lines[2].split(separator: " ") == ["forge", "3", "1"])
    #expect(lines[3].split(separator: " ") == ["g7", "2"])
  }

  @Test("A network tells for each end where it leads, and how strongly")
  func network() {
    var table = ResultTable(columns: [Column("from"), Column("to"), Column("weight")])
    table.rows = [
      [.text("forge"), .text("usa"), .integer(3)], [.text("forge"), .text("japan"), .empty],
      [.text("g7"), .text("usa"), .integer(1)],
    ]
    table.view = ResultView(.network, [0, 1, 2])
    #expect(draw(table) == ["forge ── usa (3), japan", "g7    ── usa (1)"])
  }

  @Test("Nothing to draw is a table, and no text of the data reaches the terminal raw")
  func others() {
    var table = ResultTable(columns: [Column("name")])
    table.rows = [[.text("a\u{1B}[31m")]]
    #expect(draw(table).first == "name")
    table.columns.append(Column("n"))
    table.hasMeasures = true
    table.rows = [[.text("a\u{1B}[31m"), .integer(1)]]
    #expect(!draw(table).joined().contains("\u{1B}"))
  }

  private func amounts(_ texts: [(String, Quantity?)], _ more: [Cell] = []) -> ResultTable {
    var table = ResultTable(
      columns: [Column("key"), Column("amount")] + more.indices.map { _ in Column("rung") })
    for (index, text) in texts.enumerated() {
      table.rows.append(
        [.text(text.0), text.1.map { .quantity($0) } ?? .empty] + (more.isEmpty ? [] : [more[index]]))
    }
    return table
  }

  private func undrawn(_ table: ResultTable) -> String? { Renderer(.chart).undrawn(table) }

  @Test(
    "Amounts of several currencies, readings, rungs or times are not drawn beside each other, and that is said"
  )
  func unlike() {
    let usd = Quantity(low: 5, unit: "USD")
    #expect(undrawn(amounts([("a", usd), ("b", Quantity(low: 7, unit: "USD")), ("c", nil)])) == nil)
    let currencies = amounts([("a", usd), ("b", Quantity(low: 7, unit: "AUD"))])
    #expect(undrawn(currencies)?.contains("amount has AUD and USD, which have no length in common") == true)
    #expect(draw(currencies).first?.contains("key") == true)
    let readings = amounts([("a", usd), ("b", Quantity(low: 7, unit: "USD", reading: .each))])
    #expect(undrawn(readings)?.contains("each and plain amounts") == true)
    let forecasts = amounts([("a", usd), ("b", Quantity(low: 7, unit: "USD", forecast: true))])
    #expect(undrawn(forecasts)?.contains("forecasts") == true)
    let rungs = ResultTable(
      columns: [Column("key"), Column("rung"), Column("amount")],
      rows: [
        [.text("a"), .text("pledged"), .quantity(usd)], [.text("b"), .text("delivered"), .quantity(usd)],
      ])
    #expect(undrawn(rungs)?.contains("what is delivered and what is pledged") == true)
  }

  @Test("A bar is solid as far as its number certainly reaches, and light as far as it may")
  func possible() {
    let table = amounts([
      ("a", Quantity(low: 10, high: 20, unit: "USD")), ("b", Quantity(low: 20, unit: "USD", bound: .upTo)),
      ("c", Quantity(low: 10, unit: "USD", bound: .moreThan)), ("d", Quantity(low: 20, unit: "USD")),
      ("e", nil),
    ])
    let bars = draw(table, width: 33, ascii: true).map { $0.split(separator: " ").dropFirst().first ?? "" }
    #expect(bars[0].hasPrefix("###") && bars[0].hasSuffix("---") && bars[0].count == bars[3].count)
    #expect(bars[1].allSatisfy { $0 == "-" } && bars[1].count == bars[3].count)
    #expect(bars[2].allSatisfy { $0 == "#" || $0 == ">" } && bars[2].hasSuffix(">"))
    #expect(bars[3].allSatisfy { $0 == "#" } && bars[2].count < bars[3].count)
    #expect(bars[4].isEmpty)
    #expect(draw(table, width: 33).allSatisfy { displayWidth($0) <= 33 })
  }

  @Test("What is less than nothing goes the other way, and nothing has no length")
  func negative() {
    let table = amounts([
      ("a", Quantity(low: -5, unit: "%")), ("b", Quantity(low: 0, unit: "%")),
      ("c", Quantity(low: 5, unit: "%")),
      ("d", Quantity(low: -5, high: 5, unit: "%")),
    ])
    let lines = draw(table, width: 30, ascii: true)
    #expect(lines[0].hasPrefix("a  ########") && !lines[1].contains("#") && lines[1].hasSuffix("0%"))
    #expect(lines[2].hasPrefix("c            ") && lines[2].contains("#"))
    #expect(!lines[3].contains("#") && lines[3].contains("----------------"))
    let below = amounts([("a", Quantity(low: -5, unit: "%")), ("b", Quantity(low: -10, unit: "%"))])
    let both = draw(below, width: 30, ascii: true).map { $0.filter { $0 == "#" }.count }
    #expect(abs(both[0] * 2 - both[1]) <= 1)
  }

  @Test("Years, places, counts of unlike things, and several measures at once are no lengths")
  func noMeasures() {
    var table = ResultTable(columns: [Column("test"), Column("examined")])
    table.rows = [[.text("names"), .integer(1600)], [.text("lives"), .integer(9000)]]
    #expect(undrawn(table)?.contains("no column has amounts") == true)
    table.hasMeasures = true
    #expect(undrawn(table) == nil)
    table.columns[1] = Column("year")
    table.rows[1][1] = .integer(1993)
    #expect(undrawn(table)?.contains("year tells years") == true)
    table.columns.append(Column("n"))
    for index in table.rows.indices { table.rows[index].append(.integer(Int64(index))) }
    #expect(undrawn(table) == nil)
    table.columns[1] = Column("m")
    #expect(undrawn(table)?.contains("m and n are different measures") == true)
    var one = ResultTable(columns: [Column("count")], rows: [[.integer(4)]])
    one.hasMeasures = true
    #expect(undrawn(one)?.contains("one number has nothing beside it") == true)
    #expect(Renderer(.table).undrawn(one) == nil)
  }

  @Test("Rows of one label are told apart by what else they say")
  func labels() {
    var table = ResultTable(columns: [Column("giver"), Column("what"), Column("total"), Column("sources")])
    table.rows = [
      [.text("AUS"), .text("loan"), .quantity(Quantity(low: 2, unit: "USD")), .text("a")],
      [.text("AUS"), .text("grant"), .quantity(Quantity(low: 4, unit: "USD")), .text("b")],
    ]
    let lines = draw(table, width: 40)
    #expect(lines[0].hasPrefix("AUS, loan") && lines[1].hasPrefix("AUS, grant"))
  }

  @Test("A date without an end points beyond the drawing, and shrinks no other")
  func openDate() throws {
    var table = ResultTable(
      columns: [Column("what"), Column("when")],
      rows: try [("a", "2026-01-01"), ("b", "2026-02-01/.."), ("c", "2026-03-01")].map {
        [.text($0), .date(try PartialDate(edtf: $1))]
      })
    table.view = ResultView(.timeline, [0, 1, 1])
    let text = Renderer(.chart, options: .init(width: 40, ascii: true)).render(table)
    #expect(text.contains("2026-03-01"))
    #expect(text.split(separator: "\n").contains { $0.hasPrefix("b") && $0.hasSuffix(">") })
  }
}
