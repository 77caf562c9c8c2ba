/// How an argument is written, with the type of what it gives to a command.
public struct Form<Content: Sendable>: Sendable {
  /// What the parser reads.
  public let shape: ArgumentShape
  /// What the command gets of it.
  let content: @Sendable (ArgumentSyntax) -> Content?

  init(_ shape: ArgumentShape, _ content: @escaping @Sendable (ArgumentSyntax) -> Content?) {
    self.shape = shape
    self.content = content
  }
}

extension Form where Content == NameSyntax {
  /// One name: `forge`, `"Pax Silica"`, `@4k7q`, `t12`, `$x`.
  public static var name: Form { Form(.name) { if case .name(let name) = $0 { name } else { nil } } }
}

extension Form where Content == [NameSyntax] {
  /// Names with commas.
  public static var names: Form { Form(.names) { if case .names(let names) = $0 { names } else { nil } } }
}

extension Form where Content == PathSyntax {
  /// A name with properties and qualifiers.
  public static var path: Form { Form(.path) { if case .path(let path) = $0 { path } else { nil } } }
}

extension Form where Content == [PathSyntax] {
  /// Paths with commas.
  public static var paths: Form { Form(.paths) { if case .paths(let paths) = $0 { paths } else { nil } } }
}

extension Form where Content == Word {
  /// A bare word.
  public static var word: Form { words(.word) }
  /// A quoted text.
  public static var text: Form { words(.text) }
  /// The path of a file, in quotes.
  public static var file: Form { words(.file) }
  /// A quoted text or one bare word.
  public static var textOrWord: Form { words(.textOrWord) }
  /// An EDTF date.
  public static var date: Form { words(.date) }
  /// The bare words to the end of the line, in one text.
  public static var restOfLine: Form { words(.restOfLine) }
  /// Another language's text.
  public static var raw: Form { words(.raw) }
  /// What a loop calls each of its rows, without its `$`.
  public static var variable: Form { words(.variable) }
  /// The name of a parameter that is declared.
  public static var parameter: Form { words(.parameter) }
  /// One of these words.
  public static func choice(_ words: [String]) -> Form { Self.words(.choice(words)) }

  private static func words(_ shape: ArgumentShape) -> Form {
    Form(shape) {
      switch $0 {
      case .word(let word), .text(let word), .date(let word): word
      default: nil
      }
    }
  }
}

extension Form where Content: CaseIterable & RawRepresentable, Content.RawValue == String {
  /// One of the words of a choice.
  public static var choice: Form {
    Form(.choice(Content.allCases.map(\.rawValue))) {
      if case .word(let word) = $0 { Content(rawValue: word.content) } else { nil }
    }
  }
}

extension Form where Content == [Word] {
  /// Bare words with commas.
  public static var words: Form { list(.words) }
  /// What a property's values are.
  public static var valueRange: Form { list(.valueRange) }
  /// The paths of files, with commas.
  public static var files: Form { list(.files) }
  /// Some of these words, with commas.
  public static func choices(_ words: [String]) -> Form { list(.choices(words)) }

  private static func list(_ shape: ArgumentShape) -> Form {
    Form(shape) { if case .words(let words) = $0 { words } else { nil } }
  }
}

/// `$name = "text"`.
public struct AssignmentSyntax: Hashable, Sendable {
  /// The parameter, without its `$`.
  public var name: Word
  /// What it stands for.
  public var value: Word
}

extension Form where Content == AssignmentSyntax {
  /// `$name = "text"`.
  public static var assignment: Form {
    Form(.assignment) {
      if case .assignment(let name, let value) = $0 {
        AssignmentSyntax(name: name, value: value)
      } else {
        nil
      }
    }
  }
}

/// `A..B`.
public struct DateRangeSyntax: Hashable, Sendable {
  /// The first date.
  public var first: Word
  /// The last date.
  public var last: Word
}

extension Form where Content == DateRangeSyntax {
  /// `A..B`.
  public static var dateRange: Form {
    Form(.dateRange) {
      if case .dateRange(let first, let last) = $0 { DateRangeSyntax(first: first, last: last) } else { nil }
    }
  }
}

/// A point of the registry's own time.
public enum PointSyntax: Hashable, Sendable {
  /// `t12`.
  case transaction(NameSyntax)
  /// `2026-01-12`.
  case date(Word)
}

extension Form where Content == PointSyntax {
  /// A transaction or a date.
  public static var point: Form {
    Form(.point) {
      switch $0 {
      case .point(let name?, _): .transaction(name)
      case .point(nil, let word?): .date(word)
      default: nil
      }
    }
  }
}

extension Form where Content == Int {
  /// A whole number.
  public static var integer: Form {
    Form(.integer) { if case .integer(let number) = $0 { number.content } else { nil } }
  }
}

extension Form where Content == [ValueSyntax] {
  /// Values with commas.
  public static var values: Form {
    Form(.values) { if case .values(let values) = $0 { values } else { nil } }
  }
}

extension Form where Content == ConditionSyntax {
  /// What `where` takes.
  public static var condition: Form {
    Form(.condition) { if case .condition(let condition) = $0 { condition } else { nil } }
  }
}

extension Form where Content == ConditionSyntax {
  /// What `check claim` takes: conditions of things that they name themselves.
  public static var claim: Form {
    Form(.claim) { if case .condition(let condition) = $0 { condition } else { nil } }
  }
}

extension Form where Content == [SortSyntax] {
  /// `started desc, name`.
  public static var sort: Form { Form(.sort) { if case .sort(let sort) = $0 { sort } else { nil } } }
}

extension Form where Content == CardinalitySyntax {
  /// What follows `one` in a property's definition.
  public static var cardinalityOne: Form {
    Form(.cardinalityOne) { if case .cardinality(let cardinality) = $0 { cardinality } else { nil } }
  }
}

extension Form where Content == [QualifierSyntax] {
  /// `stage refining; year 2024`.
  public static var qualifiers: Form {
    Form(.qualifiers) { if case .qualifiers(let qualifiers) = $0 { qualifiers } else { nil } }
  }
}

extension Form where Content == ArgumentSyntax {
  /// What is declared only while the program runs, as the parameters of plugins are.
  public static func any(_ shape: ArgumentShape) -> Form { Form(shape) { $0 } }
}

extension Form where Content == CommandSyntax {
  /// A command in braces, whose answer is taken.
  public static var query: Form { command(.query) }
  /// A command as it stands.
  public static var command: Form { command(.command) }

  private static func command(_ shape: ArgumentShape) -> Form {
    Form(shape) { if case .query(let commands, _) = $0 { commands.first } else { nil } }
  }
}

/// `>= 25`.
public struct ComparisonSyntax: Hashable, Sendable {
  /// The sign.
  public var sign: ConditionSyntax.Comparison
  /// What stands behind it.
  public var number: Int
}

extension Form where Content == ComparisonSyntax {
  /// `>= 25`.
  public static var comparison: Form {
    Form(.comparison) {
      if case .comparison(let sign, let number) = $0 {
        ComparisonSyntax(sign: sign.content, number: number.content)
      } else {
        nil
      }
    }
  }
}

extension Form where Content == Bool {
  /// A word that may stand there.
  public static var flag: Form { Form(.flag) { if case .flag = $0 { true } else { nil } } }
}
