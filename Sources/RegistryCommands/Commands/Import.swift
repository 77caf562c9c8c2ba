import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

/// What it is written with.
private enum Grammar {
  static let file = Argument("file", .file)
  static let using = Clause("using", .file, "a file with the mapping, in place of braces")
}

extension CommandDefinition {
  static let importFile = CommandDefinition(
    CommandSignature(
      name: "import", head: [Grammar.file.element],
      clauses: [
        EvidenceClauses.citing.meaning("the source that the file is").signature, Grammar.using.signature,
      ] + ImportOptions.clauses, block: .commands, hasTemplates: true),
    group: .data, effect: .writes, summary: "Record the rows of a file: CSV, TSV or JSON Lines",
    details: """
      The braces hold `claim`, `deny`, `add`, `alias` and `citing`, in which `$column` stands for a row's value; they are \
      carried out for each row, all in one transaction. What speaks of an empty field is left out. Where a claim has no \
      quote, the file and the line are its place in the source. A name means the entity that has it as key, name or \
      alias; one that nothing has, or several things, is never guessed: its rows are told, and nothing is recorded \
      unless the import is to `keep going`. `add` of what is there already says so again. The same file twice changes \
      nothing. A column `Date of signature` is `$Date_of_signature`. With `--dry-run` nothing is kept, and the first \
      changes are shown. A table that `export` wrote needs no braces.
      """,
    examples: []
  ) { (command, session) throws(Failure) in
    let path = command[Grammar.file]
    guard !session.settings.safe else { throw Failures.safeSession("reading files", path.span) }
    return try session.importFile(path, command)
  }
}

extension Session {
  fileprivate func importFile(_ path: Word, _ command: Invocation) throws(Failure) -> Answer {
    var options = try ImportOptions(command, path: path.content)
    if isKeepingGoing { options.keepsGoing = true }
    let url = URL(filePath: path.content, relativeTo: folder)
    var place = ImportPlace(path: path.content, name: url.lastPathComponent, source: nil, span: path.span)
    if let name = command[EvidenceClauses.citing] { place.source = try source(name) }
    let pieces: FilePieces
    do throws(FileProblem) {
      pieces = try FilePieces(url, encoding: options.encoding)
    } catch {
      throw Failures.cannotRead(path.content, error, path.span)
    }
    let scope = ImportScope(options, file: place.name, outer: Set(parameters.flatMap(\.keys)))
    if isDryRun { mostTold = command[ImportOptions.limit] ?? ImportOptions.usualTold }
    defer { onProgress?(nil) }
    let mapping = try mappingText(command)
    let tally: ImportTally
    switch options.format {
    case .csv, .tsv:
      var rows: SeparatedRows
      do throws(RowProblem) {
        rows = try SeparatedRows(pieces, delimiter: options.delimiter)
      } catch {
        throw Failures.unreadable(error, place)
      }
      guard !rows.columns.names.isEmpty else { throw Failures.emptyTable(place) }
      tally = try importRows(&rows, mapping, place, scope)
    case .ftm where mapping == nil:
      guard pieces.size != nil else { throw Failures.readThrice(place) }
      tally = try importFollowTheMoney(pieces, url, place, scope)
    case .jsonl, .ftm:
      var rows = JSONRows(pieces)
      tally = try importRows(&rows, mapping, place, scope)
    }
    return try report(tally, place, scope)
  }

  /// Reads the file three times: for who has members, for the entities, and for what joins them.
  private func importFollowTheMoney(
    _ pieces: FilePieces, _ url: URL, _ place: ImportPlace, _ scope: ImportScope
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
    tally.edits += made.edits
    tally.changes += made.changes
    for fault in made.faults where !tally.faults.contains(fault) { tally.note(fault) }
    scope.notes += state.notes
    return tally
  }

  private func importRows(
    _ rows: inout some RowSource, _ text: MappingText?, _ place: ImportPlace, _ scope: ImportScope
  ) throws(Failure) -> ImportTally {
    guard let text else { return try importEdited(&rows, place, scope) }
    let columns = rows.columns
    let mapping = try text.locating { () throws(Failure) in
      let mapping = try RowMapping(text.commands)
      // The first in the text is told.
      for parameter in mapping.parameters.sorted(by: { $0.span.start < $1.span.start })
      where parameter.mustExist && !columns.isOpen {
        guard columns[parameter.name] != nil || self.parameter(parameter.name) != nil else {
          throw Failures.noSuchColumn(parameter.name, columns.names, parameter.span)
        }
      }
      for parameter in mapping.parameters {
        guard let place = columns[parameter.name], !columns.sameSpelling(place).isEmpty else { continue }
        let names = ([place] + columns.sameSpelling(place)).sorted().map { columns.names[$0] }
        throw Failures.ambiguousColumn(parameter.name, names, parameter.span)
      }
      return mapping
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
        try text.locating { () throws(Failure) in
          for command in try mapping.commands(for: scope, skipped: { tally.skipped[$0, default: 0] += 1 }) {
            try executeForRow(command) { _ in }
          }
        }
      }, place, scope)
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
    let tree = SourceTree(parsing: text, signatures: self.commands.signatures)
    let errors = tree.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw Failure(.command, errors, in: source) }
    return MappingText(commands: tree.commands, source: source)
  }
}

/// The commands of a mapping, and the text that they stand in where that is a file of its own.
private struct MappingText {
  var commands: [CommandSyntax]
  var source: SourceText?

  /// Runs `body`, in whose failures spans point into this text.
  func locating<Result>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    do { return try body() } catch { throw source.map { error.located(in: $0) } ?? error }
  }
}
