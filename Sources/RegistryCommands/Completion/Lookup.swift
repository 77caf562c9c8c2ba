import CommandLanguage

/// How what is typed selects among what can stand there.
enum Lookup {
  case prefix(String)
  /// Slips, and parts of a name, for what no candidate begins with.
  case near(String)

  /// How many are offered for a word that none begins with.
  static let nearLimit = 12
  /// Of so many statements of a thing is looked at which properties it has.
  static let mostStated = 5_000

  /// Whether something is typed yet.
  var isBegun: Bool {
    if case .prefix(let prefix) = self { return !prefix.isEmpty }
    return true
  }

  func choose(_ all: [Completion.Candidate]) -> [Completion.Candidate] {
    switch self {
    case .prefix(let prefix): return prefix.isEmpty ? all : all.filter { $0.text.hasPrefix(prefix) }
    case .near(let word):
      let wanted = word.lowercased()
      let parts = all.filter { $0.text.lowercased().contains(wanted) }
      let slips = nearest(to: word, in: all.map(\.text), limit: Self.nearLimit)
      let similar = slips.compactMap { slip in all.first { $0.text == slip } }
      let chosen = parts + similar.filter { !parts.contains($0) }
      return Array(
        (chosen.isEmpty ? all.filter { Self.skips(wanted, $0.text) } : chosen).prefix(Self.nearLimit))
    }
  }

  /// Whether the word is the text with letters left out: `rbl` of `rollback`.
  private static func skips(_ word: String, _ text: String) -> Bool {
    guard word.first == text.lowercased().first else { return false }
    var rest = word[...]
    for letter in text.lowercased() where letter == rest.first { rest = rest.dropFirst() }
    return rest.isEmpty
  }
}
