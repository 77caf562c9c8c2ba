import CXLSX
import FoundationEssentials
public import RegistryModel

/// A result as a workbook of Excel: typed cells, a heading that stays in sight, widths, and sheets for what goes beside the
/// rows. Nothing of the data is ever a formula or a link.
public enum Workbook {
  /// Why there is none.
  public enum Problem: Error, Hashable, Sendable {
    /// The library that writes them cannot be opened.
    case missing(String)
    /// It gave up.
    case failed(String)
    /// A sheet has no place for so many rows.
    case tooManyRows(Int)
    /// Nor for so many columns.
    case tooManyColumns(Int)
  }

  /// What a sheet has place for, beside its heading.
  public static let mostRows = 1_048_575
  private static let mostColumns = 16_384

  /// Writes a table, those that follow it, and their notes to a file at `path`, which is written over.
  /// - Returns: the cells of which only the beginning could be written, such as `result!B2`.
  public static func write(_ table: ResultTable, to path: String) throws(Problem) -> [String] {
    let tables = [table] + table.following
    for table in tables {
      guard table.rows.count <= mostRows else { throw .tooManyRows(table.rows.count) }
      guard table.columns.count <= mostColumns else { throw .tooManyColumns(table.columns.count) }
    }
    var status: Int32 = 0
    guard let book = cxlsx_open(path, &status) else {
      let words = String(cString: cxlsx_problem())
      throw Int(status) == Int(CXLSX_FAILED) ? .failed(words) : .missing(words)
    }
    var cut: [String] = []
    do throws(Problem) {
      var taken: Set<String> = []
      for (index, table) in tables.enumerated() {
        let name = sheetName(table.name ?? (index == 0 ? "result" : "table \(index + 1)"), &taken)
        try Sheet(book: book, isExact: table.isToComeBack).write(table, called: name, &cut)
      }
      let notes = tables.flatMap(\.notes)
      if !notes.isEmpty || table.title != nil {
        let lines = [table.title].compactMap(\.self) + notes
        let told = ResultTable(columns: [Column("note")], rows: lines.map { [.text($0)] })
        try Sheet(book: book, isExact: false).write(told, called: sheetName("notes", &taken), &cut)
      }
    } catch {
      cxlsx_close(book)
      throw error
    }
    try check(cxlsx_close(book))
    return cut
  }

  static func check(_ status: Int32) throws(Problem) {
    guard Int(status) != Int(CXLSX_OK) else { return }
    throw .failed(String(cString: cxlsx_problem()))
  }

  /// The beginning of a text, counted as Excel counts.
  private static func cut(_ text: String, _ most: Int) -> String {
    var (cut, room) = ("", most)
    for character in text {
      room -= character.utf16.count
      guard room >= 0 else { break }
      cut.append(character)
    }
    return cut
  }

  /// A name that Excel takes, and that no other sheet has.
  static func sheetName(_ wanted: String, _ taken: inout Set<String>) -> String {
    let allowed = visible(wanted, VisibleStyle(newline: " ", tab: " ")).filter { !"[]:*?/\\'".contains($0) }
    // `History` is Excel's own.
    let base = allowed.isEmpty || allowed.lowercased() == "history" ? "sheet" : allowed
    var name = cut(base, 28)
    var number = 1
    while !taken.insert(name.lowercased()).inserted {
      number += 1
      name = "\(cut(base, 24)) \(number)"
    }
    return name
  }
}

/// One sheet at work.
private struct Sheet {
  let book: OpaquePointer
  /// Whether words say what a program reads, and not what is best looked at.
  let isExact: Bool
  /// Characters of the widest column.
  private static let widest = 60
  /// Excel keeps so many digits of a number, and shows a cell without more behind the point.
  private static let mostDigits = 15

  func write(_ table: ResultTable, called name: String, _ cut: inout [String]) throws(Workbook.Problem) {
    try Workbook.check(cxlsx_sheet(book, name))
    var widths = table.columns.map { displayWidth($0.name) }
    for cells in table.rows.prefix(1_000) {
      for place in widths.indices {
        widths[place] = max(widths[place], displayWidth(cells.cell(place).displayText))
      }
    }
    for (place, column) in table.columns.enumerated() {
      cxlsx_width(book, UInt16(place), Double(min(Self.widest, widths[place]) + 2))
      let heading = words(column.name)
      if heading.isCut { cut.append("\(name)!\(WorkbookText.letters(ofColumn: place))1") }
      try Workbook.check(cxlsx_heading(book, UInt16(place), heading.written))
    }
    for (row, cells) in table.rows.enumerated() {
      for place in table.columns.indices where try put(cells.cell(place), UInt32(row + 1), UInt16(place)) {
        cut.append("\(name)!\(WorkbookText.letters(ofColumn: place))\(row + 2)")
      }
    }
    let isKeyed = table.columns.first.map { ["key", "subject"].contains($0.name) } ?? false
    cxlsx_finish_sheet(book, UInt32(table.rows.count), UInt16(table.columns.count), isKeyed ? 1 : 0)
  }

