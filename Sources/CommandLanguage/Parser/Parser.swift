/// A recursive-descent parser whose grammar is a table of signatures.
///
/// Every function that can meet an error throws the diagnostic; the loops over commands and entries report it and
/// go on behind the next separator. Only `advance`, `jump` and `stop` move through the text.
struct Parser {
  /// How deep blocks, parentheses and `not` may be inside one another.
  static let nestingLimit = 100
  /// After how many errors reading stops.
  static let diagnosticLimit = 100

  let scanner: Scanner
  let signatures: SignatureTable
  /// The parameters that have a value here; nothing where it is not known which do.
  var visible: Set<String>?
  /// How many blocks are open in which texts may have parameters in them.
  var openTemplates = 0
  private(set) var current: Token
  /// Where the last token that was taken ends.
  private(set) var previousEnd: Int
  private(set) var diagnostics: [Diagnostic] = []
  /// How many diagnostics there were, those that were taken away among them.
  private var told = 0
  /// Notes whether the text's end was looked at; nil where that is the end of all there is.
  private let watch: EndWatch?
  /// How many blocks, parentheses and negations are open.
  private var depth = 0
  /// How many parentheses and square brackets are open; while there are any, a line end is a blank.
  private var openBrackets = 0
  /// How many blocks of commands or entries are open.
  var openBlocks = 0
  /// Whether the conditions that are read name the things that they ask about.
  var conditionsNameThings = false
  /// Whether the text has ended inside a block.
  var hasUnclosedBlock = false
  /// The command or entry that is being read.
  var scope = ReadingScope()
  var completion: CompletionRecorder?

  /// - Parameter start: where the first command may begin; behind a byte order mark where nothing is said.
  init(
    _ scanner: Scanner, signatures: SignatureTable, parameters: Set<String>? = nil, at start: Int? = nil,
    watch: EndWatch? = nil
  ) {
    self.scanner = scanner
    self.signatures = signatures
    self.watch = watch
    visible = parameters
    previousEnd = start ?? scanner.start
    current = scanner.token(at: previousEnd)
    completion = scanner.isCompleting ? CompletionRecorder() : nil
  }

  /// One that goes on between two commands in another stretch of the text.
  func continued(in scanner: Scanner, at start: Int) -> Parser {
    var copy = Parser(scanner, signatures: signatures, parameters: visible, at: start, watch: watch)
    copy.told = told
    return copy
  }

  // MARK: Moving

  /// The token behind the current one.
  var next: Token { token(from: current.span.end) }

  func token(from offset: Int) -> Token {
    var token = scanner.token(at: offset)
    while openBrackets > 0, token.kind == .newline { token = scanner.token(at: token.span.end) }
    if let watch, token.span.end == scanner.bytes.count { watch.isTouched = true }
    return token
  }

  mutating func advance() { jump(to: current.span.end) }

  /// Goes on at an offset behind the current token, where another reading than the language's own has ended.
  mutating func jump(to offset: Int) {
    previousEnd = offset
    current = token(from: offset)
  }

  /// Gives up the text from an offset on.
  mutating func stop(at offset: Int) { current = Token(.end, offset, scanner.bytes.count) }

