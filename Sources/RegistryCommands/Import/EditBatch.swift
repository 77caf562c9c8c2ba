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

  /// Carries out edits, at once or later; what it tells of comes to ``counts``.
  private let carryingOut: ([Edit], Span?) throws(Failure) -> Counts
  /// The edits of the rows read since they were carried out last; those of the row that is read begin at `rowStart`.
  private(set) var pending: [Edit] = []
  private var rowStart = 0
  /// What was carried out.
  private(set) var counts = Counts()
  /// Why edits could not be carried out. They are those of rows before: whichever row asked for it is not to blame, and
  /// nothing can be made of what is lost.
  private(set) var problem: Failure?
  struct Counts {
    var edits = 0
    var changes = 0

    /// Takes in what an edit did. That a key is known is not said by anybody.
    mutating func add(_ outcome: EditOutcome, of edit: Edit) {
      if case .createEntity = edit { return }
      edits += 1
      if outcome.changed { changes += 1 }
    }
  }
  /// Entities that pending edits make.
  private var introduced: [Key: EntityRecord] = [:]
  private var introducedByRow: [Key] = []
  /// By what a name is asked for: a property, or nothing.
  private var findings: [String: [String: Finding]] = [:]
  /// The spellings in which names were asked for, by what they are folded.
  private var spellings: [String: Set<String>] = [:]
  private var entities: [Key: EntityRecord?] = [:]
  /// Keys of which it was asked what they mean, unless something that it does not know of made them meanwhile.
  private var asked: Set<Key> = []
  private var schema: Schema?
  /// The names and keys that pending edits give, folded; those of the row that is read by themselves.
  private var given: Set<String> = []
  private var givenByRow: Set<String> = []
  /// Whether pending edits give a type to something that is there, so that it may be what a name means.
  private var givesTypes = false
  /// What is asked before it is met; nothing where that is not done.
  var ahead: AnswersAhead?

  /// Names kept at most: a file may have any number.
  private static let mostFindings = 50_000

  /// - Parameter carryingOut: takes edits, and tells what came of them where it carries them out at once.
  init(_ carryingOut: @escaping ([Edit], Span?) throws(Failure) -> Counts) { self.carryingOut = carryingOut }

  /// Edits are carried out at once.
  convenience init(_ store: any RegistryStore) {
    self.init { (edits, span) throws(Failure) in
      var counts = Counts()
      for edit in edits {
        counts.add(try storing(span) { () throws(StoreProblem) in try store.apply(edit) }, of: edit)
      }
      return counts
    }
  }

  // MARK: Names

  func finding(
    _ name: String, for use: String, _ look: () throws(Failure) -> Finding
  ) throws(Failure) -> Finding {
    if let record = introduced[Key(unchecked: name)] { return .one(record) }
    if let known = findings[use]?[name] { return known }
    if findings[use]?.count ?? 0 >= Self.mostFindings { (findings, spellings) = ([:], [:]) }
    let found = try look()
    let folded = foldedName(name)
    // What the row itself gives, the registry does not know before its end.
    guard !givesTypes, !givenByRow.contains(folded) else { return found }
    findings[use, default: [:]][name] = found
    spellings[folded, default: []].insert(name)
    return found
  }

  /// Whether pending edits give any name, which names looked up from now on may mean.
  var givesNames: Bool { givesTypes || !given.isEmpty || !givenByRow.isEmpty }

  /// Carries out what is pending where it may give a name, in whatever spelling, so that it can be looked up.
  func carryOutGiving(_ name: String, _ span: Span?) throws(Failure) {
    if givesTypes || given.contains(foldedName(name)) { try carryOutPending(span) }
  }

  func entity(_ key: Key, _ look: () throws(Failure) -> EntityRecord?) throws(Failure) -> EntityRecord? {
    if let record = introduced[key] { return record }
    if let known = entities[key] { return known }
    if entities.count >= Self.mostFindings { entities = [:] }
    let found = try look()
    entities[key] = .some(found)
    return found
  }

  /// Whether it was found what a name means, for anything.
  func hasFound(_ name: String) -> Bool { findings.values.contains { $0[name] != nil } }

  /// Those among some keys of which it is not known what they mean, from now on to be answered by ``know(_:of:)``.
  func ask(_ keys: some Sequence<Key>) -> [Key] {
    var unknown: [Key] = []
    for key in keys where introduced[key] == nil && entities[key] == nil {
      if asked.insert(key).inserted { unknown.append(key) }
    }
    return unknown
  }

  /// Takes in what keys mean that were asked for together; those that mean nothing are not among them.
  func know(_ found: [Key: EntityRecord], of keys: [Key]) {
    if entities.count >= Self.mostFindings { entities = [:] }
    for key in keys where asked.remove(key) != nil && entities[key] == nil {
      entities[key] = .some(found[key])
    }
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
    asked.remove(record.key)
    // Its key is a name as well.
    give(record.key.text)
    entities[record.key] = nil
  }

  func add(_ edit: Edit) {
    pending.append(edit)
    switch edit {
    case .alias(_, let name, _, _, _): give(name)
    case .claim(let statement, _):
      if statement.property == BuiltIn.name || statement.property == BuiltIn.type {
        asked.remove(statement.subject)
      }
      if statement.property == BuiltIn.name, case .text(let name) = statement.value { give(name) }
      if statement.property == BuiltIn.type, introduced[statement.subject] == nil {
        givesTypes = true
        (findings, spellings) = ([:], [:])
      }
    default: break
    }
  }

  /// What it was found to mean it may mean no more, in any spelling.
  private func give(_ name: String) {
    let folded = foldedName(name)
    givenByRow.insert(folded)
    ahead?.noteGiving()
    for spelling in spellings.removeValue(forKey: folded) ?? [] {
      for use in findings.keys { findings[use]?[spelling] = nil }
    }
  }

  // MARK: Rows that fail, and rows that are kept

  /// Another row is read.
  func beginRow() {
    introducedByRow = []
    given.formUnion(givenByRow)
    givenByRow = []
    rowStart = pending.count
  }

  /// Whether no edit of the row waits.
  var rowIsEmpty: Bool { pending.count == rowStart }

  /// Leaves nothing of the row.
  func dropRow() {
    pending.removeSubrange(rowStart...)
    for key in introducedByRow { introduced[key] = nil }
    introducedByRow = []
    givenByRow = []
  }

  /// Hands over the edits that are to be carried out now.
  /// - Parameter rowIsDone: whether the row's own belong to them: before its end it may still fail.
  func take(rowIsDone: Bool) -> [Edit] {
    if rowIsDone {
      rowStart = pending.count
      introducedByRow = []
      givenByRow = []
    }
    let edits = Array(pending[..<rowStart])
    pending.removeSubrange(..<rowStart)
    rowStart = 0
    given = []
    givesTypes = givesTypes && !pending.isEmpty
    // From now on the registry knows them, but for those of the row that is read.
    if entities.count >= Self.mostFindings { entities = [:] }
    var made: [Key: EntityRecord] = [:]
    for key in introducedByRow { made[key] = introduced.removeValue(forKey: key) }
    for (key, record) in introduced { entities[key] = .some(record) }
    introduced = made
    return edits
  }

  /// Carries out what is pending, so that a name it gives can be looked up.
  func carryOutPending(_ span: Span?) throws(Failure) { try carryOut(take(rowIsDone: false), span) }

  /// Carries out the edits of the rows that were read.
  func carryOutRows(_ span: Span?) throws(Failure) { try carryOut(take(rowIsDone: true), span) }

  private func carryOut(_ edits: [Edit], _ span: Span?) throws(Failure) {
    let done: Counts
    do throws(Failure) {
      done = try carryingOut(edits, span)
    } catch {
      problem = error
      throw error
    }
    counts.edits += done.edits
    counts.changes += done.changes
  }
}

extension EditBatch: EditSink {
  func apply(_ edit: Edit, _ span: Span?) throws(Failure) -> EditOutcome {
    add(edit)
    return EditOutcome(changed: true)
  }
}
