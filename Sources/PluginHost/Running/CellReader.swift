import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import RegistryModel

/// Reads what a ``CellBuffer`` holds; nothing where it is cut off or not what it should be.
struct CellReader {
  private var rest: UnsafeRawBufferPointer
  /// Whether truth values are read as the numbers that a registry has for them, and not as words.
  private let readsNumbers: Bool

  init(_ bytes: UnsafeRawBufferPointer, readsNumbers: Bool = false) {
    rest = bytes
    self.readsNumbers = readsNumbers
  }

  var isAtEnd: Bool { rest.isEmpty }
  /// What is not read yet.
  var remainder: UnsafeRawBufferPointer { rest }

  mutating func number<Number: BitwiseCopyable>(_ type: Number.Type) -> Number? {
    guard let bytes = take(MemoryLayout<Number>.size) else { return nil }
    return bytes.loadUnaligned(as: type)
  }

  /// Cells that another process sent, held to what cells must be; nothing where they are not.
  /// - Parameter holdsDates: whether the days of a date are held to what its text means.
  mutating func foreignCells(_ count: Int, holdsDates: Bool = true) -> [Cell]? {
    var (checked, fault) = (pt_checked(), pt_fault())
    guard let bytes = rest.baseAddress?.assumingMemoryBound(to: UInt8.self),
      pt_check(
        bytes, UInt64(rest.count), nil, 1, UInt64(count), holdsDates ? dateRule : nil, &checked, &fault)
    else { return count == 0 ? [] : nil }
    return cells(count)
  }

  /// A length and a text, of no more bytes than a text may have.
  mutating func foreignText() -> String? {
    guard let bytes = lentText(), bytes.count <= Int(ENTENTE_MAX_TEXT_BYTES) else { return nil }
    return String(utf8: bytes)
  }

  /// What is left, as a text of no more bytes than a text may have.
  var foreignRemainder: String? {
    rest.count <= Int(ENTENTE_MAX_TEXT_BYTES) ? String(utf8: rest) : nil
  }

  /// A length and a text.
  mutating func text() -> String? {
    guard let bytes = lentText() else { return nil }
    return String(utf8: bytes)
  }

  /// - Parameter inList: the cells of lists are no lists, so that nothing is nested without end.
  mutating func cell(inList: Bool = false) -> Cell? {
    guard let type = number(UInt8.self) else { return nil }
    switch Int(type) {
    case ENTENTE_EMPTY: return .empty
    case ENTENTE_TEXT: return text().map(Cell.text)
    case ENTENTE_KEY: return text().map { .key(Key(unchecked: $0)) }
    case ENTENTE_INTEGER: return number(Int64.self).map(Cell.integer)
    case ENTENTE_BOOLEAN:
      return number(Int64.self).map {
        readsNumbers ? .integer($0 != 0 ? 1 : 0) : .text($0 != 0 ? "yes" : "no")
      }
    case ENTENTE_REAL: return number(Double.self).map(Cell.real)
    case ENTENTE_DECIMAL: return text().flatMap(Decimal.init(exactly:)).map(Cell.decimal)
    case ENTENTE_DATE:
      guard let first = number(Int64.self), let last = number(Int64.self), let edtf = text() else {
        return nil
      }
      return .date(PartialDate(uncheckedEDTF: edtf, earliest: Day(first), latest: Day(last)))
    case ENTENTE_LIST:
      guard !inList, let count = number(UInt32.self), count <= UInt32(ENTENTE_MAX_LIST_CELLS) else {
        return nil
      }
      return cells(Int(count), inList: true).map(Cell.list)
    default: return nil
    }
  }

  /// Whether the next cell is a truth value, which a ``Cell`` has only as a number or a word.
  var isAtTruth: Bool { rest.first == UInt8(ENTENTE_BOOLEAN) }

  mutating func cells(_ count: Int, inList: Bool = false) -> [Cell]? {
    var cells: [Cell] = []
    // Each takes a byte at least, so that no more is reserved than can be there.
    guard count <= rest.count else { return nil }
    cells.reserveCapacity(count)
    for _ in 0..<count {
      guard let cell = cell(inList: inList) else { return nil }
      cells.append(cell)
    }
    return cells
  }

  private mutating func lentText() -> UnsafeRawBufferPointer? {
    guard let length = number(UInt32.self) else { return nil }
    return take(Int(length))
  }

  private mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
    guard count <= rest.count else { return nil }
    defer { rest = UnsafeRawBufferPointer(rebasing: rest[count...]) }
    return UnsafeRawBufferPointer(rebasing: rest[..<count])
  }
}

extension String {
  /// A copy of UTF-8, or nothing where it is none. String(validating:as:) goes through generic code that made up a
  /// quarter of the cost of a row.
  init?(utf8 bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else {
      self = ""
      return
    }
    guard let checked = try? UTF8Span(validating: bytes.assumingMemoryBound(to: UInt8.self).span) else {
      return nil
    }
    self.init(copying: checked)
  }

  /// Copies a text that a plugin lends, or nothing where it is no UTF-8.
  init?(lent text: entente_text) {
    guard text.length <= UInt64(ENTENTE_MAX_MANIFEST_BYTES), text.length == 0 || text.bytes != nil else {
      return nil
    }
    self.init(utf8: UnsafeRawBufferPointer(start: text.bytes, count: Int(text.length)))
  }
}
