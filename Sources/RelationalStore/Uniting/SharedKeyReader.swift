internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Finds keys under which people who did not know of each other may have recorded two things.
struct SharedKeyReader {
  let state: RegistryState
  private var assertions: Assertions { Assertions(state) }
  private var db: any SQLEngine { state.db }
  private var evidenceReader: EvidenceReader { EvidenceReader(state) }
  private var history: HistoryReader { HistoryReader(state) }
  private var pastScope: PastScope { PastScope(state) }
  private var recordedRows: RecordedRows { RecordedRows(state) }
  private var schemas: SchemaReader { SchemaReader(state) }
  private var truth: Truth { Truth(state) }

  init(_ state: RegistryState) { self.state = state }

  func found() throws(StoreProblem) -> [SharedKey] {
    let scope = try pastScope.scope(.all)
    // Alone everybody knows what the key means.
    guard try db.integer("SELECT 1 FROM main.tx WHERE arrived IS NOT NULL LIMIT 1") != nil else { return [] }
    var keys: [Int64: SharedKey] = [:]
    for (entity, makings) in try makings(by: try schemas.readSchema(in: scope)) {
      keys[entity] = SharedKey(key: try shown(entity), makings: makings)
    }
    for (entity, late) in try lateStatements() {
      if keys[entity] == nil { keys[entity] = SharedKey(key: try shown(entity)) }
      keys[entity]?.late = late
    }
    return keys.values.sorted { $0.key < $1.key }
  }

  private func shown(_ entity: Int64) throws(StoreProblem) -> Key {
    Key(unchecked: try db.text("SELECT \(Identity.key(of: "?1", in: "main"))", [.integer(entity)]) ?? "")
  }

