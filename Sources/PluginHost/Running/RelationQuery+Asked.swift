import RegistryModel

/// A query as a plugin asks it, nothing of it checked yet.
struct AskedQuery {
  /// How many columns or filters can be asked for, and how many values all its filters may name.
  static let (most, mostValues) = (1000, 1_000_000)

  var relation: String?
  var columns: [String?]
  var filters: [(column: String?, values: [Cell])]

  /// The query, with names that are those of a relation and its columns.
  func checked() throws(PluginProblem) -> RelationQuery {
    guard let name = relation else { throw .misuse("it gave a relation's name that is no UTF-8") }
    guard let relation = Relation.named(name) else { throw .relationUnknown(name) }
    guard (1...relation.columns.count).contains(columns.count) else {
      throw .misuse("it asked for \(columns.count) columns of `\(name)`, which has \(relation.columns.count)")
    }
    var query = RelationQuery(relation: relation, columns: [], filters: [])
    for column in columns { query.columns.append(try known(column, in: relation)) }
    for filter in filters {
      query.filters.append(
        RelationQuery.Filter(column: try known(filter.column, in: relation), values: filter.values))
    }
    return query
  }

  private func known(_ name: String?, in relation: Relation) throws(PluginProblem) -> Relation.Column {
    guard let name else { throw .misuse("it gave a column's name that is no UTF-8") }
    guard let column = relation.column(name) else { throw .relationColumnUnknown(relation, name) }
    return column
  }
}
