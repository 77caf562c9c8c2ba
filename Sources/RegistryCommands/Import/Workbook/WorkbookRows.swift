import CommandLanguage
import FoundationEssentials
import RegistryModel
import RegistryStore

/// The rows of a sheet of a workbook, behind its first, which names the columns. A cell says what a reader of the workbook
/// sees: numbers with their percent sign and currency, days as days, of a formula the value that was computed last.
struct WorkbookRows: RowSource {
  let columns = ColumnNames()
  let sha256: String
  /// What a user should know of how it was read.
  let notes: [String]
  private let rows: [SheetReader.Row]
  private var taken = 0

  /// - Parameter sheet: the name of the sheet; nothing for the first.
  init(_ url: URL, sheet: Word?, _ place: ImportPlace) throws(Failure) {
    let read: SheetReader
    do throws(FileProblem) {
      sha256 = try Self.digest(url)
      let book = try WorkbookBook(url.path)
      guard let first = book.sheets.first else { throw FileProblem(words: "it has no sheet") }
      let named = book.sheets.first { $0.name == sheet?.content }
      guard let asked = sheet == nil ? first : named else {
        throw FileProblem(
          words: "it has no sheet \(LanguageText.quoted(sheet?.content ?? ""))",
          help: "it has " + book.sheets.map { LanguageText.quoted($0.name) }.joined(separator: ", "))
      }
      read = SheetReader(book)
      guard try read.read(asked.part, of: url.path) else {
        throw FileProblem(words: "its sheet \(LanguageText.quoted(asked.name)) is missing")
      }
      if let problem = read.problem { throw problem }
      var notes = read.notes
      // The sheets that a workbook of ours has beside are no tables to be imported.
      let others = book.sheets.filter { $0.name != asked.name && !["sources", "notes"].contains($0.name) }
      if sheet == nil, !others.isEmpty {
        notes.insert(
          "the sheet \(LanguageText.quoted(asked.name)) was read; sheet \"NAME\" reads another: "
            + others.map { LanguageText.quoted($0.name) }.joined(separator: ", "), at: 0)
      }
      let cut = read.rows.reduce(into: 0) { cut, row in
        cut += row.cells.count { WorkbookText.isCut($0) }
      }
      if cut > 0 {
        notes.append(
          "\(cut) cell\(cut == 1 ? " has" : "s have") only the beginning of what a workbook had no place for")
      }
      self.notes = notes
    } catch { throw Failures.cannotRead(place.path, error, place.span) }
    let filled = read.rows.filter { $0.uncomputed != nil || $0.cells.contains { !$0.isEmpty } }
    rows = Array(filled.dropFirst())
    guard let header = filled.first else { return }
    var seen: Set<String> = []
    var names = header.cells.map(\.trimmed)
    while names.last == "" { names.removeLast() }
    for (index, text) in names.enumerated() {
      var name = text.isEmpty ? "column_\(index + 1)" : text
      var number = 2
      while !seen.insert(name).inserted {
        name = "\(text)_\(number)"
        number += 1
      }
      if name != text, !text.isEmpty { columns.repeated[text, default: []].append(name) }
      _ = columns.add(name)
    }
  }

  var fraction: Double? { rows.isEmpty ? 1 : Double(taken) / Double(rows.count) }

  mutating func next() throws(RowProblem) -> ImportRow? {
    guard taken < rows.count else { return nil }
    let row = rows[taken]
    taken += 1
    var fields = row.cells
    if let reference = row.uncomputed {
      throw RowProblem.fault(
        RowFault(
          line: row.line, code: "formula-without-value",
          message: "the cell \(reference) is a formula that was never computed",
          help: "open the workbook in a spreadsheet and save it, so that values stand beside formulas",
          fields: fields))
    }
    let width = columns.names.count
    if let far = fields.dropFirst(width).firstIndex(where: { !$0.isEmpty }) {
      throw RowProblem.fault(
        RowFault(
          line: row.line, code: "wrong-width",
          message:
            "the cell in column \(WorkbookText.letters(ofColumn: far)) stands beyond the header, which has \(width) columns",
          help: "give its column a heading, or clear it", fields: fields))
    }
    if fields.count > width { fields.removeLast(fields.count - width) }
    while fields.count < width { fields.append("") }
    return ImportRow(line: row.line, fields: fields)
  }

  private static func digest(_ url: URL) throws(FileProblem) -> String {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw FileProblem(words: "there is no such file")
    }
    var digest = SHA256Digest()
    do throws(SystemError) {
      let file = try OpenFile(reading: url.path)
      while true {
        let piece = try file.read(upTo: 1 << 18)
        if piece.isEmpty { return digest.hexadecimal }
        digest.add(piece)
      }
    } catch { throw FileProblem(words: error.words) }
  }
}

/// Reads the cells of one sheet.
final class SheetReader: WorkbookPart {
  struct Row {
    /// From 1 on, as a spreadsheet counts.
    var line: Int
    var cells: [String] = []
    /// A cell with a formula and no value.
    var uncomputed: String?
  }

  private let book: WorkbookBook
  private(set) var rows: [Row] = []
  private(set) var problem: FileProblem?
  private var row = Row(line: 0)
  private var cell = (column: 0, kind: "", style: 0, isFormula: false, hasValue: false)
  private var text = ""
  private var isText = false
  private var isReading = false
  private var (formulas, merged, cells) = (0, 0, 0)
  /// Cells that show something else than their number, and those of an error, by their names.
  private var (hidden, errors) = (NamedCells(), NamedCells())

