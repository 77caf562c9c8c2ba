/// A word of the source with its place.
public typealias Word = Spanned<String>

/// How the source names a thing.
public struct NameSyntax: Hashable, Sendable {
  /// Which of the possible things was written.
  public enum Form: Hashable, Sendable {
    /// A bare word: a key, a code, or a one-word alias.
    case bare
    /// Quoted: resolved through names and aliases.
    case quoted
    /// `@4k7q`: a statement by its id; the text is without the `@`.
    case statement
    /// `t12`: a transaction; the text is the digits.
    case transaction
    /// `$name`: a parameter, or a word with parameters inside it (`desta:$treatyID`); the text is as written.
    case template
    /// `new person ID "Name"`: created where it stands; the text is ID.
    case new(type: String, name: Word?)
  }
  /// Which of these it is.
  public var form: Form
  /// The name, as its form says.
  public var text: String
  /// Where it stands.
  public var span: Span
  /// Whether it is a text in quotes that has no parameter: a `$` in it is a dollar sign.
  public var isVerbatim = false

  /// A name as it was read.
  public init(_ form: Form, _ text: String, _ span: Span) {
    self.form = form
    self.text = text
    self.span = span
  }
}

/// A name with the properties that are followed from it and the qualifiers that address a cell:
/// `china.share[mineral cobalt, year 2024]`.
public struct PathSyntax: Hashable, Sendable {
  /// What the path starts from.
  public var name: NameSyntax
  /// The properties in the order in which they are followed; often none.
  public var properties: [Word]
  /// What stands in brackets.
  public var qualifiers: [QualifierSyntax]
  /// Where it stands.
  public var span: Span

  /// A path as it was read.
  public init(name: NameSyntax, properties: [Word], qualifiers: [QualifierSyntax], span: Span) {
    self.name = name
    self.properties = properties
    self.qualifiers = qualifiers
    self.span = span
  }
}

/// `stage refining`.
public struct QualifierSyntax: Hashable, Sendable {
  /// The qualifier’s property.
  public var property: Word
  /// Its one value.
  public var value: ValueSyntax
  /// A qualifier as it was read.
  public init(property: Word, value: ValueSyntax) {
    self.property = property
    self.value = value
  }
  /// From the property to the value’s end.
  public var span: Span { property.span.joined(value.span) }
}

/// A value as it is written; what it means depends on the range of its property.
public struct ValueSyntax: Hashable, Sendable {
  /// How exact a number is, by the words before it.
  public enum Bound: String, Hashable, Sendable {
    case exact, about, nearly, atLeast = "at least", moreThan = "more than", upTo = "up to"
  }

  /// A number with what stands beside it: `USD 250..310/kg` is low 250, high 310, currency USD, per kg.
  public struct Number: Hashable, Sendable {
    /// Digits with an optional sign and decimal point, as written, without group separators (`_`).
    public var low: String
    /// The upper end of a range.
    public var high: String?
    /// Letters directly behind the number (behind the high end, they count for both): a multiplier or a unit.
    public var suffix: String
    /// Whether `%` stands behind the number.
    public var isPercent: Bool
    /// Capitals before the number: `USD`.
    public var currency: String?
    /// What stands behind the slash: `kg`.
    public var per: String?
    /// The words behind the number, up to two: `million`, `weeks`, `bn EUR`.
    public var words: [String]
    /// All of it as it was written, without the words that say how exact it is.
    public var text: String

    /// A number as it was read, or with only what is said.
    public init(
      low: String, high: String? = nil, suffix: String = "", isPercent: Bool = false, currency: String? = nil,
      per: String? = nil, words: [String] = [], text: String = ""
    ) {
      self.low = low
      self.high = high
      self.suffix = suffix
      self.isPercent = isPercent
      self.currency = currency
      self.per = per
      self.words = words
      self.text = text
    }

    /// Whether it is digits alone, with a sign or a fraction.
    public var isBare: Bool {
      high == nil && suffix.isEmpty && !isPercent && currency == nil && per == nil && words.isEmpty
    }
  }

