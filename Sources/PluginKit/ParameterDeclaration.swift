public import FoundationEssentials

/// What the manifest says of a parameter.
public struct ParameterDeclaration: Hashable, Sendable, Encodable {
  /// What its values are.
  public enum Kind: String, Hashable, Sendable, Encodable {
    case entity, number, integer, text, date, choice, boolean, type, property, file
  }

  /// Its keyword: lower-case words joined by hyphens.
  public var name: String
  /// What it is, in a few words.
  public var summary: String
  /// What its values are.
  public var type: Kind
  /// Of a parameter that takes entities: their type, or `property` or `type`.
  public var of: String?
  /// Whether it takes values with commas.
  public var isList = false
  /// Whether it stands behind the name of the analysis, without a keyword.
  public var isPositional = false
  /// Whether the analysis cannot run without it.
  public var isRequired: Bool
  /// The fewest values of a list.
  public var minimumCount: Int?
  /// What it is where it is left out, written as a user would.
  public var `default`: [String]
  /// The words of a choice.
  public var choices: [String]
  /// The smallest number.
  public var minimum: Decimal?
  /// The largest number.
  public var maximum: Decimal?

  init(
    _ name: String, _ type: Kind, _ summary: String, of: String? = nil, default value: String? = nil,
    choices: [String] = []
  ) {
    self.name = name
    self.summary = summary
    self.type = type
    self.of = of
    self.isRequired = value == nil
    self.default = value.map { [$0] } ?? []
    self.choices = choices
  }
}
