import CEntentePlugin
import RegistryModel

extension PluginRun {
  /// Opens what a query asks for. Columns that are only filtered by are read behind those asked for.
  func open(_ query: entente_query) throws(PluginProblem) -> OpaquePointer {
    let name = try text(query.relation, "a relation's name")
    guard let relation = Relation.named(name) else { throw .relationUnknown(name) }
    guard query.column_count > 0, query.column_count <= UInt64(relation.columns.count) else {
      throw .misuse(
        "it asked for \(query.column_count) columns of `\(name)`, which has \(relation.columns.count)")
    }
    var columns: [String] = []
    for column in UnsafeBufferPointer(start: query.columns, count: Int(query.column_count)) {
      columns.append(try known(column, in: relation))
    }
    let shown = columns.count
    var filters: [RelationReading.Filter] = []
    for filter in UnsafeBufferPointer(start: query.filters, count: Int(query.filter_count)) {
      let column = try known(filter.column, in: relation)
      if !columns.contains(column) { columns.append(column) }
      let place = columns.firstIndex(of: column) ?? shown
      filters.append(RelationReading.Filter(column: place, values: try values(of: filter, column)))
    }
    do {
      let source = try relations.open(name, columns: columns)
      return begin(
        RelationReading(relation: name, source: source, width: columns.count, shown: shown, filters: filters))
    } catch {
      throw .relationFailed(name, error)
    }
  }

  private func known(_ column: entente_text, in relation: Relation) throws(PluginProblem) -> String {
    let name = try text(column, "a column's name")
    guard relation.columns.contains(name) else { throw .relationColumnUnknown(relation, name) }
    return name
  }

  private func values(of filter: entente_filter, _ column: String) throws(PluginProblem) -> Set<Cell> {
    guard filter.count <= UInt64(ENTENTE_MAX_LIST_CELLS), filter.count == 0 || filter.values != nil else {
      throw .misuse("it filtered by \(filter.count) values of `\(column)`")
    }
    var values: Set<Cell> = []
    for index in 0..<Int(filter.count) {
      guard let cell = filter.values.map({ $0 + index }) else { break }
      do {
        values.insert(try CellReader.read(cell, wanted: UInt32(ENTENTE_EMPTY)).comparable)
      } catch {
        throw .misuse("it filtered `\(column)` by \(error.words)")
      }
    }
    return values
  }

  private func text(_ text: entente_text, _ what: String) throws(PluginProblem) -> String {
    guard let copy = String(lent: text) else { throw .misuse("it gave \(what) that is no UTF-8") }
    return copy
  }
}
