public import RegistryModel

/// A question about who is called something. What is looked for while a name is typed is looked for among the names of
/// now; the others are asked at any times.
public enum NameQuery: Hashable, Sendable {
  /// Who has one of these keys, old keys and those of what was merged into an entity included: under each key that means
  /// something to which a statement gives a type, in the order in which they were given, each once.
  case keys([Key], Times)
  /// Of whom this is the key, a name or an alias that counts everywhere, ignoring case, accents and the difference of
  /// hyphen and space; those whose key it is first.
  case name(String, Times)
  /// Whom one of these sources calls so: by aliases that count where it is cited, in the order of keys.
  case localName(String, in: [Key], Times)
  /// Names and keys that begin so (folded), of these types or else of any, best first: keys, then names, each sorted.
  case prefix(String, types: [Key] = [], limit: Int)
  /// The names nearest to a misspelt one, of these types or else of any, best first: for "did you mean".
  case near(String, types: [Key] = [], limit: Int)
}
