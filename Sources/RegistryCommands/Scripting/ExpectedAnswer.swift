import CommandLanguage
import RegistryModel
import RegistryStore

/// What a script expects of an answer.
struct ExpectedAnswer {
  var count: ComparisonSyntax?
  var contains: [Word]
  var gives: Word?
  var isEmpty: Bool
  var isNotEmpty: Bool

  var isNothing: Bool { count == nil && contains.isEmpty && gives == nil && !isEmpty && !isNotEmpty }

  /// - Throws: the first that does not hold.
  func test(_ answer: Answer, _ text: String, _ span: Span) throws(Failure) {
    if let gives, !ExpectedAnswer.isSame(gives.content, text) {
      throw Failures.unexpectedAnswer(
        LineDifference.words(from: ExpectedAnswer.lines(gives.content), to: ExpectedAnswer.lines(text)),
        gives.span)
    }
    for word in contains where !text.contains(word.content) {
      throw Failures.missingInAnswer(word, text)
    }
    let rows = answer.rowCount
    if isEmpty, rows > 0 { throw Failures.unexpectedRows(rows, ExpectedAnswer.beginning(of: text), span) }
    if isNotEmpty, rows == 0 { throw Failures.expectedRows(span) }
    if let count {
      let number = answer.countedNumber
      guard number.satisfies(count) else { throw Failures.unexpectedCount(number, count, span) }
    }
  }

  /// Whether two texts are the same but for blanks at the ends of lines and empty lines around them.
  static func isSame(_ one: String, _ other: String) -> Bool { lines(one) == lines(other) }

  static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      String(line.reversed().drop { $0.isWhitespace }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines
  }

  private static func beginning(of text: String) -> String {
    text.split(separator: "\n").prefix(11).joined(separator: "\n")
  }
}

extension Int {
  fileprivate func satisfies(_ comparison: ComparisonSyntax) -> Bool {
    switch comparison.sign {
    case .equal: self == comparison.number
    case .unequal: self != comparison.number
    case .less: self < comparison.number
    case .lessOrEqual: self <= comparison.number
    case .greater: self > comparison.number
    case .greaterOrEqual: self >= comparison.number
    case .like: false
    }
  }
}

extension Answer {
  private var tables: [ResultTable] {
    results.compactMap { result in if case .table(let table) = result.content { table } else { nil } }
  }

  var rowCount: Int { tables.reduce(0) { $0 + $1.rows.count } }

  /// Of a single row that begins with a number, the last number of it: what `count` counts today. Else how many rows there
  /// are.
  var countedNumber: Int {
    guard tables.count == 1, let row = tables[0].rows.first, tables[0].rows.count == 1,
      case .integer? = row.first, case .integer(let number)? = row.last
    else { return rowCount }
    return Int(clamping: number)
  }
}

/// What commands answer, as scripts compare it.
public struct ComparedAnswers {
  private let session: Session
  private var store: any RegistryStore { session.store }

  public init(_ session: Session) { self.session = session }

  /// A text in quotes in which it stands as it is, as `gives` has it.
  public static func expected(_ text: String) -> String { ExpectationRecorder.quoted(text) }

  /// What a command answers, whatever it does.
  /// - Parameter keepsNothing: whether nothing of it is kept where it fails.
  func answer(to command: CommandSyntax, keepsNothing: Bool) throws(Failure) -> Answer {
    var answer = Answer.nothing
    guard keepsNothing, store.isInTransaction else {
      try carryOutInBraces(command) { answer.append($0) }
      return answer
    }
    let gathered = session.transactor.gathered
    do throws(Failure) {
      try store.atomically { () throws(Failure) in try carryOutInBraces(command) { answer.append($0) } }
      return answer
    } catch {
      session.transactor.gathered = gathered
      throw error
    }
  }

  private func carryOutInBraces(_ command: CommandSyntax, _ emit: (Answer) throws(Failure) -> Void)
    throws(Failure)
  {
    let depth = session.texts.count
    if depth > 0 { session.texts[depth - 1].openBraces += 1 }
    defer { if depth > 0 { session.texts[depth - 1].openBraces -= 1 } }
    try session.execute(command, emit)
  }

  /// An answer as a script compares it: tables tab-separated, texts, and what happened in words behind `-- `.
  public func text(of answer: Answer) -> String {
    var text = ""
    for result in answer.results {
      switch result.content {
      case .text(let words): text += words + "\n"
      case .table(let table):
        if var writer = session.tableText?("tsv", table.columns, false) {
          text += writer.opening() + writer.text(table.rows) + writer.closing()
        } else {
          for row in [table.columns.map(\.name)] + table.rows.map({ $0.map(\.plainText) }) {
            text += row.joined(separator: "\t") + "\n"
          }
        }
      }
    }
    return text + answer.messages.map { "-- \($0)\n" }.joined()
  }
}
