/// A token: what it is and where it stands. Its text stays in the source until it is asked for.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case word, quoted
    case comma, semicolon, newline
    case openBrace, closeBrace, openBracket, closeBracket, openParenthesis, closeParenthesis
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, tilde
    /// A visible character that the language has no use for.
    case symbol
    /// A control character or one that changes the direction of writing, outside quotes.
    case forbidden
    /// From the quote to the end of its line, or of the text where it may span lines.
    case unclosedQuote
    /// The end of the text; while completing, with the unfinished word or quote before the cursor.
    case end
    /// The end of the text inside a comment, where nothing is to be completed.
    case endInComment
  }

  var kind: Kind
  var span: Span

  init(_ kind: Kind, _ start: Int, _ end: Int) {
    self.kind = kind
    self.span = Span(start, end)
  }

  var isEnd: Bool { kind == .end || kind == .endInComment }
}
