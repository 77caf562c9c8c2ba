import CommandLanguage
import RegistryModel
import RegistryStore

/// The definitions as tables.
extension TableReader {
  /// `list types`.
  func typeTable(_ schema: Schema) -> TableHead<TypeDefinition> {
    TableHead(
      name: "types",
      columns: [
        TableColumn(
          definition: .column("type", .text, "its name"), reading: .type,
          values: { [.text($0.key.text)] }, cell: { .key($0.key) }),
        .text("plural", "what a list of its things is called") { $0.plural },
        TableColumn(
          definition: .column(
            "under", .text, "the type that it is a kind of; a type stands for those under it"),
          reading: .type, values: { row in row.parent.map { [.text($0.text)] } ?? [] },
          tested: { schema.wider(of: $0.key).map { .text($0.text) } },
          cell: { $0.parent.map { .key($0) } ?? .empty }),
        TableColumn(
          definition: .column("columns", .text, "the properties that a list shows"), reading: .property
        ) { $0.columns.map { .text($0.text) } },
        TableColumn(definition: .column("begins", .text, "what begins its things")) {
          $0.begins.map { .text($0.description) }
        },
        TableColumn(definition: .column("ends", .text, "what ends them")) {
          $0.ends.map { .text($0.description) }
        },
        .text("about", "what it means") { $0.about },
      ],
      shown: ["type", "plural", "under", "about"].map { Key(unchecked: $0) },
      always: [Key(unchecked: "type")],
      read: { (_, more) throws(Failure) in
        _ = try more(schema.types.values.sorted { $0.key < $1.key })
      })
  }

  /// `list properties`.
  func propertyTable(_ schema: Schema) -> TableHead<PropertyDefinition> {
    TableHead(
      name: "properties",
      columns: [
        TableColumn(
          definition: .column("property", .text, "its name"), reading: .property,
          values: { [.text($0.key.text)] }, cell: { .key($0.key) }),
        TableColumn(
          definition: .column("of", .text, "the types that have it, and those under them"), reading: .type,
          values: { $0.domain.map { .text($0.text) } },
          tested: { $0.domain.flatMap(schema.typeAndSubtypes(of:)).map { .text($0.text) } },
          cell: { .list($0.domain.map { .key($0) }) }),
        TableColumn(
          definition: .column("to", .text, "what its values are"), reading: .word,
          values: { [.text(self.describeRange($0))] },
          tested: { row in self.rangeWords(row, schema).map { .text($0) } }),
        .text("cardinality", "what makes two values rivals") { self.describe($0.cardinality) },
        .text("rules", "what chooses among rivals, where that is not usual") { row in
          row.rules == ResolutionRule.standard ? nil : row.rules.map(\.rawValue).joined(separator: ", ")
        },
        .text("unit", "the unit of a number") { $0.unit },
        TableColumn(
          definition: .column(
            "under", .text, "the property that it narrows; a property stands for those under it"),
          reading: .property, values: { row in row.parent.map { [.text($0.text)] } ?? [] },
          tested: { schema.propertyAndBroader(of: $0.key).dropFirst().map { .text($0.text) } },
          cell: { $0.parent.map { .key($0) } ?? .empty }),
        .flag("transitive", "whether it can be followed") { $0.isTransitive },
        .text("about", "what it says") { $0.about },
      ],
      shown: ["property", "of", "to", "cardinality", "rules", "under", "about"].map { Key(unchecked: $0) },
      always: [Key(unchecked: "property")],
      read: { (_, more) throws(Failure) in
        _ = try more(schema.properties.values.sorted { $0.key < $1.key })
      })
  }

  /// What `to` compares with: the kind of a range, the types and those under them, the words of a choice.
  private func rangeWords(_ definition: PropertyDefinition, _ schema: Schema) -> [String] {
    switch definition.range {
    case .entities(let types): types.flatMap(schema.typeAndSubtypes(of:)).map(\.text)
    case .choice(let words): ["choice"] + words
    default: [describeRange(definition)] + [String(describeRange(definition).prefix { $0 != " " })]
    }
  }

  private func describeRange(_ definition: PropertyDefinition) -> String {
    let unit = definition.unit.map { " (\($0))" } ?? ""
    switch definition.range {
    case .entities(let types): return types.map(\.text).joined(separator: ", ")
    case .choice(let words): return "choice " + words.joined(separator: ", ")
    case .text: return "text"
    case .number: return "number" + unit
    case .percent: return "percent"
    case .anyPercent: return "percent any"
    case .money: return "money"
    case .date: return "date"
    }
  }

  private func describe(_ cardinality: Cardinality) -> String {
    switch cardinality {
    case .many: "many"
    case .one: "one"
    case .oneAtATime: "one at a time"
    case .onePer(let keys): "one per " + keys.map(\.text).joined(separator: ", ")
    }
  }
}

extension Schema {
  /// The types that a type is under.
  fileprivate func wider(of key: Key) -> [Key] {
    var found = [key]
    while let last = found.last, let parent = types[last]?.parent {
      found.append(parent)
    }
    return Array(found.dropFirst())
  }
}
