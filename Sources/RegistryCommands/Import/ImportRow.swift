/// The columns of a file, by every name that a mapping may call them.
final class ColumnNames {
  private(set) var names: [String] = []
  /// Names that the header has more than once, each with what the columns behind the first are called.
  var repeated: [String: [String]] = [:]
  /// Whether rows may bring further columns: what one does not have it says nothing of.
  let isOpen: Bool
  private var places: [String: Int] = [:]
  private var spellings: [String: Int] = [:]
  /// Of columns that one `$name` could mean, the others; a column of ids (`name@`) is not called so.
  private(set) var rivals: [Int: [Int]] = [:]
  private var namesakes: [String: [Int]] = [:]

  init(isOpen: Bool = false) { self.isOpen = isOpen }

  /// The place of a column; one that is not known yet is added.
  func add(_ name: String) -> Int {
    if let place = places[name] { return place }
    let place = names.count
    names.append(name)
    places[name] = place
    let spelling = ColumnNames.parameter(name)
    if spellings[spelling] == nil { spellings[spelling] = place }
    guard !name.hasSuffix("@") else { return place }
    let others = namesakes[spelling] ?? []
    if !others.isEmpty {
      rivals[place] = others
      for other in others { rivals[other, default: []].append(place) }
    }
    namesakes[spelling] = others + [place]
    return place
  }

  /// The other columns that the same `$name` could mean.
  func sameSpelling(_ place: Int) -> [Int] { rivals.isEmpty ? [] : rivals[place] ?? [] }

  /// The place of the column that `$name` means.
  subscript(name: String) -> Int? { places[name] ?? spellings[name] }

  /// A column's name as a parameter: what is neither letter nor digit is `_`, so that `Date of signature` is
  /// `$Date_of_signature` and `Amount (EUR)` is `$Amount_EUR`.
  static func parameter(_ name: String) -> String {
    var text = ""
    for character in name {
      if character.isLetter || character.isNumber {
        text.append(character)
      } else if text.last != "_" {
        text.append("_")
      }
    }
    if text.last == "_", text.count > 1 { text.removeLast() }
    return text
  }
}

/// One row of a file.
struct ImportRow: Sendable {
  /// The line on which it begins, from 1.
  var line: Int
  /// A text for each column, empty where nothing is said.
  var fields: [String]
  /// Where one field holds several values, as it was read.
  var lists: [Int: [String]] = [:]
  /// What ``CurrentRow/elements(of:)`` found: it is asked for again for each of them.
  var elements: [Int: [String]] = [:]
  /// The columns that the row speaks of at all, where a row may leave some out.
  var given: Set<Int>?
}

/// What is wrong with one row; those behind it can still be read.
struct RowFault: Error, Hashable, Sendable {
  /// The file's name, where several are read or it is to be told.
  var file = ""
  var line: Int
  var code: String
  var message: String
  var help: String?
  /// The column of the bad cell, and what stands in it; several where it is of their making.
  var cells: [RowCell] = []
  /// So much of a row that is none is kept, in bytes.
  static let longestText = 1 << 16
  /// What could be read of a row that is no row.
  var fields: [String]?

  /// The message with the cell before it.
  var words: String {
    let cells = cells.map { cell in
      let start = cell.value.prefix(80)
      let value = start.endIndex < cell.value.endIndex ? start + "…" : cell.value
      return "$\(ColumnNames.parameter(cell.column)) \(LanguageText.quoted(String(value)))"
    }
    return (cells.isEmpty ? "" : cells.joined(separator: ", ") + ": ") + message
  }
}

/// A cell of a row.
struct RowCell: Hashable, Sendable {
  var column: String
  var value: String
}

extension RowFault {
  /// Which of two fields is meant cannot be told.
  static func twoFields(_ name: String, line: Int) -> RowFault {
    RowFault(
      line: line, code: "two-fields", message: "two fields of the line are both $\(name)",
      help: "give one of them another name: the parts of a name inside an object are joined by _")
  }
}

/// Why rows cannot be read on.
enum RowProblem: Error, Hashable, Sendable {
  case fault(RowFault)
  case file(FileProblem)
}

/// Rows that are read one after the other.
protocol RowSource {
  var columns: ColumnNames { get }
  /// How much of the file has been read, from 0 to 1, where that can be told.
  var fraction: Double? { get }
  /// The SHA-256 of what was read of the file.
  var sha256: String { get }
  /// Learns the columns of a file that has no header.
  mutating func readFirst()
  /// The next row; nothing at the end.
  mutating func next() throws(RowProblem) -> ImportRow?
}

extension RowSource {
  mutating func readFirst() {}
}
