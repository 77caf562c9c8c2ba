import RegistryModel
import Rendering
import Testing

@Suite("Drawings")
struct ChartTests {
  private func draw(_ table: ResultTable, width: Int = 40, ascii: Bool = false) -> [String] {
    let text = Renderer(.chart, options: .init(width: width, ascii: ascii)).render(table)
    return text.split(separator: "\n").map(String.init)
  }

  @Test("Bars have the length of their numbers, without a hint those of the last column of numbers")
  func bars() {
    var table = ResultTable(columns: [Column("type"), Column("count")])
    table.rows = [
      [.text("plan"), .integer(8)], [.text("fund"), .integer(2)], [.text("deal"), .integer(0)],
    ]
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
    table.rows = [[.text("a\u{1B}[31m"), .integer(1)]]
    #expect(!draw(table).joined().contains("\u{1B}"))
  }
}
