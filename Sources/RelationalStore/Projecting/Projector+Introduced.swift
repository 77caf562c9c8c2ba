internal import RegistryStore

/// What is new and says nothing that could be to be decided: what is projected of it follows from its claims, and nothing is
/// asked. Most edits are of this kind, and each question is a way to a server and back.
extension Projector {
  /// The things that were made since the projections were brought up to date; nil where anything else changed too, or more is
  /// to be known of them.
  func introduced(by changes: Dirty) -> [Int64: Introduced]? {
    guard state.late.isNothing, changes.isOnlyFresh, let fresh = changes.fresh,
      fresh.count <= Memory.mostIntroducing
    else { return nil }
    let things = state.memory.introduced.filter { $0.value.claims?.isEmpty == false }
    // Each of the new statements is one of their claims.
    guard things.values.reduce(0, { $0 + ($1.claims?.count ?? 0) }) == fresh.count,
      things.values.allSatisfy({ $0.record != nil }),
      changes.entities.union(changes.subjects).allSatisfy({ things[$0] != nil })
    else { return nil }
    return things
  }

  func project(_ things: [Int64: Introduced], _ changes: Dirty) throws(StoreProblem) {
    state.memory.forgetIntroduced()
    try nameProjector.add(things)
    let groups = try groupProjector.touched(by: things)
    try existenceProjector.add(things)
    try tallyProjector.write(try tallyProjector.counts(of: things), instead: TallyCounts())
    try groupProjector.refreshGroupPaths(of: groups)
    try textIndex.refreshText(changes)
  }
}
