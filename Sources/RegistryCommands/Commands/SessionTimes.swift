import CommandLanguage

extension SessionWords {
  /// The one word, before which `by` may stand, as in the clauses of commands.
  func wordBehindBy() throws(Failure) -> Word? {
    let words = list.first?.content == "by" ? Array(list.dropFirst()) : list
    if list.count == 1, words.isEmpty { throw Failures.sessionWordMissing("date", name) }
    if words.count > 1 { throw Failures.sessionWordTooMuch(words[1], name, takes: 1) }
    return words.first
  }
}
