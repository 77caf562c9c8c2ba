/// Whether a text stands by itself, or goes on with a next line: a quote, bracket or brace is open, or a line ends
/// in a backslash. This looks at tokens only; it answers for a wrong command too.
public func isComplete(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  let scanner = Scanner(bytes)
  var open = 0
  var isLineStart = true
  var token = scanner.token(at: scanner.start)
  while !token.isEnd {
    var next = token.span.end
    switch token.kind {
    case .openBrace, .openBracket, .openParenthesis: open += 1
    case .closeBrace, .closeBracket, .closeParenthesis: open = max(0, open - 1)
    case .unclosedQuote where token.span.end == bytes.count: return false
    case .word where isLineStart && open == 0 && bytes[token.span.start] == UInt8(ascii: "."):
      // A session command: its words are its own.
      while next < bytes.count, bytes[next] != 0x0A { next += 1 }
    default: break
    }
    isLineStart = token.kind == .newline
    token = scanner.token(at: next)
  }
  return open == 0 && !endsInBackslash(bytes, token)
}

private func endsInBackslash(_ bytes: [UInt8], _ end: Token) -> Bool {
  guard end.kind == .end else { return false }
  let visible = bytes.reversed().drop { CharacterClass.isBlank($0) || $0 == 0x0A || $0 == 0x0D }
  let lineEnds = bytes.reversed().prefix { $0 == 0x0A || $0 == 0x0D }.filter { $0 == 0x0A }.count
  return lineEnds <= 1 && visible.first == UInt8(ascii: "\\")
}
