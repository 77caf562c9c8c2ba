import Foundation

/// A value of JSON, with whole numbers told from others and from truth values.
enum JSONValue: Equatable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  subscript(_ name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
  var list: [JSONValue]? { if case .list(let items) = self { items } else { nil } }
  var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
  var number: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .real(let number): number
    default: nil
    }
  }
}

/// Reads one value of JSON (RFC 8259), at most so deep that no line exhausts the stack.
struct JSONReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var at = 0
  private static let deepest = 64

  /// The value that a line holds, or nothing where it is no JSON.
  static func read(_ line: UnsafeRawBufferPointer) -> JSONValue? {
    var reader = JSONReader(bytes: line.bindMemory(to: UInt8.self))
    guard let value = reader.value(0) else { return nil }
    reader.skipBlanks()
    return reader.at == reader.bytes.count ? value : nil
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { at += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func value(_ depth: Int) -> JSONValue? {
    skipBlanks()
    guard depth < JSONReader.deepest, let first = next else { return nil }
    switch first {
    case UInt8(ascii: "{"): return object(depth)
    case UInt8(ascii: "["): return list(depth)
    case UInt8(ascii: "\""): return string().map(JSONValue.text)
    case UInt8(ascii: "t"): return word("true", .boolean(true))
    case UInt8(ascii: "f"): return word("false", .boolean(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    let length = word.utf8CodeUnitCount
    guard bytes.count - at >= length, zip(0..<length, at...).allSatisfy({ word.utf8Start[$0] == bytes[$1] })
    else {
      return nil
    }
    at += length
    return value
  }

  private mutating func object(_ depth: Int) -> JSONValue? {
    at += 1
    var members: [String: JSONValue] = [:]
    skipBlanks()
    if skip("}") { return .object(members) }
    while true {
      skipBlanks()
      guard next == UInt8(ascii: "\""), let name = string() else { return nil }
      skipBlanks()
      guard skip(":"), let value = value(depth + 1) else { return nil }
      members[name] = value
      skipBlanks()
      if skip("}") { return .object(members) }
      guard skip(",") else { return nil }
    }
  }

  private mutating func list(_ depth: Int) -> JSONValue? {
    at += 1
    var items: [JSONValue] = []
    skipBlanks()
    if skip("]") { return .list(items) }
    while true {
      guard let item = value(depth + 1) else { return nil }
      items.append(item)
      skipBlanks()
      if skip("]") { return .list(items) }
      guard skip(",") else { return nil }
    }
  }

  private mutating func number() -> JSONValue? {
    let start = at
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { at += 1 }
    guard at > start, at - start < 100 else { return nil }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    if let integer = Int64(text) { return .integer(integer) }
    guard let real = Double(text) else { return nil }
    return .real(real)
  }

  private mutating func string() -> String? {
    at += 1
    let start = at
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { at += 1 }
    if next == UInt8(ascii: "\"") {
      defer { at += 1 }
      return String(utf8: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<at])))
    }
    at = start
    return escapedString()
  }

  private mutating func escapedString() -> String? {
    var units: [UInt8] = []
    while let byte = next {
      at += 1
      if byte == UInt8(ascii: "\"") {
        return units.withUnsafeBytes { String(utf8: $0) }
      }
      guard byte == UInt8(ascii: "\\") else {
        units.append(byte)
        continue
      }
      guard let escape = next else { return nil }
      at += 1
      switch escape {
      case UInt8(ascii: "n"): units.append(0x0a)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "r"): units.append(0x0d)
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0c)
      case UInt8(ascii: "u"):
        guard let scalar = escapedScalar() else { return nil }
        units += Array(String(Character(scalar)).utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(escape)
      default: return nil
      }
    }
    return nil
  }

  /// What `\u` and its digits stand for, with the second half of a pair.
  private mutating func escapedScalar() -> Unicode.Scalar? {
    guard let first = digits() else { return nil }
    guard (0xd800...0xdbff).contains(first) else { return Unicode.Scalar(first) }
    guard skip("\\"), skip("u"), let second = digits(), (0xdc00...0xdfff).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private mutating func digits() -> UInt32? {
    guard bytes.count - at >= 4 else { return nil }
    defer { at += 4 }
    return UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16)
  }
}
