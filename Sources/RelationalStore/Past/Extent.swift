internal import RegistryModel

/// What a question looks at. No more than that is made ready for it: a look-up does not wait for what a script has
/// written so far to be derived, or for all that a source said years ago.
enum Extent {
  /// What these entities are, and what they are called.
  case named([Int64])
  /// What is said of these entities, as they count, and what they are called.
  case entities([Int64])
  /// What is said of all who can fit a filter, found by an index: by some properties, or by any.
  case candidates([Int64], [String]?)
  /// Who has this name, which is folded.
  case name(String)
  /// What all are, and what they are called.
  case types
  /// All that is said and all names; the full text and the paths of groups where they are asked for.
  case everything(text: Bool = false, groups: Bool = false)

  /// Whether more is looked at than a few entities that are looked up.
  var isOfMany: Bool {
    switch self {
    case .named, .entities, .name: false
    case .candidates, .types, .everything: true
    }
  }
}
