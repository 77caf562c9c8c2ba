/// The names that a mistyped word most likely stands for, best first.
///
/// A name that begins with the word counts as near; otherwise the Damerau–Levenshtein distance (with neighbouring
/// letters swapped as one step) may be a third of the word's length. Case does not count.
/// - Parameter limit: how many names are given at most.
public func nearest(to word: String, in names: some Sequence<String>, limit: Int = 3) -> [String] {
  // No name is longer than this, and the distance takes time by the product of the lengths.
  guard !word.isEmpty, word.utf8.count <= 64 else { return [] }
  let letters = Array(word.lowercased())
  let reach = max(1, letters.count / 3)
  var found: [(name: String, distance: Int)] = []
  for name in names where name.utf8.count <= 128 {
    let candidate = Array(name.lowercased())
    if candidate == letters {
      found.append((name, 0))
    } else if letters.count >= 2, candidate.starts(with: letters) {
      found.append((name, 1))
    } else if abs(candidate.count - letters.count) <= reach {
      let distance = editDistance(letters, candidate)
      if distance <= reach, distance < letters.count { found.append((name, distance)) }
    }
  }
  found.sort { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return found.prefix(limit).map(\.name)
}

/// The optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...second.count)
  for row in 0..<first.count {
    var current = [row + 1]
    current.reserveCapacity(second.count + 1)
    for column in 0..<second.count {
      let replaced = previous[column] + (first[row] == second[column] ? 0 : 1)
      var best = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
        best = min(best, beforePrevious[column - 1] + 1)
      }
      current.append(best)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[second.count]
}
