import Foundation
import SeededNumbers

/// Tables of the shape of published treaty data, drawn at random: states that repeat their treaty's key, keys with
/// brackets, years from 1351, ranges, blanks, groups and pairs in the place of a state. The same seed gives the same.
struct ForeignTables {
  static let columns = ["treatyID", "stateID", "Title", "Begin", "Force"]
  private var numbers: Seeded

  init(seed: UInt64) { numbers = Seeded(seed: seed) }

  private mutating func date(_ year: Int) -> String {
    let month = 1 + numbers.below(9)
    switch numbers.below(10) {
    case 0: return ""
    case 1: return "\(year)-01-01..\(year)-12-31"
    case 2: return "~\(year)"
    case 3: return "\(year)-0\(month)-1\(numbers.below(9))?"
    case 4: return "..\(year)"
    case 5, 6: return "\(year)"
    default: return "\(year)-0\(month)-1\(numbers.below(9))"
    }
  }

  /// So many rows; every state is one of the example registry.
  mutating func rows(_ count: Int) -> [[String]] {
    var rows: [[String]] = []
    while rows.count < count {
      let year = rows.isEmpty ? 1351 : 1351 + numbers.below(670)
      let key = numbers.one(of: [
        "USA-JPN[RCU]_\(year)O", "KOR-CHN[A-B]_\(year)P", "ABCD_\(year)E\(numbers.below(5))",
      ])
      let title =
        "Treaty \(rows.count)"
        + numbers.one(of: ["", " (Côte d’Ivoire)", ", Protocol \"A\"", " – São Tomé; annex", "\nAnnex"])
      let (begin, force) = (date(year), date(year + 1))
      for _ in 0...numbers.below(4) {
        rows.append([
          key, numbers.one(of: ["USA", "JPN", "KOR", "CHN", "AUS", "MLT", "eu", ""]), title, begin, force,
        ])
      }
    }
    return Array(rows.prefix(count))
  }

  /// A table as text.
  static func text(
    _ rows: [[String]], separator: String = ",", lineEnd: String = "\n", quotesAll: Bool = false
  ) -> String {
    ([columns] + rows).map { row in
      row.map { field in
        let needsQuotes =
          quotesAll || field.contains { $0 == "\"" || $0.isNewline || String($0) == separator }
        return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
      }.joined(separator: separator) + lineEnd
    }.joined()
  }
}
