/// What every registry has before its first definition.
public enum BuiltIn {
  /// The property that gives an entity its type; its values are types.
  public static let type = Key(unchecked: "type")
  /// The property that gives an entity its names.
  public static let name = Key(unchecked: "name")
  /// The type of what is cited.
  public static let source = Key(unchecked: "source")
  /// The type that every type is under.
  public static let entity = Key(unchecked: "entity")
  /// The domain that makes a property a qualifier.
  public static let statement = Key(unchecked: "statement")

  /// A judgement that two entities are not one.
  public static let distinctFrom = Key(unchecked: "distinct-from")
  /// The reason of a judgement, a qualifier.
  public static let because = Key(unchecked: "because")

  public static let types = [
    TypeDefinition(key: entity, parent: nil, plural: "entities", about: "Anything that is spoken of"),
    TypeDefinition(
      key: source, parent: entity, plural: "sources",
      about: "A page, article, table or document that is cited"),
  ]
  public static let properties = [
    PropertyDefinition(
      key: type, domain: [entity], range: .text, cardinality: .one, about: "What kind of thing it is"),
    PropertyDefinition(
      key: name, domain: [entity], range: .text, cardinality: .many, about: "What it is called"),
    PropertyDefinition(
      key: distinctFrom, domain: [entity], range: .entities([entity]), cardinality: .many,
      about: "Judged not to be the same thing"),
    PropertyDefinition(
      key: because, domain: [statement], range: .text, cardinality: .one, about: "The reason of a judgement"),
  ]
}
