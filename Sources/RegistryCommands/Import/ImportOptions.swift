import CommandLanguage
import FoundationEssentials
import RegistryModel

/// How files are to be read.
struct ImportOptions: Sendable {
  enum Format: String, CaseIterable, Sendable { case csv, tsv, jsonl, ftm, xlsx }
  /// What is made of the rows.
  enum Use: Sendable {
    /// What a mapping says.
    case mapped
    /// The edits of a table that `export` wrote.
    case edited
    case followTheMoney
  }

  let use: Use
  /// For each file, in their order.
  let formats: [Format]
  var encoding: TextEncoding?
  /// The sheet of workbooks; nothing for the first.
  private(set) var sheet: Word?
  private var delimiter: UInt8?
  var decimalMark: Character?
  var dates: DatePattern?
  /// Texts that mean that nothing is said, beside an empty field.
  var blanks: Set<String> = []
  /// What stands between the values of one field.
  var split: String?
  var keepsGoing = false
  /// Whether of a row in which a cell is bad the rest is recorded.
  var keepsCells = false
  /// The rows that are read.
  var filter: RowFilter?
  /// What stands for columns that a file has not.
  var constants: [AssignmentSyntax] = []
  /// The file to which the names that nothing has are written.
  var unmatched: Word?
  /// The file to which the rows are written that cannot be recorded.
  var rejects: Word?
  private(set) var rejectsAreJSON = false

  private static let format = Clause<Format>(
    "as", .choice, "the format, where the file's name does not tell it")
  private static let encoding = Clause(
    "encoding", .textOrWord, "utf-8, utf-16, latin-1 or windows-1252; a mark at the start tells it too")
  private static let sheet = Clause("sheet", .text, "of a workbook of Excel: the sheet; else the first")
  private static let delimiter = Clause(
    "delimiter", .textOrWord, "what stands between fields, where the header does not show it: \";\" or tab")
  private static let decimal = Clause(
    "decimal", .text, "the decimal mark, \",\" or \".\"; the other one then groups digits")
  private static let dates = Clause("dates", .text, "how dates are written beside EDTF: \"DD.MM.YYYY\"")
  private static let blank = RepeatableClause(
    "blank", .text, "a text that stands for nothing, such as \"NA\"")
  private static let split = Clause("split", .text, "what stands between several values in one field")
  private static let onlyWhere = Clause(
    "only where", .condition, "leave out the other rows: $column (is filled), $column = \"text\"")
  private static let constant = RepeatableClause(
    "with", .assignment, "what a column stands for that a file has not: $region = \"EU\"")
  private static let keepGoing = Flag("keep going", "keep the good rows and list the bad ones")
  private static let keepCells = Flag(
    "keep cells", "of a row with a bad cell leave out only what speaks of that cell, and list the cells")
  private static let unmatched = Clause(
    "unmatched", .file, "write the names that nothing has to this file, to be mapped and fed in")
  private static let rejects = Clause(
    "rejects", .file, "write every row that cannot be recorded to this file, with the reason")
  static let limit = SelectionClauses.limit.meaning(
    "with --dry-run, how many of the changes are shown; \(ImportOptions.usualTold) unless told")
  /// So many changes a dry run shows unless a clause says otherwise.
  static let usualTold = 20

  static let clauses: [ClauseSignature] = [
    onlyWhere.signature, constant.signature, format.signature, encoding.signature, sheet.signature,
    delimiter.signature,
    decimal.signature, dates.signature, blank.signature, split.signature, keepGoing.signature,
    keepCells.signature, unmatched.signature, rejects.signature, limit.signature,
  ]

