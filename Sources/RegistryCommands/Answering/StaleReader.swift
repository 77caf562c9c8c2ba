import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// Finds what is to be looked at again: statements past the date that was set for them, or for longer without new evidence
/// than what is said of their property is good.
struct StaleReader: CommandReader {
  let interpreter: Interpreter

  /// A statement that is past its date.
  struct Stale {
    var record: StatementRecord
    /// The last day on which it was good.
    var due: Day
    /// Why then.
    var because: String
  }

  /// What is past its date on a day, the longest first.
  /// - Parameter path: whose, and which of their statements; nothing for all.
  func stale(on day: Day, at path: PathSyntax?, _ span: Span) throws(Failure) -> [Stale] {
    let schema = try schema(at: span)
    var subjects: [Key]?
    var wanted: [Key]?
    var qualifiers: [Qualifier] = []
    if let path {
      subjects = [try entity(path.name).key]
      if let word = path.properties.first {
        guard path.properties.count == 1 else {
          throw Failures.onePropertyAtATime(subjects?.first ?? BuiltIn.entity, word)
        }
        wanted = schema.propertyAndNarrower(of: try property(word, schema).key)
      }
      qualifiers = try interpreter.qualifiers(path.qualifiers, schema)
    }
    let periods = Self.periods(schema)
    let times = Times(on: PartialDate(day: day), today: context.today)
    func read(_ properties: [Key]?, isReviewed: Bool) throws(Failure) -> [StatementRecord] {
      var selection = StatementSelection(
        subjects: subjects, properties: properties, tellsHeld: true, includesOver: true, tellsStanding: true)
      (selection.tellsReview, selection.isReviewed) = (true, isReviewed)
      return try storing(span) { () throws(StoreProblem) in try store.statements(selection, times) }
    }
    // What has a date of its own follows that, whatever its property says.
    let reviewed = try read(wanted, isReviewed: true).filter { $0.isClaimed || $0.isDenied }
    let ruled = periods.keys.filter { wanted?.contains($0) ?? true }.sorted()
    let others =
      ruled.isEmpty ? [] : try read(ruled, isReviewed: false).filter { $0.review == nil && $0.goesOn }
    var found: [Stale] = reviewed.compactMap { record in
      guard let review = record.review, review.due.latest < day else { return nil }
      let because = "review by \(review.due.edtf)" + (review.reason.map { ": \($0)" } ?? "")
      return Stale(record: record, due: review.due.latest, because: because)
    }
    let evidence = try evidence(of: others, span)
    for record in others {
      guard let period = periods[record.statement.property], let last = evidence[record.id] else { continue }
      let due = period.end(from: last.day)
      if due < day { found.append(Stale(record: record, due: due, because: "\(period) after \(last.words)")) }
    }
    return found.filter { $0.record.statement.has(qualifiers) }.sorted {
      ($0.due, $0.record.statement.subject, $0.record.statement.property, $0.record.id.digest)
        < ($1.due, $1.record.statement.subject, $1.record.statement.property, $1.record.id.digest)
    }
  }

  /// For how long what is said of properties is good: of each by itself, or by the nearest that it narrows.
  static func periods(_ schema: Schema) -> [Key: ReviewPeriod] {
    var found: [Key: ReviewPeriod] = [:]
    for key in schema.properties.keys {
      found[key] = schema.propertyAndBroader(of: key).lazy.compactMap { schema.properties[$0]?.review }.first
    }
    return found
  }

  /// Of when the newest evidence of a statement is.
  private struct Evidence {
    var day: Day
    /// `2026-01-13 (courier)`
    var words: String
  }

  private func evidence(of records: [StatementRecord], _ span: Span) throws(Failure) -> [StatementID:
    Evidence]
  {
    let book = try context.sourceBook(of: records, .all)
    var recorded: [TransactionID: Evidence] = [:]
    var found: [StatementID: Evidence] = [:]
    for record in records {
      let dated = record.citations.compactMap { citation -> (date: PartialDate, source: Key)? in
        let data = book[citation.book]
        return (data?.published ?? data?.retrieved).map { ($0, citation.source) }
      }
      if let newest = dated.max(by: { ($0.date.latest, $1.source) < ($1.date.latest, $0.source) }) {
        found[record.id] = Evidence(
          day: newest.date.latest, words: "\(newest.date.edtf) (\(newest.source))")
        continue
      }
      if recorded[record.recorded] == nil {
        let transaction = try storing(span) { () throws(StoreProblem) in
          try store.transaction(record.recorded)
        }
        let text = String(transaction?.at.prefix(10) ?? "")
        if let date = try? PartialDate(edtf: text) {
          recorded[record.recorded] = Evidence(
            day: date.latest, words: "\(text), when \(record.recorded) recorded it: no source has a date")
        }
      }
      found[record.id] = recorded[record.recorded]
    }
    return found
  }

  /// By when statements are to be looked at again, for `why`.
  func reviewNotes(
    _ records: [StatementRecord], _ schema: Schema, _ times: Times
  ) throws(Failure) -> [String] {
    guard !records.isEmpty else { return [] }
    var selection = StatementSelection(ids: records.map(\.id), includesOver: true)
    (selection.tellsReview, selection.isReviewed) = (true, true)
    let reviewed = try storing(nil) { () throws(StoreProblem) in try store.statements(selection, times) }
    var notes = reviewed.compactMap { record -> String? in
      guard let review = record.review else { return nil }
      return "\(record.id.short): review by \(review.due.edtf)" + (review.reason.map { ": \($0)" } ?? "")
    }
    let periods = Self.periods(schema)
    for property in Set(records.map(\.statement.property)).sorted() {
      if let period = periods[property] { notes.append("what is said of \(property) is good for \(period)") }
    }
    return notes
  }
}

extension StatementRecord {
  /// Whether it is what holds, or may hold, on the date asked for: what ended or was passed over does not become old.
  fileprivate var goesOn: Bool {
    guard rank >= .normal else { return false }
    return isClaimed ? isChosen && holdsPossibly : isDenied
  }
}
