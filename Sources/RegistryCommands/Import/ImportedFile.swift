/// What is kept in mind while a file is imported.
final class ImportedFile {
  /// The row that is read.
  let row: CurrentRow
  /// The edits that wait.
  let batch: EditBatch
  /// What an edited table changes, in words; nil where the rows are no such table.
  var changes: [EditedChange]?
  /// What is to be told beside the counts.
  var notes: [String] = []

  init(_ row: CurrentRow, _ batch: EditBatch) { (self.row, self.batch) = (row, batch) }

  /// Another row is read.
  func begin(_ raw: ImportRow) {
    row.raw = raw
    batch.beginRow()
  }
}