  /// Which of the possible things was written.
  public enum Form: Hashable, Sendable {
    case name(NameSyntax)
    /// A number; `2026` may be a year too.
    case number(Number, Bound)
    /// Something that can only be a date: `2026-02`, `2026~`, `2025-10-20/2026-06`, `today + 90 days`.
    case date(String)
    case unknown
    case none
  }

  /// How a figure for several is meant, by the word behind it.
  public enum Reading: String, Hashable, Sendable { case each, combined, unclear }

  /// How the values behind one `=` belong together, by the word before the first.
  public enum Group: String, Hashable, Sendable, CaseIterable {
    /// All of them are one value: co-chairs.
    case jointly
    /// They are the whole list, and there are no others.
    case only
  }

  /// What the value is.
  public var form: Form
  /// How a figure for several is meant; nothing where the text does not say.
  public var reading: Reading?
  /// Whether `forecast` stands before or behind the value.
  public var forecast: Bool
  /// How it belongs together with the other values, the same for all of them.
  public var group: Group?
  /// Where it stands.
  public var span: Span

  /// A value as it was read.
  public init(
    _ form: Form, reading: Reading? = nil, forecast: Bool = false, group: Group? = nil, span: Span
  ) {
    self.form = form
    self.reading = reading
    self.forecast = forecast
    self.group = group
    self.span = span
  }
}

/// What a `where` asks.
public indirect enum ConditionSyntax: Hashable, Sendable {
  /// The sign between properties and values.
  public enum Comparison: String, Hashable, Sendable {
    case equal = "=", unequal = "!=", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=",
      like = "~"
  }
  case and([ConditionSyntax])
  case or([ConditionSyntax])
  case not(ConditionSyntax, Span)
  /// `member.name = …`, `amount >= USD 1bn`; several values (`= USA, JPN`) mean any of them.
  case compare(properties: [Word], Spanned<Comparison>, values: [ValueSyntax])
  /// `pax-silica.member-count >= 30`: what of a thing is asked, where nothing else says of which.
  case asked(of: NameSyntax, ConditionSyntax)
  /// `amount is stated`, `chair is not stated`, `member is denied`.
  case state(properties: [Word], Spanned<State>, negated: Bool)
  /// `signatory of pax-silica`, `concerns of initiatives is not stated`: whether these things, or things of these types,
  /// name what is asked about by the property; without a state as a comparison.
  case named(by: [Word], of: [NameSyntax], Spanned<State>?, negated: Bool)
  /// `share[mineral gallium, stage refining] > 50%`: a comparison or a state of the statements that have these
  /// qualifiers, a list for each property of its path.
  case qualified(ConditionSyntax, [[QualifierSyntax]])
  /// `chair = KOR is undecided`, `(a and b) is not undecided`: whether what is recorded decides a condition.
  case undecided(ConditionSyntax, negated: Bool, Span)

  /// What a statement can be, behind `is`.
  public enum State: String, Hashable, Sendable { case stated, denied, unknown }
}

/// What stands at a head or behind a keyword. Which case it is follows from the ``ArgumentShape``.
public enum ArgumentSyntax: Hashable, Sendable {
  case name(NameSyntax)
  case names([NameSyntax])
  case path(PathSyntax)
  case paths([PathSyntax])
  case word(Word)
  case words([Word])
  case text(Word)
  case date(Word)
  case dateRange(Word, Word)
  case integer(Spanned<Int>)
  /// `$name = "text"`, the name without its `$`.
  case assignment(Word, Word)
  case values([ValueSyntax])
  case condition(ConditionSyntax)
  case sort([SortSyntax])
  case cardinality(CardinalitySyntax)
  case qualifiers([QualifierSyntax])
  /// `recorded by t12`, `recorded by 2026-01-12`.
  case point(NameSyntax?, Word?)
  /// A keyword with nothing behind it.
  case flag
  /// A command whose answer is taken; none where something is wrong in it.
  case query([CommandSyntax], Span)
  /// `>= 25`.
  case comparison(Spanned<ConditionSyntax.Comparison>, Spanned<Int>)
}

