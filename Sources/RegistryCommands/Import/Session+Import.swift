import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What an import did.
struct ImportTally {
  /// The file's name.
  var file = ""
  var rows = 0
  var edits = 0
  var changes = 0
  /// How many rows `only where` left out.
  var filtered = 0
  /// How many rows left something out for the sake of a column that says nothing there.
  var skipped: [ImportSkip: Int] = [:]
  var faults: [RowFault] = []
  /// Rows that could not be recorded.
  var faultCount = 0
  /// Cells that could not be, of rows of which the rest was.
  var cellCount = 0

  /// So many bad rows are listed.
  static let mostFaults = 1_000

  var allFaults: Int { faultCount + cellCount }

  mutating func note(_ fault: RowFault, isCell: Bool = false) {
    if isCell { cellCount += 1 } else { faultCount += 1 }
    if faults.count < Self.mostFaults { faults.append(fault) }
  }

  /// Takes in what was done with another file.
  mutating func add(_ other: ImportTally) {
    rows += other.rows
    edits += other.edits
    changes += other.changes
    filtered += other.filtered
    skipped.merge(other.skipped, uniquingKeysWith: +)
    faults += other.faults.prefix(Self.mostFaults - faults.count)
    faultCount += other.faultCount
    cellCount += other.cellCount
  }
}

extension Session {
  /// Carries out a command of a mapping for the row that is read: its edits wait for those of other rows.
  func executeForRow(_ command: CommandSyntax, _ emit: (Answer) -> Void) throws(Failure) {
    guard let definition = self.command(named: command.name.content) else {
      throw Failures.unknownCommand(command.name, commands.names)
    }
    emit(try perform(definition, command))
  }

  /// Carries out a mapping for every row.
  ///
  /// After a row that cannot be recorded the others are still read, so that all that is wrong is told at once. They are
  /// carried out like those before, for rows behind them may speak of what they make; unless it keeps going, the
  /// transaction is dropped in the end.
  func importRows(
    _ rows: inout some RowSource, _ mapping: (ImportScope, inout ImportTally) throws(Failure) -> Void,
    _ place: ImportPlace, _ scope: ImportScope
  ) throws(Failure) -> ImportTally {
    importing = scope
    if let source = place.source {
      evidence.append(
        EvidenceFrame(
          source: source, locator: nil, via: nil, qualifiers: evidence.last?.qualifiers ?? []))
    }
    defer {
      importing = nil
      if place.source != nil { evidence.removeLast() }
    }
    scope.columns = rows.columns
    var tally = ImportTally(file: place.name)
    while true {
      if tally.rows.isMultiple(of: 64) { try tellProgress(tally.rows, rows.fraction, place) }
      guard let row = try nextRow(&rows, &tally, place) else { break }
      tally.rows += 1
      scope.begin(row)
      do throws(Failure) {
        if let filter = scope.options.filter, try !filter.takes(scope) {
          tally.filtered += 1
          continue
        }
        try mapping(scope, &tally)
      } catch {
        if error.status == .storage || error.status == .interrupted || error.isOfMapping { throw error }
        if scope.options.keepsGoing { scope.dropRow() }
        let fault = fault(error, place, scope)
        tally.note(fault)
        try place.rejects?.add(fault, row, rows.columns)
      }
      if scope.pending.count >= 4_096 { try carryOut(scope, &tally, place.span) }
    }
    try carryOut(scope, &tally, place.span)
    return tally
  }

  /// Why the row that is read cannot be recorded, with the cells that it is about.
  func fault(_ failure: Failure, _ place: ImportPlace, _ scope: ImportScope) -> RowFault {
    var fault = RowFault(failure, line: scope.row.line)
    fault.file = place.name
    guard let span = failure.diagnostics.first?.span else { return fault }
    let columns = place.parameters?.columns(at: span) ?? []
    fault.cells = columns.compactMap { column in
      guard let index = scope.columns[column], index < scope.row.fields.count else { return nil }
      return RowCell(column: scope.columns.names[index], value: scope.row.fields[index])
    }
    if let cell = fault.cells.first { scope.noteColumn(cell.column, of: cell.value.trimmed) }
    return fault
  }

  private func tellProgress(_ rows: Int, _ fraction: Double?, _ place: ImportPlace) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: place.span) }
    onProgress?(Progress(what: place.name, done: rows, unit: "rows", fraction: fraction))
  }

  private func nextRow(
    _ rows: inout some RowSource, _ tally: inout ImportTally, _ place: ImportPlace
  ) throws(Failure) -> ImportRow? {
    while true {
      do throws(RowProblem) {
        return try rows.next()
      } catch {
        switch error {
        case .file(let problem): throw Failures.cannotRead(place.path, problem, place.span)
        case .fault(var fault):
          fault.file = place.name
          tally.rows += 1
          tally.note(fault)
          try place.rejects?.add(fault, nil, rows.columns)
        }
      }
    }
  }

  /// Carries out what is pending, so that a name it gives can be looked up.
  func carryOutPending(_ span: Span?) throws(Failure) {
    guard let importing else { return }
    try carryOut(importing.take(rowIsDone: false), &importing.early, span)
  }

  private func carryOut(_ scope: ImportScope, _ tally: inout ImportTally, _ span: Span?) throws(Failure) {
    var counts = scope.early
    scope.early = ImportScope.Counts()
    try carryOut(scope.take(rowIsDone: true), &counts, span)
    tally.edits += counts.edits
    tally.changes += counts.changes
  }

  private func carryOut(_ edits: [Edit], _ counts: inout ImportScope.Counts, _ span: Span?) throws(Failure) {
    for edit in edits {
      let outcome = try storing(span) { () throws(StoreProblem) in try store.apply(edit) }
      // That a key is known is not said by anybody.
      if case .createEntity = edit { continue }
      counts.edits += 1
      if outcome.changed { counts.changes += 1 }
    }
  }
}

/// The file that is imported, and whose word it is.
struct ImportPlace {
  var path: String
  var name: String
  var source: Key?
  var span: Span
  /// What stands in the mapping.
  var parameters: MappingParameters?
  /// Where rows go that cannot be recorded.
  var rejects: RejectedRows?
}

extension Failure {
  /// Whether the mapping is wrong, whatever stands in the row.
  var isOfMapping: Bool { diagnostics.first.map { MappingCheck.codes.contains($0.code) } ?? false }
}

extension RowFault {
  init(_ failure: Failure, line: Int) {
    let first = failure.diagnostics.first
    self.init(
      line: line, code: first?.code ?? "failed", message: first?.message ?? "the row cannot be recorded",
      help: first?.help)
  }
}
