import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Records the rows of files, as a mapping says, or as a table that was exported and edited.
struct Importer {
  private let recorder: Recorder
  private let paths: [Word]
  let options: ImportOptions
  /// The source that the files are.
  let source: Key?
  /// Where the command stands.
  let span: Span
  /// What becomes of each row; nil for a table that says itself what becomes of it.
  private let plan: ImportPlan?
  /// Parameters from without, and what columns stand for that a file has not.
  private let parameters: Parameters

  private let files: FileAccess
  private let transactor: Transactor
  let onProgress: ((Session.Progress?) -> Void)?

  var store: any RegistryStore { recorder.store }

  /// - Parameter text: the mapping; nil for a table that says itself what becomes of it.
  init(
    _ recorder: Recorder, _ paths: [Word], _ options: ImportOptions, _ text: MappingText?, source: Key?,
    files: FileAccess, _ transactor: Transactor, onProgress: ((Session.Progress?) -> Void)?, _ span: Span
  ) throws(Failure) {
    try Self.refuseOverwriting(paths, options, files)
    self.recorder = recorder
    self.paths = paths
    self.files = files
    self.transactor = transactor
    self.onProgress = onProgress
    self.options = options
    self.source = source
    self.span = span
    plan = try text.map { (text) throws(Failure) in try ImportPlan(text, recorder.interpreter) }
    var parameters = recorder.interpreter.parameters
    for constant in options.constants { parameters.values[constant.name.content] = constant.value.content }
    self.parameters = parameters
    try Self.refuseUnused(options.constants, plan)
  }

  /// What records the row that `file` is at.
  private func recorder(_ place: ImportPlace, _ file: ImportedFile) -> Recorder {
    recorder.ofRows(file.row, file.batch, parameters, citing: place.source)
  }

  func importFiles() throws(Failure) -> Answer {
    let rejects = try options.rejects.map { (path) throws(Failure) in
      RejectedRows(try files.writtenBesideImport(path), isJSON: options.rejectsAreJSON)
    }
    var report = ImportReport()
    var digests: [String] = []
    var lacking: Set<String> = []
    for (path, format) in zip(paths, options.formats) {
      let url = files.url(path.content)
      let place = ImportPlace(
        path: path.content, name: url.lastPathComponent, source: source, span: path.span,
        parameters: plan?.places, rejects: rejects)
      let file = ImportedFile(
        CurrentRow(options, file: place.name, outer: Set(parameters.values.keys)), EditBatch(store))
      let tally = try importFile(url, format, place, file, &digests)
      for constant in options.constants
      where file.row.columns.isOpen || file.row.columns[constant.name.content] == nil {
        lacking.insert(constant.name.content)
      }
      report.tallies.append(tally)
      report.files.append(file)
      report.places.append(place)
    }
    if let constant = options.constants.first(where: { !lacking.contains($0.name.content) }) {
      throw Failures.constantUnused(constant.name, "every file has that column")
    }
    try rejects?.finish()
    if let path = options.unmatched { try report.writeUnmatched(to: try files.writtenBesideImport(path)) }
    let answer = try report.answer(options, isDryRun: transactor.isDryRun, span)
    gatherReason(report, digests)
    return answer
  }

  /// Refuses to write over a file that is read, or over the other one that is written.
  private static func refuseOverwriting(
    _ paths: [Word], _ options: ImportOptions, _ files: FileAccess
  ) throws(Failure) {
    func place(_ path: Word) -> String {
      files.url(path.content).resolvingSymlinksInPath().path
    }
    let read = Set(paths.map(place))
    for word in [options.rejects, options.unmatched].compactMap(\.self) where read.contains(place(word)) {
      throw Failures.writtenAndRead(word)
    }
    if let rejects = options.rejects, let unmatched = options.unmatched, place(rejects) == place(unmatched) {
      throw Failures.writtenTwice(unmatched)
    }
  }

  private func importFile(
    _ url: URL, _ format: ImportOptions.Format, _ place: ImportPlace, _ file: ImportedFile,
    _ digests: inout [String]
  ) throws(Failure) -> ImportTally {
    if format == .xlsx {
      var rows = try WorkbookRows(url, sheet: options.sheet, place)
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      file.notes += rows.notes
      digests.append(rows.sha256)
      return try importRows(&rows, place, file)
    }
    let pieces: FilePieces
    do throws(FileProblem) {
      pieces = try FilePieces(url, encoding: options.encoding)
    } catch {
      throw Failures.cannotRead(place.path, error, place.span)
    }
    switch format {
    case .csv, .tsv:
      var rows: SeparatedRows
      do throws(RowProblem) {
        rows = try SeparatedRows(pieces, delimiter: options.delimiter(of: format))
      } catch {
        throw Failures.unreadable(error, place)
      }
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      defer { digests.append(rows.sha256) }
      return try importRows(&rows, place, file)
    case .ftm where plan == nil:
      guard pieces.size != nil else { throw Failures.readThrice(place) }
      return try importFollowTheMoney(pieces, url, place, file, &digests)
    case .jsonl, .ftm, .xlsx:
      var rows = JSONRows(pieces)
      defer { digests.append(rows.sha256) }
      return try importRows(&rows, place, file)
    }
  }

