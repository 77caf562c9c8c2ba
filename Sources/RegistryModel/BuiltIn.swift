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
  /// `forecast yes`: what is said is still to come. A number has this among its own words.
  public static let forecast = Key(unchecked: "forecast")
  /// The one word that ``forecast`` takes.
  public static let forecastWord = "yes"
  /// Another value that holds together with this one, as of co-chairs: together they are one value.
  public static let jointly = Key(unchecked: "jointly")
  /// A value of a list that its source calls whole: `none besides JPN` denies all others.
  public static let besides = Key(unchecked: "besides")

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
    PropertyDefinition(
      key: forecast, domain: [statement], range: .choice([forecastWord]), cardinality: .one,
      about: "Said of what is to come"),
    PropertyDefinition(
      key: jointly, domain: [statement], range: .entities([entity]), cardinality: .many,
      about: "Holds together with these, as one"),
    PropertyDefinition(
      key: besides, domain: [statement], range: .entities([entity]), cardinality: .many,
      about: "The list is whole: none besides these"),
  ]
}
