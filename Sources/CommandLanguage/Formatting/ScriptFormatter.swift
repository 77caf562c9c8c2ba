/// Writes a text of commands in one manner: two blanks for each open brace and for a line that goes on, blanks around signs
/// and behind commas, none at the ends of lines, at most one empty line. Comments, quoted texts, texts in other languages and
/// lines of session commands stay as they are, and so do several blanks between words, which put columns under one another,
/// and lines that go on and stand further to the right.
///
/// What is read stays the same: the tokens of the text are those that it had.
public struct ScriptFormatter {
  private let scanner: Scanner
  /// Stretches that stay as they are, in the order of the text.
  private let kept: [Span]
  private var written: [UInt8] = []
  private var depth = 0
  private var brackets = 0
  /// The last token of the line that is being written; nil at its beginning.
  private var last: Token.Kind?
  private var continues = false
  /// How many line ends stand behind what was written last.
  private var lineEnds = 0

  /// A text in the one manner.
  /// - Throws: what is wrong with the text, which is then left alone.
  public static func formatted(
    _ text: String, signatures: SignatureTable
  ) throws(Diagnostic) -> String {
    let tree = SourceTree(parsing: text, signatures: signatures)
    if let error = tree.diagnostics.first(where: { $0.severity == .error }) { throw error }
    let scanner = Scanner(Array(text.utf8))
    var formatter = ScriptFormatter(
      scanner: scanner,
      kept: tree.commands.flatMap { $0.keptAsWritten(signatures) }.sorted { $0.start < $1.start })
    formatter.write()
    let result = String(decoding: formatter.written, as: UTF8.self)
    guard Self.tokens(of: text) == Self.tokens(of: result) else { throw .notFormatted }
    return result
  }

  private init(scanner: Scanner, kept: [Span]) {
    self.scanner = scanner
    self.kept = kept
  }

  /// The words and signs of a text, without its line ends.
  private static func tokens(of text: String) -> [String] {
    let scanner = Scanner(Array(text.utf8))
    var tokens: [String] = []
    var token = scanner.token(at: scanner.start)
    while !token.isEnd {
      if token.kind != .newline { tokens.append(scanner.text(token.span)) }
      token = scanner.token(at: token.span.end)
    }
    return tokens
  }

  // MARK: Writing

  private mutating func write() {
    var position = scanner.start
    var next = 0
    while true {
      position = writeTrivia(from: position)
      while next < kept.count, kept[next].end <= position { next += 1 }
      if next < kept.count, kept[next].start <= position, position < kept[next].end {
        beginToken(.word, blanks: scanner.blanks(before: position))
        written += scanner.bytes[position..<kept[next].end]
        position = kept[next].end
        last = .word
        continue
      }
      let token = scanner.token(at: position)
      if token.isEnd { break }
      if token.kind == .newline {
        endLine()
      } else {
        if token.kind == .closeBrace { depth = max(0, depth - 1) }
        beginToken(token.kind, blanks: scanner.blanks(before: token.span.start))
        written += scanner.bytes[token.span.start..<token.span.end]
        last = token.kind
        note(token.kind)
      }
      position = token.span.end
    }
    while written.last == 0x0A || written.last == 0x20 { written.removeLast() }
    if !written.isEmpty { written.append(0x0A) }
  }

  private mutating func note(_ kind: Token.Kind) {
    switch kind {
    case .openBrace: depth += 1
    case .openBracket, .openParenthesis: brackets += 1
    case .closeBracket, .closeParenthesis: brackets = max(0, brackets - 1)
    default: break
    }
  }

