import RegistryModel
import RegistryStore

/// Short words in which the checks write a registry.
struct StoreScene {
  let store: any RegistryStore

  init(_ store: any RegistryStore) { self.store = store }

  /// Runs edits in a transaction of their own.
  @discardableResult
  func transaction(at: String = "2026-01-01T00:00:00.000Z", _ body: () throws -> Void) throws
    -> TransactionID?
  {
    try store.begin(TransactionInfo(author: "tester", reason: "a check", tool: "conformance", at: at))
    do { try body() } catch {
      try store.rollback()
      throw error
    }
    return try store.commit()
  }

  /// Undoes a transaction in one of its own.
  @discardableResult
  func undo(_ id: TransactionID?) throws -> TransactionID {
    guard let id else { throw StoreConformance.Failure(description: "there is nothing to undo") }
    var hasChanged = false
    let number = try transaction { hasChanged = try store.apply(.revert(id)).changed }
    guard let number, hasChanged else {
      throw StoreConformance.Failure(description: "the undo of \(id) changed nothing")
    }
    return number
  }

  /// Makes an entity with a type and a name.
  func add(_ type: String, _ key: String, _ name: String? = nil) throws {
    try store.apply(.createEntity(Key(unchecked: key)))
    try claim(key, "type", .text(type))
    if let name { try claim(key, "name", .text(name)) }
  }

  /// Makes a source with what is known of it.
  func source(_ key: String, published: String? = nil, reliability: SourceData.Reliability = .c) throws {
    try add("source", key)
    let date = try published.map { try PartialDate(edtf: $0) }
    try store.apply(
      .setSource(Key(unchecked: key), SourceData(title: key, published: date, reliability: reliability)))
  }

  func define(_ property: String, _ cardinality: Cardinality, _ range: ValueRange = .text) throws {
    try store.apply(
      .defineProperty(
        PropertyDefinition(
          key: Key(unchecked: property), domain: [BuiltIn.entity], range: range, cardinality: cardinality)))
  }

  static func statement(
    _ subject: String, _ property: String, _ value: Value, _ qualifiers: [Qualifier] = [],
    _ validity: Validity = Validity()
  ) -> Statement {
    Statement(
      subject: Key(unchecked: subject), property: Key(unchecked: property), value: value,
      qualifiers: qualifiers,
      validity: validity)
  }

  static func citation(_ source: String?, _ quote: String?) -> Citation? {
    source.map { Citation(source: Key(unchecked: $0), quote: quote) }
  }

  @discardableResult
  func claim(
    _ subject: String, _ property: String, _ value: Value, _ qualifiers: [Qualifier] = [],
    _ validity: Validity = Validity(), citing source: String? = nil, quote: String? = nil
  ) throws -> EditOutcome {
    let statement = Self.statement(subject, property, value, qualifiers, validity)
    return try store.apply(.claim(statement, Self.citation(source, quote)))
  }

  @discardableResult
  func deny(
    _ subject: String, _ property: String, _ value: Value, citing source: String? = nil
  ) throws -> EditOutcome {
    try store.apply(.deny(Self.statement(subject, property, value), Self.citation(source, nil)))
  }

  func records(_ subject: String, _ property: String, _ times: Times = .all) throws -> [StatementRecord] {
    try store.statements(
      StatementSelection(subjects: [Key(unchecked: subject)], properties: [Key(unchecked: property)]), times)
  }

  /// The values claimed of a property, in the store's order.
  func values(_ subject: String, _ property: String, _ times: Times = .all) throws -> [Value] {
    try records(subject, property, times).filter(\.isClaimed).map(\.statement.value)
  }

  /// The keys that a filter finds among things, and how many it cannot decide.
  func find(_ filter: Filter?, _ times: Times = .all) throws -> Found {
    let page = try store.entities(EntityQuery(types: [Key(unchecked: "thing")], filter: filter), times)
    return Found(keys: page.rows.map(\.entity.key.text), undecided: page.undecided.count)
  }

  struct Found: Equatable {
    var keys: [String]
    var undecided: Int
  }
}

extension Value {
  /// An entity by its key.
  static func to(_ key: String) -> Value { .entity(Key(unchecked: key)) }
}

extension Times {
  static func on(_ date: String) throws -> Times { Times(on: try PartialDate(edtf: date)) }
  static func published(_ date: String) throws -> Times { Times(published: try PartialDate(edtf: date)) }
  static func recorded(_ id: TransactionID?) -> Times { Times(recorded: id.map { .transaction($0) }) }
}
