import FoundationEssentials
import RegistryModel

/// Writes lines of JSON.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// A quoted text.
  mutating func put(text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): put("\\\"")
      case UInt8(ascii: "\\"): put("\\\\")
      case 0x0a: put("\\n")
      case 0..<0x20: bytes.append(contentsOf: ("\\u00" + Self.hexadecimal(byte)).utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// The two digits of a byte.
  static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
  }

  mutating func put(number: Int64) { bytes.append(contentsOf: String(number).utf8) }

  /// A cell as the protocol has it.
  mutating func put(_ cell: Cell) {
    switch cell {
    case .empty, .quantity, .validity, .statements: put("null")
    case .text(let text): put(text: text)
    case .key(let key): put(text: key.text)
    case .integer(let number): put(number: number)
    case .real(let number):
      bytes.append(contentsOf: number.isFinite ? Array("\(number)".utf8) : Array("null".utf8))
    case .decimal(let number):
      put("{\"decimal\":")
      put(text: number.description)
      put("}")
    case .date(let date):
      put("{\"date\":")
      put(text: date.edtf)
      put(",\"first\":")
      put(number: date.earliest.number)
      put(",\"last\":")
      put(number: date.latest.number)
      put("}")
    case .list(let items): put(items)
    }
  }

  /// The next cells of what a relation has, truth values as such.
  mutating func put(row cells: inout CellReader, width: Int) {
    put("[")
    for column in 0..<width {
      if column > 0 { put(",") }
      let isTruth = cells.isAtTruth
      let cell = cells.cell() ?? .empty
      if isTruth { put(truth: cell != .integer(0)) } else { put(cell) }
    }
    put("]")
  }

  mutating func put(truth: Bool) { if truth { put("true") } else { put("false") } }

  mutating func put(_ cells: some Sequence<Cell>) {
    put("[")
    var isFirst = true
    for cell in cells {
      if !isFirst { put(",") }
      put(cell)
      isFirst = false
    }
    put("]")
  }
}