  /// Reads what has an effect on these files; the rest is refused as having none.
  init(_ command: Invocation, _ paths: [Word], isMapped: Bool) throws(Failure) {
    let asked = command[Self.format]
    formats = paths.map { asked ?? Self.format(of: $0.content) }
    let areEntities = !isMapped && formats.allSatisfy { $0 == .ftm }
    use = isMapped ? .mapped : areEntities ? .followTheMoney : .edited
    if formats.contains(where: { $0 != .xlsx }) { try readEncoding(command) }
    if formats.contains(.xlsx) { sheet = command[Self.sheet] }
    if formats.contains(.csv) || formats.contains(.tsv) { try readDelimiter(command) }
    if use != .followTheMoney {
      try readForms(command)
      filter = try command[Self.onlyWhere].map { (condition) throws(Failure) in try RowFilter(condition) }
      unmatched = command[Self.unmatched]
    }
    if use == .mapped {
      try readMappingClauses(command)
      keepsCells = command[Self.keepCells]
    }
    keepsGoing = command[Self.keepGoing]
    rejects = command[Self.rejects]
    guard let rejects else { return }
    let tables: [Format] = [.csv, .tsv, .xlsx]
    let isTable = tables.contains(formats[0])
    rejectsAreJSON = Self.format(of: rejects.content) == .jsonl
    guard formats.allSatisfy({ tables.contains($0) == isTable }), isTable != rejectsAreJSON,
      Self.format(of: rejects.content) != .xlsx
    else {
      throw Failures.rejectsFormat(rejects, isTable: isTable)
    }
  }

  private static func format(of path: String) -> Format {
    switch URL(filePath: path).pathExtension.lowercased() {
    case "tsv", "tab": .tsv
    case "jsonl", "ndjson", "json": path.hasSuffix(".ftm.json") ? .ftm : .jsonl
    case "ftm": .ftm
    case "xlsx", "xlsm": .xlsx
    default: .csv
    }
  }

  /// What stands between the fields of a file, where that is known.
  func delimiter(of format: Format) -> UInt8? { delimiter ?? (format == .tsv ? UInt8(ascii: "\t") : nil) }

  private mutating func readEncoding(_ command: Invocation) throws(Failure) {
    guard let word = command[Self.encoding] else { return }
    guard let named = TextEncoding(named: word.content) else {
      throw Failures.unknownChoice(
        word.content, of: "encoding", TextEncoding.allCases.map(\.rawValue), word.span)
    }
    encoding = named
  }

  private mutating func readDelimiter(_ command: Invocation) throws(Failure) {
    guard let word = command[Self.delimiter] else { return }
    let text = word.content == "tab" ? "\t" : word.content
    guard let byte = text.utf8.first, text.utf8.count == 1, byte != UInt8(ascii: "\""), byte != 0x0A else {
      throw Failures.wrongKind("\"\(word.content)\"", expected: "one sign such as \";\", or tab", word.span)
    }
    delimiter = byte
  }

  /// How numbers and dates are written.
  private mutating func readForms(_ command: Invocation) throws(Failure) {
    if let word = command[Self.decimal] {
      guard let mark = word.content.first, word.content == "," || word.content == "." else {
        throw Failures.wrongKind("\"\(word.content)\"", expected: "\",\" or \".\"", word.span)
      }
      decimalMark = mark
    }
    if let word = command[Self.dates] {
      guard let pattern = DatePattern(word.content) else {
        throw Failures.wrongKind(
          "\"\(word.content)\"", expected: "a pattern of D, M and YYYY such as \"DD.MM.YYYY\"", word.span)
      }
      dates = pattern
    }
  }

  private mutating func readMappingClauses(_ command: Invocation) throws(Failure) {
    for word in command[Self.blank] { blanks.insert(word.content) }
    if let word = command[Self.split] {
      guard !word.content.isEmpty else {
        throw Failures.wrongKind("\"\"", expected: "what stands between the values, such as \";\"", word.span)
      }
      split = word.content
    }
    constants = command[Self.constant]
    for (place, constant) in constants.enumerated()
    where constants[..<place].contains(where: { $0.name.content == constant.name.content }) {
      throw Failures.constantTwice(constant.name)
    }
  }
}
