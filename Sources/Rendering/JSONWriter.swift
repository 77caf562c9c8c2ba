import FoundationEssentials
import RegistryModel

/// An object for each row, with the columns as its keys in their order; a name that comes again gets a number
/// (`name_2`).
///
/// The text is written here since the encoders of Foundation keep no order of keys. Integers and decimals are
/// numbers with all their digits, keys and dates (EDTF) strings, periods the language's words, lists arrays, and
/// empty cells `null`. A quantity is an object: `text`, `low` and `high` (decimals as strings, so that no reader
/// rounds them), `unit`, `bound`, `approximate`, `reading` (or `null`) and `forecast`.
struct JSONWriter: RowWriter {
  private let options: Renderer.Options
  private let isArray: Bool
  /// `"name": ` for each column.
  private let keys: [String]

  init(_ table: ResultTable, options: Renderer.Options, isArray: Bool) {
    self.options = options
    self.isArray = isArray
    var taken: Set<String> = []
    var keys: [String] = []
    for column in table.columns {
      var name = column.name
      var number = 2
      while !taken.insert(name).inserted {
        name = "\(column.name)_\(number)"
        number += 1
      }
      var key = ""
      JSONWriter.append(name, sanitize: options.sanitize, into: &key)
      keys.append(key + ": ")
    }
    self.keys = keys
  }

  func writeOpening(into text: inout String) {
    if isArray { text += "[" }
  }

  func write(_ row: [Cell], index: Int, into text: inout String) {
    if isArray { text += index > 0 ? ",\n" : "\n" }
    text += "{"
    for (column, key) in keys.enumerated() {
      if column > 0 { text += ", " }
      text += key
      append(row.cell(column), into: &text)
    }
    text += isArray ? "}" : "}\n"
  }

  func writeClosing(rows: Int, into text: inout String) {
    if isArray { text += rows == 0 ? "]\n" : "\n]\n" }
  }

  private func append(_ cell: Cell, into text: inout String) {
    switch cell {
    case .empty: text += "null"
    case .integer, .decimal: text += cell.plainText
    // JSON has no word for what is not finite.
    case .real(let number): text += number.isFinite ? number.description : "null"
    case .quantity(let quantity): append(quantity, into: &text)
    case .list(let cells):
      text += "["
      for (index, element) in cells.enumerated() {
        if index > 0 { text += ", " }
        append(element, into: &text)
      }
      text += "]"
    case .validity(let validity) where validity.extent == .unstated: text += "null"
    case .text, .key, .date, .validity, .statements: append(cell.plainText, into: &text)
    }
  }

  private func append(_ quantity: Quantity, into text: inout String) {
    let fields = [
      ("text", quantity.canonicalText), ("low", Quantity.text(of: quantity.low)),
      ("high", Quantity.text(of: quantity.high)), ("unit", quantity.unit), ("bound", quantity.bound.rawValue),
    ]
    text += "{"
    for (name, value) in fields {
      text += "\"\(name)\": "
      append(value, into: &text)
      text += ", "
    }
    text += "\"approximate\": \(quantity.approximate), \"reading\": "
    text += quantity.reading.map { "\"\($0.rawValue)\"" } ?? "null"
    text += ", \"forecast\": \(quantity.forecast)}"
  }

  private func append(_ string: String, into text: inout String) {
    JSONWriter.append(string, sanitize: options.sanitize, into: &text)
  }

  private static func append(_ string: String, sanitize: Bool, into text: inout String) {
    text += "\""
    let needsEscapes = string.utf8.contains {
      $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || sanitize && $0 >= 0x7F
    }
    if needsEscapes {
      for scalar in string.unicodeScalars { append(scalar, sanitize: sanitize, into: &text) }
    } else {
      text += string
    }
    text += "\""
  }

  private static func append(_ scalar: Unicode.Scalar, sanitize: Bool, into text: inout String) {
    switch scalar {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\r": text += "\\r"
    case "\t": text += "\\t"
    case _ where scalar.value < 0x20 || sanitize && isHidden(scalar):
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      }
    default: text.unicodeScalars.append(scalar)
    }
  }
}
