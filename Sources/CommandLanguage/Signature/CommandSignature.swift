/// The form of what stands at a head or behind a keyword.
public indirect enum ArgumentShape: Hashable, Sendable {
  /// One name: `forge`, `"Pax Silica"`, `@4k7q`, `t12`, `$x`.
  case name
  /// Names with commas.
  case names
  /// A name with properties and qualifiers: `forge.chair`, `china.share[mineral cobalt]`.
  case path
  case paths
  /// A bare word.
  case word
  /// Bare words with commas.
  case words
  /// What a property's values are: words with commas, or `choice` and its words.
  case valueRange
  /// One of these words.
  case choice([String])
  /// Some of these words, with commas.
  case choices([String])
  /// A quoted text.
  case text
  /// The path of a file, in quotes.
  case file
  /// The paths of files, in quotes, with commas.
  case files
  /// `$name = "text"`.
  case assignment
  /// A quoted text or one bare word.
  case textOrWord
  /// An EDTF date.
  case date
  /// `A..B`.
  case dateRange
  case integer
  /// Values with commas, as in `= USA, JPN`.
  case values
  /// What `where` takes.
  case condition
  /// The same of things that it names itself: `pax-silica.member-count >= 30`.
  case claim
  /// `started desc, name`.
  case sort
  /// What follows `one` in a property's definition: nothing, `at a time`, `per mineral, stage`.
  case cardinalityOne
  /// `stage refining; year 2024`: qualifiers with semicolons or commas, up to a brace or a line's end.
  case qualifiers
  /// A transaction or a date.
  case point
  /// The bare words to the end of the line, in one text (`find price floor`).
  case restOfLine
  /// Another language's text: a block in braces, or else the rest of the line.
  case raw
  /// Nothing: the keyword says it all.
  case flag
  /// A command in braces, whose answer is taken.
  case query
  /// A command as it stands.
  case command
  /// `>= 25`.
  case comparison
  /// `$x`: what a loop calls each of its rows.
  case variable
  /// `since:`: the name of a parameter that is declared.
  case parameter
}

/// One element behind a command's verb.
public struct HeadElement: Hashable, Sendable {
  /// What the element is made of.
  public enum Kind: Hashable, Sendable {
    /// What the tree has under `name`.
    case argument(ArgumentShape)
    /// A word or sign that must stand there: `into`, `=`.
    case literal(String)
  }
  /// The name in the tree, and in the grammar that help shows.
  public var name: String
  /// What the element is made of.
  public var kind: Kind
  /// Whether the element may be missing.
  public var isOptional: Bool

  /// An element; the short forms are `argument`, `optional` and `literal`.
  public init(_ name: String, _ kind: Kind, isOptional: Bool = false) {
    self.name = name
    self.kind = kind
    self.isOptional = isOptional
  }

  /// An argument that must stand there.
  public static func argument(_ name: String, _ shape: ArgumentShape) -> HeadElement {
    HeadElement(name, .argument(shape))
  }
  /// An argument that may stand there.
  public static func optional(_ name: String, _ shape: ArgumentShape) -> HeadElement {
    HeadElement(name, .argument(shape), isOptional: true)
  }
  /// A word or sign that must stand there.
  public static func literal(_ text: String) -> HeadElement { HeadElement(text, .literal(text)) }
}

/// A keyword that a command takes.
public struct ClauseSignature: Hashable, Sendable {
  /// Lower-case words with single spaces: `published by`.
  public var keyword: String
  /// The form of what stands behind the keyword.
  public var shape: ArgumentShape
  /// What it does, in a few words; stands beside it in help and completion.
  public var summary: String
  /// Whether it may stand more than once.
  public var repeats: Bool

  /// A clause that stands at most once, unless it `repeats`.
  public init(_ keyword: String, _ shape: ArgumentShape, _ summary: String, repeats: Bool = false) {
    self.keyword = keyword
    self.shape = shape
    self.summary = summary
    self.repeats = repeats
  }
}

/// What a command's braces hold.
public enum BlockShape: Hashable, Sendable {
  case commands
  /// Entries `property = values clauses`, with these clauses beside qualifiers.
  case claims([ClauseSignature])
  /// Entries `keyword value`.
  case fields([ClauseSignature])
  /// The braces of an argument of shape ``ArgumentShape/raw`` only.
  case none
}

/// The grammar of one command.
public struct CommandSignature: Hashable, Sendable {
  /// One or two words: `list`, `define type`.
  public var name: String
  /// What stands behind the verb, in this order.
  public var head: [HeadElement]
  /// The clauses behind the head, in any order.
  public var clauses: [ClauseSignature]
  /// Whether a word that is no keyword of the command is read as a qualifier, with a value behind it.
  public var takesQualifiers: Bool
  /// What the braces at the end hold.
  public var block: BlockShape
  /// Whether the command makes no sense without its block.
  public var requiresBlock: Bool
  /// Whether `$name` in the quoted texts of its block is the value of a parameter or a column.
  public var hasTemplates: Bool
  /// Whether `else` and another block may stand behind its block.
  public var takesElse: Bool

  /// A command that takes nothing but its name, unless more is said.
  public init(
    name: String, head: [HeadElement] = [], clauses: [ClauseSignature] = [], takesQualifiers: Bool = false,
    block: BlockShape = .none, requiresBlock: Bool = false, hasTemplates: Bool = false,
    takesElse: Bool = false
  ) {
    self.name = name
    self.head = head
    self.clauses = clauses
    self.takesQualifiers = takesQualifiers
    self.block = block
    self.requiresBlock = requiresBlock
    self.hasTemplates = hasTemplates
    self.takesElse = takesElse
  }
}

/// The commands that a text may use.
public struct SignatureTable: Sendable {
  /// The signatures by their names.
  public private(set) var signatures: [String: CommandSignature]
  /// The first words of the names of two words.
  let firstWords: Set<String>

  /// A table of these commands; of two with one name the first counts.
  public init(_ signatures: [CommandSignature]) {
    self.signatures = Dictionary(signatures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    firstWords = Set(
      signatures.compactMap { signature in
        signature.name.firstIndex(of: " ").map { String(signature.name[..<$0]) }
      })
  }

  /// The command with exactly this name.
  public subscript(name: String) -> CommandSignature? { signatures[name] }

  /// The names of all commands, sorted.
  public var names: [String] { signatures.keys.sorted() }
}
