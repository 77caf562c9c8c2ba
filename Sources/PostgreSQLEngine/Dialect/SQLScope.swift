/// What names mean where an expression stands.
final class SQLScope {
  struct Source {
    var alias: String
    var columns: [SQLColumn]
    /// The table that it is; nil for a query.
    var table: SQLTableShape?
  }

  let outer: SQLScope?
  var sources: [Source] = []
  var queries: [String: [SQLColumn]]
  /// What the columns of the query are called, for its order and its groups.
  var names: [String: SQLExpression] = [:]
  /// What the rows are put together by; nil where they are not put together.
  var groups: [SQLExpression]?
  /// How rows that are put together lie for the only `min()` or `max()` of the query: the columns that they are not put
  /// together by are those of the first.
  var extreme: String?
  /// Whether what stands here is computed over rows that are put together.
  var isInAggregate = false

  init(_ outer: SQLScope?, queries: [String: [SQLColumn]] = [:]) {
    self.outer = outer
    self.queries = queries
  }

  func query(_ name: String) -> [SQLColumn]? { queries[name.lowercased()] ?? outer?.query(name) }

  struct Found {
    var scope: SQLScope
    var source: Source
    var column: SQLColumn
  }

  func find(_ table: String?, _ name: String) -> Found? {
    for source in sources {
      if let table, source.alias.lowercased() != table.lowercased() { continue }
      if let column = source.column(name) { return Found(scope: self, source: source, column: column) }
    }
    return outer?.find(table, name)
  }
}

extension SQLScope.Source {
  func column(_ name: String) -> SQLColumn? {
    let name = name.lowercased()
    if let column = columns.first(where: { $0.name.lowercased() == name }) { return column }
    // The number of a row is its key where that is one.
    if name == "rowid", let number = table?.number { return columns.first { $0.name == number } }
    return nil
  }
}

/// An expression as the server reads it.
struct SQLTyped {
  var sql: String
  var type: SQLType
  /// Whether it is never NULL.
  var isRequired = false
  /// Whether it is a column by itself, which has its order.
  var isColumn = false
  var isLiteral = false
}
