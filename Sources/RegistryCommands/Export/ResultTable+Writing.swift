import CommandLanguage
import RegistryModel
import RegistryStore

extension ResultTable {
  /// Writes it to a file, in the format that `text` has.
  func write(
    to file: WrittenFile, as text: any TableText, isInterrupted: (() -> Bool)?, _ span: Span
  ) throws(Failure) {
    var text = text
    try file.write(text.opening())
    for start in stride(from: 0, to: rows.count, by: 1_000) {
      if isInterrupted?() == true { throw Failure(.interrupted, at: span) }
      try file.write(text.text(Array(rows[start..<min(start + 1_000, rows.count)])))
    }
    try file.write(text.closing())
    try file.finish()
  }
}
