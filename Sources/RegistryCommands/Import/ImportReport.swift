import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// What several files came to.
struct ImportReport {
  /// For each file, in their order.
  var files: [ImportedRows] = []
  var places: [ImportPlace] = []

  var total: ImportTally {
    var total = ImportTally()
    for file in files { total.add(file.tally) }
    return total
  }

  /// What the files are called together.
  var name: String { places.map(\.name).joined(separator: ", ") }

  /// The names that nothing has, those of most rows first.
  var unmatched: [CurrentRow.Unmatched] {
    var all: [String: CurrentRow.Unmatched] = [:]
    for file in files {
      all.merge(file.unmatched) { one, other in
        var both = one
        both.rows += other.rows
        return both
      }
    }
    return all.values.sorted {
      $0.rows != $1.rows ? $0.rows > $1.rows : standsBefore($0.name, $1.name)
    }
  }
}

extension ImportReport {
  /// What an import did, in words; where it could not be carried out, why.
  /// - Parameter rejected: how many rows were written to a file; nil where none was to be.
  func answer(
    _ options: ImportOptions, rejected: Int?, isDryRun: Bool, _ span: Span
  ) throws(Failure) -> Answer {
    let (total, unmatched) = (total, unmatched)
    if total.faultCount > 0, !options.keepsGoing {
      throw Failures.badRows(self, unmatched, places.first?.span ?? span)
    }
    var answer = Answer()
    for file in files {
      if let changes = file.changes {
        answer.notes.append(Self.summary(changes, file.tally, isDryRun: isDryRun))
        // A dry run tells of every transaction what it would change.
        if !isDryRun { answer.results.append(Answer.Result(.table(ImportTables.changes(changes)))) }
      } else {
        answer.notes.append(Self.summary(file.tally, isDryRun: isDryRun))
      }
      answer.notes += file.notes.filter { !answer.notes.contains($0) }
    }
    answer.notes += Self.leftOut(total)
    if !unmatched.isEmpty { answer.results.append(Answer.Result(.table(ImportTables.unmatched(unmatched)))) }
    let faults = total.faults.filter { !["unknown-name", "ambiguous-name"].contains($0.code) }
    if !faults.isEmpty {
      let several = places.count > 1
      answer.results.append(
        Answer.Result(.table(ImportTables.faults(faults, of: total, namesFiles: several))))
    }
    if total.faultCount > 0 {
      answer.notes.append(
        "\(total.faultCount) of \(total.rows) rows could not be recorded and were left out")
    }
    if total.cellCount > 0 {
      let isOne = total.cellCount == 1
      answer.notes.append(
        "\(total.cellCount) cell\(isOne ? "" : "s") could not be recorded; the rest of \(isOne ? "its row" : "their rows") was"
      )
    }
    answer.failed = total.allFaults > 0
    if let rejected, let path = options.rejects {
      answer.notes.append(
        "\(path.content) has \(rejected) row\(rejected == 1 ? "" : "s") with what is wrong")
    }
    return answer
  }

  /// What rows left out, in words.
  private static func leftOut(_ tally: ImportTally) -> [String] {
    var notes: [String] = []
    if tally.filtered > 0 {
      notes.append(
        "\(tally.filtered) of \(tally.rows) rows \(tally.filtered == 1 ? "is" : "are") left out by only where"
      )
    }
    for (skip, count) in tally.skipped.sorted(by: { $0.key < $1.key }) {
      let rows = "\(count) row\(count == 1 ? " says" : "s say") nothing in \(skip.column)"
      notes.append(
        skip.clause.map { "\(rows): recorded without \($0)" } ?? "\(rows): what speaks of it is left out")
    }
    return notes
  }

  private static func summary(_ tally: ImportTally, isDryRun: Bool) -> String {
    let rows = "\(tally.rows) row\(tally.rows == 1 ? "" : "s") of \(tally.file)"
    if tally.edits == 0 { return "\(rows): nothing to record" }
    guard tally.changes > 0 else { return "\(rows): all of it is recorded already, nothing changed" }
    let known = tally.edits - tally.changes
    return "\(rows): \(tally.changes) \(isDryRun ? "would be recorded" : "recorded")"
      + (known > 0 ? ", \(known) known already" : "")
      + (isDryRun ? "; nothing of it is kept, this is a dry run" : "")
  }

  private static func summary(
    _ changes: [EditedChange], _ tally: ImportTally, isDryRun: Bool
  ) -> String {
    let rows = "\(tally.rows) row\(tally.rows == 1 ? "" : "s") of \(tally.file)"
    if changes.isEmpty { return "\(rows): nothing was edited" }
    let withdrawn = changes.count { $0.sign == "-" }
    let added = changes.count { $0.sign == "+" }
    let denied = changes.count - withdrawn - added
    return "\(rows): \(withdrawn) withdrawn, \(added) claimed" + (denied > 0 ? ", \(denied) denied" : "")
      + (isDryRun ? "; nothing of it is kept, this is a dry run" : "")
  }

  /// The names in a form that can be filled in and imported.
  func writeUnmatched(to file: WrittenFile) throws(Failure) {
    var text = "name,key,rows,first_line\n"
    for name in unmatched { text += "\(SeparatedText.field(name.name)),,\(name.rows),\(name.line)\n" }
    try file.write(text)
    try file.finish()
  }
}

/// What an import shows beside its summary.
private enum ImportTables {
  static func changes(_ changes: [EditedChange]) -> ResultTable {
    ResultTable(
      columns: [Column(""), Column("statement"), Column("line", alignsRight: true), Column("id")],
      rows: changes.map { change in
        [
          .text(change.sign), .text(change.words), .integer(Int64(change.line)),
          change.id.map { .text($0.short) } ?? .empty,
        ]
      })
  }

  static func unmatched(_ names: [CurrentRow.Unmatched]) -> ResultTable {
    ResultTable(
      title: "Names that nothing has",
      columns: [
        Column("name"), Column("rows", alignsRight: true), Column("first line", alignsRight: true),
        Column("column"), Column("help"),
      ],
      rows: names.map { name in
        [
          .text(name.name), .integer(Int64(name.rows)), .integer(Int64(name.line)),
          name.column.map { .text($0) } ?? .empty, name.help.map { .text($0) } ?? .empty,
        ]
      })
  }

  static func faults(_ faults: [RowFault], of tally: ImportTally, namesFiles: Bool) -> ResultTable {
    let isAll = tally.allFaults <= ImportTally.mostFaults
    let what = tally.cellCount > 0 ? "Rows and cells" : "Rows"
    let named = namesFiles ? [Column("file")] : []
    return ResultTable(
      title: isAll
        ? "\(what) that cannot be recorded"
        : "\(what) that cannot be recorded, the first \(ImportTally.mostFaults) of \(tally.allFaults): rejects \"FILE\" writes all",
      columns: named + [
        Column("line", alignsRight: true), Column("problem"), Column("column"), Column("value"),
        Column("help"),
      ],
      rows: faults.map { fault in
        let cells: [Cell] = [
          .integer(Int64(fault.line)), .text(fault.message), list(fault.cells.map(\.column)),
          list(fault.cells.map(\.value)), fault.help.map { .text($0) } ?? .empty,
        ]
        return namesFiles ? [.text(fault.file)] + cells : cells
      })
  }

  private static func list(_ texts: [String]) -> Cell {
    texts.isEmpty ? .empty : texts.count == 1 ? .text(texts[0]) : .list(texts.map { .text($0) })
  }
}
