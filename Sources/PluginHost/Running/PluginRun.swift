import CEntentePlugin
import CPluginTransport
import FoundationEssentials
import Glibc
import RegistryModel
import RegistryStore

/// One run of an analysis, wherever the plugin's code is: what it may read and what it has given.
///
/// Used on one thread only. The first failure is kept, and every later function answers with its status.
final class PluginRun {
  struct ColumnType {
    var name: String
    var type: UInt32
    var flags: UInt32 = 0
    /// Whether it is not shown, and holds what is behind another column, or behind the row.
    var isEvidence: Bool { flags == UInt32(ENTENTE_COLUMN_EVIDENCE) }
  }

  /// A relation while it is read, and the rows handed over last.
  final class Reading {
    let cursor: any RelationCursor
    let relation: String
    let width: Int
    let rows = RowSink()
    init(_ cursor: any RelationCursor, _ relation: String, width: Int) {
      self.cursor = cursor
      self.relation = relation
      self.width = width
    }
  }

  let observer: PluginObserver
  let limits: PluginLimits
  private let relations: any RelationSource
  private let isCancelled: () -> Bool
  private let deadline: Deadline
  private(set) var problem: PluginProblem?
  private(set) var columns: [ColumnType]?
  private(set) var rowCount = 0
  private(set) var notes: [String] = []
  private var types: [UInt32] = []
  private var emitted = CellBuffer()
  /// The name of the table that rows are of; nothing for the first.
  private var tableName: String?
  /// What its manifest says of the columns of the first table; nothing where nobody asks.
  var declaredFirst: (columns: [ColumnDescription], adds: Bool)?
  /// The tables that may be begun.
  var declared: [TableDescription] = []
  /// The tables before it, and how many rows may still come.
  private var finished: [EmittedTable] = []
  private var rowsLeft: Int
  private let scratch = Scratch()
  /// What a row takes in the program's table, beside its bytes.
  private var rowCost = 0
  /// What is kept, or was told, beside the rows.
  private var spent = 0
  private var readings: [UInt32: Reading] = [:]
  private var opened: UInt32 = 0
  /// When emitting asked last.
  private var askedAt = -1

  init(
    relations: any RelationSource, limits: PluginLimits, observer: PluginObserver,
    isCancelled: @escaping () -> Bool
  ) {
    self.relations = relations
    self.limits = limits
    self.rowsLeft = limits.rows
    self.observer = observer
    self.isCancelled = isCancelled
    self.deadline = Deadline(seconds: limits.seconds)
  }

  /// Whether the run is over: it failed, somebody wants it to end, or its time is up.
  func isOver() -> Bool {
    if problem == nil, isCancelled() { problem = .cancelled }
    if problem == nil, deadline.isPast { problem = .deadline(seconds: limits.seconds) }
    return problem != nil
  }

  /// What every function answers.
  var status: Int32 {
    guard let problem else { return Int32(ENTENTE_OK) }
    return Int32(problem.endsEarly ? ENTENTE_CANCELLED : ENTENTE_FAILED)
  }

  /// Does a function's work unless the call is over, and answers with its status.
  func perform(_ work: () throws(PluginProblem) -> Void) -> Int32 {
    if !isOver() {
      do {
        try work()
      } catch {
        // What ended the run from outside also ends what was read for it, and is the reason.
        if !isOver() { problem = error }
      }
    }
    return status
  }

  /// Ends the call; the first failure counts.
  func fail(_ failure: PluginProblem) { if problem == nil { problem = failure } }

  // MARK: Reading

  func open(_ query: PluginQuery) throws(PluginProblem) -> UInt32 {
    guard readings.count < limits.cursors else {
      throw .misuse("it has \(readings.count) relations open at once")
    }
    do {
      let cursor = try relations.open(query)
      opened &+= 1
      readings[opened] = Reading(cursor, query.relation.name, width: query.columns.count)
      return opened
    } catch {
      throw .relationFailed(query.relation.name, error)
    }
  }

  /// The next rows of what was opened; they live until the next call.
  func next(_ id: UInt32) throws(PluginProblem) -> (reading: Reading, rows: Int) {
    guard let reading = readings[id] else {
      throw .misuse("it read from a cursor that is closed or not its own")
    }
    reading.rows.cells.clear()
    do {
      let rows = try reading.cursor.next(into: reading.rows)
      guard !reading.rows.cells.hasFailed else { throw PluginProblem.misuse("there is no memory left") }
      return (reading, rows)
    } catch {
      throw .relationFailed(reading.relation, error)
    }
  }

  func close(_ id: UInt32) { readings[id] = nil }

  /// Lets go of what was left open.
  func closeAll() { readings.removeAll() }

  // MARK: Giving

