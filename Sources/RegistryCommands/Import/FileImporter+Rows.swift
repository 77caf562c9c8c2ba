import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension FileImporter {
  /// So many edits are carried out together, but for those of the last row.
  private static let mostPending = 2_048

  /// Carries out a mapping for every row.
  ///
  /// After a row that cannot be recorded the others are still read, so that all that is wrong is told at once. They are
  /// carried out like those before, for rows behind them may speak of what they make; unless it keeps going, the
  /// transaction is dropped in the end.
  func importRows(
    _ rows: inout some RowSource, _ mapping: (ImportedFile, inout ImportTally) throws(Failure) -> Void,
    _ place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> ImportTally {
    file.row.columns = rows.columns
    let before = file.batch.counts
    var tally = ImportTally(file: place.name)
    var ahead = RowsAhead(rows.columns.isOpen ? nil : namesAhead, file, reading.parameters)
    while true {
      if tally.rows.isMultiple(of: 64) { try watch.look(tally.rows, rows.fraction) }
      guard let row = try nextRow(&ahead, &rows, &tally, place, file) else { break }
      tally.rows += 1
      if file.refusedBefore.contains(row.line) { continue }
      file.begin(row)
      if let fault = zeroFault(row, rows.columns, place) {
        tally.note(fault)
        file.refuse(line: row.line)
        try watch.reject(fault, row, rows.columns.names)
        continue
      }
      do throws(Failure) {
        if let filter = options.filter, try !filter.takes(file.row) {
          tally.filtered += 1
          continue
        }
        try mapping(file, &tally)
      } catch {
        if let problem = file.batch.problem { throw problem }
        if error.status == .storage || error.status == .interrupted || error.isOfMapping { throw error }
        if options.keepsGoing { file.batch.dropRow() }
        let fault = fault(error, place, file)
        tally.note(fault)
        file.refuse(line: row.line)
        try watch.reject(fault, row, rows.columns.names)
      }
      if file.batch.pending.count >= Self.mostPending { try file.batch.carryOutRows(place.span) }
    }
    try file.batch.carryOutRows(place.span)
    tally.edits = file.batch.counts.edits - before.edits
    tally.changes = file.batch.counts.changes - before.changes
    return tally
  }

  /// What is wrong with a row that has the character U+0000 in what is read of it.
  private func zeroFault(_ row: ImportRow, _ columns: ColumnNames, _ place: ImportPlace) -> RowFault? {
    func hasZero(_ column: Int) -> Bool {
      row.fields[column].utf8.contains(0) || row.lists[column]?.contains { $0.utf8.contains(0) } == true
    }
    let found = row.fields.indices.filter(hasZero)
    guard !found.isEmpty else { return nil }
    // What the mapping does not name is not recorded.
    let wanted = reading.plan.map { Set($0.parameters.compactMap { columns[$0.name] }) }
    let bad = found.filter { wanted?.contains($0) ?? true }
    guard !bad.isEmpty else { return nil }
    return RowFault(
      file: place.name, line: row.line, code: "zero-character", message: Diagnostic.zeroCharacterWords,
      help: "leave the character out of the file",
      cells: bad.map { RowCell(column: columns.names[$0], value: row.fields[$0]) })
  }

  /// Why the row that is read cannot be recorded, with the cells that it is about.
  func fault(_ failure: Failure, _ place: ImportPlace, _ file: ImportedFile) -> RowFault {
    var fault = RowFault(failure, line: file.row.raw.line)
    fault.file = place.name
    guard let span = failure.diagnostics.first?.span else { return fault }
    let columns = reading.plan?.places.columns(at: span) ?? []
    fault.cells = columns.compactMap { column in
      guard let index = file.row.columns[column], index < file.row.raw.fields.count else { return nil }
      return RowCell(column: file.row.columns.names[index], value: file.row.raw.fields[index])
    }
    if let cell = fault.cells.first { file.row.noteColumn(cell.column, of: cell.value.trimmed) }
    return fault
  }

  private func nextRow(
    _ ahead: inout RowsAhead, _ rows: inout some RowSource, _ tally: inout ImportTally, _ place: ImportPlace,
    _ file: ImportedFile
  ) throws(Failure) -> ImportRow? {
    while true {
      let next: Result<ImportRow?, RowProblem>
      do throws(StoreProblem) { next = try ahead.next(&rows) } catch { throw Failure(error, at: place.span) }
      do throws(RowProblem) {
        return try next.get()
      } catch {
        switch error {
        case .file(let problem): throw Failures.cannotRead(place.path, problem, place.span)
        case .fault(var fault):
          fault.file = place.name
          tally.rows += 1
          if file.refusedBefore.contains(fault.line) { continue }
          tally.note(fault)
          file.refuse(line: fault.line)
          try watch.reject(fault, nil, rows.columns.names)
        }
      }
    }
  }
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
