/// What the store, or a user, writes in SQL: the part of SQLite's that `Dialect` lists, as a tree.
indirect enum SQLExpression: Hashable {
  case null
  case integer(String)
  case real(String)
  case text(String)
  case truth(Bool)
  /// A parameter by its number from 1.
  case parameter(Int)
  case column(table: String?, name: String)
  case unary(String, SQLExpression)
  case binary(String, SQLExpression, SQLExpression)
  /// `IS`, by which NULL equals NULL.
  case same(SQLExpression, SQLExpression, isNot: Bool)
  case isTruth(SQLExpression, Bool, isNot: Bool)
  case between(SQLExpression, SQLExpression, SQLExpression, isNot: Bool)
  case like(SQLExpression, SQLExpression, escape: SQLExpression?, isNot: Bool)
  case inList(SQLExpression, [SQLExpression], isNot: Bool)
  case inQuery(SQLExpression, SQLSelect, isNot: Bool)
  case exists(SQLSelect)
  case query(SQLSelect)
  case choice(of: SQLExpression?, [SQLCase], otherwise: SQLExpression?)
  case cast(SQLExpression, String)
  case call(SQLCall)
  case row([SQLExpression])
}

struct SQLCase: Hashable {
  var when: SQLExpression
  var then: SQLExpression
}

struct SQLCall: Hashable {
  /// In lower case.
  var name: String
  var arguments: [SQLExpression]
  var isDistinct = false
  /// `count(*)`.
  var isOfRows = false
  var filter: SQLExpression?
  /// What it is computed over, in a window.
  var window: SQLWindow?
}

struct SQLWindow: Hashable {
  var partition: [SQLExpression]
  var order: [SQLOrder]
}

struct SQLOrder: Hashable {
  var value: SQLExpression
  var isDescending = false
  /// Whether NULL comes first; nil where it is not said.
  var nullsFirst: Bool?
}

struct SQLSelect: Hashable {
  var tables: [SQLNamedQuery] = []
  var isRecursive = false
  var first: SQLCore
  /// `UNION`, `UNION ALL`, `INTERSECT`, `EXCEPT`, each with what follows.
  var others: [SQLCompound] = []
  var order: [SQLOrder] = []
  var limit: SQLExpression?
  var offset: SQLExpression?
}

struct SQLCompound: Hashable {
  var word: String
  var core: SQLCore
}

struct SQLNamedQuery: Hashable {
  var name: String
  var columns: [String]
  var isMaterialized: Bool?
  var query: SQLSelect
}

enum SQLCore: Hashable {
  case values([[SQLExpression]])
  case select(SQLQuery)
}

struct SQLQuery: Hashable {
  var isDistinct = false
  var results: [SQLResult] = []
  var sources: [SQLSource] = []
  var condition: SQLExpression?
  var groups: [SQLExpression] = []
  var having: SQLExpression?
}

enum SQLResult: Hashable {
  case every(of: String?)
  /// With the name that it is given, and the text that stands there.
  case value(SQLExpression, name: String?, text: String)
}

/// A table of a query, and how it is joined to those before it.
struct SQLSource: Hashable {
  enum Joining: Hashable { case first, comma, inner, cross, left }
  enum Content: Hashable {
    case table(SQLName)
    case query(SQLSelect)
    case function(String, [SQLExpression])
  }
  var joining: Joining
  var content: Content
  var alias: String?
  var condition: SQLExpression?
}

struct SQLName: Hashable {
  var schema: String?
  var name: String
}

enum SQLStatement {
  case select(SQLSelect)
  case insert(SQLInsert)
  case update(SQLUpdate)
  case delete(SQLDelete)
  case createTable(SQLTable)
  case createIndex(SQLIndex)
  case createView(SQLView)
  case createText(SQLName, column: String)
  case drop(kind: String, SQLName, isThere: Bool)
  /// `BEGIN`, `COMMIT`, `SAVEPOINT part` …, in capitals, with the name of the part.
  case transaction(String, part: String?)
}

struct SQLInsert {
  enum Otherwise { case fail, ignore, replace }
  var tables: [SQLNamedQuery] = []
  var isRecursive = false
  var otherwise = Otherwise.fail
  var table: SQLName
  var columns: [String] = []
  var rows: SQLSelect
  var conflict: SQLConflict?
}

struct SQLConflict {
  var columns: [String]
  /// Nothing is done where it is empty.
  var changes: [SQLChange]
}

struct SQLChange {
  var column: String
  var value: SQLExpression
}

struct SQLUpdate {
  var tables: [SQLNamedQuery] = []
  var isRecursive = false
  var table: SQLName
  var alias: String?
  var changes: [SQLChange]
  var sources: [SQLSource]
  var condition: SQLExpression?
}

struct SQLDelete {
  var tables: [SQLNamedQuery] = []
  var isRecursive = false
  var table: SQLName
  var alias: String?
  var condition: SQLExpression?
}

struct SQLTable {
  struct Column {
    var name: String
    /// In capitals; empty where values of any kind are kept.
    var type: String
    var isNotNull = false
    var isKey = false
    var isUnique = false
    var standard: SQLExpression?
    var references: String?
  }
  var name: SQLName
  var isTemporary: Bool
  var isMadeOnce: Bool
  var columns: [Column] = []
  var key: [String] = []
  var isWithoutRows = false
}

struct SQLIndex {
  var name: SQLName
  var table: String
  var isUnique: Bool
  var values: [SQLExpression]
  var condition: SQLExpression?
}

struct SQLView {
  var name: SQLName
  var isTemporary: Bool
  var query: SQLSelect
}
