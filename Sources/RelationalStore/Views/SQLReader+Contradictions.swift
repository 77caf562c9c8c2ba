internal import RegistryModel
internal import RegistryStore

extension SQLReader {
  /// Finds the contradictions of a time, for a query that reads them.
  /// - Parameter registry: what the rule reads the statements from: this one.
  func findContradictions(_ times: Times, of registry: any RegistryReading) throws(StoreProblem) {
    let schema = try registry.schema(times)
    var comparison = CellComparison(registry, schema, times, includesNeighbours: true)
    let places = try contestedReader.contestedPlaces(ContestedQuery(includesNeighbours: true), times)
    var rows: [FoundTable.Row] = []
    for start in stride(from: 0, to: places.count, by: CellComparison.size) {
      let part = try comparison.part(places[start..<min(start + CellComparison.size, places.count)], of: nil)
      rows += (part.cells + part.neighbours).flatMap { FoundTable.rows($0, schema) }
    }
    try db.runScript(FoundTable.creation)
    // A query that is still read keeps what it reads: within one question nothing changes.
    let written = try db.integer("SELECT count(*) FROM \(FoundTable.name)") ?? 0
    if state.memory.contradictions == rows, written == rows.count { return }
    try db.write("DELETE FROM \(FoundTable.name)")
    let marks = Array(repeating: "?", count: 13).joined(separator: ", ")
    for row in rows { try db.write("INSERT INTO \(FoundTable.name) VALUES (\(marks))", row.values) }
    state.memory.contradictions = rows
  }
}
