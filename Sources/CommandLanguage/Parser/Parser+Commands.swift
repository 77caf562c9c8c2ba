extension SourceTree {
  /// Reads a text. It never fails: what is wrong stands in ``diagnostics``, and the commands with an error are
  /// left out of ``commands``. The time is linear in the length of the text.
  ///
  /// - Parameter parameters: those that have a value. Where they are told, a text in quotes that has one in it is a
  ///   template, and a bare one that has no value is refused, but in the braces of commands whose texts are all templates.
  public init(parsing text: String, signatures: SignatureTable, parameters: Set<String>? = nil) {
    var parser = Parser(Scanner(Array(text.utf8)), signatures: signatures, parameters: parameters)
    let commands = parser.commands()
    self.init(commands: commands, diagnostics: parser.takeDiagnostics())
  }
}

/// Commands: `verb what clause clause … { block }`.
extension Parser {
  /// The commands up to the text's end, or up to the brace that closes the block around them.
  mutating func commands() -> [CommandSyntax] {
    separated { parser throws(Diagnostic) in try parser.command() }
  }

  /// Reads what newlines and semicolons separate, and goes on behind what is wrong.
  /// An entry that is nothing has been told of.
  mutating func separated<Entry>(_ entry: (inout Parser) throws(Diagnostic) -> Entry?) -> [Entry] {
    var entries: [Entry] = []
    while nextEntry(entry, { entries.append($0) }) {}
    return entries
  }

  /// Reads the next of what newlines and semicolons separate.
  /// - Returns: whether there may be another.
  mutating func nextEntry<Entry>(
    _ entry: (inout Parser) throws(Diagnostic) -> Entry?, _ take: (Entry) -> Void
  ) -> Bool {
    while current.kind == .newline || current.kind == .semicolon { advance() }
    let start = current.span.start
    do throws(Diagnostic) {
      if current.kind == .closeBrace {
        if openBlocks > 0 { return false }
        let diagnostic = unexpected()
        advance()
        throw diagnostic
      }
      // The end is an entry's start too: that is where completion learns what an entry begins with.
      if current.isEnd && completion == nil { return false }
      if let read = try entry(&self) { take(read) }
    } catch {
      report(error)
      recover()
    }
    if current.isEnd { return false }
    if current.span.start == start { advance() }
    return true
  }

  /// A command; nothing where something is wrong in its block, which has been told: a part of what was written is not
  /// what was meant. Of a block of commands each stands for itself, unless they are one mapping.
  mutating func command() throws(Diagnostic) -> CommandSyntax? {
    scope = ReadingScope()
    offer(.command(signatures.names))
    guard current.kind == .word else {
      throw unexpected(help: "a command starts with its name, such as `show`")
    }
    let start = current.span.start
    if scanner.bytes[start] == UInt8(ascii: ".") { return try sessionCommand() }

    let (name, signature) = try commandName()
    scope.name = signature.name
    scope.command = signature.name
    scope.clauses = signature.clauses
    scope.takesQualifiers = signature.takesQualifiers

    var parts = ClauseParts()
    let toldBefore = diagnostics.count
    try head(signature.head, &parts)
    // What is asked in braces of the head has no meaning without all of it.
    let isHeadWhole = diagnostics.count == toldBefore
    let arguments = scope.arguments
    let outside = visible
    if let variable = scope.variable { visible?.insert(variable) }
    try clauses(&parts)
    let told = diagnostics.count
    let block = try block(of: signature)
    if signature.block == .commands { visible = outside }
    let otherwise = signature.takesElse ? try otherwise(signature) : nil
    guard isAtEnd else { throw unexpected() }
    guard isHeadWhole else { return nil }
    if diagnostics.count > told {
      if case .commands? = block, !signature.hasTemplates {} else { return nil }
    }
    return CommandSyntax(
      name: name, arguments: arguments, clauses: parts.clauses, qualifiers: parts.qualifiers, block: block,
      otherwise: otherwise, span: span(from: start))
  }

