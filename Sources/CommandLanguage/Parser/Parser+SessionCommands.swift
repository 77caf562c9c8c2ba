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
      offer(.shape(.textOrWord, command: name.content, clause: nil))
    }
    return CommandSyntax(
      name: name, arguments: ["words": .words(Array(words.dropFirst()))], clauses: [], qualifiers: [],
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
      return Word(try scanner.content(ofQuoted: token), token.span)
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
    let isUnfinished = scanner.isCompleting && position == bytes.count
    if isUnfinished { position = start }
    return isUnfinished ? nil : Word(scanner.text(Span(start, position)), Span(start, position))
  }
}