  func say(columns said: [ColumnType]) throws(PluginProblem) {
    guard columns == nil else { throw .misuse("it said its columns twice") }
    guard (1...Int(ENTENTE_MAX_COLUMNS)).contains(said.count) else {
      throw .misuse("it said \(said.count) columns, and 1 to \(ENTENTE_MAX_COLUMNS) are allowed")
    }
    if let nameless = said.firstIndex(where: \.name.isEmpty) {
      throw .misuse("column \(nameless + 1) has no name, or one that is no UTF-8")
    }
    for column in said where column.flags > UInt32(ENTENTE_COLUMN_EVIDENCE) {
      throw .misuse("column `\(column.name)` has flags that are not known: \(column.flags)")
    }
    var names: Set<String> = []
    if let twice = said.first(where: { !$0.isEvidence && !names.insert($0.name).inserted }) {
      throw .misuse("it said two columns of the name `\(twice.name)`")
    }
    for column in said where column.type > UInt32(ENTENTE_LIST) {
      throw .misuse("column `\(column.name)` is of the unknown type \(column.type)")
    }
    try EmittedTable.checkEvidence(said)
    // A column that is added may be called as something of the registry is.
    if let strange = said.first(where: { !$0.isEvidence && !ManifestCheck.isPrinted($0.name) }) {
      throw .misuse("it said a column whose heading is none: \(ManifestCheck.shownHeading(strange.name))")
    }
    if tableName == nil, let first = declaredFirst {
      try EmittedTable.checkFirst(said, first.columns, adds: first.adds)
    }
    try spend(said.reduce(0) { $0 + $1.name.utf8.count })
    columns = said
    types = said.map(\.type)
    rowCost = PluginRun.costOfRow + PluginRun.costOfCell * said.count
  }

  /// Begins another table; those before are whole.
  func begin(table name: String?, columns said: [ColumnType]) throws(PluginProblem) {
    guard let name, ManifestCheck.isName(name) else {
      throw .misuse("it began a table whose name is none: lower-case words joined by hyphens")
    }
    guard name != tableName, !finished.contains(where: { $0.name == name }) else {
      throw .misuse("it began the table `\(name)` twice")
    }
    try EmittedTable.check(said, of: name, declared)
    if columns != nil {
      guard finished.count + 1 < Int(ENTENTE_MAX_TABLES) else {
        throw .tooMuch("tables", most: Int(ENTENTE_MAX_TABLES))
      }
      finished.append(current)
      spent += taken(rows: rowCount)
      rowsLeft -= rowCount
      emitted = CellBuffer()
      rowCount = 0
      columns = nil
    }
    tableName = name
    try say(columns: said)
  }

  private var current: EmittedTable {
    EmittedTable(name: tableName, columns: columns ?? [], cells: emitted, rowCount: rowCount)
  }

  /// Takes rows from a plugin in this process.
  func emit(_ cells: UnsafePointer<entente_cell>?, rows count: UInt64) throws(PluginProblem) {
    guard count > 0 else { return }
    try expect(rows: count)
    guard let cells else { throw .misuse("it emitted \(count) rows without cells") }
    do { try emitted.put(lent: cells, types: types, rows: count) } catch { throw fault(error) }
    try add(rows: Int(count))
  }

  /// Takes rows from another process.
  func emit(_ bytes: UnsafeRawBufferPointer, rows count: UInt64) throws(PluginProblem) {
    guard count > 0 else { return }
    try expect(rows: count)
    let start = emitted.count
    emitted.put(bytes)
    do {
      try emitted.check(from: start, types: types, rows: Int(count))
    } catch {
      emitted.cut(to: start)
      throw fault(error)
    }
    try add(rows: Int(count))
  }

  /// A cell behind the rows that are there cannot be taken.
  func fault(_ fault: CellFault) -> PluginProblem {
    guard let columns, !columns.isEmpty else { return .misuse(fault.words) }
    return .cell(
      row: rowCount + fault.index / columns.count + 1, column: columns[fault.index % columns.count].name,
      fault)
  }

  func add(note sentence: String?) throws(PluginProblem) {
    guard let sentence else { throw .misuse("it gave a note that is no UTF-8, or too long") }
    guard notes.count < limits.notes else { throw .tooMuch("notes", most: limits.notes) }
    try spend(sentence.utf8.count)
    notes.append(Self.line(sentence))
  }

  /// So many characters of a note are told.
  private static let mostOfNote = 2_000

  /// A note as it is told: on one line, which is the host's, so that it cannot pass for another one's words.
  private static func line(_ sentence: String) -> String {
    let start = sentence.prefix(mostOfNote)
    let line = start.split(whereSeparator: \.isNewline).joined(separator: " ")
    return shownText(line) + (start.endIndex < sentence.endIndex ? " …" : "")
  }