  /// Goes over blanks, a comment, and the ends of lines that go on.
  private mutating func writeTrivia(from start: Int) -> Int {
    let bytes = scanner.bytes
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if CharacterClass.isBlank(byte) {
        position += 1
      } else if byte == 0xC2, scanner.byte(at: position + 1) == 0xA0 {
        position += 2
      } else if byte == UInt8(ascii: "\\"), scanner.lineEnd(at: position + 1) > 0 {
        if last != nil { written += Array(" \\".utf8) }
        position += 1 + scanner.lineEnd(at: position + 1)
        endLine()
        continues = true
      } else if byte == UInt8(ascii: "#") {
        var end = position
        while end < bytes.count, scanner.lineEnd(at: end) == 0 { end += 1 }
        beginToken(.word, blanks: max(1, scanner.blanks(before: position)))
        var comment = bytes[position..<end]
        while let blank = comment.last, CharacterClass.isBlank(blank) { comment.removeLast() }
        written += comment
        last = .word
        return end
      } else {
        break
      }
    }
    return position
  }

  /// What stands before a token: the indentation of its line, or a blank.
  private mutating func beginToken(_ kind: Token.Kind, blanks: Int) {
    if last == nil {
      if written.isEmpty { lineEnds = 0 }
      written += Array(repeating: 0x0A, count: min(lineEnds, 2))
      let goesOn = continues || brackets > 0
      let usual = 2 * (depth + (goesOn ? 1 : 0))
      written += Array(repeating: 0x20, count: goesOn ? max(usual, blanks) : usual)
    } else if let end = written.last, CharacterClass.isBlank(end) || end == 0x0A {
      // What is kept as it is has the blanks behind it already.
    } else if isParted(kind, hasBlank: blanks > 0) {
      written += Array(repeating: 0x20, count: max(1, blanks))
    }
    lineEnds = 0
    continues = false
  }

  private func isParted(_ kind: Token.Kind, hasBlank: Bool) -> Bool {
    switch (last, kind) {
    case (_, .comma), (_, .semicolon), (_, .closeBracket), (_, .closeParenthesis), (.openBracket?, _),
      (.openParenthesis?, _):
      return false
    case (.comma?, _), (.semicolon?, _), (.openBrace?, _), (_, .openBrace), (_, .closeBrace),
      (.closeBrace?, _):
      return true
    case (_, .equal), (.equal?, _), (_, .unequal), (.unequal?, _), (_, .lessOrEqual), (.lessOrEqual?, _),
      (_, .greaterOrEqual), (.greaterOrEqual?, _), (_, .less), (.less?, _), (_, .greater), (.greater?, _):
      return true
    default: return hasBlank
    }
  }

  private mutating func endLine() {
    lineEnds += 1
    last = nil
  }
}

extension Scanner {
  /// How many blanks stand before a place, on its line.
  fileprivate func blanks(before offset: Int) -> Int {
    var (position, count) = (offset, 0)
    while position > 0 {
      if CharacterClass.isBlank(bytes[position - 1]) {
        position -= 1
      } else if position > 1, bytes[position - 1] == 0xA0, bytes[position - 2] == 0xC2 {
        position -= 2
      } else {
        break
      }
      count += 1
    }
    return count
  }
}

extension CommandSyntax {
  /// What of a command, and of those in it, is no text of the language's own words.
  fileprivate func keptAsWritten(_ signatures: SignatureTable) -> [Span] {
    if name.content.first == "." { return [span] }
    var spans: [Span] = []
    for element in signatures[name.content]?.head ?? [] {
      guard case .argument(let shape) = element.kind, shape == .raw || shape == .restOfLine,
        case .text(let word)? = arguments[element.name]
      else { continue }
      spans.append(word.span)
    }
    for block in [block, otherwise] {
      if case .commands(let inner, _)? = block { spans += inner.flatMap { $0.keptAsWritten(signatures) } }
    }
    for case .query(let inner, _) in arguments.values {
      spans += inner.flatMap { $0.keptAsWritten(signatures) }
    }
    return spans
  }
}

extension Diagnostic {
  /// A fault of the formatter: its text would be read as another.
  fileprivate static let notFormatted = Diagnostic(
    code: "not-formatted",
    message: "the text cannot be written in the usual manner without changing what it says",
    help: "it was left as it is; please report it")
}