  /// Writes a cell.
  /// - Returns: whether only the beginning of its text had place.
  private func put(_ cell: Cell, _ row: UInt32, _ column: UInt16) throws(Workbook.Problem) -> Bool {
    switch cell {
    case .empty: return false
    case .integer(let number) where number.magnitude < 1_000_000_000_000_000:
      try put(Decimal(number), Self.format(Decimal(number)), row, column)
    case .decimal(let number) where fits(number): try put(number, Self.format(number), row, column)
    case .real(let number) where number.isFinite:
      try Workbook.check(cxlsx_number(book, row, column, number, "General"))
    case .quantity(let quantity):
      guard let (number, format) = Self.number(quantity), fits(number) else {
        return try text(cell, row, column)
      }
      try put(number, format, row, column)
    case .date(let date):
      let (year, month, day) = date.earliest.civil
      // Of the days before 1901, Excel counts one that never was; of a month or a year it knows no day.
      guard date.earliest == date.latest, date.edtf.count == 10, year > 1900, year < 10_000 else {
        return try text(cell, row, column)
      }
      try Workbook.check(cxlsx_day(book, row, column, Int32(year), Int32(month), Int32(day)))
    default: return try text(cell, row, column)
    }
    return false
  }

  private func put(_ number: Decimal, _ format: String, _ row: UInt32, _ column: UInt16) throws(Workbook
    .Problem)
  {
    try Workbook.check(cxlsx_number(book, row, column, Double("\(number)") ?? 0, format))
  }

  private func text(_ cell: Cell, _ row: UInt32, _ column: UInt16) throws(Workbook.Problem) -> Bool {
    func text(of cell: Cell) -> String {
      if case .list(let cells) = cell { return cells.map(text).joined(separator: "; ") }
      return isExact ? cell.plainText : cell.displayText
    }
    let words = words(text(of: cell))
    try Workbook.check(cxlsx_text(book, row, column, words.written))
    return words.isCut
  }

  /// A text as it stands in the file: for a reader with what would hide from him shown, but for control characters, which
  /// Excel has a form for; and as far as a cell takes it.
  private func words(_ text: String) -> (written: String, isCut: Bool) {
    let whole = isExact ? text : WorkbookText.read(visible(WorkbookText.written(text)))
    let fitted = WorkbookText.fitted(whole)
    return (WorkbookText.written(fitted), fitted != whole)
  }

  /// Whether Excel keeps all of a number: of others it drops what stands behind the fifteenth digit.
  private func fits(_ number: Decimal) -> Bool {
    let text = Quantity.text(of: number)
    let digits = text.filter(\.isNumber).drop { $0 == "0" }
    let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
    return digits.count <= Self.mostDigits && decimals <= Self.mostDigits
  }

  /// How a number is shown: with all its digits, those of long ones in groups, as ``Quantity/displayText`` shows it. A place
  /// that may be empty would leave the point of a whole number.
  private static func format(_ number: Decimal) -> String {
    let whole = number.magnitude < 10_000 ? "0" : "#,##0"
    let decimals = Quantity.text(of: number).split(separator: ".").dropFirst().first?.count ?? 0
    return decimals == 0 ? whole : whole + "." + String(repeating: "0", count: decimals)
  }

  /// The number of an exact quantity with how it is shown; one that is bounded, rough or a range stays words.
  private static func number(_ quantity: Quantity) -> (Decimal, String)? {
    guard quantity.bound == .exact, !quantity.approximate, quantity.reading == nil, !quantity.forecast else {
      return nil
    }
    let digits = format(quantity.low)
    switch quantity.unit {
    case "": return (quantity.low, digits)
    case "%": return (quantity.low / 100, digits + "%")
    case let unit
    where unit.allSatisfy { $0.isASCII && ($0.isLetter || "/ -".contains($0)) } && unit.utf8.count < 20:
      let isMoney = unit.count == 3 && unit.allSatisfy(\.isUppercase)
      return (quantity.low, isMoney ? "\"\(unit) \"\(digits)" : "\(digits)\" \(unit)\"")
    default: return nil
    }
  }
}
