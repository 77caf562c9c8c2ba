/// Quoted texts: `"…"` with escapes on one line, `“…”` and `"""…"""` as they stand, over lines.
extension Scanner {
  static let openingCurlyQuote = Array("“".utf8)
  static let closingCurlyQuote = Array("”".utf8)
  static let tripleQuote = Array("\"\"\"".utf8)

  /// The quoted text that opens at `offset`.
  func quoted(from offset: Int) -> Token {
    let end: Int?
    let limit: Int
    if hasPrefix(Self.tripleQuote, at: offset) {
      end = self.end(of: Self.tripleQuote, from: offset + 3)
      limit = bytes.count
    } else if bytes[offset] != UInt8(ascii: "\"") {
      end = self.end(of: Self.closingCurlyQuote, from: offset + 3)
      limit = bytes.count
    } else {
      (end, limit) = endOfSimpleQuote(from: offset + 1)
    }
    if let end { return Token(.quoted, offset, end) }
    return Token(isCompleting && limit == bytes.count ? .end : .unclosedQuote, offset, limit)
  }

  /// The text of a quoted token, with its escapes resolved.
  func content(ofQuoted token: Token) throws(Diagnostic) -> String {
    let span = token.span
    if let zero = bytes[span.start..<span.end].firstIndex(of: 0) {
      throw .zeroCharacter(Span(zero, zero + 1))
    }
    guard isSimpleQuote(span) else { return text(Span(span.start + 3, span.end - 3)) }
    let inside = Span(span.start + 1, span.end - 1)
    guard bytes[inside.start..<inside.end].contains(UInt8(ascii: "\\")) else { return text(inside) }
    return try unescaped(inside)
  }

  /// Whether escapes count in a quoted text: `"…"`, and neither `“…”` nor `"""…"""`.
  func isSimpleQuote(_ span: Span) -> Bool {
    bytes[span.start] == UInt8(ascii: "\"") && !hasPrefix(Self.tripleQuote, at: span.start)
  }

  /// The text of a quoted token as a ``Template``: what is escaped that counts there stays escaped.
  func template(ofQuoted token: Token) throws(Diagnostic) -> String {
    guard isSimpleQuote(token.span) else {
      return try content(ofQuoted: token).replacing("\\", with: "\\\\")
    }
    return try unescaped(Span(token.span.start + 1, token.span.end - 1), keepingSigns: true)
  }

  /// What stands behind the opening quote of an unfinished text.
  func content(ofUnfinished span: Span) -> String {
    let isSimple = isSimpleQuote(span)
    let inside = Span(min(span.start + (isSimple ? 1 : 3), span.end), span.end)
    guard isSimple, let resolved = try? unescaped(inside) else { return text(inside) }
    return resolved
  }

  private func end(of closing: [UInt8], from offset: Int) -> Int? {
    var position = offset
    while position + closing.count <= bytes.count {
      if hasPrefix(closing, at: position) { return position + closing.count }
      position += 1
    }
    return nil
  }

  private func endOfSimpleQuote(from offset: Int) -> (end: Int?, limit: Int) {
    var position = offset
    while let byte = byte(at: position), lineEnd(at: position) == 0 {
      if byte == UInt8(ascii: "\"") { return (position + 1, position + 1) }
      let escapes = byte == UInt8(ascii: "\\") && position + 1 < bytes.count && lineEnd(at: position + 1) == 0
      position += escapes ? 2 : 1
    }
    return (nil, min(position, bytes.count))
  }

  /// - Parameter keepingSigns: whether `\\` and `\$` stay as they are.
  private func unescaped(_ span: Span, keepingSigns: Bool = false) throws(Diagnostic) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(span.end - span.start)
    var position = span.start
    while position < span.end {
      let byte = bytes[position]
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        position += 1
        continue
      }
      guard position + 1 < span.end else { throw .badEscape("\\", Span(position, span.end)) }
      switch bytes[position + 1] {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "\\"), UInt8(ascii: "$"):
        if keepingSigns { result.append(byte) }
        result.append(bytes[position + 1])
      case UInt8(ascii: "\""): result.append(bytes[position + 1])
      case UInt8(ascii: "u"):
        let (scalar, end) = try escapedScalar(from: position, limit: span.end)
        result.append(contentsOf: String(scalar).utf8)
        position = end
        continue
      default:
        let length = scalar(at: position + 1).1
        let escape = Span(position, position + 1 + length)
        throw .badEscape(text(escape), escape)
      }
      position += 2
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `\u{1F600}`: one to eight hexadecimal digits that name a character.
  private func escapedScalar(from offset: Int, limit: Int) throws(Diagnostic) -> (Unicode.Scalar, Int) {
    let reach = min(offset + 12, limit)
    let close = bytes[offset..<reach].firstIndex(of: UInt8(ascii: "}")) ?? reach
    guard close < reach, byte(at: offset + 2) == UInt8(ascii: "{"),
      let number = UInt32(text(Span(offset + 3, close)), radix: 16), let scalar = Unicode.Scalar(number)
    else {
      let escape = Span(offset, offset + 2)
      throw .badEscape(text(escape), escape)
    }
    if scalar.value == 0 { throw .zeroCharacter(Span(offset, close + 1)) }
    return (scalar, close + 1)
  }
}
