internal import RegistryModel
internal import RegistryStore

extension StatementLoader {
  /// Puts the keys by which the pages that are corrected are known.
  private func showCorrected<Name>(_ found: inout [Name: SourceData], in scope: Scope) throws(StoreProblem) {
    let shown = try shownPages(Set(found.values.flatMap(\.corrects)).sorted(), in: scope)
    for (name, data) in found where !data.corrects.isEmpty {
      found[name]?.corrects = data.corrects.compactMap { shown[$0] }
    }
  }

  /// The keys by which pages are known (``Citation/book``): that under which they are shown, unless they count as another.
  private func shownPages(_ keys: [Key], in scope: Scope) throws(StoreProblem) -> [Key: Key] {
    guard !keys.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT a.key, CASE WHEN k.target = k.id THEN k.key ELSE (SELECT e.key FROM main.entity e WHERE e.id = k.id) END
      FROM (\(SourceBook.pages(in: scope.rawValue))) a CROSS JOIN \(scope.rawValue).entity_key k ON k.id = a.id
      """, [.list(keys.map(\.text))])
    var found: [Key: Key] = [:]
    while try row.next() { found[row.key(0)] = row.key(1) }
    return found
  }

  func sources(_ keys: Set<Key>, of scope: Scope) throws(StoreProblem) -> [Key: SourceData] {
    let row = try db.rows(
      """
      SELECT \(Self.sourceColumns), a.key FROM (\(SourceBook.pages(in: scope.rawValue))) a
        CROSS JOIN main.source_data d ON d.id = \(SourceBook.row(of: "a.id", in: scope.rawValue))
      """, [.list(keys.map(\.text).sorted())])
    var found: [Key: SourceData] = [:]
    while try row.next() { found[row.key(13)] = Self.sourceData(row) }
    try showCorrected(&found, in: scope)
    return found
  }

  /// What ``sourceData(_:)`` reads.
  static let sourceColumns = """
    d.title, d.publisher, d.published, d.published_earliest, d.published_latest, d.url, d.retrieved, \
    d.retrieved_earliest, d.retrieved_latest, d.language, d.reliability, d.note, d.corrects
    """

  static func sourceData(_ row: any SQLCursor) -> SourceData {
    func date(_ start: Int) -> PartialDate? {
      row.optionalText(start).map {
        PartialDate(
          uncheckedEDTF: $0, earliest: Day(row.integer(start + 1)), latest: Day(row.integer(start + 2)))
      }
    }
    return SourceData(
      title: row.text(0), publisher: row.optionalText(1), published: date(2), url: row.optionalText(5),
      retrieved: date(6), language: row.optionalText(9),
      reliability: SourceData.Reliability(rawValue: row.text(10)) ?? .f,
      corrects: DefinitionText.keys(row.optionalText(12) ?? ""), note: row.optionalText(11))
  }

  /// What is known of sources, by the keys that they are asked for by.
  func sourceData(of keys: [Key], in scope: Scope) throws(StoreProblem) -> [Key: SourceData] {
    let ids = try truth.findEntityIDs(keys, in: scope)
    guard !ids.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT \(Self.sourceColumns), d.source FROM json_each(?) j
        CROSS JOIN \(scope.rawValue).source_now d ON d.source = j.value
      """, [.list(Set(ids.values).sorted())])
    var byID: [Int64: SourceData] = [:]
    while try row.next() { byID[row.integer(13)] = Self.sourceData(row) }
    try showCorrected(&byID, in: scope)
    return ids.compactMapValues { byID[$0] }
  }
}