  private static let mostCells = 5_000_000
  private static let mostColumns = 16_384
  private static let mostRows = 1_048_576
  /// Of a merged range more cells than this are left empty.
  private static let mostMerged = 100_000

  init(_ book: WorkbookBook) { self.book = book }

  var notes: [String] {
    var notes: [String] = []
    if formulas > 0 {
      notes.append(
        "\(formulas) cell\(formulas == 1 ? " is a formula" : "s are formulas"): what was computed last was read"
      )
    }
    if merged > 0 {
      notes.append(
        "\(merged) merged range\(merged == 1 ? "" : "s"): each of its cells has what stands in the first")
    }
    if hidden.count > 0 {
      notes.append(
        "\(hidden.count) cell\(hidden.count == 1 ? " shows" : "s show") something else than the number that is stored, which was read: \(hidden.words)"
      )
    }
    if errors.count > 0 {
      notes.append(
        "\(errors.count) cell\(errors.count == 1 ? " is an error" : "s are errors") such as #N/A, and \(errors.count == 1 ? "was" : "were") read as that text: \(errors.words)"
      )
    }
    return notes
  }

  /// How many cells something is so of, and the names of the first.
  private struct NamedCells {
    private(set) var count = 0
    private var first: [String] = []

    mutating func add(_ name: @autoclosure () -> String) {
      count += 1
      if first.count < 10 { first.append(name()) }
    }

    var words: String { first.joined(separator: ", ") + (count > first.count ? ", …" : "") }
  }

  func begin(_ name: Substring, _ attributes: [String: String]) -> Bool {
    switch name {
    case "row":
      let line = attributes["r"].flatMap { Int($0) } ?? row.line + 1
      guard line > row.line, line <= Self.mostRows else { return fail("its rows are not in order") }
      row = Row(line: line)
    case "c":
      let column = attributes["r"].flatMap(Self.column) ?? row.cells.count
      cells += 1
      guard column >= row.cells.count, column < Self.mostColumns else {
        return fail("its cells are not in order")
      }
      guard cells + column < Self.mostCells else { return fail("it has more than 5 million cells") }
      cells += column - row.cells.count
      while row.cells.count < column { row.cells.append("") }
      cell = (column, attributes["t"] ?? "n", attributes["s"].flatMap { Int($0) } ?? 0, false, false)
      text = ""
    case "f":
      cell.isFormula = true
      formulas += 1
    case "rPh": isReading = true
    case "v", "t":
      // How a text is read aloud is no part of it.
      isText = !isReading
      if isText { cell.hasValue = true }
    case "mergeCell": if let range = attributes["ref"] { merge(range) }
    default: break
    }
    return true
  }

  func end(_ name: Substring) -> Bool {
    switch name {
    case "rPh": isReading = false
    case "v", "t": isText = false
    case "c":
      if cell.isFormula, !cell.hasValue {
        row.uncomputed = row.uncomputed ?? cellName
      }
      row.cells.append(value)
    case "row": rows.append(row)
    default: break
    }
    return true
  }

  func add(_ text: String) { if isText { self.text += text } }

  private func fail(_ words: String) -> Bool {
    problem = FileProblem(words: words, help: "save the sheet as CSV")
    return false
  }

  private var value: String {
    guard cell.hasValue else { return "" }
    switch cell.kind {
    case "s":
      guard let place = Int(text), book.texts.indices.contains(place) else { return "" }
      return book.texts[place]
    case "n", "":
      guard !text.isEmpty else { return "" }
      let (shown, isHidden) = format.text(text, countsFrom1904: book.countsFrom1904)
      if isHidden { hidden.add(cellName) }
      return shown
    case "b": return text == "1" ? "yes" : "no"
    case "d": return format.text(ofDay: text)
    case "e":
      errors.add(cellName)
      return WorkbookText.read(text)
    // What a formula gives, a text of the cell's own.
    default: return WorkbookText.read(text)
    }
  }

  private var format: NumberFormat {
    book.formats.indices.contains(cell.style) ? book.formats[cell.style] : NumberFormat()
  }

  /// Of the cell that is read: `B2`.
  private var cellName: String { "\(WorkbookText.letters(ofColumn: cell.column))\(row.line)" }

  /// What is merged reads as one: each cell has what stands in the first.
  private func merge(_ range: String) {
    let ends = range.split(separator: ":").map(String.init)
    guard ends.count == 2, let left = Self.column(ends[0]), let right = Self.column(ends[1]),
      let top = Self.line(ends[0]), let bottom = Self.line(ends[1]), left <= right, top <= bottom,
      (right - left + 1) * (bottom - top + 1) <= Self.mostMerged
    else { return }
    guard let first = rows.firstIndex(where: { $0.line == top }), left < rows[first].cells.count,
      !rows[first].cells[left].isEmpty
    else { return }
    merged += 1
    let text = rows[first].cells[left]
    for place in rows.indices[first...] {
      guard rows[place].line <= bottom else { break }
      while rows[place].cells.count <= right { rows[place].cells.append("") }
      for column in left...right { rows[place].cells[column] = text }
    }
  }

  /// The place of the column that a reference such as `AB12` begins with.
  static func column(_ reference: String) -> Int? {
    var column = 0
    for letter in reference.utf8 {
      let number = Int(letter & 0xDF) - 64
      guard (1...26).contains(number) else { break }
      column = column * 26 + number
      guard column <= mostColumns else { return nil }
    }
    return column > 0 ? column - 1 : nil
  }

  private static func line(_ reference: String) -> Int? { Int(reference.drop { !$0.isNumber }) }
}
