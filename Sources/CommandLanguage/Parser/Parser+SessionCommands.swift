/// Session commands: a line that starts with a dot. Its words are split at blanks; quotes hold them together.
extension Parser {
  mutating func sessionCommand() throws(Diagnostic) -> CommandSyntax {
    let start = current.span.start
    if openBlocks > 0 { throw .sessionCommandInside(current.span) }
    var words: [Word] = []
    var position = start
    while let word = try sessionWord(&position) { words.append(word) }
    jump(to: position)
    guard let name = words.first else { throw unexpected() }
    if completion != nil, current.kind == .end {
      if case .argument(let shape)? = signatures[name.content]?.head.first?.kind {
        offer(.shape(shape, command: name.content, clause: nil))
      }
    }
    var arguments: [String: ArgumentSyntax] = ["words": .words(Array(words.dropFirst()))]
    if words.count > 1 {
      let line = Span(words[1].span.start, words[words.count - 1].span.end)
      arguments["line"] = .text(Word(scanner.text(line), line))
    }
    return CommandSyntax(
      name: name, arguments: arguments, clauses: [], qualifiers: [],
      block: nil, span: Span(start, words[words.count - 1].span.end))
  }

  /// The next word on the line; none at its end or before a comment.
  private func sessionWord(_ position: inout Int) throws(Diagnostic) -> Word? {
    let bytes = scanner.bytes
    while position < bytes.count, CharacterClass.isBlank(bytes[position]) { position += 1 }
    guard position < bytes.count, scanner.lineEnd(at: position) == 0, bytes[position] != UInt8(ascii: "#")
    else {
      return nil
    }
    let isQuoted =
      bytes[position] == UInt8(ascii: "\"") || scanner.hasPrefix(Scanner.openingCurlyQuote, at: position)
    if isQuoted {
      let token = scanner.quoted(from: position)
      if token.kind == .end { return nil }
      guard token.kind == .quoted else {
        throw .unclosedQuote(bytes[position] < 0x80 ? "\"" : "”", token.span)
      }
      position = token.span.end
      return try text(ofQuoted: token)
    }
    let start = position
    while position < bytes.count, !CharacterClass.isBlank(bytes[position]), scanner.lineEnd(at: position) == 0
    {
      let (scalar, length) = scanner.scalar(at: position)
      guard !CharacterClass.isForbidden(scalar) else {
        throw .forbiddenCharacter(scalar, Span(position, position + length))
      }
      position += length
    }
    if scanner.isCompleting, position == bytes.count {
      completion?.replaced = Span(start, position)
      return nil
    }
    return Word(scanner.text(Span(start, position)), Span(start, position))
  }
}
