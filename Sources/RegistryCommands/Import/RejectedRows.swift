import FoundationEssentials
import RegistryModel

/// The rows that cannot be recorded, all of them, with why: a file to be mended and imported again by the same mapping.
///
/// The row's own columns come first, so that those of the reasons take no name from them. A table goes to a table; of
/// JSON, whose lines differ in their columns, each goes to a line of JSON.
final class RejectedRows {
  private let file: WrittenFile
  private let isJSON: Bool
  private var header: [String]?
  private(set) var count = 0
  private var waiting = ""

  init(_ file: WrittenFile, isJSON: Bool) { (self.file, self.isJSON) = (file, isJSON) }

  private static let reasons = [
    "reject_file", "reject_line", "reject_column", "reject_value", "reject_reason", "reject_help",
  ]

  /// - Parameter row: the row; nothing where it is none, and ``RowFault/fields`` has what could be read of it.
  func add(_ fault: RowFault, _ row: ImportRow?, _ columns: [String]) throws(Failure) {
    count += 1
    let why = [
      fault.file, String(fault.line), fault.cells.map(\.column).joined(separator: "; "),
      fault.cells.map(\.value).joined(separator: "; "), fault.message, fault.help ?? "",
    ]
    let fields = row?.fields ?? fault.fields ?? []
    if isJSON {
      try writeObject(row, fields, columns, why)
    } else {
      let own = columns
      // Files of other columns follow with a heading of their own.
      if header != own {
        write(own + Self.reasons)
        header = own
      }
      write(Self.fitted(fields, to: own.count) + why)
    }
    guard waiting.utf8.count > 1 << 16 else { return }
    try file.write(waiting)
    waiting = ""
  }

  /// Puts the file in its place.
  func finish() throws(Failure) {
    if header == nil, !isJSON { write(Self.reasons) }
    try file.write(waiting)
    try file.finish()
  }

  private enum Field: Encodable {
    case text(String)
    case list([String])

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .list(let list): try container.encode(list)
      }
    }
  }

  private func writeObject(
    _ row: ImportRow?, _ fields: [String], _ columns: [String], _ why: [String]
  ) throws(Failure) {
    var object: [String: Field] = [:]
    if let row {
      for (place, name) in columns.enumerated()
      where place < fields.count && (row.given?.contains(place) ?? true) {
        object[name] = row.lists[place].map { .list($0) } ?? .text(fields[place])
      }
    } else if !fields.isEmpty {
      object["reject_row"] = .text(fields.joined(separator: ","))
    }
    for (name, text) in zip(Self.reasons, why) where !text.isEmpty { object[name] = .text(text) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      waiting += String(decoding: try encoder.encode(object), as: UTF8.self) + "\n"
    } catch {
      throw Failure(.storage, code: "storage-failed", "\(error)")
    }
  }

  /// As many fields as there are columns; what is too much stays with the last.
  private static func fitted(_ fields: [String], to count: Int) -> [String] {
    guard fields.count > count, count > 0 else {
      return fields + Array(repeating: "", count: max(0, count - fields.count))
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
    return "\"" + text.doubling("\"") + "\""
  }
}