  /// Keeps in the history what was imported: the files by name and digest, the mapping, and what came of it. A reason that
  /// is given stands before.
  private func gatherReason(_ report: ImportReport, _ digests: [String]) {
    let edits = report.files.reduce(0) { $0 + ($1.changes?.count ?? 0) }
    let total = report.total
    guard store.isInTransaction, total.changes + edits > 0 else { return }
    let files = zip(report.places, digests).map { "\($0.name) (sha256 \($1.prefix(16)))" }
    var words = "import " + files.joined(separator: ", ")
    if let source { words += " citing \(source)" }
    if let plan { words += " " + plan.text.words }
    words += ": \(total.rows) row\(total.rows == 1 ? "" : "s")"
    words += report.files.contains { $0.changes != nil } ? ", \(edits) edits" : ", \(total.changes) recorded"
    if total.filtered > 0 { words += ", \(total.filtered) left out by only where" }
    if total.faultCount > 0 { words += ", \(total.faultCount) could not be recorded" }
    if total.cellCount > 0 { words += ", \(total.cellCount) cells could not be recorded" }
    transactor.gather(reason: words)
  }

  /// Reads the file three times: for who has members, for the entities, and for what joins them.
  private func importFollowTheMoney(
    _ pieces: FilePieces, _ url: URL, _ place: ImportPlace, _ file: ImportedFile, _ digests: inout [String]
  ) throws(Failure) -> ImportTally {
    let namespace = place.source?.text ?? ""
    var state = FollowTheMoneyImport(namespace: Key("\(namespace):x") == nil ? "ftm" : namespace)
    func rows() throws(Failure) -> JSONRows {
      do throws(FileProblem) {
        return JSONRows(try FilePieces(url, encoding: options.encoding))
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
    var edges = try rows()
    var tally = try importRows(
      &edges,
      { (file, _) throws(Failure) in
        try entityRecorder.importEntity(file.row, &state, joins: true, place.span)
      },
      place,
      file)
    digests.append(edges.sha256)
    tally.edits += made.edits
    tally.changes += made.changes
    for fault in made.faults where !tally.faults.contains(fault) { tally.note(fault) }
    file.notes += state.notes
    return tally
  }

  private func importRows(
    _ rows: inout some RowSource, _ place: ImportPlace, _ file: ImportedFile
  ) throws(Failure) -> ImportTally {
    let columns = rows.columns
    for word in options.filter?.columns ?? [] where !columns.isOpen {
      guard columns[word.content] != nil || parameters.value(of: word.content) != nil else {
        throw Failures.noSuchColumn(word.content, columns.names, word.span)
      }
    }
    guard let plan else { return try importEdited(&rows, place, file) }
    try plan.text.locating { () throws(Failure) in
      for parameter in plan.parameters where parameter.mustExist && !columns.isOpen {
        guard columns[parameter.name] != nil || parameters.value(of: parameter.name) != nil else {
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
        guard options.keepsCells, error.status != .storage, error.status != .interrupted,
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
        try place.rejects?.add(fault, file.row.raw, file.row.columns)
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
    let tally = try importRows(
      &rows,
      { (file, _) throws(Failure) in
        if file.row.columns.names.count > columns {
          columns = file.row.columns.names.count
          table = EditedTable(file.row.columns) ?? table
        }
        guard let table else { throw Failures.noMapping(file.row.columns.names, place.span) }
        try editor.editRow(table, &changes, place.span)
      }, place, file)
    file.changes = changes
    for column in table?.ignored ?? [] {
      file.notes.append("the column \(column) was left alone: it has no column \(column)@ beside it")
    }
    return tally
  }

  private static func refuseUnused(_ constants: [AssignmentSyntax], _ plan: ImportPlan?) throws(Failure) {
    for constant in constants {
      guard let plan, plan.parameters.contains(where: { $0.name == constant.name.content }) else {
        throw Failures.constantUnused(constant.name, "the mapping does not name it")
      }
    }
  }
}
