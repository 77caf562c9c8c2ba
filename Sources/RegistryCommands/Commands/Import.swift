import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let files = Argument("files", .files)
  static let using = Clause("using", .file, "a file with the mapping, in place of braces")
}

extension CommandDefinition {
  static let importFile = CommandDefinition(
    CommandSignature(
      name: "import", head: [Grammar.files.element],
      clauses: [
        EvidenceClauses.citing.meaning("the source that the files are").signature, Grammar.using.signature,
      ] + ImportOptions.clauses + [StandardClauses.because.signature], block: .commands, hasTemplates: true),
    group: .data, effect: .writes, summary: "Record the rows of files: CSV, TSV or JSON Lines",
    details: """
      The braces hold `claim`, `deny`, `add`, `alias` and `citing`, in which `$column` stands for a row's value; they are \
      carried out for each row of each file, all in one transaction. What speaks of an empty field is left out, and told; \
      `only where $column` leaves such rows out, `with $column = "…"` says what a column stands for that a file has not. \
      Where a claim has no quote, the file and the line are its place in the source. A name means the entity that has it \
      as key, name or alias; one that nothing has, or several things, is never guessed: its rows are told, and nothing is \
      recorded unless the import is to `keep going` without these rows, or to `keep cells` and leave out what speaks of \
      the bad cells alone. `rejects "FILE"` writes the rows that cannot be recorded, with why. `add` of what is there \
      already says so again. The same file twice changes nothing. A column `Date of signature` is `$Date_of_signature`. \
      The reason of the transaction names the files, the mapping and the counts. With `--dry-run` nothing is kept, and \
      the first changes are shown. A table that `export` wrote needs no braces.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let paths = command[Grammar.files]
    if let path = paths.first, session.settings.safe {
      throw Failures.safeSession("reading files", path.span)
    }
    return try session.importFiles(paths, command)
  }
}

extension Session {
  fileprivate func importFiles(_ paths: [Word], _ command: Invocation) throws(Failure) -> Answer {
    let text = try mappingText(command)
    var options = try ImportOptions(command, paths, isMapped: text != nil)
    if isKeepingGoing { options.keepsGoing = true }
    let source = try command[EvidenceClauses.citing].map { (name) throws(Failure) in try self.source(name) }
    if isDryRun { mostTold = command[ImportOptions.limit] ?? ImportOptions.usualTold }
    // What has no effect is told before a file is read, which may take long.
    try command.refuseUnread()
    try refuseOverwriting(paths, options)
    let mapping = try text?.locating { () throws(Failure) in
      let mapping = try RowMapping(text?.commands ?? [])
      try checkMapping(text?.commands ?? [])
      return mapping
    }
    try refuseUnused(options.constants, mapping)
    if !options.constants.isEmpty {
      parameters.append(
        Dictionary(options.constants.map { ($0.name.content, $0.value.content) }, uniquingKeysWith: { $1 }))
    }
    defer {
      if !options.constants.isEmpty { parameters.removeLast() }
      onProgress?(nil)
    }
    let rejects = try options.rejects.map { (path) throws(Failure) in
      RejectedRows(try writtenBesideImport(path), isJSON: options.rejectsAreJSON)
    }
    var report = ImportReport()
    var digests: [String] = []
    var lacking: Set<String> = []
    for (path, format) in zip(paths, options.formats) {
      let url = URL(filePath: path.content, relativeTo: folder)
      let place = ImportPlace(
        path: path.content, name: url.lastPathComponent, source: source, span: path.span,
        parameters: mapping?.places, rejects: rejects)
      let scope = ImportScope(options, file: place.name, outer: Set(parameters.flatMap(\.keys)))
      let tally = try importFile(url, format, text, mapping, place, scope, &digests)
      for constant in options.constants
      where scope.columns.isOpen || scope.columns[constant.name.content] == nil {
        lacking.insert(constant.name.content)
      }
      report.tallies.append(tally)
      report.scopes.append(scope)
      report.places.append(place)
    }
    if let constant = options.constants.first(where: { !lacking.contains($0.name.content) }) {
      throw Failures.constantUnused(constant.name, "every file has that column")
    }
    try rejects?.finish()
    let answer = try answer(report, options, command.span)
    gatherReason(report, digests, source, text)
    return answer
  }

  /// Refuses to write over a file that is read, or over the other one that is written.
  private func refuseOverwriting(_ paths: [Word], _ options: ImportOptions) throws(Failure) {
    func place(_ path: Word) -> String {
      URL(filePath: path.content, relativeTo: folder).resolvingSymlinksInPath().path
    }
    let read = Set(paths.map(place))
    for word in [options.rejects, options.unmatched].compactMap(\.self) where read.contains(place(word)) {
      throw Failures.writtenAndRead(word)
    }
    if let rejects = options.rejects, let unmatched = options.unmatched, place(rejects) == place(unmatched) {
      throw Failures.writtenTwice(unmatched)
    }
  }

  private func refuseUnused(_ constants: [AssignmentSyntax], _ mapping: RowMapping?) throws(Failure) {
    for constant in constants {
      guard let mapping, mapping.parameters.contains(where: { $0.name == constant.name.content }) else {
        throw Failures.constantUnused(constant.name, "the mapping does not name it")
      }
    }
  }

  private func importFile(
    _ url: URL, _ format: ImportOptions.Format, _ text: MappingText?, _ mapping: RowMapping?,
    _ place: ImportPlace, _ scope: ImportScope, _ digests: inout [String]
  ) throws(Failure) -> ImportTally {
    let pieces: FilePieces
    do throws(FileProblem) {
      pieces = try FilePieces(url, encoding: scope.options.encoding)
    } catch {
      throw Failures.cannotRead(place.path, error, place.span)
    }
    switch format {
    case .csv, .tsv:
      var rows: SeparatedRows
      do throws(RowProblem) {
        rows = try SeparatedRows(pieces, delimiter: scope.options.delimiter(of: format))
      } catch {
        throw Failures.unreadable(error, place)
      }
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      defer { digests.append(rows.sha256) }
      return try importRows(&rows, text, mapping, place, scope)
    case .ftm where mapping == nil:
      guard pieces.size != nil else { throw Failures.readThrice(place) }
      return try importFollowTheMoney(pieces, url, place, scope, &digests)
    case .jsonl, .ftm:
      var rows = JSONRows(pieces)
      defer { digests.append(rows.sha256) }
      return try importRows(&rows, text, mapping, place, scope)
    }
  }

  /// Keeps in the history what was imported: the files by name and digest, the mapping, and what came of it. A reason that
  /// is given stands before.
  private func gatherReason(
    _ report: ImportReport, _ digests: [String], _ source: Key?, _ text: MappingText?
  ) {
    let edits = report.scopes.reduce(0) { $0 + ($1.changes?.count ?? 0) }
    let total = report.total
    guard store.isInTransaction, total.changes + edits > 0 else { return }
    let files = zip(report.places, digests).map { "\($0.name) (sha256 \($1.prefix(16)))" }
    var words = "import " + files.joined(separator: ", ")
    if let source { words += " citing \(source)" }
    if let text { words += " " + text.words(in: currentText) }
    words += ": \(total.rows) row\(total.rows == 1 ? "" : "s")"
    words += report.scopes.contains { $0.changes != nil } ? ", \(edits) edits" : ", \(total.changes) recorded"
    if total.filtered > 0 { words += ", \(total.filtered) left out by only where" }
    if total.faultCount > 0 { words += ", \(total.faultCount) could not be recorded" }
    if total.cellCount > 0 { words += ", \(total.cellCount) cells could not be recorded" }
    gather(reason: words)
  }

  /// Reads the file three times: for who has members, for the entities, and for what joins them.
  private func importFollowTheMoney(
    _ pieces: FilePieces, _ url: URL, _ place: ImportPlace, _ scope: ImportScope, _ digests: inout [String]
  ) throws(Failure) -> ImportTally {
    let namespace = place.source?.text ?? ""
    var state = FollowTheMoneyImport(namespace: Key("\(namespace):x") == nil ? "ftm" : namespace)
    func rows() throws(Failure) -> JSONRows {
      do throws(FileProblem) {
        return JSONRows(try FilePieces(url, encoding: scope.options.encoding))
      } catch {
        throw Failures.cannotRead(place.path, error, place.span)
      }
    }
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
          if try self.schema(at: place.span).types[type] != nil { state.own[id] = type }
        }
        for other in texts("referents") where other != id && !other.isEmpty { state.referents[other] = id }
      }
    }
    var entities = try rows()
    let made = try importRows(
      &entities,
      { (scope, _) throws(Failure) in try importEntity(scope, &state, joins: false, place.span) }, place,
      scope)
    var edges = try rows()
    var tally = try importRows(
      &edges, { (scope, _) throws(Failure) in try importEntity(scope, &state, joins: true, place.span) },
      place,
      scope)
    digests.append(edges.sha256)
    tally.edits += made.edits
    tally.changes += made.changes
    for fault in made.faults where !tally.faults.contains(fault) { tally.note(fault) }
    scope.notes += state.notes
    return tally
  }

  private func importRows(
    _ rows: inout some RowSource, _ text: MappingText?, _ mapping: RowMapping?, _ place: ImportPlace,
    _ scope: ImportScope
  ) throws(Failure) -> ImportTally {
    let columns = rows.columns
    for word in scope.options.filter?.columns ?? [] where !columns.isOpen {
      guard columns[word.content] != nil || self.parameter(word.content) != nil else {
        throw Failures.noSuchColumn(word.content, columns.names, word.span)
      }
    }
    guard let text, let mapping else { return try importEdited(&rows, place, scope) }
    try text.locating { () throws(Failure) in
      for parameter in mapping.parameters where parameter.mustExist && !columns.isOpen {
        guard columns[parameter.name] != nil || self.parameter(parameter.name) != nil else {
          throw Failures.noSuchColumn(parameter.name, columns.names, parameter.span)
        }
      }
      for parameter in mapping.parameters {
        guard let place = columns[parameter.name], !columns.sameSpelling(place).isEmpty else { continue }
        let names = ([place] + columns.sameSpelling(place)).sorted().map { columns.names[$0] }
        throw Failures.ambiguousColumn(parameter.name, names, parameter.span)
      }
    }
    for (name, others) in columns.repeated.sorted(by: { $0.key < $1.key })
    where mapping.parameters.contains(where: { columns[$0.name] == columns[name] }) {
      let list = others.map { "$" + ColumnNames.parameter($0) }.joined(separator: ", ")
      scope.notes.append(
        "the header has \(name) more than once: $\(ColumnNames.parameter(name)) is the first, \(list) \(others.count == 1 ? "the other" : "the others")"
      )
    }
    return try importRows(
      &rows,
      { (scope, tally) throws(Failure) in
        try text.locating { () throws(Failure) in try carryOut(mapping, scope, place, &tally) }
      }, place, scope)
  }

  /// Carries out a mapping for the row that is read; what speaks of a bad cell is left out where cells are kept.
  private func carryOut(
    _ mapping: RowMapping, _ scope: ImportScope, _ place: ImportPlace, _ tally: inout ImportTally
  ) throws(Failure) {
    var bad: Set<String> = []
    var faults: [RowFault] = []
    while true {
      var skipped: [ImportSkip] = []
      do throws(Failure) {
        for command in try mapping.commands(for: scope, without: bad, skipped: { skipped.append($0) }) {
          try executeForRow(command) { _ in }
        }
      } catch {
        let columns = error.diagnostics.first?.span.map(mapping.places.columns) ?? []
        guard scope.options.keepsCells, error.status != .storage, error.status != .interrupted,
          !error.isOfMapping, !columns.isEmpty, !bad.isSuperset(of: columns)
        else { throw error }
        faults.append(fault(error, place, scope))
        bad.formUnion(columns)
        scope.dropRow()
        continue
      }
      for skip in skipped { tally.skipped[skip, default: 0] += 1 }
      for (ordinal, fault) in faults.enumerated() {
        // Where nothing of the row is left, the row is lost, and not a cell of it.
        tally.note(fault, isCell: ordinal > 0 || !scope.rowIsEmpty)
        try place.rejects?.add(fault, scope.row, scope.columns)
      }
      return
    }
  }

  /// A table that `export` made, and that somebody may have edited.
  private func importEdited(
    _ rows: inout some RowSource, _ place: ImportPlace, _ scope: ImportScope
  ) throws(Failure) -> ImportTally {
    rows.readFirst()
    var table = EditedTable(rows.columns)
    guard table != nil || rows.columns.names.isEmpty else {
      throw Failures.noMapping(rows.columns.names, place.span)
    }
    var columns = rows.columns.names.count
    var changes: [EditedChange] = []
    let tally = try importRows(
      &rows,
      { (scope, _) throws(Failure) in
        if scope.columns.names.count > columns {
          columns = scope.columns.names.count
          table = EditedTable(scope.columns) ?? table
        }
        guard let table else { throw Failures.noMapping(scope.columns.names, place.span) }
        try editRow(table, scope, &changes, place.span)
      }, place, scope)
    scope.changes = changes
    for column in table?.ignored ?? [] {
      scope.notes.append("the column \(column) was left alone: it has no column \(column)@ beside it")
    }
    return tally
  }

  /// The commands between the braces, or those of the file that `using` names.
  private func mappingText(_ command: Invocation) throws(Failure) -> MappingText? {
    if let commands = command.commands { return MappingText(commands: commands) }
    guard let path = command[Grammar.using] else { return nil }
    guard let text = try? String(contentsOf: URL(filePath: path.content, relativeTo: folder), encoding: .utf8)
    else {
      throw Failures.cannotRead(path.content, "there is no such file, or it is not UTF-8 text", path.span)
    }
    let source = SourceText(name: path.content, text: text)
    let tree = parsed(text)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
    return MappingText(commands: tree.commands, source: source)
  }
}

/// The commands of a mapping, and the text that they stand in where that is a file of its own.
private struct MappingText {
  var commands: [CommandSyntax]
  var source: SourceText?

  /// The mapping in one line, of this text or of the one around it.
  func words(in around: SourceText?) -> String {
    if let source {
      return "using \(URL(filePath: source.name).lastPathComponent) { \(Self.line(source.text)) }"
    }
    guard let first = commands.first, let last = commands.last, let around else { return "{ }" }
    let bytes = Array(around.text.utf8)
    guard last.span.end <= bytes.count, first.span.start <= last.span.end else { return "{ }" }
    return "{ \(Self.line(String(decoding: bytes[first.span.start..<last.span.end], as: UTF8.self))) }"
  }

  /// Lines without their comments, one behind the other; a very long text is cut, and that is said.
  private static func line(_ text: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    var all = ""
    for line in lines where !line.isEmpty && !line.hasPrefix("#") {
      // A line goes on behind a backslash, and what is in braces has no sign at its ends.
      let isJoined = all.isEmpty || all.hasSuffix("{") || line.hasPrefix("}")
      if all.hasSuffix("\\") { all = String(all.dropLast().trimmed) + " " } else if !isJoined { all += "; " }
      if isJoined, !all.isEmpty { all += " " }
      all += line
    }
    return all.count <= longest ? all : all.prefix(longest) + " … (\(all.count) characters)"
  }

  private static let longest = 2_000

  /// Runs `body`, in whose failures spans point into this text.
  func locating<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw source.map { error.located(in: $0) } ?? error }
  }
}
