import FoundationEssentials
import Glibc
import RegistryModel

extension Cell {
  /// The cell for a person: long numbers in groups, floating-point numbers to six digits.
  var displayText: String {
    switch self {
    case .quantity(let quantity): quantity.displayText
    case .real(let number): Cell.rounded(number)
    case .list(let cells): cells.map(\.displayText).joined(separator: ", ")
    default: plainText
    }
  }

  /// The cell for a program that may be a spreadsheet: numbers as they are, what would be a formula marked.
  var guardedText: String {
    switch self {
    case .empty, .integer, .decimal, .real, .quantity: plainText
    default: FormulaGuard.guarded(plainText)
    }
  }

  /// Whether the cell is a number, which stands right; nothing for an empty cell, which does not tell.
  var isNumeric: Bool? {
    switch self {
    case .empty: nil
    case .integer, .decimal, .real, .quantity: true
    default: false
    }
  }

  /// `%g` would write a million as `1e+06`.
  private static func rounded(_ number: Double) -> String {
    let format = (1e6..<1e15).contains(number.magnitude) ? "%.0f" : "%.6g"
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { text in
      // At most 17 characters, by either.
      withVaList([number]) { _ = vsnprintf(text.baseAddress, text.count, format, $0) }
      return text.baseAddress.map { String(cString: $0) } ?? ""
    }
  }
}
