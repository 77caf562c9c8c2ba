import CommandLanguage
import Foundation
import RegistryModel
import RegistryStore

extension Session {
  /// What an import did, in words; where it could not be carried out, why.
  func report(
    _ tally: ImportTally, _ place: ImportPlace, _ scope: ImportScope
  ) throws(Failure) -> Answer {
    let unmatched = scope.unmatched.values.sorted {
      $0.rows != $1.rows ? $0.rows > $1.rows : standsBefore($0.name, $1.name)
    }
    if let path = scope.options.unmatched { try write(unmatched, to: path, place.span) }
    if tally.faultCount > 0, !scope.options.keepsGoing { throw Failures.badRows(tally, place, unmatched) }
    var answer = Answer(notes: [summary(tally, place)])
    if let changes = scope.changes {
      answer.notes = [summary(changes, tally, place)]
      // A dry run tells of every transaction what it would change.
      if !isDryRun { answer.results.append(Answer.Result(.table(ImportTables.changes(changes)))) }
    }
    answer.notes += scope.notes
    for (column, count) in tally.skipped.sorted(by: { $0.key < $1.key }) {
      answer.notes.append("\(count) row\(count == 1 ? " says" : "s say") nothing in \(column)")
    }
    if !unmatched.isEmpty { answer.results.append(Answer.Result(.table(ImportTables.unmatched(unmatched)))) }
    let faults = tally.faults.filter { !["unknown-name", "ambiguous-name"].contains($0.code) }
    if !faults.isEmpty { answer.results.append(Answer.Result(.table(ImportTables.faults(faults)))) }
    if tally.faultCount > 0 {
      answer.failed = true
      answer.notes.append(
        "\(tally.faultCount) of \(tally.rows) rows could not be recorded and were left out")
    }
    return answer
  }

  private func summary(_ tally: ImportTally, _ place: ImportPlace) -> String {
    let rows = "\(tally.rows) row\(tally.rows == 1 ? "" : "s") of \(place.name)"
    if tally.edits == 0 { return "\(rows): nothing to record" }
    guard tally.changes > 0 else { return "\(rows): all of it is recorded already, nothing changed" }
    let known = tally.edits - tally.changes
    return "\(rows): \(tally.changes) \(isDryRun ? "would be recorded" : "recorded")"
      + (known > 0 ? ", \(known) known already" : "")
      + (isDryRun ? "; nothing of it is kept, this is a dry run" : "")
  }

  private func summary(_ changes: [EditedChange], _ tally: ImportTally, _ place: ImportPlace) -> String {
    let rows = "\(tally.rows) row\(tally.rows == 1 ? "" : "s") of \(place.name)"
    if changes.isEmpty { return "\(rows): nothing was edited" }
    let added = changes.count { $0.sign == "+" }
    return "\(rows): \(changes.count - added) withdrawn, \(added) claimed"
      + (isDryRun ? "; nothing of it is kept, this is a dry run" : "")
  }

  /// The names in a form that can be filled in and imported.
  private func write(_ unmatched: [ImportScope.Unmatched], to path: String, _ span: Span) throws(Failure) {
    try refuseRegistry(path, span)
    var text = "name,key,rows,first_line\n"
    for name in unmatched { text += "\(quotedField(name.name)),,\(name.rows),\(name.line)\n" }
    let file = try written(URL(filePath: path, relativeTo: folder), named: path, at: span)
    try file.write(text)
    try file.finish()
  }

  private func quotedField(_ text: String) -> String {
    let text = FormulaGuard.guarded(text)
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }
    guard needsQuotes else { return text }
    // By scalars: a quote and an accent that follows it are one character, and still end a field.
    let doubled = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
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

  static func unmatched(_ names: [ImportScope.Unmatched]) -> ResultTable {
    ResultTable(
      title: "Names that nothing has",
      columns: [
        Column("name"), Column("rows", alignsRight: true), Column("first line", alignsRight: true),
        Column("help"),
      ],
      rows: names.map { name in
        [
          .text(name.name), .integer(Int64(name.rows)), .integer(Int64(name.line)),
          name.help.map { .text($0) } ?? .empty,
        ]
      })
  }

  static func faults(_ faults: [RowFault]) -> ResultTable {
    ResultTable(
      title: "Rows that cannot be recorded",
      columns: [Column("line", alignsRight: true), Column("problem"), Column("help")],
      rows: faults.map { fault in
        [.integer(Int64(fault.line)), .text(fault.message), fault.help.map { .text($0) } ?? .empty]
      })
  }
}
