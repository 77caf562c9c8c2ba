public import RegistryModel

/// Which definitions say what begins and ends things.
public struct ExistenceMarks: Sendable {
  /// The property by which one thing follows another.
  public static let succession = Key(unchecked: "succeeds")

  /// By type: what begins its things, and what ends them.
  private var begins: [Key: [ExistenceMark]] = [:]
  private var ends: [Key: [ExistenceMark]] = [:]
  /// The properties, with those that narrow them, by the property of the mark.
  private var families: [Key: Set<Key>] = [:]
  /// ``succession`` and what narrows it, where it is defined.
  public let succession: [Key]

  public init(_ schema: Schema) {
    succession =
      schema.properties[Self.succession] == nil
      ? [] : schema.propertyAndNarrower(of: Self.succession).sorted()
    for type in schema.types.keys {
      let (begins, ends) = (schema.begins(type), schema.ends(type))
      if !begins.isEmpty { self.begins[type] = begins }
      if !ends.isEmpty { self.ends[type] = ends }
      for mark in begins + ends {
        families[mark.property] = Set(schema.propertyAndNarrower(of: mark.property))
      }
    }
  }

  /// Whether nothing says when things are there, so that all are there for ever.
  public var isNothing: Bool { begins.isEmpty && ends.isEmpty && succession.isEmpty }

  /// The properties that say of a thing when it is there, and by what it is known: they hold whether it is there or not.
  public var lasting: [Key] { [BuiltIn.name, BuiltIn.type] + properties + succession }

  /// The types whose things begin or end, sorted.
  public var types: [Key] { Set(begins.keys).union(ends.keys).sorted() }

  /// The properties by which things begin or end, sorted.
  public var properties: [Key] { families.values.reduce(into: Set()) { $0.formUnion($1) }.sorted() }

  /// The properties that date a beginning, of whatever type, sorted.
  public var datesOfBeginning: [Key] {
    begins.values.joined().filter { $0.word == nil }
      .reduce(into: Set()) { $0.formUnion(families[$1.property] ?? []) }.sorted()
  }

  /// The properties by which the things of a type begin or end, sorted.
  public func properties(of type: Key) -> [Key] {
    ((begins[type] ?? []) + (ends[type] ?? []))
      .reduce(into: Set()) { $0.formUnion(families[$1.property] ?? []) }.sorted()
  }

  /// Whether something begins the things of a type.
  public func hasBeginning(_ type: Key) -> Bool { begins[type] != nil }

  /// The marks of a type that a claim of a property can be.
  public func marks(of type: Key, by property: Key) -> (begins: [ExistenceMark], ends: [ExistenceMark]) {
    func of(_ all: [ExistenceMark]?) -> [ExistenceMark] {
      (all ?? []).filter { families[$0.property]?.contains(property) == true }
    }
    return (of(begins[type]), of(ends[type]))
  }
}

extension ExistenceMark {
  /// Whether a value is this mark: its word, or any date where it has none.
  public func isMet(byText text: String?, isDate: Bool) -> Bool { word.map { $0 == text } ?? isDate }
}

extension Existence {
  /// When what follows a thing began, by which that is possibly gone: on the days that are stated of the succession, else
  /// when its successor began, else at some time from the last day on which it is spoken of until a source says so.
  public static func succession(
    stated: ClosedRange<Day>?, begun: ClosedRange<Day>?, spokenOf: ClosedRange<Day>?, published: Day?
  ) -> ClosedRange<Day> {
    if let days = stated ?? begun { return days }
    let last = published ?? .distantFuture
    return min(spokenOf?.upperBound ?? .distantPast, last)...last
  }
}
