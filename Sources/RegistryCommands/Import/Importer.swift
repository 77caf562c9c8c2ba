import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// Records the rows of files, as a mapping says, or as a table that was exported and edited.
struct Importer {
  private let recorder: Recorder
  private let paths: [Word]
  private let files: FileAccess
  private let transactor: Transactor
  private let onProgress: ((Session.Progress?) -> Void)?
  /// The source that the files are.
  private let source: Key?
  /// Where the command stands.
  private let span: Span
  private let reading: ImportReading
  private var options: ImportOptions { reading.options }

  private var store: any RegistryStore { recorder.store }

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
    self.source = source
    self.span = span
    let plan = try text.map { (text) throws(Failure) in try ImportPlan(text, recorder.interpreter) }
    var parameters = recorder.interpreter.parameters.values
    for constant in options.constants { parameters[constant.name.content] = constant.value.content }
    reading = ImportReading(options: options, plan: plan, parameters: parameters)
    try Self.refuseUnused(options.constants, plan)
  }

  func importFiles() throws(Failure) -> Answer {
    let rejects = try options.rejects.map { (path) throws(Failure) in
      RejectedRows(try files.writtenBesideImport(path), isJSON: options.rejectsAreJSON)
    }
    var report = ImportReport()
    for (path, format) in zip(paths, options.formats) {
      let place = ImportPlace(
        path: path.content, url: files.url(path.content), format: format, source: source, span: path.span)
      report.files.append(try importFile(place, rejects))
      report.places.append(place)
    }
    if let constant = options.constants.first(where: { constant in
      report.files.allSatisfy { !$0.lacking.contains(constant.name.content) }
    }) {
      throw Failures.constantUnused(constant.name, "every file has that column")
    }
    try rejects?.finish()
    if let path = options.unmatched { try report.writeUnmatched(to: try files.writtenBesideImport(path)) }
    let answer = try report.answer(
      options, rejected: rejects?.count, isDryRun: transactor.isDryRun, span)
    gatherReason(report)
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

  /// Records the rows of a file. A mapping is carried out on a second thread, which asks this one what names mean; what asks
  /// for each row, as an edited table does, is read here, as is JSON, of which the columns grow from line to line.
  private func importFile(_ place: ImportPlace, _ rejects: RejectedRows?) throws(Failure) -> ImportedRows {
    let watch = ImportWatch(place: place, store: store, onProgress: onProgress, rejects: rejects)
    let isTable = place.format != .jsonl && place.format != .ftm
    if let plan = reading.plan, isTable, !plan.asksForEachRow {
      return try reading.importBeside(place, recorder, watch)
    }
    return try FileImporter(
      reading: reading, recorder: recorder, batch: EditBatch(store), watch: watch
    ).importFile(place)
  }

  /// Keeps in the history what was imported: the files by name and digest, the mapping, and what came of it. A reason that
  /// is given stands before.
  private func gatherReason(_ report: ImportReport) {
    let edits = report.files.reduce(0) { $0 + ($1.changes?.count ?? 0) }
    let total = report.total
    guard store.isInTransaction, total.changes + edits > 0 else { return }
    let files = zip(report.places, report.files).map { "\($0.name) (sha256 \($1.sha256.prefix(16)))" }
    var words = "import " + files.joined(separator: ", ")
    if let source { words += " citing \(source)" }
    if let plan = reading.plan { words += " " + plan.text.words }
    words += ": \(total.rows) row\(total.rows == 1 ? "" : "s")"
    words += report.files.contains { $0.changes != nil } ? ", \(edits) edits" : ", \(total.changes) recorded"
    if total.filtered > 0 { words += ", \(total.filtered) left out by only where" }
    if total.faultCount > 0 { words += ", \(total.faultCount) could not be recorded" }
    if total.cellCount > 0 { words += ", \(total.cellCount) cells could not be recorded" }
    transactor.gather(reason: words)
  }

  private static func refuseUnused(_ constants: [AssignmentSyntax], _ plan: ImportPlan?) throws(Failure) {
    for constant in constants {
      guard let plan, plan.parameters.contains(where: { $0.name == constant.name.content }) else {
        throw Failures.constantUnused(constant.name, "the mapping does not name it")
      }
    }
  }
}

/// What is to be told of the rows that are read, and who is asked whether to go on.
protocol RowWatching {
  /// - Parameters:
  ///   - rows: how many were read.
  ///   - fraction: how much of the file that is, where it can be told.
  /// - Throws: where it is interrupted.
  func look(_ rows: Int, _ fraction: Double?) throws(Failure)

  /// A row cannot be recorded.
  /// - Parameter row: nil where it is none.
  func reject(_ fault: RowFault, _ row: ImportRow?, _ columns: [String]) throws(Failure)
}

/// Tells whoever waits how far it is, and writes the rows that cannot be recorded where they are wanted.
struct ImportWatch: RowWatching {
  let place: ImportPlace
  let store: any RegistryStore
  let onProgress: ((Session.Progress?) -> Void)?
  let rejects: RejectedRows?

  func look(_ rows: Int, _ fraction: Double?) throws(Failure) {
    if store.isInterrupted?() == true { throw Failure(.interrupted, at: place.span) }
    onProgress?(Session.Progress(what: place.name, done: rows, unit: "rows", fraction: fraction))
  }

  func reject(_ fault: RowFault, _ row: ImportRow?, _ columns: [String]) throws(Failure) {
    try rejects?.add(fault, row, columns)
  }
}
