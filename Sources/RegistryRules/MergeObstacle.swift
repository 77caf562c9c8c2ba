public import RegistryModel

/// Why two entities cannot be judged to be one.
public enum MergeObstacle: Hashable, Sendable {
  case same
  /// They were judged to be two.
  case distinct
  /// The first, or the second, counts as another already.
  case merged(Key, into: Key)
  /// Others count as the first: a chain of judgements could not be taken back link by link.
  case holds([Key])
}

/// An entity that is to be merged, by the keys under which its registry recorded it and others.
public struct MergeSide: Hashable, Sendable {
  public var key: Key
  /// As what it counts: itself, where it was not merged.
  public var countsAs: Key
  /// What else counts as it.
  public var held: [Key]

  public init(key: Key, countsAs: Key, held: [Key]) {
    self.key = key
    self.countsAs = countsAs
    self.held = held
  }
}

extension MergeObstacle {
  /// What stands against judging that `one` is `other`; nil where nothing does.
  /// - Parameter areDistinct: whether they, or any that count as them, were judged to be two; it is asked last.
  public static func between<Failure: Error>(
    _ one: MergeSide, _ other: MergeSide, areDistinct: () throws(Failure) -> Bool
  ) throws(Failure) -> MergeObstacle? {
    if one.key == other.key { return .same }
    for side in [one, other] where side.countsAs != side.key { return .merged(side.key, into: side.countsAs) }
    // Into a thing that holds others more may be merged.
    if !one.held.isEmpty { return .holds(one.held) }
    return try areDistinct() ? .distinct : nil
  }
}
