public import RegistryModel

/// Of which sources it is asked what is known.
public enum SourceQuery: Hashable, Sendable {
  /// Sources by themselves: of what a key means now, or did.
  case keys([Key])
  /// The pages that citations name (``Citation/book``), as they count: a page by itself, else what it counts as, else what
  /// counts as that.
  case pages(Set<Key>)
}
