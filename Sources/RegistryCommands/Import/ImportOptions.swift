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

  static let clauses = [
    ClauseSignature(
      "as", .choice(Format.allCases.map(\.rawValue)), "the format, where the file's name does not tell it"),
    ClauseSignature(
      "encoding", .textOrWord, "utf-8, utf-16, latin-1 or windows-1252; a mark at the start tells it too"),
    ClauseSignature(
      "delimiter", .textOrWord, "what stands between fields, where the header does not show it: \";\" or tab"),
    ClauseSignature("decimal", .text, "the decimal mark, \",\" or \".\"; the other one then groups digits"),
    ClauseSignature("dates", .text, "how dates are written beside EDTF: \"DD.MM.YYYY\""),
    ClauseSignature("blank", .text, "a text that stands for nothing, such as \"NA\"", repeats: true),
    ClauseSignature("split", .text, "what stands between several values in one field"),
    ClauseSignature("keep going", .flag, "keep the good rows and list the bad ones"),
    ClauseSignature(
      "unmatched", .text, "write the names that nothing has to this file, to be mapped and fed in"),
    ClauseSignature(
      "limit", .integer,
      "with --dry-run, how many of the changes are shown; \(ImportPreview.usual) unless told"),
  ]

  init(_ command: CommandSyntax, path: String) throws(Failure) {
    switch URL(filePath: path).pathExtension.lowercased() {
    case "tsv", "tab": format = .tsv
    case "jsonl", "ndjson", "json": format = path.hasSuffix(".ftm.json") ? .ftm : .jsonl
    case "ftm": format = .ftm
    default: break
    }
    for clause in command.clauses { try read(clause) }
    if format == .tsv, delimiter == nil { delimiter = UInt8(ascii: "\t") }
  }

  private mutating func read(_ clause: ClauseSyntax) throws(Failure) {
    switch (clause.keyword.content, clause.argument) {
    case ("as", .word(let word)): format = Format(rawValue: word.content) ?? format
    case ("encoding", .text(let word)):
      guard let named = TextEncoding(named: word.content) else {
        throw Failures.unknownChoice(
          word.content, of: "encoding", TextEncoding.allCases.map(\.rawValue), word.span)
      }
      encoding = named
    case ("delimiter", .text(let word)):
      let text = word.content == "tab" ? "\t" : word.content
      guard let byte = text.utf8.first, text.utf8.count == 1, byte != UInt8(ascii: "\""), byte != 0x0A else {
        throw Failures.wrongKind("\"\(word.content)\"", expected: "one sign such as \";\", or tab", word.span)
      }
      delimiter = byte
    case ("decimal", .text(let word)):
      guard let mark = word.content.first, word.content == "," || word.content == "." else {
        throw Failures.wrongKind("\"\(word.content)\"", expected: "\",\" or \".\"", word.span)
      }
      decimalMark = mark
    case ("dates", .text(let word)):
      guard let pattern = DatePattern(word.content) else {
        throw Failures.wrongKind(
          "\"\(word.content)\"", expected: "a pattern of D, M and YYYY such as \"DD.MM.YYYY\"", word.span)
      }
      dates = pattern
    case ("blank", .text(let word)): blanks.insert(word.content)
    case ("split", .text(let word)):
      guard !word.content.isEmpty else {
        throw Failures.wrongKind("\"\"", expected: "what stands between the values, such as \";\"", word.span)
      }
      split = word.content
    case ("keep going", _): keepsGoing = true
    case ("unmatched", .text(let word)): unmatched = word.content
    default: break
    }
  }
}
