/// Parameters: `$name` in the place of an argument, and in quoted texts.
extension Parser {
  /// Whether a parameter stands here, which may give any argument.
  var isTemplate: Bool { current.kind == .word && currentText.utf8.contains(UInt8(ascii: "$")) }

  /// A bare word that has a parameter in it.
  mutating func template(_ shape: ArgumentShape) throws(Diagnostic) -> Word {
    try refuseUnknownParameters(in: currentText, current.span)
    let word = Word(currentText, current.span)
    advance()
    return word
  }

  mutating func quotedText() throws(Diagnostic) -> Word {
    let text = try text(ofQuoted: current)
    advance()
    return text
  }

  /// What a quoted token says, as a template where parameters count in it.
  func text(ofQuoted token: Token) throws(Diagnostic) -> Word {
    var text = Word(try scanner.content(ofQuoted: token), token.span)
    text.isVerbatim = isVerbatim(quoted: token.span)
    if !text.isVerbatim, text.content.utf8.contains(UInt8(ascii: "$")) {
      text.content = try scanner.template(ofQuoted: token)
    }
    return text
  }

  /// Whether a quoted text is taken as it stands: in the braces of an import, where rows give values, it is where each of
  /// its dollar signs has a backslash; elsewhere where none of its dollar signs stands before a parameter that has a value,
  /// and in `“…”` and `"""…"""`.
  private func isVerbatim(quoted span: Span) -> Bool {
    let text = scanner.text(span)
    guard openTemplates > 0 else {
      guard let visible, scanner.isSimpleQuote(span) else { return true }
      return !Template.parameters(in: text).contains { visible.contains($0) }
    }
    return text.utf8.contains(UInt8(ascii: "\\")) && text.utf8.contains(UInt8(ascii: "$"))
      && scanner.isSimpleQuote(span) && Template.parameters(in: text).isEmpty
  }

  /// Refuses a parameter that has no value: it would be taken for a text.
  func refuseUnknownParameters(in text: String, _ span: Span) throws(Diagnostic) {
    guard let visible, openTemplates == 0, !asksOfRows else { return }
    for name in Template.parameters(in: text) where !visible.contains(name) {
      throw .missingParameter(name, nearest: nearest(to: name, in: visible.sorted()), span)
    }
  }

  /// Refuses in the path of a file what stands for no parameter and can be meant as nothing else: `${name}`, and `$name`
  /// where one is nearly called so. A file of another name would be written, or read.
  func refuseMisspeltParameters(inPath token: Token) throws(Diagnostic) {
    guard let visible, openTemplates == 0, scanner.isSimpleQuote(token.span) else { return }
    var problem: Diagnostic?
    Template.eachPiece(of: try scanner.template(ofQuoted: token)) { piece in
      guard case .parameter(let name, _, let written) = piece, !visible.contains(String(name)) else { return }
      let near = nearest(to: String(name), in: visible.sorted())
      guard written.dropFirst().first == "{" || name.utf8.count > 2 && !near.isEmpty else { return }
      problem = problem ?? .missingParameter(String(name), nearest: near, token.span)
    }
    if let problem { throw problem }
  }

  /// Whether a condition is read that is asked of the rows of a file, whose columns are known later.
  private var asksOfRows: Bool {
    guard let clause = scope.clause, signatures[scope.command]?.hasTemplates == true else { return false }
    return scope.clauses.contains { $0.keyword == clause && $0.shape == .condition }
  }

  // MARK: What gives parameters values

  /// `$x` of a loop: known between the braces behind it.
  mutating func variable() throws(Diagnostic) -> Word {
    guard current.kind == .word, currentText.first == "$" else { throw missing(.variable) }
    let name = Template.name(at: currentText.dropFirst())
    guard !name.isEmpty, name.utf8.count + 1 == currentText.utf8.count, name.first?.isNumber == false else {
      throw missing(.variable)
    }
    let word = Word(String(name), current.span)
    advance()
    scope.variable = word.content
    return word
  }

  /// The name of a parameter that a script declares, known from here on: `since:`.
  mutating func declaredParameter() throws(Diagnostic) -> Word {
    guard current.kind == .word else { throw missing(.parameter) }
    var text = currentText[...]
    if text.first == "$" { text = text.dropFirst() }
    if text.last == ":" { text = text.dropLast() }
    let name = Template.name(at: text)
    guard !name.isEmpty, name == text, name.first?.isNumber == false else { throw missing(.parameter) }
    let word = Word(String(name), current.span)
    advance()
    visible?.insert(word.content)
    return word
  }
}
