package import RegistryStore
package import RelationalStore

/// What is asked of the server's own tables, and of the whole.
extension PostgreSQLEngine {
  package func temporary(_ kind: SQLKind, among names: [String]) throws(StoreProblem) -> Set<String> {
    switch kind {
    case .table: Set(names.filter { catalog.temporaryTables[$0] != nil })
    case .view: Set(names.filter { catalog.temporaryViews[$0] != nil })
    }
  }

  /// The columns of all tables and views that sessions share, each behind its table.
  package var columns: [String] {
    catalog.tables.values.flatMap { table in table.columns.map { "\(table.name).\($0.name)" } }.sorted()
  }

  /// None that may be dropped: readers would have to wait.
  package func indexes(among names: [String]) throws(StoreProblem) -> [(name: String, creation: String)] {
    []
  }

  /// The server finds out by itself how much indexes narrow.
  package func tell(_ hints: [IndexHint], of scope: Scope) throws(StoreProblem) {}

  package func keepPages(_ pages: SQLPages) throws(StoreProblem) {}

  package func inspect(_ sql: String) throws(StoreProblem) -> InspectedQuery {
    do throws(SQLProblem) {
      var parser = try SQLParser(sql)
      let statement = try parser.first()
      let bytes = Array(sql.utf8)
      let rest = String(decoding: bytes[min(parser.end, bytes.count)...], as: UTF8.self)
      guard let statement else {
        return InspectedQuery(isReadOnly: true, isEmpty: true, parameters: [], rest: rest)
      }
      var isReadOnly = false
      if case .select = statement { isReadOnly = true }
      return InspectedQuery(isReadOnly: isReadOnly, isEmpty: false, parameters: parser.parameters, rest: rest)
    } catch {
      throw .sqlFailed(error.words)
    }
  }

  package func readsAgainAndAgain(_ sql: String) throws(StoreProblem) -> Bool { false }

  /// Nothing can be written, only the documented views can be named, and not for longer than the engine's limit; what goes
  /// wrong leaves the open transaction as it is.
  package func onlyReading<Result>(
    _ body: () throws(StoreProblem) -> Result
  ) throws(StoreProblem) -> Result {
    // Nothing can be written from here on.
    try noteDatesToRead()
    let isOwn = !isInTransaction
    let settings = """
      SET LOCAL transaction_read_only = on; SET LOCAL statement_timeout = '\(foreignSeconds)s';
      SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on
      """
    try send { (connection) throws(ServerProblem) in
      try connection.run(isOwn ? "BEGIN; \(settings)" : "SAVEPOINT foreign_query; \(settings)")
    }
    parts.append(("foreign_query", catalog))
    isForeign = true
    if isOwn { isOpen = true }
    defer {
      isForeign = false
      if isOwn { isOpen = false }
      parts.removeLast()
      cursors.remove(deeperThan: parts.count)
      dropWaiting()
      _ = try? connection.run(isOwn ? "ROLLBACK" : "ROLLBACK TO foreign_query; RELEASE foreign_query")
    }
    do throws(StoreProblem) {
      return try body()
    } catch {
      if error == .failed(Self.tooLong) { throw .sqlTooLong(seconds: foreignSeconds) }
      throw error
    }
  }

  static var tooLong: String { "it took longer than it may" }

  package func checkIntegrity() throws(StoreProblem) -> (problem: String?, examined: Int) {
    let rows = try send { (connection) throws(ServerProblem) in
      try connection.run(
        """
        SELECT string_agg(c.relname, ', ') FILTER (WHERE NOT i.indisvalid),
          coalesce(sum(pg_relation_size(c.oid) / current_setting('block_size')::bigint), 0)
        FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
        WHERE c.relnamespace = \(self.catalog.namespace) AND c.relkind IN ('r', 'i')
        """)
    }
    let invalid = rows.isNull(0, 0) ? nil : "not to be used: the index \(rows.text(0, 0))"
    return (invalid, Int(rows.integer(0, 1) ?? 0))
  }

  package func checkReferences() throws(StoreProblem) -> String? {
    for table in catalog.tables.values.sorted(by: { $0.name < $1.name }) {
      for (column, target) in table.references.sorted(by: { $0.key < $1.key }) {
        guard let key = catalog.tables[target]?.key.first else { continue }
        let (of, name) = (SQLCatalog.quoted(column), SQLCatalog.quoted(key))
        let rows = try send { (connection) throws(ServerProblem) in
          try connection.run(
            """
            SELECT 1 FROM \(self.catalog.place(of: table)) t WHERE t.\(of) IS NOT NULL
              AND t.\(of) NOT IN (SELECT o.\(name) FROM \(self.catalog.shared(target)) o) LIMIT 1
            """)
        }
        if rows.count > 0 { return "a row of \(table.name) refers to a row of \(target) that is not there" }
      }
    }
    return try checkForms()
  }

  package func mostRows() throws(StoreProblem) -> Int64 {
    let rows = try send { (connection) throws(ServerProblem) in
      try connection.run(
        """
        SELECT max(pg_relation_size(oid)) / 24 + 1000 FROM pg_class
        WHERE relnamespace = \(self.catalog.namespace) AND relkind = 'r'
        """)
    }
    return rows.integer(0, 0) ?? 1_000
  }

  /// A server is backed up by its own means.
  package func backup(to target: String) throws(StoreProblem) { throw .lacks(.backup) }
}
