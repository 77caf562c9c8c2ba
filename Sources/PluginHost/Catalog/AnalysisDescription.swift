public import FoundationEssentials

/// What a plugin says of one of its analyses.
public struct AnalysisDescription: Hashable, Sendable {
  /// The name of its command.
  public var name: String
  /// What it does, as a sentence without a full stop.
  public var summary: String
  /// Its parameters, in the order in which help shows them.
  public var parameters: [ParameterDescription]
  /// The columns of its result.
  public var columns: [ColumnDescription]
  /// Whether it says further columns when it runs.
  public var addsColumns: Bool
  /// The tables that it may give beside the first.
  public var tables: [TableDescription]
  /// Commands that show it at work.
  public var examples: [ExampleDescription]
  /// How its result is best drawn.
  public var view: ViewHint?
  /// What it computes, where it says so.
  public var about: AboutDescription?
}

/// A further table of an analysis.
public struct TableDescription: Hashable, Sendable {
  /// What it is called: lower-case words joined by hyphens.
  public var name: String
  /// What its rows are.
  public var summary: String
  /// Its columns.
  public var columns: [ColumnDescription]
  /// Whether the analysis says further columns when it runs.
  public var addsColumns: Bool
  /// How it is best drawn.
  public var view: ViewHint?
}

/// How a result is best drawn; a host that cannot shows the table.
public struct ViewHint: Hashable, Sendable, Decodable {
  /// `bar`, `timeline`, `matrix`, `network` or `map`; others of later versions are passed over.
  public var kind: String
  /// The columns to draw, in the order that the kind asks for.
  public var columns: [String]
}

/// A parameter of an analysis.
public struct ParameterDescription: Hashable, Sendable {
  /// What its values are.
  public enum Kind: String, Hashable, Sendable, Decodable {
    case entity, number, integer, text, date, choice, boolean, type, property, file
  }

  /// Its keyword.
  public var name: String
  /// What it is, in a few words.
  public var summary: String
  /// What its values are.
  public var type: Kind
  /// Of a parameter that takes entities: their type (`initiative`), or `property` or `type`, which are also kinds.
  public var entityType: String?
  /// Whether it takes values with commas.
  public var isList: Bool
  /// Whether it stands behind the name of the analysis, without a keyword.
  public var isPositional: Bool
  /// Whether the analysis cannot run without it.
  public var isRequired: Bool
  /// The fewest values of a list.
  public var minimumCount: Int
  /// What it is where it is left out, as a user would write it; empty for nothing.
  public var defaults: [String]
  /// The words of a choice.
  public var choices: [String]
  /// The smallest number.
  public var minimum: Decimal?
  /// The largest number.
  public var maximum: Decimal?
}

/// A column of an analysis's result.
public struct ColumnDescription: Hashable, Sendable, Decodable {
  /// Its heading.
  public var name: String
  /// `text`, `key`, `integer`, `real`, `decimal`, `date`, `boolean`, `list` or `any`.
  public var type: String
  /// What it says, with its unit.
  public var summary: String
}

/// A command that shows an analysis at work.
public struct ExampleDescription: Hashable, Sendable, Decodable {
  /// The command as a user writes it.
  public var command: String
  /// What it answers.
  public var summary: String
  /// A file beside the plugin: the commands that fill the registry which the example is of. Without it, that is the one
  /// which is open.
  public var fixture: String?
  /// A file beside the plugin: the table that the example gives, as `as tsv` writes it.
  public var expected: String?
}

extension AnalysisDescription: Decodable {
  private enum Field: String, CodingKey {
    case name, summary, parameters, columns, addsColumns, tables, examples, view, about
  }

  /// Reads an analysis; what it takes, shows and how it is drawn may be left out.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    name = try fields.decode(String.self, forKey: .name)
    summary = try fields.decode(String.self, forKey: .summary)
    parameters = try fields.decodeIfPresent([ParameterDescription].self, forKey: .parameters) ?? []
    columns = try fields.decode([ColumnDescription].self, forKey: .columns)
    addsColumns = try fields.decodeIfPresent(Bool.self, forKey: .addsColumns) ?? false
    tables = try fields.decodeIfPresent([TableDescription].self, forKey: .tables) ?? []
    examples = try fields.decodeIfPresent([ExampleDescription].self, forKey: .examples) ?? []
    view = try fields.decodeIfPresent(ViewHint.self, forKey: .view)
    about = try fields.decodeIfPresent(AboutDescription.self, forKey: .about)
  }
}

extension TableDescription: Decodable {
  private enum Field: String, CodingKey { case name, summary, columns, addsColumns, view }

  /// Reads a table; how it is drawn may be left out.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    name = try fields.decode(String.self, forKey: .name)
    summary = try fields.decode(String.self, forKey: .summary)
    columns = try fields.decode([ColumnDescription].self, forKey: .columns)
    addsColumns = try fields.decodeIfPresent(Bool.self, forKey: .addsColumns) ?? false
    view = try fields.decodeIfPresent(ViewHint.self, forKey: .view)
  }
}

extension ParameterDescription: Decodable {
  private enum Field: String, CodingKey {
    case name, summary, type, entityType = "of", isList, isPositional, isRequired, minimumCount
    case defaults = "default", choices, minimum, maximum
  }

  /// Reads a parameter; flags that are left out are off.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    name = try fields.decode(String.self, forKey: .name)
    summary = try fields.decode(String.self, forKey: .summary)
    type = try fields.decode(Kind.self, forKey: .type)
    entityType = try fields.decodeIfPresent(String.self, forKey: .entityType)
    // Version 1.0 wrote so that a property or a type is wanted.
    if type == .entity, let definition = entityType.flatMap(Kind.init(rawValue:)),
      [.type, .property].contains(definition)
    {
      type = definition
    }
    isList = try fields.decodeIfPresent(Bool.self, forKey: .isList) ?? false
    isPositional = try fields.decodeIfPresent(Bool.self, forKey: .isPositional) ?? false
    isRequired = try fields.decodeIfPresent(Bool.self, forKey: .isRequired) ?? false
    minimumCount = try fields.decodeIfPresent(Int.self, forKey: .minimumCount) ?? (isRequired ? 1 : 0)
    defaults = try fields.decodeIfPresent([String].self, forKey: .defaults) ?? []
    choices = try fields.decodeIfPresent([String].self, forKey: .choices) ?? []
    minimum = try fields.decodeIfPresent(Decimal.self, forKey: .minimum)
    maximum = try fields.decodeIfPresent(Decimal.self, forKey: .maximum)
  }
}
