/// What a user would see: a model of a terminal of the xterm family, fed with the bytes that a program writes.
/// It knows what libedit and plain programs send; an unknown sequence is noted in `unknown`, never shown.
public struct Screen: Sendable {
  /// A place on the screen, counted from 0.
  public struct Position: Hashable, Sendable {
    /// From the top.
    public var row: Int
    /// From the left; a wide character counts two.
    public var column: Int
    /// A place.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// What stands in a cell: a character with its marks, a blank, or the right half of the wide character before.
  enum Cell: Hashable, Sendable {
    case blank
    case character(String)
    case rightHalf
  }

  /// Cells in a row.
  public private(set) var columns: Int
  /// Rows.
  public private(set) var rows: Int
  /// Where the next character goes, unless a wrap is pending.
  public internal(set) var cursor = Position(row: 0, column: 0)
  /// Whether the program asked for bracketed paste.
  public internal(set) var bracketedPaste = false
  /// How often the bell rang.
  public internal(set) var bells = 0
  /// Whether colours or weights were ever asked for.
  public internal(set) var usedStyles = false
  /// How often a character found no room in its row and went to the next one.
  public internal(set) var wraps = 0
  /// Sequences that this model does not know, in the order in which they came.
  public internal(set) var unknown: [String] = []
  /// Rows that went off the top, oldest first.
  public private(set) var scrolledOff: [String] = []

  var cells: [[Cell]]
  /// Set after the last column was written: the next character goes to the next row.
  var wrapIsPending = false
  var parser = SequenceParser()

  /// An empty screen.
  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Self.blank(columns, rows)
  }

  /// The rows from top to bottom, without trailing blanks and without empty rows at the end.
  public var lines: [String] {
    var lines = cells.map(Self.text)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// All lines as one text.
  public var text: String { lines.joined(separator: "\n") }

  /// What went off the top, and then the lines.
  public var transcript: [String] { scrolledOff + lines }

  /// The line of the cursor.
  public var cursorLine: String { Self.text(cells[cursor.row]) }

  /// Takes over a new size; rows are cut or filled, not wrapped anew.
  public mutating func resize(columns: Int, rows: Int) {
    while cells.count > rows, cursor.row < cells.count - 1 { cells.removeLast() }
    while cells.count > rows { scrollUp(from: 0) }
    cells = cells.map { Array(($0 + Array(repeating: .blank, count: columns)).prefix(columns)) }
    cells += Self.blank(columns, rows - cells.count)
    self.columns = columns
    self.rows = rows
    cursor = Position(row: min(cursor.row, rows - 1), column: min(cursor.column, columns - 1))
    wrapIsPending = false
  }

  // MARK: Writing

  mutating func put(_ scalar: Unicode.Scalar) {
    let width = CellWidth.of(scalar)
    if width == 0 { return mark(scalar) }
    if wrapIsPending || cursor.column + width > columns {
      wraps += 1
      cursor.column = 0
      lineFeed()
    }
    wrapIsPending = false
    erase(cursor.row, cursor.column..<cursor.column + width)
    cells[cursor.row][cursor.column] = .character(String(scalar))
    if width == 2 { cells[cursor.row][cursor.column + 1] = .rightHalf }
    cursor.column += width
    if cursor.column == columns {
      cursor.column -= 1
      wrapIsPending = true
    }
  }

  /// A combining mark joins the character before it.
  private mutating func mark(_ scalar: Unicode.Scalar) {
    var column = wrapIsPending ? cursor.column : cursor.column - 1
    if column > 0, cells[cursor.row][column] == .rightHalf { column -= 1 }
    guard column >= 0, case .character(let base) = cells[cursor.row][column] else { return }
    cells[cursor.row][column] = .character(base + String(scalar))
  }

  mutating func lineFeed() {
    wrapIsPending = false
    if cursor.row == rows - 1 { scrollUp(from: 0) } else { cursor.row += 1 }
  }

  mutating func reverseLineFeed() {
    wrapIsPending = false
    if cursor.row == 0 { insertLines(1) } else { cursor.row -= 1 }
  }

  // MARK: Editing

  /// Blanks cells; half of a wide character takes the other half with it.
  mutating func erase(_ row: Int, _ range: Range<Int>) {
    let range = range.clamped(to: 0..<columns)
    guard !range.isEmpty else { return }
    if cells[row][range.lowerBound] == .rightHalf { cells[row][range.lowerBound - 1] = .blank }
    if range.upperBound < columns, cells[row][range.upperBound] == .rightHalf {
      cells[row][range.upperBound] = .blank
    }
    for column in range { cells[row][column] = .blank }
  }

  mutating func insertBlanks(_ count: Int) {
    let count = min(count, columns - cursor.column)
    cells[cursor.row].insert(contentsOf: Array(repeating: .blank, count: count), at: cursor.column)
    cells[cursor.row].removeLast(count)
  }

  mutating func deleteCharacters(_ count: Int) {
    let count = min(count, columns - cursor.column)
    cells[cursor.row].removeSubrange(cursor.column..<cursor.column + count)
    cells[cursor.row] += Array(repeating: .blank, count: count)
  }

  mutating func insertLines(_ count: Int) {
    for _ in 0..<min(count, rows - cursor.row) {
      cells.removeLast()
      cells.insert(Array(repeating: .blank, count: columns), at: cursor.row)
    }
  }

  mutating func scrollUp(from row: Int) {
    let line = cells.remove(at: row)
    if row == 0 { scrolledOff.append(Self.text(line)) }
    cells.append(Array(repeating: .blank, count: columns))
  }

  // MARK: Text

  private static func blank(_ columns: Int, _ rows: Int) -> [[Cell]] {
    Array(repeating: Array(repeating: .blank, count: columns), count: max(0, rows))
  }

  private static func text(_ row: [Cell]) -> String {
    var text = ""
    for cell in row {
      switch cell {
      case .blank: text += " "
      case .character(let character): text += character
      case .rightHalf: break
      }
    }
    while text.last == " " { text.removeLast() }
    return text
  }
}
