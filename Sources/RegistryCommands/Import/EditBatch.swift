import CommandLanguage
import RegistryModel
import RegistryStore

/// The edits of many rows, to be carried out together, and what names were found to mean meanwhile.
///
/// Reading brings the projections up to date, which costs much where it happens for every row; so each name is looked
/// up once, and the edits of many rows are carried out together.
final class EditBatch {
  /// What a name means.
  enum Finding {
    case one(EntityRecord)
    case none
    case several(Failure)
  }

  private let store: any RegistryStore
  /// The edits of the rows read since they were carried out last; those of the row that is read begin at `rowStart`.
  private(set) var pending: [Edit] = []
  private var rowStart = 0
  /// What was carried out in the middle of rows.
  private var early = Counts()
  struct Counts {
    var edits = 0
    var changes = 0
  }
  /// Entities that pending edits make.
  private var introduced: [Key: EntityRecord] = [:]
  private var introducedByRow: [Key] = []
  /// By what a name is asked for: a property, or nothing.
  private var findings: [String: [String: Finding]] = [:]
  private var entities: [Key: EntityRecord?] = [:]
  private var schema: Schema?
  /// Whether a pending edit gives a name, which names looked up from now on may mean.
  private(set) var givesNames = false
  /// Names that nothing had.
  private var misses: [(name: String, use: String)] = []

  /// Names kept at most: a file may have any number.
  private static let mostFindings = 50_000

  init(_ store: any RegistryStore) { self.store = store }

  // MARK: Names

  func finding(
    _ name: String, for use: String, _ look: () throws(Failure) -> Finding
  ) throws(Failure) -> Finding {
    if let record = introduced[Key(unchecked: name)] { return .one(record) }
    if let known = findings[use]?[name] { return known }
    if findings[use]?.count ?? 0 >= Self.mostFindings { findings[use] = nil }
    let found = try look()
    findings[use, default: [:]][name] = found
    if case .one = found {} else { misses.append((name, use)) }
    return found
  }

  func entity(_ key: Key, _ look: () throws(Failure) -> EntityRecord?) throws(Failure) -> EntityRecord? {
    if let record = introduced[key] { return record }
    if let known = entities[key] { return known }
    if entities.count >= Self.mostFindings { entities = [:] }
    let found = try look()
    entities[key] = .some(found)
    return found
  }

  func schema(_ look: () throws(Failure) -> Schema) throws(Failure) -> Schema {
    if let schema { return schema }
    let found = try look()
    schema = found
    return found
  }

  /// A pending edit makes an entity.
  func introduce(_ record: EntityRecord) {
    introduced[record.key] = record
    introducedByRow.append(record.key)
    forgetFindings(record.key.text)
    entities[record.key] = nil
  }

  func add(_ edit: Edit) {
    pending.append(edit)
    switch edit {
    case .alias(_, let name, _, _, _): forget(name)
    case .claim(let statement, _):
      if statement.property == BuiltIn.name, case .text(let name) = statement.value { forget(name) }
    default: break
    }
  }

  /// The name that is given now may be one that nothing had, in another spelling, or that one thing had.
  private func forget(_ name: String) {
    givesNames = true
    forgetFindings(name)
    for miss in misses { findings[miss.use]?[miss.name] = nil }
    misses = []
  }

  private func forgetFindings(_ name: String) {
    for use in findings.keys { findings[use]?[name] = nil }
  }

  // MARK: Rows that fail, and rows that are kept

  /// Another row is read.
  func beginRow() {
    introducedByRow = []
    rowStart = pending.count
  }

  /// Whether no edit of the row waits.
  var rowIsEmpty: Bool { pending.count == rowStart }

  /// Leaves nothing of the row.
  func dropRow() {
    pending.removeSubrange(rowStart...)
    for key in introducedByRow { introduced[key] = nil }
    introducedByRow = []
  }

  /// Hands over the edits that are to be carried out now.
  /// - Parameter rowIsDone: whether the row's own belong to them: before its end it may still fail.
  func take(rowIsDone: Bool) -> [Edit] {
    if rowIsDone {
      rowStart = pending.count
      introducedByRow = []
    }
    let edits = Array(pending[..<rowStart])
    pending.removeSubrange(..<rowStart)
    rowStart = 0
    givesNames = !pending.isEmpty && givesNames
    // From now on the registry knows them.
    let made = introducedByRow.compactMap { introduced[$0] }
    if entities.count >= Self.mostFindings { entities = [:] }
    for (key, record) in introduced { entities[key] = .some(record) }
    introduced = [:]
    for record in made { introduced[record.key] = record }
    return edits
  }

  /// Carries out what is pending, so that a name it gives can be looked up.
  func carryOutPending(_ span: Span?) throws(Failure) {
    try carryOut(take(rowIsDone: false), &early, span)
  }

  /// Carries out the edits of the rows that were read.
  func carryOutRows(_ tally: inout ImportTally, _ span: Span?) throws(Failure) {
    var counts = early
    early = Counts()
    try carryOut(take(rowIsDone: true), &counts, span)
    tally.edits += counts.edits
    tally.changes += counts.changes
  }

  private func carryOut(_ edits: [Edit], _ counts: inout Counts, _ span: Span?) throws(Failure) {
    for edit in edits {
      let outcome = try storing(span) { () throws(StoreProblem) in try store.apply(edit) }
      // That a key is known is not said by anybody.
      if case .createEntity = edit { continue }
      counts.edits += 1
      if outcome.changed { counts.changes += 1 }
    }
  }
}

extension EditBatch: EditSink {
  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome {
    add(edit)
    return EditOutcome(changed: true)
  }
}
