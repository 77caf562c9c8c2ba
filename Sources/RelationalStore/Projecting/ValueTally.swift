internal import RegistryModel
internal import RegistryStore

/// How often each value is given: for a property, a value and the type of whom it is said, how many facts give it, and of
/// how many entities it is chosen.
///
/// Kept of entities as values, whatever the property, and of all values of the properties whose values come again and
/// again (``properties(_:)``). Of those, a row of the kind ``any`` says of how many entities anything is chosen. `object` is 0
/// and `text` empty where the value has none; `type` is empty where the subject has none.
enum ValueTally {
  /// The kind of the row for all values of a property.
  static let any: Int64 = -1

  static func table(in schema: String) -> String {
    """
    CREATE TABLE \(schema).value_tally(
      property TEXT NOT NULL, object INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, type TEXT NOT NULL,
      facts INTEGER NOT NULL, entities INTEGER NOT NULL, PRIMARY KEY(property, object, kind, text, type)
    ) WITHOUT ROWID;
    """
  }

  /// The properties of which all values are counted.
  static func properties(_ schema: Schema) -> Set<Key> {
    Set(schema.properties.values.filter(isTallied).map(\.key))
  }

  private static func isTallied(_ property: PropertyDefinition) -> Bool {
    switch property.range {
    case .choice, .entities, .date: true
    case .text: property.key == BuiltIn.type
    case .number, .percent, .anyPercent, .money: false
    }
  }

  struct Row: Hashable {
    var property: String
    var object: Int64 = 0
    var kind: Int64 = 0
    var text = ""
    var type: String
  }

  struct Counts {
    var facts: Int64 = 0
    var entities: Int64 = 0
    /// The entity that was counted last: rows come in the order of subjects.
    var last: Int64 = -1

    mutating func add(of subject: Int64, isChosen: Bool) {
      facts += 1
      guard isChosen, last != subject else { return }
      last = subject
      entities += 1
    }
  }

  static func add(in schema: String) -> String {
    """
    INSERT INTO \(schema).value_tally(property, object, kind, text, type, facts, entities)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT DO UPDATE SET facts = facts + excluded.facts, entities = entities + excluded.entities
    """
  }

  static let dropEmpty = """
    DELETE FROM main.value_tally WHERE property = ?1 AND object = ?2 AND kind = ?3 AND text = ?4 AND type = ?5
      AND facts = 0 AND entities = 0
    """
}
