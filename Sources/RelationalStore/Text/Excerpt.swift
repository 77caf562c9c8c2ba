internal import RegistryModel

/// What is shown of a text that was found: some words around those that were looked for, which stand between `«` and `»`.
///
/// The window is chosen as FTS5's `snippet` does: the one in which the most of what was looked for stands, rather from
/// the beginning of a sentence on.
struct Excerpt {
  /// What was looked for, each a word or several that follow each other, folded.
  private let phrases: [[String]]
  /// Whether the last word may be a beginning.
  private let isOpen: Bool
  private let length = 24

  init(_ terms: [String], isOpen: Bool) {
    phrases = terms.map { foldedWords(of: $0).map(\.text) }.filter { !$0.isEmpty }
    self.isOpen = isOpen
  }

  private struct Match {
    var phrase: Int
    var words: Range<Int>
  }

  func of(_ text: String) -> String {
    let words = foldedWords(of: text)
    let matches = matches(in: words)
    let first = bestStart(words, matches, text)
    let shown = first..<min(first + length, words.count)
    guard let start = shown.first.map({ $0 > 0 ? words[$0].range.lowerBound : text.startIndex }) else {
      return text
    }
    let end = shown.upperBound < words.count ? words[shown.upperBound - 1].range.upperBound : text.endIndex
    var excerpt = first > 0 ? "…" : ""
    var rest = start
    for marked in joined(matches).map({ $0.clamped(to: shown) }) where !marked.isEmpty {
      let (opening, closing) = (
        words[marked.lowerBound].range.lowerBound, words[marked.upperBound - 1].range.upperBound
      )
      excerpt += text[rest..<opening] + "«" + text[opening..<closing] + "»"
      rest = closing
    }
    return excerpt + text[rest..<end] + (shown.upperBound < words.count ? "…" : "")
  }

  private func matches(in words: [FoldedWord]) -> [Match] {
    var found: [Match] = []
    for place in words.indices {
      for (number, phrase) in phrases.enumerated() where place + phrase.count <= words.count {
        let isLast = isOpen && number == phrases.count - 1
        let fits = phrase.indices.allSatisfy {
          let word = words[place + $0].text
          return isLast && $0 == phrase.count - 1 ? word.hasPrefix(phrase[$0]) : word == phrase[$0]
        }
        if fits { found.append(Match(phrase: number, words: place..<place + phrase.count)) }
      }
    }
    return found
  }

  /// Matches that overlap as one.
  private func joined(_ matches: [Match]) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for match in matches.map(\.words) {
      if let last = joined.last, match.lowerBound < last.upperBound {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, match.upperBound)
      } else {
        joined.append(match)
      }
    }
    return joined
  }

  private func bestStart(_ words: [FoldedWord], _ matches: [Match], _ text: String) -> Int {
    guard words.count > length else { return 0 }
    let sentences = words.indices.filter { beginsSentence(words[$0], isFirst: $0 == 0, text) }
    var best = (score: 0, start: 0)
    for match in matches {
      let place = match.words.lowerBound
      let (score, start) = score(matches, from: place, of: words.count)
      if score > best.score { best = (score, start) }
      let begun = sentences.partitioningIndex { $0 > place }
      guard begun > 0, sentences[begun - 1] < place else { continue }
      let sentence = sentences[begun - 1]
      let preferred = self.score(matches, from: sentence, of: words.count).score + (sentence == 0 ? 120 : 100)
      if preferred > best.score { best = (preferred, sentence) }
    }
    return best.start
  }

  /// How much of what was looked for stands in a window, each phrase above all once, and where the window begins when
  /// that is brought into its middle.
  private func score(_ matches: [Match], from place: Int, of count: Int) -> (score: Int, start: Int) {
    let inside = matches[matches.partitioningIndex { $0.words.lowerBound >= place }...].prefix {
      $0.words.lowerBound < place + length
    }
    guard let first = inside.first?.words.lowerBound, let last = inside.last?.words.upperBound else {
      return (0, place)
    }
    let phrases = Set(inside.map(\.phrase)).count
    let start = first - (length - (last - first)) / 2
    return (phrases * 1000 + inside.count - phrases, max(0, min(start, count - length)))
  }

  private func beginsSentence(_ word: FoldedWord, isFirst: Bool, _ text: String) -> Bool {
    if isFirst { return true }
    // Only what stands just before the word is looked at: a text may be megabytes long.
    var place = word.range.lowerBound
    var isApart = false
    while place > text.startIndex {
      let last = text[text.index(before: place)]
      guard last == " " || last.isNewline || last == "\t" else {
        return isApart && (last == "." || last == ":")
      }
      isApart = true
      place = text.index(before: place)
    }
    return isApart
  }
}
