import CommandLanguage

/// The row of a file that is read, with what its columns mean.
final class CurrentRow {
  let options: ImportOptions
  /// The file's name.
  let file: String
  var columns = ColumnNames()
  var raw = ImportRow(line: 0, fields: [])

  /// Names that nothing has, in the order in which they were met.
  private(set) var unmatched: [String: Unmatched] = [:]
  struct Unmatched: Sendable {
    var name: String
    var file: String
    var line: Int
    var rows: Int
    /// The column in which it was met first.
    var column: String?
    /// What to do about it, where it means several things.
    var help: String?
  }

  /// Parameters that have values from without.
  private let outer: Set<String>
  /// Those of them that stand for columns which a row has not.
  private let constants: Set<String>

  init(_ options: ImportOptions, file: String, outer: Set<String>) {
    self.options = options
    self.file = file
    self.outer = outer
    constants = Set(options.constants.map(\.name.content))
  }

  /// The value of a column; nothing where there is no such column.
  func value(of name: String) -> String? {
    if let place = columns[name] {
      if !constants.isEmpty, constants.contains(name), raw.given?.contains(place) == false { return nil }
      if raw.lists[place] != nil { return elements(at: place)?.first ?? "" }
      return place < raw.fields.count ? blanked(raw.fields[place]) : ""
    }
    if let (column, index) = CurrentRow.element(name), let place = columns[column] {
      let elements = elements(at: place) ?? []
      return index < elements.count ? elements[index] : ""
    }
    return columns.isOpen && !outer.contains(name) ? "" : nil
  }

  /// The values of a column that is a list in this row, or that a separator parts, but for those that count as nothing; nil
  /// where it is one text.
  func elements(of name: String) -> [String]? { columns[name].flatMap { elements(at: $0) } }

  private func elements(at place: Int) -> [String]? {
    if let known = raw.elements[place] { return known }
    var parts: [String]
    if let list = raw.lists[place] {
      parts = list
    } else {
      guard let separator = options.split, place < raw.fields.count else { return nil }
      let found = raw.fields[place].parts(between: separator)
      guard found.count > 1 else { return nil }
      parts = found.map(\.trimmed)
    }
    parts.removeAll { blanked($0).isEmpty }
    raw.elements[place] = parts
    return parts
  }

  /// One of the values of a column, as ``element(_:)`` reads it.
  static func name(_ column: String, element index: Int) -> String { "\(column)__\(index)" }

  private static func element(_ name: String) -> (column: String, index: Int)? {
    let digits = name.utf8.reversed().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
    let end = name.utf8.index(name.endIndex, offsetBy: -digits)
    guard digits > 0, name[..<end].hasSuffix("__"), let index = Int(name[end...]) else { return nil }
    return (String(name[..<end].dropLast(2)), index)
  }

  /// What counts as nothing is nothing.
  private func blanked(_ field: String) -> String {
    if options.blanks.contains(field) { return "" }
    // Most fields begin with a letter or a digit.
    if let byte = field.utf8.first, byte > 0x20, byte < 0x80 { return field }
    guard let first = field.first, first.isWhitespace else { return field }
    return field.allSatisfy(\.isWhitespace) ? "" : field
  }

  /// Where a citation is found that has no quote.
  var locator: String { "\(file):\(raw.line)" }

  // MARK: Names that nothing has

  /// Notes that nothing, or more than one thing, has a name.
  func noteUnmatched(_ name: String, _ help: String?) {
    unmatched[name, default: Unmatched(name: name, file: file, line: raw.line, rows: 0, help: help)].rows += 1
  }

  /// Says where a name was met that nothing has.
  func noteColumn(_ column: String, of name: String) {
    if let known = unmatched[name], known.column == nil { unmatched[name]?.column = column }
  }
}

extension String {
  /// What stands between separators.
  fileprivate func parts(between separator: String) -> [Substring] {
    guard let byte = separator.utf8.first, byte < 0x80, separator.utf8.count == 1 else {
      return split(separator: separator, omittingEmptySubsequences: false)
    }
    return utf8.split(separator: byte, omittingEmptySubsequences: false).map { Substring($0) }
  }
}
