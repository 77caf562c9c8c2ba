import RegistryModel
import RegistryStore

/// What stands in a cell of a table that can be edited and imported again.
enum EditableCell {
  /// The header of the column with the ids of what stands in another one.
  static func idColumn(of name: String) -> String { name + "@" }

  /// How an id is written: not `@4k7q`, which a spreadsheet takes for a formula.
  static func text(_ id: StatementID) -> String { "id-" + id.digest }

  static func ids(_ cell: String) -> [StatementID]? {
    let words = cell.split { $0 == ";" || $0 == "," || $0.isWhitespace }
    let ids = words.compactMap { $0.hasPrefix("id-") ? StatementID(String($0.dropFirst(3))) : nil }
    return ids.count == words.count ? ids : nil
  }

  /// Where values stand: in the cell of a table, or each by itself in JSON.
  enum Form { case table, json }

  /// Values as a cell; in JSON several are a list, as are those of which there may be several.
  static func cell(_ texts: [String], _ form: Form, isList: Bool) -> Cell {
    switch form {
    case .table: texts.isEmpty ? .empty : .text(texts.joined(separator: "; "))
    case .json:
      isList || texts.count > 1 ? .list(texts.map { .text($0) }) : texts.first.map { .text($0) } ?? .empty
    }
  }

  /// A value so that it can be read back; a text that would be read otherwise is in quotes.
  static func text(_ value: Value, _ form: Form) -> String {
    switch value {
    case .entity(let key):
      let needsQuotes = LanguageText.isValueWord(key.text) || form == .table && key.text.contains(";")
      return needsQuotes ? LanguageText.quoted(key.text) : key.text
    case .quantity(let quantity): return quantity.canonicalText
    case .date(let date): return date.edtf
    case .unknown: return "unknown"
    case .none: return "none"
    case .text(let text):
      let isSpecial = text.first == "\"" || ["unknown", "none", ""].contains(text)
      // In a table, `;` stands between values.
      let needsQuotes =
        isSpecial
        || form == .table
          && (text.contains(";") || text.trimmed != text)
      return needsQuotes ? LanguageText.quoted(text) : text
    }
  }

  /// A value that has a cell of its own: numbers stay numbers, and what would be read as another value is in quotes.
  static func single(_ value: Value) -> String? {
    switch value {
    case .entity, .text:
      let written = text(value, .json)
      return written.first == "\"" ? written : nil
    case .quantity, .date, .unknown, .none: return nil
    }
  }

  /// A value as a cell of the table of all statements, so that it can be read back.
  static func exported(_ value: Value) -> Cell { single(value).map { .text($0) } ?? Cell(value) }

  /// The values of a cell.
  static func parts(_ cell: String) -> [String] {
    var parts = [""]
    var isQuoted = false
    var isEscaped = false
    for character in cell {
      if character == ";", !isQuoted {
        parts.append("")
        continue
      }
      if character == "\"", !isEscaped, isQuoted || parts[parts.count - 1].trimmed.isEmpty {
        isQuoted.toggle()
      }
      isEscaped = isQuoted && character == "\\" && !isEscaped
      parts[parts.count - 1].append(character)
    }
    return parts.map(\.trimmed).filter { !$0.isEmpty }
  }
}
