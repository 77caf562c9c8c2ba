/// What there is, what it is called, and what was defined.
extension RelationDeclaration {
  static let basic = [entities, names]
  static let ofSchema = [types, properties]

  package static let entities = RelationDeclaration(
    "entities", "everything that has a type", follows: .record,
    [
      .key("key", "its identifier"),
      .key("type", "its type"),
      .text("name", "its chosen name, or the key"),
    ])

  package static let names = RelationDeclaration(
    "names", "what things are called, aliases included", follows: .record,
    [
      .key("entity", "the key"),
      .text("name", "the name as it is written"),
      .text("kind", "name, alias, or source alias, which counts where its source is cited"),
    ])

  package static let types = RelationDeclaration(
    "types", "the types that were defined", follows: .record,
    [
      .key("key", "the type"),
      .key("parent", "the type it is a kind of"),
      .text("plural", "what a list is called"),
      .text("about", "what"),
    ])

  package static let properties = RelationDeclaration(
    "properties", "the properties that were defined", follows: .record,
    [
      .key("key", "the property"),
      .key("parent", "the property it narrows"),
      .text("domain", "the types that have it"),
      .text("range", "what its values are"),
      .text("targets", "the types or words of its values"),
      .text("unit", "of a number"),
      .text("cardinality", "what makes two values rivals"),
      .text("per", "the qualifiers that address a cell"),
      .text("about", "what it says"),
    ])
}
