import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// How files are read, on whatever thread.
struct ImportReading: Sendable {
  let options: ImportOptions
  /// What becomes of each row; nil for a table that says itself what becomes of it.
  let plan: ImportPlan?
  /// Those from without, and what columns stand for that a file has not.
  let parameters: [String: String]
}

/// The file that is imported, and whose word it is.
struct ImportPlace: Sendable {
  var path: String
  var url: URL
  var format: ImportOptions.Format
  var source: Key?
  var span: Span

  var name: String { url.lastPathComponent }
}

/// What the rows of a file came to.
struct ImportedRows: Sendable {
  var tally: ImportTally
  /// The SHA-256 of the file.
  var sha256: String
  /// What is to be told beside the counts.
  var notes: [String]
  /// What an edited table changed, in words; nil where the rows are no such table.
  var changes: [EditedChange]?
  /// Names that nothing has.
  var unmatched: [String: CurrentRow.Unmatched]
  /// Of the columns that constants stand for, those that the file has not.
  var lacking: Set<String>
}

/// Makes of the rows of a file the edits that they mean.
struct FileImporter {
  let reading: ImportReading
  /// What records the commands around.
  let recorder: Recorder
  let batch: EditBatch
  /// Asks what rows name before they are carried out; nil where each name is asked for when it is met.
  var namesAhead: NamesAhead?
  let watch: any RowWatching

  var options: ImportOptions { reading.options }
  private var plan: ImportPlan? { reading.plan }

  /// What records the row that `file` is at.
  private func recorder(_ place: ImportPlace, _ file: ImportedFile) -> Recorder {
    recorder.ofRows(file.row, file.batch, Parameters(values: reading.parameters), citing: place.source)
  }

  func importFile(_ place: ImportPlace) throws(Failure) -> ImportedRows {
    let file = ImportedFile(
      CurrentRow(options, file: place.name, outer: Set(reading.parameters.keys)), batch)
    let (tally, sha256) = try importRows(of: place, file)
    let columns = file.row.columns
    return ImportedRows(
      tally: tally, sha256: sha256, notes: file.notes, changes: file.changes, unmatched: file.row.unmatched,
      lacking: Set(options.constants.map(\.name.content).filter { columns.isOpen || columns[$0] == nil }))
  }

