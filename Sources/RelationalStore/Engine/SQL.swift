internal import FoundationEssentials
internal import RegistryModel

/// A value bound to a parameter of an SQL text.
package enum SQL: Sendable, Equatable, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByNilLiteral
{
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  /// A list, which `json_each` gives the elements of: one SQL text for any number of them.
  case integers([Int64])
  case texts([String])

  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(stringLiteral value: String) { self = .text(value) }
  package init(nilLiteral: ()) { self = .null }
  package init(_ value: Int64?) { self = value.map(SQL.integer) ?? .null }
  package init(_ value: String?) { self = value.map(SQL.text) ?? .null }
  package init(_ value: Double?) { self = value.map(SQL.real) ?? .null }
  package init(_ value: Bool) { self = .integer(value ? 1 : 0) }
}

extension SQL {
  /// Texts are equal where they have the same bytes, as for a database.
  package static func == (one: SQL, other: SQL) -> Bool {
    switch (one, other) {
    case (.null, .null): true
    case (.integer(let one), .integer(let other)): one == other
    case (.real(let one), .real(let other)): one == other
    case (.text(let one), .text(let other)): ExactText(one) == ExactText(other)
    case (.integers(let one), .integers(let other)): one == other
    case (.texts(let one), .texts(let other)): one.map(ExactText.init) == other.map(ExactText.init)
    default: false
    }
  }
}

extension SQL {
  /// A list of row ids, for `IN (SELECT value FROM json_each(?))`.
  package static func list(_ ids: [Int64]) -> SQL { .integers(ids) }

  /// A list of texts.
  package static func list(_ texts: [String]) -> SQL { .texts(texts) }

  /// Row ids as a list in JSON.
  package static func json(_ ids: [Int64]) -> String {
    "[" + ids.map(String.init).joined(separator: ",") + "]"
  }

  /// Texts as a list in JSON.
  package static func json(_ texts: [String]) -> String {
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
    return "[" + quoted.joined(separator: ",") + "]"
  }
}

extension SQL {
  /// A text as a literal.
  package static func quoted(_ text: String) -> String {
    "'" + text.doubling("'") + "'"
  }

  /// A number as a literal, as it is kept. Of digits behind a point SQLite makes a neighbour of the nearest number now and
  /// then; of two numbers that are exact any engine makes the nearest.
  static func number(_ number: Decimal) -> String {
    guard (-22..<0).contains(number.exponent), number.significand.magnitude <= 9_007_199_254_740_992 else {
      return number.description
    }
    return "(\(number.sign == .minus ? "-" : "")\(number.significand.magnitude).0 / 1e\(-number.exponent))"
  }

  /// `?, ?, ?`
  package static func parameters(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
