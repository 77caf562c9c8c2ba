import RegistryModel

/// All that is said in a cell, as it is asked about each two of it.
final class SaidBeside {
  let edges: PeriodEdges
  private let all: [Testimony]
  /// Of the claims that say when they begin, in that order: the first day on which each can have begun, and the first on which
  /// it, or one that begins no earlier, has certainly begun.
  private lazy var beginnings: [(start: Day, begun: Day)] = {
    var found = all.compactMap { testimony -> (start: Day, begun: Day)? in
      guard testimony.stance == .claims, let start = testimony.period.start,
        let begun = testimony.period.startedBy
      else { return nil }
      return (start.lowerBound, begun)
    }.sorted { $0.start < $1.start }
    for index in found.indices.dropLast().reversed() {
      found[index].begun = min(found[index].begun, found[index + 1].begun)
    }
    return found
  }()

  init(_ all: [Testimony]) {
    self.all = all
    edges = PeriodEdges(all)
  }

  /// Whether a claim can have begun after one day at the earliest, and has certainly begun before another.
  func hasBegun(after first: Day, before last: Day) -> Bool {
    let place = beginnings.partitioningIndex { $0.start > first }
    return place < beginnings.count && beginnings[place].begun < last
  }
}
