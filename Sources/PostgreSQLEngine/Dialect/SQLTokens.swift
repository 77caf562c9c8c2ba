/// The words and signs of an SQL text.
struct SQLTokens {
  enum Kind { case word, quoted, text, integer, real, parameter, sign, end }

  struct Token {
    var kind: Kind
    /// Of a word as it stands; of what was in quotes without them.
    var text: String
    /// Where it begins, in bytes.
    var place: Int
    /// Where it ends.
    var end = 0
  }

  private(set) var tokens: [Token] = []

  /// - Throws: where it holds what no SQL has.
  init(_ sql: String) throws(SQLProblem) {
    let bytes = Array(sql.utf8)
    var place = 0
    func byte(_ ahead: Int = 0) -> UInt8 { place + ahead < bytes.count ? bytes[place + ahead] : 0 }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    while place < bytes.count {
      let start = place
      let count = tokens.count
      defer { if tokens.count > count { tokens[count].end = place } }
      switch byte() {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C: place += 1
      case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-"):
        while place < bytes.count, byte() != UInt8(ascii: "\n") { place += 1 }
      case UInt8(ascii: "/") where byte(1) == UInt8(ascii: "*"):
        place += 2
        while place < bytes.count, !(byte() == UInt8(ascii: "*") && byte(1) == UInt8(ascii: "/")) {
          place += 1
        }
        place = min(place + 2, bytes.count)
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["):
        let opening = byte()
        let closing = opening == UInt8(ascii: "[") ? UInt8(ascii: "]") : opening
        var content: [UInt8] = []
        place += 1
        while true {
          guard place < bytes.count else {
            throw SQLProblem("a quote is not closed: \(text(start..<bytes.count))")
          }
          if byte() == closing {
            guard byte(1) == closing, opening == closing else { break }
            place += 1
          }
          content.append(byte())
          place += 1
        }
        place += 1
        tokens.append(
          Token(
            kind: opening == UInt8(ascii: "'") ? .text : .quoted,
            text: String(decoding: content, as: UTF8.self),
            place: start))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        tokens.append(try Self.number(bytes, &place))
      case UInt8(ascii: ".") where Self.isDigit(byte(1)):
        tokens.append(try Self.number(bytes, &place))
      case UInt8(ascii: "?"), UInt8(ascii: "$"), UInt8(ascii: ":"), UInt8(ascii: "@"):
        place += 1
        while place < bytes.count, Self.isInWord(byte()) { place += 1 }
        tokens.append(Token(kind: .parameter, text: text(start..<place), place: start))
      case let first where Self.isInWord(first):
        while place < bytes.count, Self.isInWord(byte()) { place += 1 }
        tokens.append(Token(kind: .word, text: text(start..<place), place: start))
      default:
        let long = ["->>", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"].first { sign in
          bytes[place...].starts(with: sign.utf8)
        }
        let sign = long ?? text(place..<place + 1)
        guard long != nil || "(),;.*+-/%<>=&|~".contains(sign) else {
          throw SQLProblem("unrecognized token: \"\(sign)\"")
        }
        place += sign.utf8.count
        tokens.append(Token(kind: .sign, text: sign, place: start))
      }
    }
    tokens.append(Token(kind: .end, text: "", place: bytes.count, end: bytes.count))
  }

  private static func number(_ bytes: [UInt8], _ place: inout Int) throws(SQLProblem) -> Token {
    let start = place
    func text() -> String { String(decoding: bytes[start..<place], as: UTF8.self) }
    if bytes[start...].starts(with: "0x".utf8) || bytes[start...].starts(with: "0X".utf8) {
      place += 2
      while place < bytes.count, isInWord(bytes[place]) { place += 1 }
      // Sixteen digits are the bits of a number, as SQLite has it.
      guard let bits = UInt64(text().dropFirst(2), radix: 16) else {
        throw SQLProblem("unrecognized token: \"\(text())\"")
      }
      return Token(kind: .integer, text: String(Int64(bitPattern: bits)), place: start)
    }
    var kind = Kind.integer
    while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      kind = .real
      place += 1
      while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      var end = place + 1
      if end < bytes.count, bytes[end] == UInt8(ascii: "+") || bytes[end] == UInt8(ascii: "-") { end += 1 }
      if end < bytes.count, isDigit(bytes[end]) {
        kind = .real
        place = end
        while place < bytes.count, isDigit(bytes[place]) { place += 1 }
      }
    }
    if place < bytes.count, isInWord(bytes[place]) {
      while place < bytes.count, isInWord(bytes[place]) { place += 1 }
      throw SQLProblem("unrecognized token: \"\(text())\"")
    }
    return Token(kind: kind, text: text(), place: start)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isInWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == UInt8(ascii: "_") || byte >= 0x80
  }
}

/// Why an SQL text is not understood.
struct SQLProblem: Error {
  let words: String
  init(_ words: String) { self.words = words }
}
