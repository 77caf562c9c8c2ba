import RegistryModel

/// The rows that cannot be recorded, all of them, with why: a file to be mended and imported again.
///
/// Of a table each row has its own columns behind the reasons; of JSON, whose lines differ in theirs, the fields are one
/// text with their names.
final class RejectedRows {
  private let file: WrittenFile
  private var header: [String]?
  private(set) var count = 0
  private var waiting = ""

  init(_ file: WrittenFile) { self.file = file }

  private static let reasons = ["file", "line", "column", "value", "reason", "help"]

  func add(_ fault: RowFault, _ fields: [String], _ columns: ColumnNames) throws(Failure) {
    count += 1
    let own = columns.isOpen ? ["row"] : columns.names
    // Files of other columns follow with a heading of their own.
    if header != own {
      write(Self.reasons + own)
      header = own
    }
    let why = [
      fault.file, String(fault.line), fault.cells.map(\.column).joined(separator: "; "),
      fault.cells.map(\.value).joined(separator: "; "), fault.message, fault.help ?? "",
    ]
    write(why + (columns.isOpen ? [Self.named(fields, columns)] : Self.fitted(fields, to: own.count)))
    guard waiting.utf8.count > 1 << 16 else { return }
    try file.write(waiting)
    waiting = ""
  }

  /// Puts the file in its place.
  func finish() throws(Failure) {
    if header == nil { write(Self.reasons) }
    try file.write(waiting)
    try file.finish()
  }

  private static func named(_ fields: [String], _ columns: ColumnNames) -> String {
    zip(columns.names, fields).filter { !$0.1.isEmpty }.map { "\($0.0)=\(LanguageText.quoted($0.1))" }
      .joined(separator: " ")
  }

  /// As many fields as there are columns; what is too much stays with the last.
  private static func fitted(_ fields: [String], to count: Int) -> [String] {
    guard fields.count > count, count > 0 else {
      return fields + Array(repeating: "", count: count - fields.count)
    }
    return fields.prefix(count - 1) + [fields[(count - 1)...].joined(separator: ",")]
  }

  private func write(_ fields: [String]) {
    waiting += fields.map(SeparatedText.field).joined(separator: ",") + "\n"
  }
}

/// Fields of CSV that is written for people to mend, in a spreadsheet as well.
enum SeparatedText {
  static func field(_ text: String) -> String {
    let text = FormulaGuard.guarded(text)
    let needsQuotes = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 < 0x20 }
    guard needsQuotes else { return text }
    // By scalars: a quote and an accent that follows it are one character, and still end a field.
    let doubled = text.unicodeScalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] }
    return "\"" + String(String.UnicodeScalarView(doubled)) + "\""
  }
}
