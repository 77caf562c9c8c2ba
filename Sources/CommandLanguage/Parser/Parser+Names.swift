/// Names and paths.
extension Parser {
  /// One name: bare, quoted, or `new person ID "Name"`.
  mutating func name() throws(Diagnostic) -> NameSyntax {
    if current.kind == .quoted {
      let text = try quotedText()
      var name = NameSyntax(.quoted, text.content, text.span)
      name.isVerbatim = text.isVerbatim
      return name
    }
    guard current.kind == .word else { throw missing(.name) }
    if let created = try newName() { return created }
    let text = currentText
    guard let name = NameShape.name(text, current.span) else {
      let isPath = NameShape.form(of: text.filter { $0 != "." }) != nil && text.contains(".")
      throw isPath ? .pathForName(excerpt(current), current.span) : .notAName(excerpt(current), current.span)
    }
    if name.form == .template { try refuseUnknownParameters(in: text, name.span) }
    advance()
    return name
  }

  /// `new TYPE ID "Name"`; a `new` without these is a name like any other.
  private mutating func newName() throws(Diagnostic) -> NameSyntax? {
    guard currentText == "new" else { return nil }
    let start = current.span.start
    let type = next
    guard type.kind == .word, NameShape.form(of: scanner.text(type.span)) == .bare else { return nil }
    let id = token(from: type.span.end)
    guard id.kind == .word, NameShape.form(of: scanner.text(id.span)) != nil else { return nil }
    let keywords = scope.clauses.map(\.keyword)
    guard !keywords.contains(scanner.text(type.span)), !keywords.contains(scanner.text(id.span)) else {
      return nil
    }
    jump(to: id.span.end)
    let name = current.kind == .quoted ? try quotedText() : nil
    return NameSyntax(
      .new(type: scanner.text(type.span), name: name), scanner.text(id.span), span(from: start))
  }

  /// `forge`, `forge.chair`, `"Pax Silica".signatory`, `CHN.share[mineral cobalt, year 2024]`; `chair of forge` is
  /// `forge.chair`.
  mutating func path() throws(Diagnostic) -> PathSyntax {
    let start = current.span.start
    var name: NameSyntax
    var properties: [Word] = []
    if current.kind == .quoted {
      name = try self.name()
      let isJoined = current.kind == .word && current.span.start == previousEnd
      if isJoined, scanner.bytes[previousEnd] == UInt8(ascii: ".") {
        properties = try pieces(of: scanner.text(name.span)).properties
      }
    } else {
      guard current.kind == .word else { throw missing(.path) }
      let span = current.span
      guard currentText.contains(".") else {
        name = try self.name()
        if name.form == .bare, isWord("of"), !scope.clauses.contains(where: { $0.keyword == "of" }) {
          advance()
          properties = [Word(name.text, name.span)]
          name = try self.name()
        }
        return try addressed(name, properties, start)
      }
      let word = try pieces(of: nil)
      guard let first = NameShape.name(word.name.content, word.name.span) else {
        throw .notAName(scanner.text(span), span)
      }
      (name, properties) = (first, word.properties)
    }
    return try addressed(name, properties, start)
  }

  /// A name with the properties that dots join to it.
  mutating func thingAndProperties() throws(Diagnostic) -> (thing: NameSyntax, properties: [Word]) {
    if current.kind == .quoted {
      let thing = try name()
      return (thing, continuesChain ? try pieces(of: scanner.text(thing.span)).properties : [])
    }
    guard currentText.contains(".") else { return (try name(), []) }
    let span = current.span
    let word = try pieces(of: nil)
    guard let thing = NameShape.name(word.name.content, word.name.span) else {
      throw .notAName(scanner.text(span), span)
    }
    return (thing, word.properties)
  }

  /// The qualifiers in brackets behind a path, if there are any.
  private mutating func addressed(
    _ name: NameSyntax, _ properties: [Word], _ start: Int
  ) throws(Diagnostic) -> PathSyntax {
    scope.property = properties.last?.content
    let qualifiers = try bracketedQualifiers()
    scope.property = properties.last?.content
    return PathSyntax(name: name, properties: properties, qualifiers: qualifiers, span: span(from: start))
  }

  /// `[mineral cobalt, year 2024]`, or nothing.
  mutating func bracketedQualifiers() throws(Diagnostic) -> [QualifierSyntax] {
    guard current.kind == .openBracket else { return [] }
    return try bracketed("[", "]", .closeBracket) { parser throws(Diagnostic) in
      try parser.qualifiers(stopsAtKeyword: false)
    }
  }

  /// The word here as a name and the properties that dots join to it.
  /// - Parameter owner: the name before the word as written, where the word starts with a dot.
  private mutating func pieces(of owner: String?) throws(Diagnostic) -> (name: Word, properties: [Word]) {
    var words = dotted()
    let last = words[words.count - 1]
    advance()
    if last.content.isEmpty {
      let path = scanner.text(Span(words[0].span.start, max(words[0].span.start, last.span.start - 1)))
      if current.span.start == previousEnd { offer(.property(of: (owner ?? "") + path)) }
      throw .missingArgument(
        behind: ".", expected: "a property such as chair", found: nil, Span(previousEnd, previousEnd))
    }
    let name = words.removeFirst()
    try refuseUnknownParameters(in: name.content, name.span)
    for word in words where !isPropertyName(word.content) { throw .notAName(word.content, word.span) }
    return (name, words)
  }

  /// The current word, cut at its dots.
  private func dotted() -> [Word] {
    var words: [Word] = []
    var start = current.span.start
    for offset in current.span.start...current.span.end
    where offset == current.span.end || scanner.bytes[offset] == UInt8(ascii: ".") {
      words.append(Word(scanner.text(Span(start, offset)), Span(start, offset)))
      start = offset + 1
    }
    return words
  }

  /// The name of one property.
  mutating func propertyName() throws(Diagnostic) -> Word {
    guard current.kind == .word else {
      throw isBroken
        ? unexpected()
        : .missingArgument(
          behind: scope.clause ?? scope.name, expected: "the name of a property",
          found: isAtEnd ? nil : excerpt(current), place)
    }
    let word = Word(currentText, current.span)
    guard isPropertyName(word.content) else { throw .notAName(excerpt(current), word.span) }
    try refuseUnknownParameters(in: word.content, word.span)
    advance()
    return word
  }

  private func isPropertyName(_ text: String) -> Bool {
    let form = NameShape.form(of: text)
    return form == .bare || form == .template || form == .transaction
  }

  /// Whether a dot stands right behind what was read, and goes on from it.
  var continuesChain: Bool {
    current.kind == .word && current.span.start == previousEnd
      && scanner.bytes[previousEnd] == UInt8(ascii: ".")
  }

  /// What stands behind such a dot: `.nationality`.
  mutating func continuedChain() throws(Diagnostic) -> [Word] { try pieces(of: nil).properties }

  /// Properties with dots between them: `member.name`.
  mutating func propertyChain() throws(Diagnostic) -> [Word] {
    offer(.property(of: nil))
    guard current.kind == .word, currentText.contains(".") else { return [try propertyName()] }
    let word = try pieces(of: nil)
    guard isPropertyName(word.name.content) else { throw .notAName(word.name.content, word.name.span) }
    return [word.name] + word.properties
  }
}
