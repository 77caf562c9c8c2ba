internal import RegistryModel

/// A value bound to a parameter of an SQL text.
enum SQL: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)

  init(integerLiteral value: Int64) { self = .integer(value) }
  init(stringLiteral value: String) { self = .text(value) }
  init(nilLiteral: ()) { self = .null }
  init(_ value: Int64?) { self = value.map(SQL.integer) ?? .null }
  init(_ value: String?) { self = value.map(SQL.text) ?? .null }
  init(_ value: Double?) { self = value.map(SQL.real) ?? .null }
  init(_ value: Bool) { self = .integer(value ? 1 : 0) }
}

extension SQL {
  /// A JSON list of row ids, for `IN (SELECT value FROM json_each(?))`: one SQL text for any number of them.
  static func list(_ ids: [Int64]) -> SQL { .text("[" + ids.map(String.init).joined(separator: ",") + "]") }

  /// A JSON list of texts.
  static func list(_ texts: [String]) -> SQL {
    let quoted = texts.map { text in
      var quoted = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": quoted += "\\\""
        case "\\": quoted += "\\\\"
        case _ where scalar.value < 0x20:
          let digits = String(scalar.value, radix: 16)
          quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: quoted.unicodeScalars.append(scalar)
        }
      }
      return quoted + "\""
    }
    return .text("[" + quoted.joined(separator: ",") + "]")
  }
}

extension SQL {
  /// A text as a literal.
  static func quoted(_ text: String) -> String {
    "'" + text.doubling("'") + "'"
  }

  /// `?, ?, ?`
  static func parameters(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
