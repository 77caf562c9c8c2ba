import CommandLanguage
import RegistryModel

/// The words of what is refused of rows of a result, sorted by code.
extension Failures {
  static func columnOfNoProperty(_ name: String, _ span: Span) -> Failure {
    Failure(
      code: "column-of-nothing", "no statement stands behind \(name): it is counted or put together",
      help: "why row NUMBER shows what stands behind the row", at: span)
  }
  static func nothingBehind(_ number: Int, _ span: Span) -> Failure {
    Failure(
      code: "nothing-behind", "nobody says which statements stand behind row \(number)",
      help: "why KEY.PROPERTY and why @ID show what a value rests on", at: span)
  }
  static func nothingShown(_ span: Span) -> Failure {
    Failure(
      code: "no-result", "there is no result whose rows could be asked about, or it was too large to be kept",
      help: "list, count, sql or run an analysis first", at: span)
  }
  static func oneTable(_ name: Word) -> Failure {
    Failure(
      code: "one-table", "the last result has one table, and none called \(name.content)",
      help: "leave of \(name.content) out", at: name.span)
  }
  static func unknownColumn(_ word: Word, _ columns: [String]) -> Failure {
    Failure(
      code: "unknown-column", "the last result has no column \(word.content)",
      help: didYouMean(nearest(to: word.content, in: columns)) ?? "it has " + columns.joined(separator: ", "),
      at: word.span)
  }
  static func unknownRow(_ number: Int, of count: Int, _ span: Span) -> Failure {
    Failure(
      code: "unknown-row", "the last result has no row \(number)",
      help: count == 0 ? "it has none" : "its rows are 1 to \(count)", at: span)
  }
  static func unknownTable(_ name: Word, _ names: [String]) -> Failure {
    Failure(
      code: "unknown-table", "the last result has no table \(name.content)",
      help: didYouMean(nearest(to: name.content, in: names)) ?? "it has " + names.joined(separator: ", "),
      at: name.span)
  }
}