/// `started desc`.
public struct SortSyntax: Hashable, Sendable {
  /// The property to sort by.
  public var property: Word
  /// Whether `desc` stands behind it.
  public var descending: Bool
  /// One level of sorting.
  public init(property: Word, descending: Bool) {
    self.property = property
    self.descending = descending
  }
}

/// `many`, `one`, `one at a time`, `one per mineral, stage`.
public enum CardinalitySyntax: Hashable, Sendable {
  case many, one, oneAtATime
  case onePer([Word])
}

/// A keyword and what stands behind it.
public struct ClauseSyntax: Hashable, Sendable {
  /// The keyword as the signature has it, with single spaces (`published by`); for a qualifier or a parameter
  /// its name.
  public var keyword: Word
  /// What stands behind the keyword.
  public var argument: ArgumentSyntax
  /// Where it stands.
  public var span: Span
  /// A clause as it was read.
  public init(keyword: Word, argument: ArgumentSyntax, span: Span) {
    self.keyword = keyword
    self.argument = argument
    self.span = span
  }
}

/// An entry of an entity's block: `amount = USD 8.5bn citing clash quote "…"`, or `alias "…"`.
public struct ClaimSyntax: Hashable, Sendable {
  /// The property, or `alias`.
  public var property: Word
  /// The qualifiers in brackets behind the property.
  public var qualifiersInPath: [QualifierSyntax]
  /// The values behind `=`, or the names behind `alias`.
  public var values: [ValueSyntax]
  /// The clauses behind the values.
  public var clauses: [ClauseSyntax]
  /// The qualifiers among the clauses.
  public var qualifiers: [QualifierSyntax]
  /// Where it stands.
  public var span: Span
  /// An entry as it was read.
  public init(
    property: Word, qualifiersInPath: [QualifierSyntax] = [], values: [ValueSyntax], clauses: [ClauseSyntax],
    qualifiers: [QualifierSyntax], span: Span
  ) {
    self.property = property
    self.qualifiersInPath = qualifiersInPath
    self.values = values
    self.clauses = clauses
    self.qualifiers = qualifiers
    self.span = span
  }
}

/// What stands between braces.
public enum BlockSyntax: Hashable, Sendable {
  case commands([CommandSyntax], Span)
  case claims([ClaimSyntax], Span)
  /// `publisher "Clash Report"`: keyword and value.
  case fields([ClauseSyntax], Span)
}

/// One command: `verb what clause clause … { block }`.
public struct CommandSyntax: Hashable, Sendable {
  /// The name of the signature that it follows: `list`, `define type`.
  public var name: Word
  /// By the names that the signature gives its head elements.
  public var arguments: [String: ArgumentSyntax]
  /// The clauses, in the order in which they stand.
  public var clauses: [ClauseSyntax]
  /// Qualifiers among the clauses: `mineral cobalt`.
  public var qualifiers: [QualifierSyntax]
  /// What stands in braces at the end.
  public var block: BlockSyntax?
  /// What stands in braces behind `else`.
  public var otherwise: BlockSyntax?
  /// Where it stands.
  public var span: Span

  /// A command as it was read.
  public init(
    name: Word, arguments: [String: ArgumentSyntax], clauses: [ClauseSyntax], qualifiers: [QualifierSyntax],
    block: BlockSyntax?, otherwise: BlockSyntax? = nil, span: Span
  ) {
    self.otherwise = otherwise
    self.name = name
    self.arguments = arguments
    self.clauses = clauses
    self.qualifiers = qualifiers
    self.block = block
    self.span = span
  }
}

/// A text, read: its commands, and what is wrong with it. Where there is an error, no command of the text
/// should be carried out.
public struct SourceTree: Sendable {
  /// The commands that could be read, in order.
  public var commands: [CommandSyntax]
  /// What is wrong, in the order of the text.
  public var diagnostics: [Diagnostic]
  /// A tree of these parts.
  public init(commands: [CommandSyntax], diagnostics: [Diagnostic]) {
    self.commands = commands
    self.diagnostics = diagnostics
  }
}
