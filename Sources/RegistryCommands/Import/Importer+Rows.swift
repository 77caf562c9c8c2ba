import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

extension Importer {
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
    var tally = ImportTally(file: place.name)
    while true {
      if tally.rows.isMultiple(of: 64) { try tellProgress(tally.rows, rows.fraction, place) }
      guard let row = try nextRow(&rows, &tally, place) else { break }
      tally.rows += 1
      file.begin(row)
      do throws(Failure) {
        if let filter = options.filter, try !filter.takes(file.row) {
          tally.filtered += 1
          continue
        }
        try mapping(file, &tally)
      } catch {
        if error.status == .storage || error.status == .interrupted || error.isOfMapping { throw error }
        if options.keepsGoing { file.batch.dropRow() }
        let fault = fault(error, place, file)
        tally.note(fault)
        try place.rejects?.add(fault, row, rows.columns)
      }
      if file.batch.pending.count >= 4_096 { try file.batch.carryOutRows(&tally, place.span) }
    }
    try file.batch.carryOutRows(&tally, place.span)
    return tally
  }

  /// Why the row that is read cannot be recorded, with the cells that it is about.
  func fault(_ failure: Failure, _ place: ImportPlace, _ file: ImportedFile) -> RowFault {
    var fault = RowFault(failure, line: file.row.raw.line)
    fault.file = place.name
    guard let span = failure.diagnostics.first?.span else { return fault }
    let columns = place.parameters?.columns(at: span) ?? []
    fault.cells = columns.compactMap { column in
      guard let index = file.row.columns[column], index < file.row.raw.fields.count else { return nil }
      return RowCell(column: file.row.columns.names[index], value: file.row.raw.fields[index])
    }
    if let cell = fault.cells.first { file.row.noteColumn(cell.column, of: cell.value.trimmed) }
    return fault
  }

  private func tellProgress(_ rows: Int, _ fraction: Double?, _ place: ImportPlace) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: place.span) }
    onProgress?(Session.Progress(what: place.name, done: rows, unit: "rows", fraction: fraction))
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
