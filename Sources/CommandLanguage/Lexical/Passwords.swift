/// A text as it may be shown and kept: a star for each byte of a password in the location of a server
/// (`postgresql://user:PASSWORD@host/db?password=PASSWORD`). All else keeps its place in bytes.
public func withoutPasswords(_ text: String) -> String {
  guard text.contains("postgres") else { return text }
  var bytes = Array(text.utf8)
  var place = 0
  while let start = bytes.firstPlace(of: Array("://".utf8), from: place) {
    place = start + 3
    guard
      ["postgres", "postgresql"].contains(where: {
        bytes[..<start].reversed().starts(with: $0.utf8.reversed())
      })
    else { continue }
    let end = bytes[place...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: "\"") } ?? bytes.endIndex
    let question = bytes[place..<end].firstIndex(of: UInt8(ascii: "?")) ?? end
    // A password that is not written as a location wants it may have any sign in it.
    if let at = bytes[place..<end].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[place..<at].firstIndex(of: UInt8(ascii: ":"))
    {
      bytes.hide(colon + 1..<at)
    }
    var parameter = question
    while parameter < end {
      let next = bytes[(parameter + 1)..<end].firstIndex(of: UInt8(ascii: "&")) ?? end
      if let equals = bytes[parameter..<next].firstIndex(of: UInt8(ascii: "=")),
        String(decoding: bytes[(parameter + 1)..<equals], as: UTF8.self).lowercased().hasSuffix("password")
      {
        bytes.hide(equals + 1..<next)
      }
      parameter = next
    }
    place = end
  }
  return String(decoding: bytes, as: UTF8.self)
}

extension [UInt8] {
  fileprivate mutating func hide(_ range: Range<Int>) {
    for index in range { self[index] = UInt8(ascii: "*") }
  }

  fileprivate func firstPlace(of sign: [UInt8], from start: Int) -> Int? {
    indices.dropLast(sign.count - 1).dropFirst(start).first { self[$0...].starts(with: sign) }
  }
}
