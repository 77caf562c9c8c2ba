import CEntentePlugin
import FoundationEssentials

extension Datum {
  /// Copies a cell that the host lends.
  init(_ cell: entente_cell) {
    switch Int(cell.type) {
    case ENTENTE_TEXT: self = .text(String(cell.value.text))
    case ENTENTE_KEY: self = .key(String(cell.value.text))
    case ENTENTE_INTEGER: self = .integer(cell.value.integer)
    case ENTENTE_REAL: self = .real(cell.value.real)
    case ENTENTE_DECIMAL: self = Decimal(string: String(cell.value.text)).map(Datum.decimal) ?? .empty
    case ENTENTE_DATE:
      let date = cell.value.date
      self = .date(DateValue(edtf: String(date.edtf), firstDay: date.first_day, lastDay: date.last_day))
    case ENTENTE_BOOLEAN: self = .boolean(cell.value.integer != 0)
    case ENTENTE_LIST:
      let list = cell.value.list
      self = .list(UnsafeBufferPointer(start: list.cells, count: Int(list.count)).map(Datum.init))
    default: self = .empty
    }
  }

  /// The cell, whose texts and lists live in `arena` until it is reset.
  func cell(in arena: inout Arena) -> entente_cell {
    var cell = entente_cell()
    switch self {
    case .empty: break
    case .text(let text):
      cell.type = UInt32(ENTENTE_TEXT)
      cell.value.text = arena.text(text)
    case .key(let text):
      cell.type = UInt32(ENTENTE_KEY)
      cell.value.text = arena.text(text)
    case .integer(let number):
      cell.type = UInt32(ENTENTE_INTEGER)
      cell.value.integer = number
    case .real(let number):
      cell.type = UInt32(ENTENTE_REAL)
      cell.value.real = number
    case .decimal(let number):
      cell.type = UInt32(ENTENTE_DECIMAL)
      cell.value.text = arena.text(number.description)
    case .date(let date):
      cell.type = UInt32(ENTENTE_DATE)
      cell.value.date = entente_date(
        edtf: arena.text(date.edtf), first_day: date.firstDay, last_day: date.lastDay)
    case .boolean(let flag):
      cell.type = UInt32(ENTENTE_BOOLEAN)
      cell.value.integer = flag ? 1 : 0
    case .list(let values):
      cell.type = UInt32(ENTENTE_LIST)
      cell.value.list = arena.list(values)
    }
    return cell
  }
}

extension String {
  /// Copies a text that the host lends.
  init(_ text: entente_text) {
    let bytes = UnsafeRawBufferPointer(start: text.bytes, count: Int(text.length))
    self = String(decoding: bytes, as: UTF8.self)
  }
}
