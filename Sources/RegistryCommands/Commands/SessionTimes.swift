import CommandLanguage
import RegistryModel
import RegistryStore

/// What `.on`, `.published` and `.recorded` set.
extension Session {
  /// The one word of a session command as a date; nothing where there is none.
  func setDate(_ words: [String], _ span: Span) throws(Failure) -> PartialDate? {
    try oneWord(words, span).map { (word) throws(Failure) in try date(word, span) }
  }

  /// The one word as a transaction or a date.
  func setPoint(_ words: [String], _ span: Span) throws(Failure) -> RecordedPoint? {
    guard let word = try oneWord(words, span) else { return nil }
    guard word.first == "t", let number = Int64(word.dropFirst()) else { return .date(try date(word, span)) }
    return .transaction(TransactionID(number))
  }

  /// Says from where is asked now.
  func tellTimes() -> Answer {
    let times = timesInForce
    return .message(
      times.isEmpty ? "reading all time, all sources, the registry as it is" : "reading\(times)")
  }

  /// `by` may stand before it, as in the clauses of commands.
  private func oneWord(_ words: [String], _ span: Span) throws(Failure) -> String? {
    let words = words.first == "by" ? Array(words.dropFirst()) : words
    guard words.count <= 1 else {
      throw Failures.notHere("one date is set at a time", ".on 2026-01-12, and .on alone clears it", span)
    }
    return words.first
  }
}
