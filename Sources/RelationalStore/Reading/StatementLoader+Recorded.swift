internal import RegistryModel
internal import RegistryStore

extension StatementLoader {
  /// Statements as they were recorded, whether they stand or not, with their rows.
  func recorded(
    _ condition: String, _ arguments: [SQL]
  ) throws(StoreProblem) -> [(row: Int64, record: StatementRecord)] {
    let row = try db.rows(
      """
      SELECT s.id, s.digest, e.key, s.property, s.validity,
        \(Lives.isClaimed("s", .current)), \(Lives.isDenied("s", .current)),
        coalesce((SELECT j.rank FROM main.judgement_now j WHERE j.statement = s.id), 0),
        coalesce(s.tx, (SELECT min(l.tx_in) FROM main.life l WHERE l.thing IN (1, 2) AND l.id = s.id)),
        \(ValueColumns.selection("s", object: "o"))
      FROM main.statement s JOIN main.entity_key e ON e.id = s.subject
        LEFT JOIN main.entity_key o ON o.id = s.object
      WHERE \(condition)
      """, arguments)
    var found: [(row: Int64, record: StatementRecord)] = []
    while try row.next() {
      found.append(
        (
          row.integer(0),
          StatementRecord(
            id: StatementID(row.text(1)),
            statement: Statement(
              subject: row.key(2), property: row.key(3), value: ValueColumns.read(row, at: 9),
              validity: try validity(row.text(4))),
            citations: [], isClaimed: row.flag(5),
            isDenied: row.flag(6), rank: Rank(rawValue: Int(row.integer(7))) ?? .normal,
            recorded: TransactionID(row.integer(8)))
        ))
    }
    let rows = found.map(\.row)
    let qualifiers = try qualifiers(of: rows, "main.entity_key")
    let citations = try citations(of: rows, in: .main)
    for index in found.indices {
      found[index].record.add(qualifiers[found[index].row])
      found[index].record.citations = citations[found[index].row] ?? []
    }
    return found
  }
}
