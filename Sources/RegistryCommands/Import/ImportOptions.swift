import CommandLanguage
import Foundation
import RegistryModel

/// How a file is to be read.
struct ImportOptions {
  enum Format: String, CaseIterable { case csv, tsv, jsonl, ftm }
  var format = Format.csv
  var encoding: TextEncoding?
  var delimiter: UInt8?
  var decimalMark: Character?
  var dates: DatePattern?
  /// Texts that mean that nothing is said, beside an empty field.
  var blanks: Set<String> = []
  /// What stands between the values of one field.
  var split: String?
  var keepsGoing = false
  /// The file to which the names that nothing has are written.
  var unmatched: String?

  /// So many changes of an import are told in a dry run.
  static let usualTold = 20

  private static let format = Clause<Format>(
    "as", .choice, "the format, where the file's name does not tell it")
  private static let encoding = Clause(
    "encoding", .textOrWord, "utf-8, utf-16, latin-1 or windows-1252; a mark at the start tells it too")
  private static let delimiter = Clause(
    "delimiter", .textOrWord, "what stands between fields, where the header does not show it: \";\" or tab")
  private static let decimal = Clause(
    "decimal", .text, "the decimal mark, \",\" or \".\"; the other one then groups digits")
  private static let dates = Clause("dates", .text, "how dates are written beside EDTF: \"DD.MM.YYYY\"")
  private static let blank = RepeatableClause(
    "blank", .text, "a text that stands for nothing, such as \"NA\"")
  private static let split = Clause("split", .text, "what stands between several values in one field")
  private static let keepGoing = Flag("keep going", "keep the good rows and list the bad ones")
  private static let unmatched = Clause(
    "unmatched", .text, "write the names that nothing has to this file, to be mapped and fed in")
  static let limit = SelectionClauses.limit.meaning(
    "with --dry-run, how many of the changes are shown; \(usualTold) unless told")
  static let clauses: [ClauseSignature] = [
    format.signature, encoding.signature, delimiter.signature, decimal.signature, dates.signature,
    blank.signature, split.signature, keepGoing.signature, unmatched.signature, limit.signature,
  ]

  init(_ command: Invocation, path: String) throws(Failure) {
    switch URL(filePath: path).pathExtension.lowercased() {
    case "tsv", "tab": format = .tsv
    case "jsonl", "ndjson", "json": format = path.hasSuffix(".ftm.json") ? .ftm : .jsonl
    case "ftm": format = .ftm
    default: break
    }
    format = command[Self.format] ?? format
    try readForm(of: command)
    for word in command[Self.blank] { blanks.insert(word.content) }
    keepsGoing = command[Self.keepGoing]
    unmatched = command[Self.unmatched]?.content
    if format == .tsv, delimiter == nil { delimiter = UInt8(ascii: "\t") }
  }

  /// How what is in the file is written.
  private mutating func readForm(of command: Invocation) throws(Failure) {
    if let word = command[Self.encoding] {
      guard let named = TextEncoding(named: word.content) else {
        throw Failures.unknownChoice(
          word.content, of: "encoding", TextEncoding.allCases.map(\.rawValue), word.span)
      }
      encoding = named
    }
    if let word = command[Self.delimiter] {
      let text = word.content == "tab" ? "\t" : word.content
      guard let byte = text.utf8.first, text.utf8.count == 1, byte != UInt8(ascii: "\""), byte != 0x0A else {
        throw Failures.wrongKind("\"\(word.content)\"", expected: "one sign such as \";\", or tab", word.span)
      }
      delimiter = byte
    }
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
    if let word = command[Self.split] {
      guard !word.content.isEmpty else {
        throw Failures.wrongKind("\"\"", expected: "what stands between the values, such as \";\"", word.span)
      }
      split = word.content
    }
  }
}
