import Foundation
import RegistryModel

/// The tables that the tests render.
enum Tables {
  static let initiatives = ResultTable(
    title: "Initiatives",
    columns: [
      Column("key"), Column("name"), Column("amount"), Column("started"),
      Column("members", alignsRight: true),
    ],
    rows: [
      [
        .key(Key(unchecked: "pax-silica")), .text("Pax Silica"), .empty, .date(date("2025-12-12")),
        .integer(8),
      ],
      [
        .key(Key(unchecked: "us-australia")), .text("U.S.–Australia \"framework\""),
        .quantity(Quantity(low: 8_500_000_000, unit: "USD", bound: .atLeast, reading: .combined)),
        .date(date("2025-10-20")), .integer(12),
      ],
    ],
    notes: ["7 not stated, left out"])

  static let kinds = ResultTable(
    columns: [Column("kind"), Column("value")],
    rows: [
      [.text("text"), .text("a\tb\nc\\d, \"e\" | <f> é")],
      [.text("empty"), .empty],
      [.text(""), .text("")],
      [.text("decimal"), .decimal(Decimal(string: "1234567890.05")!)],
      [.text("real"), .real(0.1 + 0.2)],
      [.text("range"), .quantity(Quantity(low: 47, high: 87, unit: "%"))],
      [.text("tonnes"), .quantity(Quantity(low: 10_050_000, unit: "t"))],
      [.text("period"), .validity(Validity(canonicalText: "from 2025 until 2026-06")!)],
      [.text("unstated"), .validity(Validity())],
      [.text("list"), .list([.key(Key(unchecked: "USA")), .integer(2), .empty])],
    ])

  static let hostileTexts = [
    "\u{1B}[2Jcleared", "\u{202E}txet desrever", "bell\u{07}\u{08}back", "c1 \u{9B}31m",
    "\u{200B}zero\u{FEFF}width",
    "two\nlines\r\nthree\rno", "tab\there", "\u{2028}separator", "nul\u{0}", "del\u{7F}", "\u{E0041}tag",
    "鉱物安全保障パートナーシップ協定", "e\u{301}\u{302}\u{303}combining", "👩‍🚀👨‍👩‍👧‍👦🇯🇵1️⃣", "한국어 광물",
    String(repeating: "x", count: 500), String(repeating: "word ", count: 100), "|pipe|", "",
    String(repeating: "漢", count: 99), "\u{301}starts with a mark", "قائمة المعادن",
    "   leading and trailing   ",
  ]

  static func hostile(columns: Int) -> ResultTable {
    ResultTable(
      title: "A title that is \u{1B}[31mred and so long that it does not fit into forty columns",
      columns: (0..<columns).map { Column("column \($0)\u{1B}") },
      rows: hostileTexts.indices.map { row in
        (0..<columns).map { .text(hostileTexts[(row + $0 * 7) % hostileTexts.count]) }
      })
  }

  static func date(_ text: String) -> PartialDate {
    guard let date = try? PartialDate(edtf: text) else { preconditionFailure("‘\(text)’ is no date") }
    return date
  }
}
