import CommandLanguage
import RegistryModel
import RegistryStore

/// What `.on`, `.published` and `.recorded` set.
extension Session {
  /// A word as a transaction or a date.
  func recordedPoint(_ word: Word) throws(Failure) -> RecordedPoint {
    guard word.content.first == "t", Int64(word.content.dropFirst()) != nil else {
      return .date(try date(word))
    }
    let name = NameSyntax(.transaction, String(word.content.dropFirst()), word.span)
    return .transaction(try knownTransaction(name))
  }

  /// Says from where is asked now.
  func tellTimes() -> Answer {
    let times = timesInForce
    return .message(
      times.isEmpty ? "reading all time, all sources, the registry as it is" : "reading\(times)")
  }
}

extension SessionWords {
  /// The one word, before which `by` may stand, as in the clauses of commands.
  func wordBehindBy() throws(Failure) -> Word? {
    let words = list.first?.content == "by" ? Array(list.dropFirst()) : list
    if list.count == 1, words.isEmpty { throw Failures.sessionWordMissing("date", name) }
    if words.count > 1 { throw Failures.sessionWordTooMuch(words[1], name, takes: 1) }
    return words.first
  }
}
