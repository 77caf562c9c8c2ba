/// What the engine is told of how much its indexes narrow, in place of what it would find out by looking: the same
/// for every registry, so that a question is planned the same whatever there is.
///
/// Without, SQLite takes a property to be said of ten entities, and finds what is said of one entity among all that is said
/// by the property: a join of a view with itself is then quadratic.
package enum IndexHints {
  /// Of an entity more is said to be found than there is of most: a question about all statements shall begin with the
  /// statements, and not look for those of each entity.
  ///
  /// How many rows there are, and how many of them a search finds by the first column, the first two, and so on.
  private static let rows: [(table: String, index: String, counts: String)] = [
    ("fact", "fact_cell", "1000000 16 4 4 3 1"),
    ("statement", "statement_value", "1000000 200 10 2 2"),
    ("statement", "statement_figure", "100000 4 1"),
    ("statement", "statement_number", "100000 200 2"),
    ("statement", "statement_unknown", "1000 100 1"),
    ("statement", "statement_contested", "1000 2 1"),
    ("fact", "fact_object", "1000000 200 10 2 2"),
    ("fact", "fact_figure", "100000 4 1"),
    ("fact", "fact_number", "100000 200 2"),
    ("fact", "fact_unknown", "1000 100 1"),
    ("fact", "fact_contested", "1000 2 1"),
    ("entity_now", "entity_now_type", "100000 200 1"),
    ("entity_now", "entity_now_key", "100000 1"),
    ("statement", "statement_cell", "1000000 16 4 1"),
    ("statement", "statement_digest", "1000000 1"),
    ("statement", "statement_object", "1000000 10"),
    ("statement", "statement_name", "100000 2"),
    ("citation", "citation_statement", "1000000 2 1 1 1"),
    ("citation", "citation_source", "1000000 200"),
  ]

  /// What to tell of a scope, after its indexes were made. Dropping an index drops its hint.
  package static func of(_ scope: Scope) -> [IndexHint] {
    let elsewhere = scope == .main ? ["fact"] : ["statement", "citation"]
    return rows.filter { !elsewhere.contains($0.table) }.map {
      IndexHint(table: $0.table, index: $0.index, counts: $0.counts)
    }
  }
}

/// How much an index narrows: how many rows there are, and how many of them a search finds by the first column, the first
/// two, and so on.
package struct IndexHint: Hashable, Sendable {
  package var table: String
  package var index: String
  package var counts: String
}
