/// Texts that are not in the command language: SQL, and words to search for.
extension Parser {
  /// Another language's text: in braces, or to the line's end without a trailing `;`. Inside brackets and quotes
  /// the line may end.
  mutating func raw(isOptional: Bool) throws(Diagnostic) -> Word? {
    if isAtEnd {
      offer(.shape(.raw, command: scope.command, clause: scope.clause))
      if isOptional { return nil }
      throw missing(.raw)
    }
    if current.kind == .openBrace { return try rawBlock() }
    let start = current.span.start
    var end = endOfRaw(from: start, stopsAtLineEnd: true)
    if scanner.isCompleting, end == scanner.bytes.count { return completingRaw(from: start) }
    let isAfterSemicolon = { (offset: Int, bytes: [UInt8]) in
      offset > start && (CharacterClass.isBlank(bytes[offset - 1]) || bytes[offset - 1] == UInt8(ascii: ";"))
    }
    jump(to: end)
    while isAfterSemicolon(end, scanner.bytes) || end > start && scanner.bytes[end - 1] == 0x0D { end -= 1 }
    if end == start { throw missing(.raw) }
    let text = scanner.text(Span(start, end)).replacing("\\\n", with: "\n").replacing("\\\r\n", with: "\n")
    return Word(text, Span(start, end))
  }

  private mutating func rawBlock() throws(Diagnostic) -> Word {
    let open = current.span
    let end = endOfRaw(from: open.end, stopsAtLineEnd: false)
    guard end < scanner.bytes.count else {
      if scanner.isCompleting {
        _ = completingRaw(from: open.end)
      } else {
        jump(to: end)
      }
      throw .unclosed("{", closing: "}", open)
    }
    let inside = Span(open.end, end)
    jump(to: end + 1)
    return Word(scanner.text(inside), inside)
  }

  /// Where the text ends: at the brace that closes what is around it or, on one line, at the line's end.
  private func endOfRaw(from start: Int, stopsAtLineEnd: Bool) -> Int {
    let bytes = scanner.bytes
    var braces = 0
    var brackets = 0
    var quote: UInt8?
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
      } else {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""): quote = byte
        case UInt8(ascii: "{"): braces += 1
        case UInt8(ascii: "}"):
          if braces == 0, !stopsAtLineEnd || openBlocks > 0 { return position }
          braces -= 1
        case UInt8(ascii: "#")
        where stopsAtLineEnd && position > start && CharacterClass.isBlank(bytes[position - 1]):
          // A comment behind the text is ours; SQL has no sign that begins so.
          return position
        case UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"): brackets -= 1
        default: break
        }
      }
      if byte == 0x0A, stopsAtLineEnd, quote == nil, braces <= 0, brackets <= 0,
        !(position > start && bytes[position - 1] == UInt8(ascii: "\\"))
      {
        return position
      }
      position += 1
    }
    return bytes.count
  }

  /// The cursor is in another language's text; the word before it is what is being typed.
  private mutating func completingRaw(from start: Int) -> Word {
    var word = scanner.bytes.count
    while word > start,
      CharacterClass.isLetter(scanner.bytes[word - 1]) || scanner.bytes[word - 1] >= 0x80
        || scanner.bytes[word - 1] == UInt8(ascii: "_") || CharacterClass.isDigit(scanner.bytes[word - 1])
    {
      word -= 1
    }
    stop(at: word)
    offer(.shape(.raw, command: scope.command, clause: scope.clause))
    return Word(scanner.text(Span(start, word)), Span(start, word))
  }

  // MARK: Words to the line's end

  /// A quoted text, or everything up to the line's end or to clauses that fill the rest of the line.
  mutating func restOfLine() throws(Diagnostic) -> Word {
    if current.kind == .quoted { return try quotedText() }
    if isAtEnd || isBroken || current.kind == .openBrace { throw missing(.restOfLine) }
    let start = current.span.start
    var attempts = 0
    repeat {
      if current.kind == .forbidden || current.kind == .unclosedQuote { throw unexpected() }
      advance()
      if keyword() != nil, attempts < Self.clauseAttempts {
        attempts += 1
        if clausesFillLine() { break }
      }
    } while !isAtEnd && current.kind != .openBrace
    let span = span(from: start)
    // `$5bn` is a text to look for, `$topic` a parameter.
    let text = scanner.text(span)
    if let visible, openTemplates == 0 {
      let names = Template.parameters(in: text).filter { $0.first?.isNumber == false }
      for name in names where !visible.contains(name) { throw .missingParameter(name, span) }
    }
    return Word(text, span)
  }

  /// How many words of a text may be looked at as the start of clauses, so that the time stays linear.
  private static let clauseAttempts = 16

  private func clausesFillLine() -> Bool {
    var attempt = self
    attempt.completion = nil
    attempt.scope.takesQualifiers = false
    var parts = ClauseParts()
    do throws(Diagnostic) {
      try attempt.clauses(&parts)
      return attempt.isAtEnd
    } catch {
      // A clause that the cursor stands in is one all the same.
      return completion != nil && attempt.current.isEnd
    }
  }
}
