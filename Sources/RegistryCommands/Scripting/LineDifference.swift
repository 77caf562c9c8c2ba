/// How two texts differ, line by line.
enum LineDifference {
  /// So many lines are compared at most, and so many shown.
  private static let (most, shown) = (2_000, 60)

  /// Lines that went behind `-`, lines that came behind `+`, those beside them behind a blank.
  static func words(from old: [String], to new: [String]) -> String {
    let (old, new) = (Array(old.prefix(most)), Array(new.prefix(most)))
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [(mark: String, text: String)] = []
    var (one, other) = (0, 0)
    while one < old.count || other < new.count {
      if removed.contains(one) {
        lines.append(("-", old[one]))
        one += 1
      } else if inserted.contains(other) {
        lines.append(("+", new[other]))
        other += 1
      } else {
        lines.append((" ", one < old.count ? old[one] : new[other]))
        (one, other) = (one + 1, other + 1)
      }
    }
    let near = lines.indices.filter { place in
      lines[max(0, place - 2)..<min(lines.count, place + 3)].contains { $0.mark != " " }
    }
    let words = near.prefix(shown).map { lines[$0].mark + " " + lines[$0].text }
    return (words + (near.count > shown ? ["  …"] : [])).joined(separator: "\n")
  }
}
