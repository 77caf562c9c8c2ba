/// A clause of a command, declared with the type of what stands behind its keyword.
///
///     static let limit = Clause("limit", .integer, "at most so many")
///     …
///     let most = command[limit] ?? .max
///
/// What a command takes is the list of the clauses' signatures; what it gets it reads through the same values, so that
/// neither is a word that could be misspelt.
public struct Clause<Content: Sendable>: Sendable {
  /// What the parser, help and completion know of it.
  public let signature: ClauseSignature
  let form: Form<Content>

  /// A clause that stands at most once.
  public init(_ keyword: String, _ form: Form<Content>, _ summary: String) {
    self.form = form
    signature = ClauseSignature(keyword, form.shape, summary)
  }

  /// The keyword.
  public var keyword: String { signature.keyword }

  /// The same clause where it does something of its own.
  public func meaning(_ summary: String) -> Clause { Clause(keyword, form, summary) }
}

/// A clause that may stand more than once; each counts.
public struct RepeatableClause<Content: Sendable>: Sendable {
  /// What the parser, help and completion know of it.
  public let signature: ClauseSignature
  let form: Form<Content>

  /// A clause that may be repeated.
  public init(_ keyword: String, _ form: Form<Content>, _ summary: String) {
    self.form = form
    signature = ClauseSignature(keyword, form.shape, summary, repeats: true)
  }
}

/// A keyword with nothing behind it.
public struct Flag: Sendable {
  /// What the parser, help and completion know of it.
  public let signature: ClauseSignature

  /// A keyword that says it all.
  public init(_ keyword: String, _ summary: String) { signature = ClauseSignature(keyword, .flag, summary) }

  /// The keyword.
  public var keyword: String { signature.keyword }
}

/// What must stand behind a command's verb.
public struct Argument<Content: Sendable>: Sendable {
  /// The name in help.
  public let name: String
  let form: Form<Content>

  /// An argument that the parser demands.
  public init(_ name: String, _ form: Form<Content>) {
    self.name = name
    self.form = form
  }

  /// Its place in the grammar.
  public var element: HeadElement { .argument(name, form.shape) }
}

/// What may stand behind a command's verb.
public struct OptionalArgument<Content: Sendable>: Sendable {
  /// The name in help.
  public let name: String
  let form: Form<Content>

  /// An argument that may be missing.
  public init(_ name: String, _ form: Form<Content>) {
    self.name = name
    self.form = form
  }

  /// Its place in the grammar.
  public var element: HeadElement { .optional(name, form.shape) }
}