  private func transactions(_ numbers: some Sequence<Int64>) throws(StoreProblem) -> [Int64: Transaction] {
    let found = try history.transactions(
      where: "id IN (SELECT value FROM json_each(?))", [.list(Set(numbers).sorted())])
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id.number, $0) })
  }

  // MARK: How things were made known

  /// The makings of the entities of which two may speak of two things, those by which no rank says which counts.
  private func makings(by schema: Schema) throws(StoreProblem) -> [Int64: [Making]] {
    let named = try namings()
    guard !named.isEmpty else { return [:] }
    let known = try transactions(named.values.joined().flatMap(\.transactions))
    let statements = try recordedRows.recordedStatements(named.values.joined().map(\.statement).sorted())
    var found: [Int64: [Making]] = [:]
    for (entity, namings) in named {
      var makings: [Int64: Making] = [:]
      for naming in namings {
        guard let statement = statements[naming.statement], case .text(let text) = statement.value else {
          continue
        }
        for number in naming.transactions {
          guard let transaction = known[number] else { continue }
          var making = makings[number] ?? Making(transaction: transaction, types: [], names: [])
          if statement.property == BuiltIn.type {
            making.types.append(Key(unchecked: text))
          } else {
            making.names.append(text)
          }
          makings[number] = making
        }
      }
      let typed = makings.values.filter { !$0.types.isEmpty }.sorted { $0.transaction.id < $1.transaction.id }
      let doubtful = typed.filter { one in typed.contains { one.mayMeanAnother($0, schema) } }
      if !doubtful.isEmpty { found[entity] = doubtful }
    }
    return found
  }

  /// A type or a name that stands, and who said it first.
  private struct Naming {
    var statement: Int64
    var transactions: Set<Int64>
  }

  /// Of the entities whose type several transactions say, unless somebody who saw that ranked one of them.
  private func namings() throws(StoreProblem) -> [Int64: [Naming]] {
    func stands(_ properties: String) -> String {
      """
      SELECT \(RecordedAs.subject("s")) AS entity, s.id AS statement, s.tx AS tx FROM main.statement s
        WHERE s.property IN (\(properties)) AND s.tx IS NOT NULL AND s.ended IS NULL
      UNION ALL SELECT \(RecordedAs.subject("s")), s.id, l.tx_in FROM main.statement s
        CROSS JOIN main.life l ON l.thing = \(Thing.statement.rawValue) AND l.id = s.id AND l.tx_out = \(openEnd)
        WHERE s.property IN (\(properties)) AND s.tx IS NULL
      """
    }
    let shared = try db.integers(
      """
      SELECT t.entity FROM (\(stands("'type'"))) t GROUP BY t.entity HAVING min(t.tx) <> max(t.tx)
      """)
    guard !shared.isEmpty else { return [:] }
    let row = try db.rows(
      """
      SELECT DISTINCT n.entity, n.statement, EXISTS(SELECT 1 FROM main.judgement_now j WHERE j.statement = n.statement)
      FROM (\(stands("'type', 'name'"))) n WHERE n.entity IN (SELECT value FROM json_each(?)) ORDER BY 1, 2
      """, [.list(shared)])
    var (statements, judged): ([(entity: Int64, statement: Int64)], Set<Int64>) = ([], [])
    while try row.next() {
      statements.append((row.integer(0), row.integer(1)))
      if row.flag(2) { judged.insert(row.integer(0)) }
    }
    let wanted = statements.filter { !judged.contains($0.entity) }
    let standing = try assertions.standing(.statement, Set(wanted.map(\.statement)).sorted())
    var found: [Int64: [Naming]] = [:]
    for (entity, statement) in wanted {
      let first = Set((standing[statement] ?? []).flatMap(\.first))
      found[entity, default: []].append(Naming(statement: statement, transactions: first))
    }
    return found
  }

  // MARK: What came later

  /// By the entity from which another was parted, what came onto it although it was to be moved.
  private func lateStatements() throws(StoreProblem) -> [Int64: [LateStatements]] {
    var pairs: [Int64: [Int64]] = [:]
    let row = try db.rows(
      """
      SELECT DISTINCT \(RecordedAs.subject("s")), \(RecordedAs.object("s")) FROM main.statement s
      WHERE s.property = '\(BuiltIn.distinctFrom)' AND s.object IS NOT NULL
        AND EXISTS(SELECT 1 FROM main.claim_now c WHERE c.id = s.id) ORDER BY 1, 2
      """)
    while try row.next() { pairs[row.integer(0), default: []].append(row.integer(1)) }
    var found: [Int64: [LateStatements]] = [:]
    for (old, others) in pairs.sorted(by: { $0.key < $1.key }) {
      let evidence = try evidenceReader.evidence(about: old)
      for other in others {
        let late = try late(of: old, other, evidence)
        if !late.isEmpty { found[old, default: []] += late }
      }
    }
    return found
  }

  private func late(
    of old: Int64, _ other: Int64, _ evidence: Evidence
  ) throws(StoreProblem) -> [LateStatements] {
    let partings = try partings(of: other, from: old)
    guard !partings.isEmpty else { return [] }
    let said = evidence.stances.flatMap(\.all)
    let known = try transactions(said.map(\.by) + said.flatMap(\.first) + partings.keys)
    let otherKey = try truth.recordedKey(other)
    var found: [String: LateStatements] = [:]
    var counted: [String: Set<Int64>] = [:]
    for stance in evidence.stances {
      guard let statement = evidence.contents[stance.statement],
        !RecordedContent.claim(statement).keys.contains(otherKey)
      else { continue }
      let all = stance.all
      let origins = Set(all.flatMap(\.first).map { known[$0]?.identity?.origin ?? "" })
      // What somebody else says too is no longer one side's alone.
      guard origins.count == 1, let origin = origins.first else { continue }
      let partedBy = partings.filter { $0.value.contains(origin) }.compactMap { known[$0.key] }
      guard !partedBy.isEmpty else { continue }
      let by = all.compactMap { known[$0.by] }
      guard by.contains(where: { one in partedBy.allSatisfy(one.mayBeBeside) }) else { continue }
      counted[origin, default: []].insert(stance.statement)
      if found[origin] == nil {
        found[origin] = LateStatements(
          parted: try shown(other), origin: origin, count: 0, transactions: [])
      }
      found[origin]?.count = counted[origin]?.count ?? 0
      found[origin]?.transactions.formUnion(by.map(\.id))
    }
    return found.values.sorted { $0.origin < $1.origin }
  }

  /// The transactions that moved statements of one entity to another, and whose these were.
  private func partings(of other: Int64, from old: Int64) throws(StoreProblem) -> [Int64: Set<String>] {
    let row = try db.rows(
      """
      WITH said(id) AS (
        SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?1", .subject))
        UNION SELECT s.id FROM main.statement s WHERE \(RecordedAs.isOf("?1", .object)))
      SELECT s.id, s.ended, s.tx FROM said d CROSS JOIN main.statement s ON s.id = d.id AND s.tx IS NOT NULL
        AND s.ended IS NOT NULL
      UNION SELECT l.id, l.tx_out, l.tx_in FROM said d
        CROSS JOIN main.life l ON l.thing = \(Thing.statement.rawValue) AND l.id = d.id AND l.tx_out < \(openEnd)
      UNION SELECT n.id, n.tx_out, n.tx_in FROM said d
        CROSS JOIN main.ending n ON n.thing = \(Thing.statement.rawValue) AND n.id = d.id
      """, [.list([old])])
    var ended: [(statement: Int64, by: Int64, seen: Int64)] = []
    while try row.next() { ended.append((row.integer(0), row.integer(1), row.integer(2))) }
    guard !ended.isEmpty else { return [:] }
    let (oldKey, otherKey) = (try truth.recordedKey(old), try truth.recordedKey(other))
    let contents = try recordedRows.recordedStatements(Set(ended.map(\.statement)).sorted())
    let moved = contents.mapValues { $0.replacing(oldKey, with: otherKey).id.digest }
    let asserted = try asserted(moved.values.sorted())
    let origins = try transactions(ended.map(\.seen)).compactMapValues(\.identity?.origin)
    var found: [Int64: Set<String>] = [:]
    for one in ended {
      guard let digest = moved[one.statement], asserted[digest]?.contains(one.by) == true,
        let origin = origins[one.seen]
      else { continue }
      found[one.by, default: []].insert(origin)
    }
    return found
  }

  /// The transactions that claimed statements, by the digests of these.
  private func asserted(_ digests: [String]) throws(StoreProblem) -> [String: Set<Int64>] {
    let row = try db.rows(
      """
      SELECT s.digest, s.tx FROM json_each(?1) j CROSS JOIN main.statement s ON s.digest = j.value AND s.tx IS NOT NULL
      UNION SELECT s.digest, l.tx_in FROM json_each(?1) j CROSS JOIN main.statement s ON s.digest = j.value
        CROSS JOIN main.life l ON l.thing = \(Thing.statement.rawValue) AND l.id = s.id
      """, [.list(digests)])
    var found: [String: Set<Int64>] = [:]
    while try row.next() { found[row.text(0), default: []].insert(row.integer(1)) }
    return found
  }
}
