internal import RegistryModel
internal import RegistryRules

/// What the projections ask of a schema again and again, made once.
struct SchemaRules {
  /// The properties whose values can be rivals.
  let rivals: SQL
  /// All properties.
  let properties: SQL
  /// Pairs of a property and a broader one.
  let kin: SQL
  /// The properties that others narrow.
  let widened: Set<String>
  let marks: ExistenceMarks
  /// Pairs of a type and a property by which its things begin or end.
  let marksOfTypes: SQL
  /// The properties whose values are figures of years.
  let yearly: [Key]

  init(_ schema: Schema) {
    rivals = .list(schema.properties.values.filter { $0.cardinality != .many }.map(\.key.text).sorted())
    properties = .list(schema.properties.keys.map(\.text).sorted())
    let pairs = schema.properties.keys.sorted().flatMap { key in
      schema.propertyAndBroader(of: key).dropFirst().map { "[\"\(key.text)\",\"\($0.text)\"]" }
    }
    kin = .text("[" + pairs.joined(separator: ",") + "]")
    widened = Set(
      schema.properties.keys.flatMap { schema.propertyAndBroader(of: $0).dropFirst() }.map(\.text))
    let marks = ExistenceMarks(schema)
    self.marks = marks
    let marked = marks.types.flatMap { type in
      marks.properties(of: type).map { "[\"\(type.text)\",\"\($0.text)\"]" }
    }
    marksOfTypes = .text("[" + marked.joined(separator: ",") + "]")
    yearly = LatestFigures.properties(schema)
  }
}
