internal import RegistryModel
internal import RegistryStore

/// A digest of all that stands and of what is chosen of it.
struct Fingerprint {
  let state: RegistryState
  private var db: any SQLEngine { state.db }
  private var contentIDs: ContentIDs { ContentIDs(state) }
  private var pastScope: PastScope { PastScope(state) }

  init(_ state: RegistryState) { self.state = state }

  private static let pageSize = 5_000

  func text() throws(StoreProblem) -> String {
    _ = try pastScope.scope(.all)
    var standing = ContentSum()
    for thing in Thing.allCases { try add(thing, Self.standing(thing), to: &standing) }
    var counting = ContentSum()
    for (thing, view) in Self.counting { try add(thing, "SELECT id FROM main.\(view)", to: &counting) }
    try add(.statement, "SELECT s.id FROM main.statement s WHERE s.chosen = 1", to: &counting)
    let row = try db.rows(
      """
      SELECT e.key, t.key, i.key FROM main.identity_now i CROSS JOIN main.entity e ON e.id = i.id
        CROSS JOIN main.entity t ON t.id = i.target
      """)
    var identities = ContentSum()
    while try row.next() {
      identities.add(ContentID(parts: [row.text(0), row.text(1), row.text(2)]), as: 0)
    }
    return contentDigest(Array([standing.text, counting.text, identities.text].joined(separator: "\n").utf8))
  }

  /// What stands, whether it counts or not.
  private static func standing(_ thing: Thing) -> String {
    switch thing {
    case .statement: "SELECT id FROM main.claim_now"
    case .citation: "SELECT id FROM main.citation_now"
    default:
      "SELECT DISTINCT l.id FROM main.life l WHERE l.thing = \(thing.rawValue) AND l.tx_out = \(openEnd)"
    }
  }

  /// Of which one counts, of several that stand.
  private static let counting: [(Thing, String)] = [
    (.judgement, "judgement_now"), (.sourceData, "source_now"), (.definition, "definition_now"),
    (.review, "review_now"), (.merging, "merging_now"),
  ]

  private func add(_ thing: Thing, _ query: String, to sum: inout ContentSum) throws(StoreProblem) {
    let rows = try db.integers(query)
    for start in stride(from: 0, to: rows.count, by: Self.pageSize) {
      let page = Array(rows[start..<min(start + Self.pageSize, rows.count)])
      for id in try contentIDs.ids(thing, page).values { sum.add(id, as: thing.rawValue) }
    }
  }
}
