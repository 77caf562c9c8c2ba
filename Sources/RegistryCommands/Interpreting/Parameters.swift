import CommandLanguage

/// What `$name` stands for: a parameter from without or, in the mapping of an import, a column of the row that is read.
///
/// A bare `$name` is the value, wherever a text may stand. In quotes it was refused when the text was read, but in a
/// mapping, where rows give the values.
struct Parameters {
  /// Those from without, by their names.
  var values: [String: String] = [:]
  /// The row that is read, whose columns come first; nil where none is.
  var row: CurrentRow?

  /// The value of a parameter.
  func value(of name: String) -> String? { row?.value(of: name) ?? values[name] }

  /// The text of a name with its parameters put in.
  func substituted(_ name: NameSyntax) throws(Failure) -> String {
    guard name.form == .template else {
      return row == nil || name.isVerbatim ? name.text : interpolated(name.text)
    }
    return try substituted(name.text, name.span)
  }

  /// The text of a word, with the values of the row that is imported in it.
  func text(_ word: Word) -> String {
    row == nil || word.isVerbatim ? word.content : interpolated(word.content)
  }

  /// A bare word with `$name` replaced by the parameters' values.
  func substituted(_ template: String, _ span: Span) throws(Failure) -> String {
    var result = ""
    var rest = template[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      rest = rest[rest.utf8.index(after: dollar)...]
      let name = Template.name(at: rest)
      guard !name.isEmpty else {
        result += "$"
        continue
      }
      guard let value = value(of: String(name)) else { throw Failures.missingParameter(String(name), span) }
      // A part of a key has no blanks around it; a field may.
      result += row != nil && name.utf8.count + 1 < template.utf8.count ? value.trimmed : value
      rest = rest[name.endIndex...]
    }
    return result + rest
  }

  /// A text with `$name` replaced where that is a parameter, or a column of what is imported.
  func interpolated(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var result = ""
    var rest = text[...]
    while let dollar = rest.utf8.firstIndex(of: UInt8(ascii: "$")) {
      result += rest[..<dollar]
      rest = rest[rest.utf8.index(after: dollar)...]
      let name = Template.name(at: rest)
      if let value = name.isEmpty ? nil : value(of: String(name)) {
        result += value
        rest = rest[name.endIndex...]
      } else {
        result += "$"
      }
    }
    return result + rest
  }

  /// What is written where a new key shall stand; `t12` and `@4k7q` mean something else already.
  func keyText(of name: NameSyntax) throws(Failure) -> String {
    switch name.form {
    case .statement: throw Failures.malformedKey("@" + name.text, name.span)
    case .transaction: throw Failures.malformedKey("t" + name.text, name.span)
    default:
      let text = try substituted(name)
      return row == nil ? text : text.trimmed
    }
  }

  /// A command with the values of parameters in its texts.
  func substituted(_ command: CommandSyntax, _ signature: CommandSignature) -> CommandSyntax {
    guard !values.isEmpty else { return command }
    var copy = command
    for element in signature.head {
      // Another language has parameters of its own.
      guard case .argument(let shape) = element.kind, shape != .raw,
        let argument = copy.arguments[element.name]
      else { continue }
      copy.arguments[element.name] = substituted(argument)
    }
    copy.clauses = copy.clauses.map(substituted)
    switch copy.block {
    case .claims(let claims, let span)?:
      copy.block = .claims(
        claims.map { claim in
          var claim = claim
          claim.clauses = claim.clauses.map(substituted)
          return claim
        }, span)
    case .fields(let fields, let span)?: copy.block = .fields(fields.map(substituted), span)
    case .commands?, nil: break
    }
    return copy
  }

  /// Refuses a parameter where none is put in.
  func refuseParameter(in word: Word) throws(Failure) {
    for name in Template.parameters(in: word.content) where value(of: name) != nil {
      throw Failures.parameterInSessionCommand(name, word)
    }
  }

  private func substituted(_ clause: ClauseSyntax) -> ClauseSyntax {
    var copy = clause
    copy.argument = substituted(clause.argument)
    return copy
  }

  private func substituted(_ argument: ArgumentSyntax) -> ArgumentSyntax {
    guard case .text(let word) = argument, !word.isVerbatim else { return argument }
    return .text(Word(interpolated(word.content), word.span))
  }
}