  /// `else { … }`, or another command of this kind behind `else`.
  private mutating func otherwise(_ signature: CommandSignature) throws(Diagnostic) -> BlockSyntax? {
    scope.clauses = []
    offer(.words(["else"]))
    // It may stand on a line of its own.
    var ahead = current
    while ahead.kind == .newline { ahead = token(from: ahead.span.end) }
    guard ahead.kind == .word, scanner.text(ahead.span) == "else" else { return nil }
    jump(to: ahead.span.end)
    if current.kind == .openBrace { return try block(of: signature) }
    let start = current.span.start
    guard isWord("if") else { throw .missingBlock("else", place) }
    return try nested { parser throws(Diagnostic) in
      guard let next = try parser.command() else { return .commands([], parser.span(from: start)) }
      return .commands([next], next.span)
    }
  }

  /// `{ list initiatives }`: the commands between braces in a head.
  mutating func query() throws(Diagnostic) -> ArgumentSyntax {
    guard current.kind == .openBrace else { throw missing(.query) }
    let outer = scope
    defer { scope = outer }
    guard case .commands(let commands, let span) = try braced(BlockSyntax.commands, { $0.commands() }) else {
      throw missing(.query)
    }
    guard commands.count <= 1 else { throw .severalCommands(commands[1].span) }
    return .query(commands, span)
  }

  /// The command that another stands before: `expect no conflicts`.
  mutating func commandInside() throws(Diagnostic) -> ArgumentSyntax {
    let (outer, start) = (scope, current.span.start)
    defer { scope = outer }
    return try nested { parser throws(Diagnostic) in
      guard let command = try parser.command() else { return .query([], parser.span(from: start)) }
      return .query([command], command.span)
    }
  }

  /// The longest name of a command that stands here.
  private mutating func commandName() throws(Diagnostic) -> (Word, CommandSignature) {
    let first = Word(currentText, current.span)
    let next = next
    if next.kind == .word {
      if signatures.firstWords.contains(first.content) {
        let both = Word(first.content + " " + scanner.text(next.span), first.span.joined(next.span))
        if let signature = signatures[both.content] {
          advance()
          advance()
          return (both, signature)
        }
      }
    } else if next.kind == .end, completion != nil {
      offerTwoWords(first, next, among: signatures.names) { .command($0) }
    }
    if let signature = signatures[first.content] {
      advance()
      return (first, signature)
    }
    throw unknownCommand(first, next)
  }

  private func unknownCommand(_ first: Word, _ next: Token) -> Diagnostic {
    let begun = signatures.names.filter { $0.hasPrefix(first.content + " ") }
    if !begun.isEmpty {
      let words = next.kind == .word ? first.content + " " + excerpt(next) : first.content
      return .unknownCommand(words, nearest: begun, first.span)
    }
    return .unknownCommand(
      excerpt(current), nearest: nearest(to: first.content, in: signatures.names), first.span)
  }

  /// Offers names of two words whose first stands here and whose second is being typed.
  func offerTwoWords(
    _ first: Word, _ second: Token, among names: [String],
    _ expectation: ([String]) -> Expectation
  ) {
    let fitting = names.filter { $0.hasPrefix(first.content + " ") }
    guard !fitting.isEmpty else { return }
    completion?.add(expectation(fitting))
    completion?.replaced = first.span.joined(second.span)
  }

  /// The elements behind the verb.
  private mutating func head(_ elements: [HeadElement], _ parts: inout ClauseParts) throws(Diagnostic) {
    for element in elements {
      switch element.kind {
      case .literal(let text): try literal(text, isOptional: element.isOptional)
      case .argument(.raw):
        try clauses(&parts, isBeforeRaw: true)
        if let text = try raw(isOptional: element.isOptional) { scope.arguments[element.name] = .text(text) }
      case .argument(let shape):
        offer(.shape(shape, command: scope.command, clause: nil))
        if element.isOptional, !canStart(shape) { continue }
        scope.arguments[element.name] = try argument(shape, isHead: true)
      }
    }
  }

  private mutating func literal(_ text: String, isOptional: Bool) throws(Diagnostic) {
    offer(.words([text]))
    if !isAtEnd, current.kind != .quoted, currentText == text {
      if isOptional { scope.arguments[text] = .flag }
      return advance()
    }
    if isOptional { return }
    if isBroken { throw unexpected() }
    throw .missingWord(text, command: scope.name, found: isAtEnd ? nil : excerpt(current), place)
  }

  /// Where something is missing: the token that stands there, or the end of the text before it.
  var place: Span { isAtEnd ? Span(previousEnd, previousEnd) : current.span }
}