  private func importRows(
    of place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> (ImportTally, sha256: String) {
    if place.format == .xlsx {
      var rows = try WorkbookRows(place.url, sheet: options.sheet, place)
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      file.notes += rows.notes
      return (try importRows(&rows, place, file), rows.sha256)
    }
    let pieces: FilePieces
    do throws(FileProblem) {
      pieces = try FilePieces(place.url, encoding: options.encoding)
    } catch {
      throw Failures.cannotRead(place.path, error, place.span)
    }
    switch place.format {
    case .csv, .tsv:
      var rows: SeparatedRows
      do throws(RowProblem) {
        rows = try SeparatedRows(pieces, delimiter: options.delimiter(of: place.format))
      } catch {
        throw Failures.unreadable(error, place)
      }
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      return (try importRows(&rows, place, file), rows.sha256)
    case .ftm where plan == nil:
      guard pieces.size != nil else { throw Failures.readThrice(place) }
      return try importFollowTheMoney(pieces, place, file)
    case .jsonl, .ftm, .xlsx:
      var rows = JSONRows(pieces)
      return (try importRows(&rows, place, file), rows.sha256)
    }
  }

  /// Reads the file three times: for who has members, for the entities, and for what joins them.
  private func importFollowTheMoney(
    _ pieces: FilePieces, _ place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> (ImportTally, sha256: String) {
    let namespace = place.source?.text ?? ""
    var state = FollowTheMoneyImport(namespace: Key("\(namespace):x") == nil ? "ftm" : namespace)
    func rows() throws(Failure) -> JSONRows {
      do throws(FileProblem) {
        return JSONRows(try FilePieces(place.url, encoding: options.encoding))
      } catch {
        throw Failures.cannotRead(place.path, error, place.span)
      }
    }
    let own = recorder(place, file)
    let entityRecorder = FollowTheMoneyRecorder(recorder: own)
    var first = JSONRows(pieces)
    while true {
      guard let row = try? first.next() else { break }
      func texts(_ column: String) -> [String] {
        guard let place = first.columns[column], place < row.fields.count else { return [] }
        return row.lists[place] ?? [row.fields[place]]
      }
      if texts("schema") == ["Membership"] {
        state.groups.formUnion(texts("properties_organization") + texts("properties_organization_id"))
      }
      for id in texts("id") {
        for word in texts("properties_keywords") where word.hasPrefix(FollowTheMoney.mark) {
          let type = Key(unchecked: String(word.dropFirst(FollowTheMoney.mark.count)))
          if try own.schema(at: place.span).types[type] != nil { state.own[id] = type }
        }
        for other in texts("referents") where other != id && !other.isEmpty { state.referents[other] = id }
      }
    }
    var entities = try rows()
    let made = try importRows(
      &entities,
      { (file, _) throws(Failure) in
        try entityRecorder.importEntity(file.row, &state, joins: false, place.span)
      }, place,
      file)
    file.readAgain()
    var edges = try rows()
    var tally = try importRows(
      &edges,
      { (file, _) throws(Failure) in
        try entityRecorder.importEntity(file.row, &state, joins: true, place.span)
      },
      place,
      file)
    tally.addReading(made)
    file.notes += state.notes
    return (tally, edges.sha256)
  }

  private func importRows(
    _ rows: inout some RowSource, _ place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> ImportTally {
    let columns = rows.columns
    for word in options.filter?.columns ?? [] where !columns.isOpen {
      guard columns[word.content] != nil || reading.parameters[word.content] != nil else {
        throw Failures.noSuchColumn(word.content, columns.names, word.span)
      }
    }
    guard let plan else { return try importEdited(&rows, place, file) }
    try plan.text.locating { () throws(Failure) in
      for parameter in plan.parameters where parameter.mustExist && !columns.isOpen {
        guard columns[parameter.name] != nil || reading.parameters[parameter.name] != nil else {
          throw Failures.noSuchColumn(parameter.name, columns.names, parameter.span)
        }
      }
      for parameter in plan.parameters {
        guard let place = columns[parameter.name], !columns.sameSpelling(place).isEmpty else { continue }
        let names = ([place] + columns.sameSpelling(place)).sorted().map { columns.names[$0] }
        throw Failures.ambiguousColumn(parameter.name, names, parameter.span)
      }
    }
    for (name, others) in columns.repeated.sorted(by: { $0.key < $1.key })
    where plan.parameters.contains(where: { columns[$0.name] == columns[name] }) {
      let list = others.map { "$" + ColumnNames.parameter($0) }.joined(separator: ", ")
      file.notes.append(
        "the header has \(name) more than once: $\(ColumnNames.parameter(name)) is the first, \(list) \(others.count == 1 ? "the other" : "the others")"
      )
    }
    let recorder = recorder(place, file)
    return try importRows(
      &rows,
      { (file, tally) throws(Failure) in
        try plan.text.locating { () throws(Failure) in try carryOut(plan, recorder, file, place, &tally) }
      }, place, file)
  }

  /// Carries out the plan for the row that is read; what speaks of a bad cell is left out where cells are kept.
  private func carryOut(
    _ plan: ImportPlan, _ recorder: Recorder, _ file: ImportedFile, _ place: ImportPlace,
    _ tally: inout ImportTally
  ) throws(Failure) {
    var bad: Set<String> = []
    var faults: [RowFault] = []
    while true {
      var skipped: [ImportSkip] = []
      do throws(Failure) {
        for command in try plan.commands(for: file.row, without: bad, skipped: { skipped.append($0) }) {
          try recorder.recordRow(command)
        }
      } catch {
        let columns = error.diagnostics.first?.span.map(plan.places.columns) ?? []
        guard options.keepsCells, file.batch.problem == nil, error.status != .storage,
          error.status != .interrupted,
          !error.isOfMapping, !columns.isEmpty, !bad.isSuperset(of: columns)
        else { throw error }
        faults.append(fault(error, place, file))
        bad.formUnion(columns)
        file.batch.dropRow()
        continue
      }
      for skip in skipped { tally.skipped[skip, default: 0] += 1 }
      for (ordinal, fault) in faults.enumerated() {
        // Where nothing of the row is left, the row is lost, and not a cell of it.
        tally.note(fault, isCell: ordinal > 0 || !file.batch.rowIsEmpty)
        try watch.reject(fault, file.row.raw, file.row.columns.names)
      }
      return
    }
  }

  /// A table that `export` made, and that somebody may have edited.
  private func importEdited(
    _ rows: inout some RowSource, _ place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> ImportTally {
    rows.readFirst()
    var table = EditedTable(rows.columns)
    guard table != nil || rows.columns.names.isEmpty else {
      throw Failures.noMapping(rows.columns.names, place.span)
    }
    var columns = rows.columns.names.count
    var changes: [EditedChange] = []
    let editor = TableEditor(recorder: recorder(place, file), current: file.row)
    var tally = try importRows(
      &rows,
      { (file, _) throws(Failure) in
        if file.row.columns.names.count > columns {
          columns = file.row.columns.names.count
          table = EditedTable(file.row.columns) ?? table
        }
        guard let table else { throw Failures.noMapping(file.row.columns.names, place.span) }
        try editor.editRow(table, &changes, place.span)
      }, place, file)
    let counts = try editor.held.carryOut(recorder.store, &changes, place.span)
    tally.edits += counts.edits
    tally.changes += counts.changes
    file.changes = changes
    for column in table?.ignored ?? [] {
      file.notes.append("the column \(column) was left alone: it has no column \(column)@ beside it")
    }
    return tally
  }
}