  /// A line for whoever looks on; one that is no text is passed over, as nobody waits for an answer.
  func log(_ line: String?) {
    _ = perform { () throws(PluginProblem) in
      guard let line else { return }
      try spend(line.utf8.count)
      observer.log(line)
    }
  }

  /// How far the plugin says that it is.
  func tell(progress fraction: Double?, _ message: String?) -> Int32 {
    perform {
      let isKnown = fraction.map { (0...1).contains($0) } ?? false
      observer.progress(isKnown ? fraction : nil, String((message ?? "").prefix(200)))
    }
  }

  /// Takes something from what the run may give in all.
  private func spend(_ bytes: Int) throws(PluginProblem) {
    spent += bytes + PluginRun.costOfCall
    guard isWithinBudget(adding: 0) else { throw .tooMuch("bytes", most: limits.bytes) }
  }

  /// What a table takes beside the bytes of its cells; a call costs something too, so that empty ones have an end.
  private static let (costOfRow, costOfCell, costOfCall) = (48, 24, 64)

  /// Whether so many rows more fit, by what is known of them.
  private func isWithinBudget(adding rows: Int) -> Bool {
    spent + taken(rows: rowCount + rows) <= limits.bytes
  }

  /// What so many rows of the table take, and the bytes of their cells.
  private func taken(rows: Int) -> Int {
    // Rows and columns are limited, bytes are memory that is there: none of these sums comes near the end of numbers.
    emitted.count + rows * rowCost + emitted.items * PluginRun.costOfCell
  }

  /// Takes rows from a plugin in this process, which may call this for each row: whether the run is over is asked once
  /// the coarse clock has moved on, every few milliseconds.
  func take(_ cells: UnsafePointer<entente_cell>?, rows count: UInt64) -> Int32 {
    clock_gettime(CLOCK_MONOTONIC_COARSE, scratch.clock)
    if scratch.clock.pointee.tv_nsec != askedAt || problem != nil {
      askedAt = scratch.clock.pointee.tv_nsec
      if isOver() { return status }
    }
    // The usual case, without a detour; what is wrong with the rest is found the long way.
    if let cells, !types.isEmpty, count <= UInt64(rowsLeft - rowCount),
      isWithinBudget(adding: Int(count)),
      pt_put_rows(emitted.raw, cells, types, UInt64(types.count), count, dateRule, scratch.fault)
    {
      rowCount += Int(count)
      return Int32(ENTENTE_OK)
    }
    return perform { () throws(PluginProblem) in try emit(cells, rows: count) }
  }

  /// Places that the hot path need not make anew.
  private final class Scratch {
    let clock = UnsafeMutablePointer<timespec>.allocate(capacity: 1)
    let fault = UnsafeMutablePointer<pt_fault>.allocate(capacity: 1)
    init() {
      clock.initialize(to: timespec())
      fault.initialize(to: pt_fault())
    }
    deinit {
      clock.deallocate()
      fault.deallocate()
    }
  }

  private func expect(rows count: UInt64) throws(PluginProblem) {
    guard columns != nil else { throw .misuse("it emitted rows before it said its columns") }
    guard count <= UInt64(rowsLeft - rowCount) else { throw .tooMuch("rows", most: limits.rows) }
    guard isWithinBudget(adding: Int(count)) else { throw .tooMuch("bytes", most: limits.bytes) }
  }

  private func add(rows count: Int) throws(PluginProblem) {
    rowCount += count
    guard !emitted.hasFailed, isWithinBudget(adding: 0) else {
      throw .tooMuch("bytes", most: limits.bytes)
    }
  }

  // MARK: The result

  /// The tables that were given, as they travel.
  var given: [EmittedTable] { finished + (columns == nil ? [] : [current]) }

  /// The table, once the plugin said that it is done; what is wrong with the run otherwise.
  func table(_ analysis: String, status: Int32) throws(PluginProblem) -> ResultTable {
    if let problem { throw problem.adding(partial: partial(analysis)) }
    guard status == ENTENTE_OK else { throw .runFailed(analysis, status: status) }
    guard columns != nil else { throw .noColumns(analysis) }
    return whole(analysis)
  }

  /// The rows that were there when the run ended early; nothing where there were none.
  func partial(_ analysis: String) -> ResultTable? {
    let rows = limits.rows - rowsLeft + rowCount
    guard rows > 0 else { return nil }
    var table = whole(analysis)
    table.title = "\(analysis), partial"
    table.notes.append("partial: \(rows) row\(rows == 1 ? "" : "s") emitted before the run ended early")
    return table
  }

  /// The first table, with the others behind it.
  private func whole(_ analysis: String) -> ResultTable {
    var tables = (finished + [current]).map { $0.result(of: analysis) }
    var first = tables.removeFirst()
    first.notes = notes
    first.following = tables
    return first
  }
}