  /// Takes the token where it is of this kind.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes the bare word where it stands here.
  mutating func takeWord(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  func isWord(_ word: String) -> Bool { current.kind == .word && currentText == word }

  var currentText: String { scanner.text(current.span) }

  /// Whether the command or entry ends here.
  var isAtEnd: Bool {
    switch current.kind {
    case .newline, .semicolon, .closeBrace, .end, .endInComment: true
    default: false
    }
  }

  func span(from start: Int) -> Span { Span(start, max(start, previousEnd)) }

  // MARK: Nesting

  /// Reads something inside parentheses or square brackets, the opening one being the current token.
  mutating func bracketed<Content>(
    _ opening: String, _ closing: String, _ kind: Token.Kind,
    _ content: (inout Parser) throws(Diagnostic) -> Content
  ) throws(Diagnostic) -> Content {
    let open = current.span
    // Where this throws, `recover` closes the brackets.
    openBrackets += 1
    advance()
    let result = try content(&self)
    guard current.kind == kind else {
      throw current.isEnd ? .unclosed(opening, closing: closing, open) : unexpected()
    }
    openBrackets -= 1
    advance()
    return result
  }

  /// Reads one level deeper, up to the limit.
  mutating func nested<Content>(
    _ content: (inout Parser) throws(Diagnostic) -> Content
  ) throws(Diagnostic) -> Content {
    guard depth < Self.nestingLimit else { throw .nestingTooDeep(limit: Self.nestingLimit, current.span) }
    depth += 1
    defer { depth -= 1 }
    return try content(&self)
  }

  // MARK: Errors

  mutating func report(_ diagnostic: Diagnostic) {
    guard !hasGivenUp else { return }
    told += 1
    diagnostics.append(diagnostic)
    guard hasGivenUp else { return }
    diagnostics.append(.tooManyErrors(Self.diagnosticLimit, current.span))
    stop(at: scanner.bytes.count)
  }

  /// Whether nothing more is read: too much was wrong.
  var hasGivenUp: Bool { told >= Self.diagnosticLimit }

  /// What was wrong since it was taken last, in the order of the text: an open brace is told at the end, but people read
  /// from the top.
  mutating func takeDiagnostics() -> [Diagnostic] {
    guard !diagnostics.isEmpty else { return [] }
    defer { diagnostics = [] }
    return diagnostics.enumerated().sorted { first, second in
      (first.element.span?.start ?? 0, first.offset) < (second.element.span?.start ?? 0, second.offset)
    }.map(\.element)
  }

  /// Skips to the end of the command or entry: a separator, or the brace that closes what is around it.
  mutating func recover() {
    openBrackets = 0
    var open = 0
    while !current.isEnd {
      switch current.kind {
      case .openBrace: open += 1
      case .closeBrace where open == 0: return
      case .closeBrace: open -= 1
      case .newline, .semicolon: if open == 0 { return }
      default: break
      }
      advance()
    }
  }

  /// What to say about a token that fits nowhere.
  func unexpected(help: String? = nil) -> Diagnostic {
    switch current.kind {
    case .forbidden: .forbiddenCharacter(scanner.scalar(at: current.span.start).0, current.span)
    case .unclosedQuote: .unclosedQuote(closingQuote, current.span)
    case .closeBrace: .unmatchedClosing("}", current.span)
    case .newline: .unexpectedText("the end of the line", help: help, current.span)
    case .end, .endInComment: .unexpectedText("the end of the text", help: help, current.span)
    default: .unexpectedText(excerpt(current), help: help ?? symbolHelp, current.span)
    }
  }

  /// Whether the current token is wrong wherever it stands.
  var isBroken: Bool { current.kind == .forbidden || current.kind == .unclosedQuote }

  /// The text of a token for a message, cut where it is long.
  func excerpt(_ token: Token) -> String {
    let text = scanner.text(Span(token.span.start, min(token.span.end, token.span.start + 160)))
    return text.count <= 40 ? text : text.prefix(40) + "…"
  }

  private var closingQuote: String {
    if scanner.hasPrefix(Scanner.tripleQuote, at: current.span.start) { return "\"\"\"" }
    return scanner.hasPrefix(Scanner.openingCurlyQuote, at: current.span.start) ? "”" : "\""
  }

  private var symbolHelp: String? {
    guard current.kind == .symbol else { return nil }
    switch currentText {
    case "'", "‘", "’", "”", "„", "«", "»": return "texts stand in \"…\" or “…”"
    case "–", "—", "−": return "a range has two dots (47..87%), a negative number a plain hyphen"
    case "\\": return "a backslash may only end a line that goes on"
    default: return "put texts with such signs in quotes"
    }
  }

  // MARK: Completion

  /// Says what could stand at the cursor, if that is here.
  func offer(_ expectation: @autoclosure () -> Expectation) {
    guard let completion, current.kind == .end else { return }
    completion.add(expectation())
  }
}

/// Notes whether a token touched the end of a stretch of text, behind which it may go on.
final class EndWatch {
  var isTouched = false
}

/// What the functions that read arguments need to know of the command or entry around them.
struct ReadingScope {
  /// The name of the command, or the property of the entry.
  var name = ""
  /// The command that the entry's block belongs to, or the command itself.
  var command = ""
  var clauses: [ClauseSignature] = []
  var takesQualifiers = false
  /// The clause whose argument is being read.
  var clause: String?
  /// The property that a value would be of, as far as the command tells.
  var property: String?
  /// What a loop calls each of its rows.
  var variable: String?
  /// The head of the command, as far as it is read.
  var arguments: [String: ArgumentSyntax] = [:]
}
