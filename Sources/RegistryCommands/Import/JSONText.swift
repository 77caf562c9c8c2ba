/// A value of JSON as a table takes it: members in their order, and numbers by their digits.
package enum JSONText: Hashable, Sendable {
  case object([JSONMember])
  case list([JSONText])
  case text(String)
  /// By its digits.
  case number(String)
  case truth(Bool)
  case null
}

/// A name and what it stands for.
package struct JSONMember: Hashable, Sendable {
  package var name: String
  package var value: JSONText
}

/// Why a text is no JSON.
package enum JSONProblem: Error, Hashable {
  /// Something is not as RFC 8259 has it, so many bytes behind the start.
  case malformed(String, at: Int)
  /// One name stands twice in an object: which one is meant cannot be told.
  case repeated(String)

  package var words: String {
    switch self {
    case .malformed(let what, let place): "\(what), at its byte \(place + 1)"
    case .repeated(let name): "the name \"\(name)\" stands twice in one object"
    }
  }
}

/// Reads one value of JSON (RFC 8259) and nothing else: what others forgive (a comma too much, a name twice, `NaN`) means
/// different things to different programs.
package struct JSONTextReader {
  private let bytes: ArraySlice<UInt8>
  private var at: Int
  private static let deepest = 100

  /// The value that a text is.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(JSONProblem) -> JSONText {
    var reader = JSONTextReader(bytes: bytes, at: bytes.startIndex)
    let value = try reader.value(0)
    reader.skipBlanks()
    guard reader.at == bytes.endIndex else { throw reader.problem("something stands behind its end") }
    return value
  }

  private func problem(_ what: String) -> JSONProblem { .malformed(what, at: at - bytes.startIndex) }

  private var next: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: sign) else { return false }
    at += 1
    return true
  }

  private mutating func value(_ depth: Int) throws(JSONProblem) -> JSONText {
    guard depth < Self.deepest else { throw problem("it goes more than \(Self.deepest) deep") }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try list(depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .truth(true))
    case UInt8(ascii: "f"): return try word("false", .truth(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw problem("it ends where a value is wanted")
    default: return .number(try number())
    }
  }

  private mutating func word(_ word: String, _ value: JSONText) throws(JSONProblem) -> JSONText {
    guard bytes[at...].starts(with: word.utf8) else { throw problem("what stands there is no value") }
    at += word.utf8.count
    return value
  }

  private mutating func object(_ depth: Int) throws(JSONProblem) -> JSONText {
    at += 1
    var members: [JSONMember] = []
    var seen: Set<String> = []
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw problem("a name in quotes is wanted") }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw problem("a : is wanted") }
      let value = try value(depth + 1)
      // Most objects have few members, which are found faster one by one.
      let isRepeated = members.count < 12 ? members.contains { $0.name == name } : seen.contains(name)
      if isRepeated { throw .repeated(name) }
      members.append(JSONMember(name: name, value: value))
      if members.count == 12 {
        seen = Set(members.map(\.name))
      } else if members.count > 12 {
        seen.insert(name)
      }
      skipBlanks()
    } while take(",")
    guard take("}") else { throw problem("a , or } is wanted") }
    return .object(members)
  }

  private mutating func list(_ depth: Int) throws(JSONProblem) -> JSONText {
    at += 1
    var items: [JSONText] = []
    skipBlanks()
    if take("]") { return .list([]) }
    repeat {
      items.append(try value(depth + 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw problem("a , or ] is wanted") }
    return .list(items)
  }

  // MARK: Numbers

  private mutating func digits() -> ArraySlice<UInt8> {
    let start = at
    while let byte = next, 0x30...0x39 ~= byte { at += 1 }
    return bytes[start..<at]
  }

  /// A number by its digits; one with an exponent written out.
  private mutating func number() throws(JSONProblem) -> String {
    let start = at
    let isNegative = take("-")
    let whole = digits()
    guard let first = whole.first, whole.count == 1 || first != 0x30 else {
      at = start
      throw problem("what stands there is no value")
    }
    var fraction: ArraySlice<UInt8> = []
    if take(".") {
      fraction = digits()
      guard !fraction.isEmpty else { throw problem("digits are wanted behind the point") }
    }
    guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else {
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    at += 1
    let isDown = next == UInt8(ascii: "-")
    if isDown || next == UInt8(ascii: "+") { at += 1 }
    let exponent = digits()
    guard !exponent.isEmpty else { throw problem("digits are wanted behind the e") }
    // What is longer is no number that a registry keeps; it is then told as it stands.
    guard exponent.count <= 3, let power = Int(String(decoding: exponent, as: UTF8.self)), power <= 60 else {
      return String(decoding: bytes[start..<at], as: UTF8.self)
    }
    return (isNegative ? "-" : "")
      + Self.writtenOut(Array(whole + fraction), whole.count + (isDown ? -power : power))
  }

  /// Digits with the point behind so many of them.
  private static func writtenOut(_ digits: [UInt8], _ point: Int) -> String {
    var digits = digits
    var point = point
    if point <= 0 {
      digits = Array(repeating: 0x30, count: 1 - point) + digits
      point = 1
    }
    if digits.count < point { digits += Array(repeating: 0x30, count: point - digits.count) }
    var whole = digits[..<point].drop { $0 == 0x30 }
    if whole.isEmpty { whole = [0x30] }
    var fraction = digits[point...]
    while fraction.last == 0x30 { fraction.removeLast() }
    return String(decoding: whole, as: UTF8.self)
      + (fraction.isEmpty ? "" : "." + String(decoding: fraction, as: UTF8.self))
  }

  // MARK: Texts

  private mutating func string() throws(JSONProblem) -> String {
    at += 1
    let start = at
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { at += 1 }
    guard next == UInt8(ascii: "\"") else { return try escapedString(from: start) }
    let text = try text(bytes[start..<at])
    at += 1
    return text
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(JSONProblem) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("the text is not UTF-8") }
    return text
  }

  private mutating func escapedString(from start: Int) throws(JSONProblem) -> String {
    var content = Array(bytes[start..<at])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(content[...])
        at += 1
        return text
      case UInt8(ascii: "\\"):
        at += 1
        try escape(into: &content)
      case ..<0x20: throw problem("a control character stands in a text")
      default:
        content.append(byte)
        at += 1
      }
    }
    throw problem("a text is not closed")
  }

  private mutating func escape(into content: inout [UInt8]) throws(JSONProblem) {
    guard let letter = next else { throw problem("a text is not closed") }
    at += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(letter)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"):
      let first = try codeUnit()
      var number = UInt32(first)
      if 0xD800...0xDBFF ~= first {
        guard take("\\"), take("u"), case let second = try codeUnit(), 0xDC00...0xDFFF ~= second else {
          throw problem("half a character is escaped")
        }
        number = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(number) else { throw problem("half a character is escaped") }
      content += Array(String(Character(scalar)).utf8)
    default: throw problem("\\\(Character(Unicode.Scalar(letter))) is no escape")
    }
  }

  private mutating func codeUnit() throws(JSONProblem) -> UInt16 {
    let digits = bytes[at...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw problem("four hexadecimal digits are wanted") }
    at += 4
    return unit
  }
}
