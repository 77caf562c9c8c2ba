/// The tables, views and indexes that reading answers from.
package enum ProjectionSchema {
  /// What is derived goes before a step is taken, since its views would not outlive the tables that they read.
  /// - Parameter version: the format that is found: facts were a table once, and every assertion had a life.
  package static func removal(of version: Int) -> String {
    let views = NowViews.names + (version < 17 ? ["life_now"] : [Facts.view])
    let tables = Projection.names.filter { version < 17 || $0 != Facts.view }
    return views.map { "DROP VIEW IF EXISTS main.\($0);\n" }.joined()
      + tables.map { "DROP TABLE IF EXISTS main.\($0);\n" }.joined()
      + (version < 17 ? "" : Facts.indexNames.map { "DROP INDEX IF EXISTS main.\($0);\n" }.joined())
  }

  /// All of them, empty; every row can be made again from the truth.
  package static let creation =
    Projection.tables(in: "main") + Facts.indexes + Facts.viewSQL + NowViews.sql(in: "main", lives: .current)
}
