/// Reads single tokens out of a text. It keeps no state, so that a parser can look ahead, and go over to another
/// reading at any offset.
struct Scanner: Sendable {
  let bytes: [UInt8]
  /// Whether the text ends at a cursor: a word or quote that touches the end is then unfinished.
  let isCompleting: Bool

  init(_ bytes: [UInt8], isCompleting: Bool = false) {
    self.bytes = bytes
    self.isCompleting = isCompleting
  }

  func text(_ span: Span) -> String { String(decoding: bytes[span.start..<span.end], as: UTF8.self) }

  func byte(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  /// Where the first token can start: behind a byte order mark.
  var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The token at or behind `offset`, which must not be inside a character.
  func token(at offset: Int) -> Token {
    var position = skipBlanks(from: offset)
    if byte(at: position) == UInt8(ascii: "#") {
      let comment = comment(from: position)
      if comment.kind != .newline { return comment }
      position = comment.span.start
    }
    guard let byte = byte(at: position) else { return Token(.end, bytes.count, bytes.count) }
    if let (kind, length) = punctuation(byte, at: position) {
      return Token(kind, position, position + length)
    }
    if byte == UInt8(ascii: "\"") || hasPrefix(Self.openingCurlyQuote, at: position) {
      return quoted(from: position)
    }
    let end = endOfWord(from: position)
    if end > position { return word(from: position, to: end) }
    let (scalar, length) = scalar(at: position)
    return Token(CharacterClass.isForbidden(scalar) ? .forbidden : .symbol, position, position + length)
  }

  /// The character at `offset` and its length in bytes.
  func scalar(at offset: Int) -> (Unicode.Scalar, Int) {
    let lead = bytes[offset]
    let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    let end = min(offset + length, bytes.count)
    let scalar = String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first
    return (scalar ?? "\u{FFFD}", end - offset)
  }

  func hasPrefix(_ prefix: [UInt8], at offset: Int) -> Bool {
    offset + prefix.count <= bytes.count && bytes[offset..<offset + prefix.count].elementsEqual(prefix)
  }

  /// The length of the line end at `offset`, 0 where there is none.
  func lineEnd(at offset: Int) -> Int {
    guard let byte = byte(at: offset) else { return 0 }
    if byte == 0x0A { return 1 }
    return byte == 0x0D && self.byte(at: offset + 1) == 0x0A ? 2 : 0
  }

  /// Where the bare word at `offset` ends; `offset` itself where there is none.
  func endOfWord(from offset: Int) -> Int {
    // `~` and `?` belong to dates (`2026~`), elsewhere they are signs of their own.
    let isDate =
      byte(at: offset).map {
        CharacterClass.isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
      ?? false
    var position = offset
    while let byte = byte(at: position) {
      if byte < 0x80 {
        guard
          CharacterClass.isWord(byte) || isDate && (byte == UInt8(ascii: "~") || byte == UInt8(ascii: "?"))
        else { break }
        position += 1
      } else {
        let (scalar, length) = scalar(at: position)
        guard CharacterClass.isWord(scalar) else { break }
        position += length
      }
    }
    return position
  }

  private func word(from start: Int, to end: Int) -> Token {
    guard isCompleting, end == bytes.count else { return Token(.word, start, end) }
    // `forge.ch` at the cursor: the path is finished up to its last dot, `ch` is what is being typed.
    let isNumber = CharacterClass.isDigit(bytes[start]) || bytes[start] == UInt8(ascii: "-")
    let continuesQuote = start > 0 && (bytes[start - 1] == UInt8(ascii: "\"") || bytes[start - 1] == 0x9D)
    guard !isNumber, let dot = bytes[start..<end].lastIndex(of: UInt8(ascii: ".")),
      dot > start || continuesQuote
    else { return Token(.end, start, end) }
    return Token(.word, start, dot + 1)
  }

  private func skipBlanks(from offset: Int) -> Int {
    var position = offset
    while let byte = byte(at: position) {
      if CharacterClass.isBlank(byte) {
        position += 1
      } else if byte == 0xC2, self.byte(at: position + 1) == 0xA0 {
        position += 2
      } else if byte == UInt8(ascii: "\\"), lineEnd(at: position + 1) > 0 {
        position += 1 + lineEnd(at: position + 1)
      } else {
        break
      }
    }
    return position
  }

  /// A comment is no token; the answer is what ends it, or the forbidden character in it.
  private func comment(from offset: Int) -> Token {
    var position = offset
    var forbidden: Int?
    while position < bytes.count, lineEnd(at: position) == 0 {
      let (scalar, length) = scalar(at: position)
      if forbidden == nil, CharacterClass.isForbidden(scalar) { forbidden = position }
      position += length
    }
    if let forbidden { return Token(.forbidden, forbidden, position) }
    return Token(position == bytes.count ? .endInComment : .newline, position, position)
  }

  private func punctuation(_ byte: UInt8, at offset: Int) -> (Token.Kind, Int)? {
    let isFollowedByEqual = self.byte(at: offset + 1) == UInt8(ascii: "=")
    switch byte {
    case 0x0A: return (.newline, 1)
    case 0x0D where lineEnd(at: offset) == 2: return (.newline, 2)
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: ";"): return (.semicolon, 1)
    case UInt8(ascii: "{"): return (.openBrace, 1)
    case UInt8(ascii: "}"): return (.closeBrace, 1)
    case UInt8(ascii: "["): return (.openBracket, 1)
    case UInt8(ascii: "]"): return (.closeBracket, 1)
    case UInt8(ascii: "("): return (.openParenthesis, 1)
    case UInt8(ascii: ")"): return (.closeParenthesis, 1)
    case UInt8(ascii: "="): return (.equal, 1)
    case UInt8(ascii: "~"): return (.tilde, 1)
    case UInt8(ascii: "!") where isFollowedByEqual: return (.unequal, 2)
    case UInt8(ascii: "<"): return isFollowedByEqual ? (.lessOrEqual, 2) : (.less, 1)
    case UInt8(ascii: ">"): return isFollowedByEqual ? (.greaterOrEqual, 2) : (.greater, 1)
    default: return nil
    }
  }
}
