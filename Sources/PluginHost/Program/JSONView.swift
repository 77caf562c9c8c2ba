import CPluginTransport
import Glibc

/// A value of JSON (RFC 8259) where it stands in a line: looked at in place, so that a line takes its own size and no
/// more, whatever it holds. Whole numbers are told from others and from truth values.
///
/// Valid for as long as the line is.
struct JSONView {
  /// Exactly the value, known to be one.
  private let bytes: UnsafeBufferPointer<UInt8>

  /// The value that a line holds, or nothing where it is no JSON.
  static func read(_ line: UnsafeRawBufferPointer) -> JSONView? {
    let bytes = line.bindMemory(to: UInt8.self)
    guard let base = bytes.baseAddress, pt_is_utf8(base, UInt64(bytes.count)) else { return nil }
    let start = JSONScan.skipBlanks(bytes, 0)
    guard let end = JSONScan.end(of: bytes, start), JSONScan.skipBlanks(bytes, end) == bytes.count
    else { return nil }
    return JSONView(bytes, start..<end)
  }

  /// What is nothing, and has nothing in it.
  static var none: JSONView { JSONView(UnsafeBufferPointer(start: nil, count: 0), 0..<0) }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    self.bytes = UnsafeBufferPointer(rebasing: bytes[range])
  }

  private var first: UInt8 { bytes.first ?? 0 }

  var isNull: Bool { first == UInt8(ascii: "n") }
  var isObject: Bool { first == UInt8(ascii: "{") }
  var isList: Bool { first == UInt8(ascii: "[") }
  var boolean: Bool? {
    switch first {
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "f"): false
    default: nil
    }
  }

  /// A text; nothing where it is none, or its bytes are no UTF-8.
  var text: String? { first == UInt8(ascii: "\"") ? JSONScan.text(bytes) : nil }

  private var isNumber: Bool {
    first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
  }

  /// A whole number.
  var integer: Int64? { isNumber ? Int64(String(decoding: bytes, as: UTF8.self)) : nil }

  /// A number; one that is too large is infinite.
  var number: Double? { isNumber ? Double(String(decoding: bytes, as: UTF8.self)) : nil }

  /// A number as it is written, whole ones digit by digit; nothing where it is none.
  var numeral: String? {
    guard isNumber, let number else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let isWhole = bytes.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    if isWhole { return text == "-0" ? "0" : text }
    guard number.isFinite else { return text }
    return number.description.hasSuffix(".0") ? String(number.description.dropLast(2)) : number.description
  }

  /// The items of a list; none where it is no list.
  var items: Items { Items(isList ? bytes : UnsafeBufferPointer(rebasing: bytes[..<0])) }

  /// The members of an object; none where it is no object.
  var members: Members { Members(isObject ? bytes : UnsafeBufferPointer(rebasing: bytes[..<0])) }

  /// The first member of a name.
  subscript(_ name: String) -> JSONView? { members.first { $0.name == name }?.value }

  /// What stands in a list, one after another.
  struct Items: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 1

    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> JSONView? {
      let start = JSONScan.skipSeparators(bytes, at)
      guard start < bytes.count - 1, let end = JSONScan.end(of: bytes, start) else { return nil }
      at = end
      return JSONView(bytes, start..<end)
    }
  }

  /// What stands in an object, one after another.
  struct Members: Sequence, IteratorProtocol {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 1

    fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> (name: String?, value: JSONView)? {
      let start = JSONScan.skipSeparators(bytes, at)
      guard start < bytes.count - 1, let end = JSONScan.end(of: bytes, start) else { return nil }
      let place = JSONScan.skipSeparators(bytes, end)
      guard let last = JSONScan.end(of: bytes, place) else { return nil }
      at = last
      return (JSONView(bytes, start..<end).text, JSONView(bytes, place..<last))
    }
  }
}

/// Where the values of JSON end, and what its texts say.
private enum JSONScan {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  static func skipBlanks(_ bytes: Bytes, _ start: Int) -> Int {
    var at = start
    while at < bytes.count, isBlank(bytes[at]) { at += 1 }
    return at
  }

  /// Behind blanks, commas and colons, which stand where they should in what is known to be JSON.
  static func skipSeparators(_ bytes: Bytes, _ start: Int) -> Int {
    var at = start
    while at < bytes.count,
      isBlank(bytes[at]) || bytes[at] == UInt8(ascii: ",") || bytes[at] == UInt8(ascii: ":")
    {
      at += 1
    }
    return at
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d
  }

  /// The end of the value that begins at `start`; nothing where there is none.
  static func end(of bytes: Bytes, _ start: Int) -> Int? {
    let end = pt_json_end(bytes.baseAddress, UInt64(bytes.count), UInt64(start))
    return end > 0 ? Int(end) : nil
  }

  /// What a text in its quotation marks says.
  static func text(_ bytes: Bytes) -> String? {
    let inside = UnsafeBufferPointer(rebasing: bytes[1..<bytes.count - 1])
    guard let base = inside.baseAddress, memchr(base, 0x5c, inside.count) != nil else {
      return String(utf8: UnsafeRawBufferPointer(inside))
    }
    var units: [UInt8] = []
    units.reserveCapacity(inside.count)
    var at = 0
    while at < inside.count {
      guard inside[at] == UInt8(ascii: "\\") else {
        units.append(inside[at])
        at += 1
        continue
      }
      switch inside[at + 1] {
      case UInt8(ascii: "n"): units.append(0x0a)
      case UInt8(ascii: "t"): units.append(0x09)
      case UInt8(ascii: "r"): units.append(0x0d)
      case UInt8(ascii: "b"): units.append(0x08)
      case UInt8(ascii: "f"): units.append(0x0c)
      case UInt8(ascii: "u"):
        var number: UInt32 = 0
        let length = pt_json_scalar(base + at, UInt64(inside.count - at), &number)
        guard length > 0, let scalar = Unicode.Scalar(number) else { return nil }
        units += Array(String(Character(scalar)).utf8)
        at += Int(length) - 2
      default: units.append(inside[at + 1])
      }
      at += 2
    }
    return units.withUnsafeBytes { String(utf8: $0) }
  }
}
