internal import RelationalStore

/// Answers to questions that were asked before their turn came (``SQLEngine/ask(ahead:)``): they are true until anything is
/// written.
struct AnsweredAhead {
  private var answers: [String: [(arguments: [SQL], rows: ServerRows, columns: [SQLColumn])]] = [:]

  mutating func keep(_ question: SQLQuestion, _ rows: ServerRows, _ columns: [SQLColumn]) {
    answers[question.sql, default: []].append((question.arguments, rows, columns))
  }

  func answer(_ sql: String, _ arguments: [SQL]) -> (rows: ServerRows, columns: [SQLColumn])? {
    guard let found = answers[sql]?.first(where: { $0.arguments == arguments }) else { return nil }
    return (found.rows, found.columns)
  }

  mutating func forget() {
    if !answers.isEmpty { answers.removeAll(keepingCapacity: true) }
  }
}

/// A question that goes with the lock of the writer.
struct AskedWithLock {
  var question: SQLQuestion
  var columns: [SQLColumn]
  /// What `EXECUTE` is told.
  var execution: String
}
