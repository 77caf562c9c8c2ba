internal import RegistryModel

/// What kind of values an expression has. The store's dialect keeps any kind anywhere; PostgreSQL wants to know.
enum SQLType: Hashable {
  /// NULL, of no kind.
  case null
  /// True or false, which the store reads and writes as 1 and 0.
  case truth
  case integer
  case real
  case text
  /// Numbers and texts in one column, the numbers before the texts: kept as a text (``MixedKey``).
  case mixed
  /// An element of JSON.
  case json
  /// What an element of JSON says, as a text: a number where it is compared with one.
  case element

  /// As a column is declared.
  var declaration: String {
    switch self {
    case .integer, .truth: "bigint"
    case .real: "double precision"
    case .json: "jsonb"
    case .null, .text, .mixed, .element: "text COLLATE \"C\""
    }
  }

  var cast: String {
    switch self {
    case .integer: "bigint"
    case .truth: "boolean"
    case .real: "double precision"
    case .json: "jsonb"
    case .null, .text, .mixed, .element: "text"
    }
  }

  var isText: Bool { self == .text || self == .mixed || self == .element }

  /// What holds the values of both.
  func joined(_ other: SQLType) -> SQLType {
    if self == other { return self }
    switch (self, other) {
    case (.null, let known), (let known, .null): return known
    case (.truth, .integer), (.integer, .truth): return .integer
    case (.json, .element), (.element, .json): return .element
    case (.json, let known), (let known, .json), (.element, let known), (let known, .element):
      return known == .truth ? .integer : known
    case (.mixed, _), (_, .mixed): return .mixed
    case (.real, .integer), (.integer, .real), (.real, .truth), (.truth, .real): return .real
    default: return .text
    }
  }
}

/// A column of a table or of a query.
struct SQLColumn: Hashable {
  var name: String
  var type: SQLType
  /// Whether it is never NULL.
  var isRequired = false
  /// Whether `*` passes it over.
  var isHidden = false
}

/// A table, with what a statement of it has to know.
struct SQLTableShape: Hashable {
  var name: String
  var isTemporary: Bool
  var columns: [SQLColumn]
  /// The columns of its primary key, in the order in which its rows lie.
  var key: [String]
  /// The column that numbers its rows where it is not given.
  var number: String?
  /// The column whose words are looked for, where it is a full text.
  var words: String?
  var references: [String: String] = [:]
  /// What is given where nothing else is.
  var standards: [String: SQLExpression] = [:]
}

/// A view of this session alone: its query stands in its place, so that it need not be made on the server.
struct SQLViewShape {
  var query: SQLSelect
  /// The query as the server reads it, once it was needed, and what it rests on.
  var translated: (sql: String, columns: [SQLColumn])?
  var restsOn: [String: Int] = [:]
  /// Of whom it asks readings.
  var readings: String?
}

/// Which tables and views there are.
struct SQLCatalog {
  /// The schema of the registry on the server.
  let schema: String
  /// What all sessions share; views with their columns alone.
  var tables: [String: SQLTableShape] = [:]
  /// The texts that made its indexes.
  var indexes: [String: String] = [:]
  private(set) var temporaryTables: [String: SQLTableShape] = [:]
  private(set) var temporaryViews: [String: SQLViewShape] = [:]
  /// How often what is of this session alone changed.
  private(set) var changes = 0
  /// What is of this session alone, by a number of how it is made: a table that is made anew as it was is the same to whoever
  /// reads it.
  private var versions: [String: Int] = [:]
  private let definitions = SQLDefinitions()

  init(schema: String) { self.schema = schema }

  mutating func add(temporary table: SQLTableShape) {
    temporaryTables[table.name] = table
    versions[table.name] = definitions.number(of: table)
    changes += 1
  }

  mutating func add(temporary query: SQLSelect, named name: String) {
    temporaryViews[name] = SQLViewShape(query: query)
    versions[name] = definitions.number(of: query)
    changes += 1
  }

  /// - Returns: the table, where it was one.
  mutating func removeTemporary(_ name: String) -> (isThere: Bool, table: SQLTableShape?) {
    let (view, table) = (
      temporaryViews.removeValue(forKey: name), temporaryTables.removeValue(forKey: name)
    )
    guard view != nil || table != nil else { return (false, nil) }
    versions[name] = nil
    changes += 1
    return (true, table)
  }

  mutating func removeAllTemporary() {
    (temporaryTables, temporaryViews, versions) = ([:], [:], [:])
    changes += 1
  }

  /// Which of this session's there are is as it was.
  mutating func restore(_ before: SQLCatalog) {
    guard before.changes != changes else { return }
    (temporaryTables, temporaryViews) = (before.temporaryTables, before.temporaryViews)
    versions = before.versions
    changes += 1
  }

  mutating func note(
    _ translated: (sql: String, columns: [SQLColumn]), of view: String, readings: String?, rests: Set<String>
  ) {
    let numbers = numbers(of: rests)
    temporaryViews[view]?.translated = translated
    temporaryViews[view]?.readings = readings
    temporaryViews[view]?.restsOn = numbers
  }

  /// How what has some names is made; 0 where this session has nothing of the name.
  func numbers(of names: Set<String>) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, versions[$0] ?? 0) })
  }

  func isAsBefore(_ numbers: [String: Int]) -> Bool {
    numbers.allSatisfy { versions[$0.key] ?? 0 == $0.value }
  }

  static func quoted(_ name: String) -> String { "\"" + name.doubling("\"") + "\"" }

  /// The row of the schema, as an expression.
  var namespace: String { Self.namespace(of: schema) }

  static func namespace(of schema: String) -> String {
    "\(SQLTranslator.literal(quoted(schema)))::pg_catalog.regnamespace"
  }

  /// A shared table or function on the server.
  func shared(_ name: String) -> String { Self.quoted(schema) + "." + Self.quoted(name) }

  func place(of table: SQLTableShape) -> String {
    table.isTemporary ? "pg_temp." + Self.quoted(table.name) : shared(table.name)
  }

  /// The table that a statement writes to.
  func table(_ name: SQLName) throws(SQLProblem) -> SQLTableShape {
    let key = name.name.lowercased()
    if name.schema != "main", let table = temporaryTables[key] { return table }
    if name.schema != "temp", let table = tables[key] { return table }
    throw SQLProblem("no such table: \(name.schema.map { $0 + "." } ?? "")\(name.name)")
  }
}

/// How tables and views can be made, each with a number of its own.
final class SQLDefinitions {
  private var tables: [SQLTableShape: Int] = [:]
  private var views: [SQLSelect: Int] = [:]
  private var count = 0

  func number(of table: SQLTableShape) -> Int {
    if let known = tables[table] { return known }
    count += 1
    tables[table] = count
    return count
  }

  func number(of view: SQLSelect) -> Int {
    if let known = views[view] { return known }
    count += 1
    views[view] = count
    return count
  }
}

/// How a number stands in a column that holds texts too: in the order of the numbers, and before all texts, which begin
/// with a digit (`NumberKey`).
enum MixedKey {
  private static let middle: Int64 = 1_000_000_000_000_000

  static func text(_ number: Int64) -> String {
    let digits = String(min(max(number, 1 - middle), middle - 1) + middle)
    return " " + String(repeating: "0", count: max(0, 16 - digits.utf8.count)) + digits
  }

  static func number(_ text: Substring.UTF8View) -> Int64? {
    guard text.first == UInt8(ascii: " "), let number = Int64(Substring(text.dropFirst())) else { return nil }
    return number - middle
  }
}
