import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import RegistryModel

/// Cells as they travel, and the payloads of frames: memory that grows, and is freed with its owner.
final class CellBuffer {
  // Behind a pointer, since the checks of exclusive access were a fifth of the cost of a row.
  let raw: UnsafeMutablePointer<pt_buffer>

  init() {
    raw = .allocate(capacity: 1)
    raw.initialize(to: pt_buffer())
  }

  deinit {
    pt_free(raw)
    raw.deallocate()
  }

  var count: Int { Int(raw.pointee.length) }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: raw.pointee.bytes, count: count) }
  /// Whether memory was refused, so that something is missing.
  var hasFailed: Bool { raw.pointee.failed }

  /// How many cells the lists in rows hold.
  var items: Int { Int(raw.pointee.items) }

  /// Empties it; memory beyond what a batch takes is given back.
  func clear() {
    if raw.pointee.capacity > 4 << 20 { pt_free(raw) }
    raw.pointee.length = 0
    raw.pointee.items = 0
  }

  /// Drops what is behind the first `count` bytes.
  func cut(to count: Int) { raw.pointee.length = UInt64(count) }

  func put(_ number: UInt32) { pt_put_u32(raw, number) }
  func put(_ number: Int64) { pt_put_u64(raw, UInt64(bitPattern: number)) }
  func put(_ bytes: UnsafeRawBufferPointer) { pt_put(raw, bytes.baseAddress, UInt64(bytes.count)) }

  /// A length and the text.
  func put(text: String) {
    var text = text
    text.withUTF8 { pt_put_bytes(raw, $0.baseAddress, UInt64($0.count)) }
  }

  /// A cell; one that has no form in the contract is empty.
  func put(_ cell: Cell) {
    switch cell {
    case .empty, .quantity, .validity, .statements: pt_put_empty(raw)
    case .text(let text): put(text, UInt32(ENTENTE_TEXT))
    case .key(let key): put(key.text, UInt32(ENTENTE_KEY))
    case .integer(let number): put(integer: number)
    case .real(let number): pt_put_real(raw, number)
    case .decimal(let number): put(number.description, UInt32(ENTENTE_DECIMAL))
    case .date(let date): put(date)
    case .list(let items):
      put(list: items.count)
      for item in items { put(item) }
    }
  }

  func put(_ text: String, _ type: UInt32) {
    var text = text
    text.withUTF8 { pt_put_text(raw, type, $0.baseAddress, UInt64($0.count)) }
  }

  func put(text: UnsafeBufferPointer<UInt8>, _ type: UInt32) {
    pt_put_text(raw, type, text.baseAddress, UInt64(text.count))
  }

  func put(integer: Int64) { pt_put_number(raw, UInt32(ENTENTE_INTEGER), integer) }
  func put(boolean: Bool) { pt_put_number(raw, UInt32(ENTENTE_BOOLEAN), boolean ? 1 : 0) }
  /// The head of a list, whose cells follow.
  func put(list count: Int) {
    pt_put_u8(raw, UInt8(ENTENTE_LIST))
    put(UInt32(count))
  }
  func putEmpty() { pt_put_empty(raw) }

  func put(_ date: PartialDate) {
    var edtf = date.edtf
    edtf.withUTF8 {
      pt_put_date(raw, date.earliest.number, date.latest.number, $0.baseAddress, UInt64($0.count))
    }
  }

  func put(day: Int64, text: UnsafeBufferPointer<UInt8>) {
    pt_put_date(raw, day, day, text.baseAddress, UInt64(text.count))
  }

  /// Copies rows of cells that a plugin lends, all of them or none.
  /// - Parameter holdsDates: whether the days of a date are held to what its text means.
  func put(
    lent cells: UnsafePointer<entente_cell>, types: [UInt32], rows: UInt64, holdsDates: Bool = true
  ) throws(CellFault) {
    var fault = pt_fault()
    let rule = holdsDates ? dateRule : nil
    guard pt_put_rows(raw, cells, types, UInt64(types.count), rows, rule, &fault) else {
      throw CellFault(fault)
    }
  }

  /// Holds what stands behind `start` to be rows that fit columns of these types.
  func check(from start: Int, types: [UInt32], rows: Int) throws(CellFault) {
    let length = raw.pointee.length - UInt64(start)
    var (fault, checked) = (pt_fault(), pt_checked())
    // Rows may be said of which nothing came, before any bytes were.
    guard let bytes = raw.pointee.bytes else { throw CellFault(pt_fault(cutOffAt: 0)) }
    guard
      pt_check(
        bytes + start, length, types, UInt64(types.count), UInt64(rows), dateRule, &checked,
        &fault)
    else { throw CellFault(fault) }
    guard checked.length == length else { throw CellFault(pt_fault(cutOffAt: UInt64(rows * types.count))) }
    raw.pointee.items += checked.items
  }
}

extension pt_fault {
  /// Bytes that are not the cells that they should be.
  init(cutOffAt index: UInt64) {
    self.init()
    kind = UInt32(PT_CUT_OFF)
    self.index = index
  }
}

/// The one rule of what a date is, for C: it knows plain days by itself.
let dateRule: pt_date_rule = { bytes, length, first, last in
  guard let bytes, let first, let last,
    let text = String(utf8: UnsafeRawBufferPointer(start: bytes, count: Int(length))),
    let date = try? PartialDate(edtf: text)
  else { return false }
  first.pointee = date.earliest.number
  last.pointee = date.latest.number
  return true
}
