internal import RegistryModel
internal import RegistryStore

/// What a reader types, for queries of FTS5: every word must be there, the last, unless it is a number, as a beginning;
/// what stands in quotes is a phrase. Nothing in the text has a meaning to FTS5.
struct SearchWords {
  /// Words and phrases, folded.
  private(set) var terms: [String] = []
  /// Whether the last may be a beginning.
  private(set) var isOpen = false

  init(_ text: String) {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      // Between an odd and an even quote stands a phrase; a quote that is never closed is none.
      if index % 2 == 1, index < parts.count - 1 {
        terms.append(String(part))
      } else {
        terms += part.split(whereSeparator: \.isWhitespace).map(String.init)
      }
    }
    terms = terms.map(foldedName).filter { $0.contains { $0.isLetter || $0.isNumber } }
    // A number is whole as it stands: 62 is not the beginning of 620.
    if let last = terms.last, last.contains(where: \.isLetter), let character = text.last, character != "\"",
      !character.isWhitespace
    {
      isOpen = true
    }
  }

  /// The words as they stand.
  var whole: String { Self.query(terms) }
  /// All but the last.
  var others: String { Self.query(Array(terms.dropLast())) }
  /// The last as a beginning.
  var open: String { whole + "*" }

  /// Whether the last is a word as FTS5 sees it.
  var endsInLetters: Bool {
    terms.last.map { searchedText($0).allSatisfy { $0.isLetter || $0.isNumber } } ?? false
  }

  /// The first word of a folded text that begins as the last of these does.
  func completed(in text: String) -> String? {
    guard let last = terms.last.map(searchedText) else { return nil }
    return text.split { !$0.isLetter && !$0.isNumber }.first { $0.hasPrefix(last) }.map(String.init)
  }

  private static func query(_ terms: [String]) -> String {
    terms.map { "\"\(searchedText($0).doubling("\""))\"" }.joined(separator: " ")
  }
}
