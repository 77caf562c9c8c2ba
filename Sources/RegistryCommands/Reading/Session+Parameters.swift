import CommandLanguage

/// Parameters in texts: a bare `$name` is the parameter's value, wherever a text may stand. In quotes it was refused when
/// the text was read, but in the braces of an import, where rows give the values.
extension Session {
  /// The parameters with their values, the innermost where several have one name.
  var parameterValues: [String: String] {
    parameters.reduce(into: [:]) { values, frame in values.merge(frame) { $1 } }
  }

  /// The names of the parameters that have a value.
  var parameterNames: Set<String> { Set(parameters.flatMap(\.keys)) }

  /// A command with the values of parameters in its texts.
  func substituted(_ command: CommandSyntax, _ signature: CommandSignature) -> CommandSyntax {
    guard isSubstituting, importing == nil, restoring == nil, parameters.contains(where: { !$0.isEmpty })
    else {
      return command
    }
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
    for name in Template.parameters(in: word.content) where parameter(name) != nil {
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
