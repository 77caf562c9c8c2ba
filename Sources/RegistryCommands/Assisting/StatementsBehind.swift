import RegistryModel
import RegistryStore

/// Which statements stand behind the rows of a table, as `why row` finds them, for many rows at once.
struct StatementsBehind: CommandReader {
  let interpreter: Interpreter
  let times: Times
  /// How many are looked for.
  let most: Int

  /// Those that whoever made the table names, those whose ids stand in it, or else what is said of the things that it lists, of
  /// the properties that it shows: the first rows first.
  func ids(_ table: ResultTable, rows: Int) throws(Failure) -> [StatementID] {
    let shown = table.rows.prefix(rows)
    if let evidence = table.evidence {
      var found: [StatementID] = []
      for place in shown.indices {
        for behind in evidence.behind where behind.statements.indices.contains(place) {
          found += behind.statements[place]
        }
        if found.count >= most { break }
      }
      return try whole(found)
    }
    let named = shown.flatMap { $0.flatMap(\.statementIDs) }
    return named.isEmpty ? try ids(ofThingsIn: table, Array(shown)) : try whole(named)
  }

  /// The ids that shown ones abbreviate.
  private func whole(_ ids: [StatementID]) throws(Failure) -> [StatementID] {
    var seen: Set<StatementID> = []
    var found: [StatementID] = []
    for id in ids where seen.insert(id).inserted {
      guard found.count < most else { break }
      if id.digest.utf8.count == StatementID.digestLength {
        found.append(id)
        continue
      }
      let matches = try storing(nil) { () throws(StoreProblem) in try store.statements(idPrefix: id.digest) }
      if matches.count == 1 { found.append(matches[0].id) }
    }
    return found
  }

  private func ids(ofThingsIn table: ResultTable, _ rows: [[Cell]]) throws(Failure) -> [StatementID] {
    guard
      let place = table.columns.firstIndex(where: {
        ["key", "subject", "entity", "initiative"].contains($0.name)
      })
    else { return [] }
    let schema = try schema(at: nil, times)
    // What a thing is and is called is told by the row itself.
    let properties = table.columns.compactMap { column in
      schema.properties[Key(unchecked: String(column.name.prefix { $0 != "[" }))]?.key
    }.filter { $0 != BuiltIn.type && $0 != BuiltIn.name }
    let keys = rows.compactMap { $0[place].entityKey }
    guard !properties.isEmpty, !keys.isEmpty else { return [] }
    var selection = StatementSelection(
      subjects: Array(keys.prefix(most)),
      properties: Set(properties.flatMap(schema.propertyAndNarrower(of:))).sorted(),
      tellsHeld: times.on != nil)
    selection.limit = most * 20
    let found = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
    let said = Dictionary(grouping: found.filter { $0.isSaid(times) }, by: \.statement.subject)
    return keys.flatMap { said[$0]?.map(\.id) ?? [] }
  }
}
