public import RegistryModel

/// What was done on both sides so that it is not told yet what it comes to: it is taken back on one of them, and then they are
/// united. Entities have the keys that they had first.
public enum UnitingObstacle: Hashable, Sendable {
  /// A key is the first of one entity and was given to another.
  case keyOfTwo(Key, Key)
  /// A key was given to two entities.
  case givenTwice(Key)
  /// One entity was renamed on both sides.
  case renamedTwice(Key)
  /// An entity counts as another, which itself counts as a third.
  case mergedOn(Key, Key)
  /// Two entities count as one, and were judged to be two.
  case mergedDistinct(Key, Key)
  /// A definition was taken back, and is used.
  case lapsed(Key)
}
