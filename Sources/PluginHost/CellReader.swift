import CEntentePlugin
import Foundation
import RegistryModel

extension String {
  /// Copies a text that a plugin lends, or nothing where it is no UTF-8.
  init?(lent text: entente_text) {
    guard text.length > 0 else {
      self = ""
      return
    }
    guard let bytes = text.bytes, text.length <= UInt64(ENTENTE_MAX_MANIFEST_BYTES) else { return nil }
    // String(validating:as:) goes through generic code that made up a quarter of the cost of a row.
    let raw = UnsafeRawBufferPointer(start: bytes, count: Int(text.length))
    let lent = raw.assumingMemoryBound(to: UInt8.self)
    guard let checked = try? UTF8Span(validating: lent.span) else { return nil }
    self.init(copying: checked)
  }
}

/// Copies cells that a plugin emits, believing nothing of them.
enum CellReader {
  /// The cell at an address, in a column of a type.
  static func read(_ cell: UnsafePointer<entente_cell>, wanted: UInt32) throws(CellFault) -> Cell {
    let type = cell.pointee.type
    if wanted != UInt32(ENTENTE_EMPTY) && type != wanted && type != UInt32(ENTENTE_EMPTY) {
      throw .wrongType(found: type, wanted: wanted)
    }
    switch Int(type) {
    case ENTENTE_EMPTY: return .empty
    case ENTENTE_TEXT: return .text(try text(cell.pointee.value.text))
    case ENTENTE_KEY:
      let text = try text(cell.pointee.value.text)
      guard let key = Key(text) else { throw .invalidKey(text) }
      return .key(key)
    case ENTENTE_INTEGER: return .integer(cell.pointee.value.integer)
    case ENTENTE_REAL:
      guard cell.pointee.value.real.isFinite else { throw .notFinite }
      return .real(cell.pointee.value.real)
    case ENTENTE_DECIMAL:
      let text = try text(cell.pointee.value.text)
      guard let number = decimal(text) else { throw .invalidDecimal(text) }
      return .decimal(number)
    case ENTENTE_DATE:
      let date = cell.pointee.value.date
      let edtf = try text(date.edtf)
      guard !edtf.isEmpty, date.first_day <= date.last_day else { throw .invalidDate }
      return .date(
        PartialDate(uncheckedEDTF: edtf, earliest: Day(date.first_day), latest: Day(date.last_day)))
    case ENTENTE_BOOLEAN: return .text(cell.pointee.value.integer != 0 ? "yes" : "no")
    case ENTENTE_LIST: return .list(try list(cell.pointee.value.list))
    default: throw .unknownType(type)
    }
  }

  private static func text(_ text: entente_text) throws(CellFault) -> String {
    guard text.length <= UInt64(ENTENTE_MAX_TEXT_BYTES) else { throw .textTooLong }
    guard let copy = String(lent: text) else { throw .invalidText }
    return copy
  }

  private static func list(_ list: entente_list) throws(CellFault) -> [Cell] {
    guard list.count > 0 else { return [] }
    guard let first = list.cells, list.count <= UInt64(ENTENTE_MAX_LIST_CELLS) else { throw .invalidList }
    var cells: [Cell] = []
    cells.reserveCapacity(Int(list.count))
    for index in 0..<Int(list.count) {
      if first[index].type == UInt32(ENTENTE_LIST) { throw .nestedList }
      cells.append(try read(first + index, wanted: UInt32(ENTENTE_EMPTY)))
    }
    return cells
  }

  /// `-?digits[.digits]` of at most 38 digits; Foundation alone would also take `1e5` and `1abc`.
  private static func decimal(_ text: String) -> Decimal? {
    let digits = text.utf8.drop { $0 == UInt8(ascii: "-") }
    guard text.utf8.count - digits.count <= 1 else { return nil }
    let parts = digits.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard
      parts.allSatisfy({
        !$0.isEmpty && $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }),
      parts.reduce(0, { $0 + $1.count }) <= 38
    else { return nil }
    return Decimal(string: text)
  }
}
