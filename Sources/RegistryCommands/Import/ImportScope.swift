import CommandLanguage
import RegistryModel
import RegistryStore

/// What a session keeps in mind while it imports: the row it is at, what names were found to mean, and the edits that
/// are not carried out yet.
///
/// Reading brings the projections up to date, which costs much where it happens for every row; so each name is looked
/// up once, and the edits of many rows are carried out together.
final class ImportScope {
  /// What a name means.
  enum Finding {
    case one(EntityRecord)
    case none
    case several(Failure)
  }

  var options: ImportOptions
  var columns = ColumnNames()
  var row = ImportRow(line: 0, fields: [])

  /// The edits of the rows read since ``Session/carryOut``; those of the row that is read begin at `rowStart`.
  private(set) var pending: [Edit] = []
  private var rowStart = 0
  /// What an edited table changes, in words; nothing where the rows are no such table.
  var changes: [EditedChange]?
  /// What is to be told beside the counts.
  var notes: [String] = []
  /// What was carried out in the middle of rows.
  var early = Counts()
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
  private(set) var schema: Schema?
  /// Whether a pending edit gives a name, which names looked up from now on may mean.
  private(set) var givesNames = false
  /// Names that nothing had.
  private var misses: [(name: String, use: String)] = []

  /// Names that nothing has, in the order in which they were met.
  private(set) var unmatched: [String: Unmatched] = [:]
  struct Unmatched {
    var name: String
    var file: String
    var line: Int
    var rows: Int
    /// The column in which it was met first.
    var column: String?
    /// What to do about it, where it means several things.
    var help: String?
  }

  /// Names kept at most: a file may have any number.
  private static let mostFindings = 50_000

  /// Parameters that have values from without.
  private let outer: Set<String>
  /// Those of them that stand for columns which a row has not.
  private let constants: Set<String>

  /// The file's name.
  let file: String

  init(_ options: ImportOptions, file: String, outer: Set<String>) {
    self.options = options
    self.file = file
    self.outer = outer
    constants = Set(options.constants.map(\.name.content))
  }

  // MARK: The row

  /// The value of a column; nothing where there is no such column.
  func value(of name: String) -> String? {
    if let place = columns[name] {
      if !constants.isEmpty, constants.contains(name), row.given?.contains(place) == false { return nil }
      return place < row.fields.count ? blanked(row.fields[place]) : ""
    }
    if let (column, index) = ImportScope.element(name), let place = columns[column] {
      let list = list(at: place)
      return index < list.count ? list[index] : ""
    }
    return columns.isOpen && !outer.contains(name) ? "" : nil
  }

  /// How many values a column has in this row.
  func count(of name: String) -> Int { columns[name].map { max(1, list(at: $0).count) } ?? 1 }

  private func list(at place: Int) -> [String] {
    if let list = row.lists[place] { return list }
    guard let separator = options.split, place < row.fields.count else { return [] }
    let field = row.fields[place]
    let parts = field.parts(between: separator)
    let list = parts.count == 1 ? [field] : parts.map { $0.trimmed }.filter { !$0.isEmpty }
    // It is asked for again for each of its elements.
    row.lists[place] = list
    return list
  }

  /// One of the values of a column, as ``element(_:)`` reads it.
  static func name(_ column: String, element index: Int) -> String { "\(column)__\(index)" }

  private static func element(_ name: String) -> (column: String, index: Int)? {
    let digits = name.utf8.reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
    let end = name.utf8.index(name.endIndex, offsetBy: -digits)
    guard digits > 0, name[..<end].hasSuffix("__"), let index = Int(name[end...]) else { return nil }
    return (String(name[..<end].dropLast(2)), index)
  }

  /// What counts as nothing is nothing.
  private func blanked(_ field: String) -> String {
    if options.blanks.contains(field) { return "" }
    // Most fields begin with a letter or a digit.
    if let byte = field.utf8.first, byte > 0x20, byte < 0x80 { return field }
    guard let first = field.first, first.isWhitespace else { return field }
    return field.allSatisfy(\.isWhitespace) ? "" : field
  }

  /// Where a citation is found that has no quote.
  var locator: String { "\(file):\(row.line)" }

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

  func noteUnmatched(_ name: String, _ help: String?) {
    unmatched[name, default: Unmatched(name: name, file: file, line: row.line, rows: 0, help: help)].rows += 1
  }

  /// Says where a name was met that nothing has.
  func noteColumn(_ column: String, of name: String) {
    if let known = unmatched[name], known.column == nil { unmatched[name]?.column = column }
  }

  // MARK: Rows that fail, and rows that are kept

  func begin(_ row: ImportRow) {
    self.row = row
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
}

extension String {
  /// What stands between separators.
  fileprivate func parts(between separator: String) -> [Substring] {
    guard let byte = separator.utf8.first, byte < 0x80, separator.utf8.count == 1 else {
      return split(separator: separator, omittingEmptySubsequences: false)
    }
    return utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0) }
  }
}

extension StringProtocol {
  /// The text without white space around it.
  var trimmed: String {
    var rest = Substring(self)
    if let first = rest.utf8.first, let last = rest.utf8.last, first > 0x20, first < 0x80, last > 0x20,
      last < 0x80
    {
      return String(rest)
    }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
