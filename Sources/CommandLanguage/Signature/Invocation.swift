/// A command as it is carried out: its arguments and clauses by their declarations, and which of them were read.
///
/// So what a command accepts is what it reads: after it ran, ``unreadPart`` says what was given for nothing.
public final class Invocation: ClauseReader {
  /// The command as it was written.
  private let syntax: CommandSyntax
  private let block: BlockShape
  private var readArguments: [String] = []
  private var hasReadQualifiers = false
  private var hasReadBlock = false
  private var hasReadOtherwise = false

  /// A command of a signature.
  /// - Throws: `duplicate-clause`; `missing-argument` where the tree was not made by the parser.
  public init(_ syntax: CommandSyntax, _ signature: CommandSignature) throws(Diagnostic) {
    self.syntax = syntax
    block = signature.block
    try super.init(syntax.clauses, of: signature.clauses)
    // The words of a session command are split at blanks, whatever they are.
    guard syntax.name.content.first != "." else { return }
    for element in signature.head where !element.isOptional {
      guard case .argument(let shape) = element.kind, syntax.arguments[element.name] == nil else { continue }
      throw .missingArgument(
        behind: syntax.name.content, expected: shape.expectation, found: nil, syntax.span)
    }
  }

  /// The command's name.
  public var name: Word { syntax.name }

  /// Where the command stands.
  public var span: Span { syntax.span }

  /// What stands in a place of the head.
  public subscript<Content>(argument: Argument<Content>) -> Content {
    guard let content = take(argument.name).flatMap({ argument.form.content($0) }) else {
      preconditionFailure("\(name.content) does not declare \(argument.name)")
    }
    return content
  }

  /// What stands in a place of the head, if anything does.
  public subscript<Content>(argument: OptionalArgument<Content>) -> Content? {
    take(argument.name).flatMap { argument.form.content($0) }
  }

  /// The qualifiers among the clauses.
  public var qualifiers: [QualifierSyntax] {
    hasReadQualifiers = true
    return syntax.qualifiers
  }

  /// The commands between the braces; nothing where there are none.
  public var commands: [CommandSyntax]? {
    hasReadBlock = true
    if case .commands(let commands, _)? = syntax.block { return commands }
    return nil
  }

  /// The commands between the braces behind `else`; nothing where there are none.
  public var otherwise: [CommandSyntax]? {
    hasReadOtherwise = true
    if case .commands(let commands, _)? = syntax.otherwise { return commands }
    return nil
  }

  /// The entries `property = value` between the braces.
  public var claims: [ClaimSyntax] {
    hasReadBlock = true
    if case .claims(let claims, _)? = syntax.block { return claims }
    return []
  }

  /// The fields between the braces.
  /// - Throws: `duplicate-clause`.
  public func fields() throws(Diagnostic) -> ClauseReader {
    hasReadBlock = true
    guard case .fields(let fields, _)? = syntax.block, case .fields(let signatures) = block else {
      return try ClauseReader([])
    }
    return try ClauseReader(fields, of: signatures)
  }

  /// What was given first and not read, with its words and its place.
  public var unreadPart: Word? {
    if let clause = unread { return Word(clause.keyword.content, clause.span) }
    if !hasReadQualifiers, let qualifier = syntax.qualifiers.first {
      return Word(qualifier.property.content, qualifier.span)
    }
    if let name = syntax.arguments.keys.sorted().first(where: { !readArguments.contains($0) }) {
      return Word(name, syntax.span)
    }
    if !hasReadBlock, syntax.block != nil { return Word("{ }", syntax.span) }
    if !hasReadOtherwise, syntax.otherwise != nil { return Word("else", syntax.span) }
    return nil
  }

  private func take(_ name: String) -> ArgumentSyntax? {
    guard let argument = syntax.arguments[name] else { return nil }
    if !readArguments.contains(name) { readArguments.append(name) }
    return argument
  }
}
