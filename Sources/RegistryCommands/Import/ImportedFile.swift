/// What is kept in mind while a file is imported.
final class ImportedFile {
  /// The row that is read.
  let row: CurrentRow
  /// The edits that wait.
  let batch: EditBatch
  /// What an edited table changes, in words; nil where the rows are no such table.
  var changes: [EditedChange]?
  /// The lines that were refused, and those that an earlier reading of the file refused: they are told once, and nothing of
  /// them is recorded later either.
  private var refused: Set<Int> = []
  private(set) var refusedBefore: Set<Int> = []
  /// What is to be told beside the counts.
  var notes: [String] = []

  init(_ row: CurrentRow, _ batch: EditBatch) { (self.row, self.batch) = (row, batch) }

  /// A row is refused.
  func refuse(line: Int) { refused.insert(line) }

  /// The file is read once more.
  func readAgain() { refusedBefore = refused }

  /// Another row is read.
  func begin(_ raw: ImportRow) {
    row.raw = raw
    batch.beginRow()
  }
}
