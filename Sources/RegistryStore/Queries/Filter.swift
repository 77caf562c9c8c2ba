public import RegistryModel

/// A condition on an entity, answered with true, false or undecided (Kleene): where nothing is stated of a
/// property, a comparison is undecided, never false.
///
/// Compared are the claims that stand and that the resolution rules chose; one value that fits is enough.
public indirect enum Filter: Hashable, Sendable {
  public typealias Comparison = RegistryModel.Comparison
  public enum State: Hashable, Sendable { case stated, denied, unknown }

  case all([Filter])
  case any([Filter])
  case not(Filter)
  case key(Comparison, String)
  /// A chain of properties, each with the narrower ones spelt out; any of the values.
  case compare(path: [[Key]], Comparison, [Value])
  case state(path: [[Key]], State)
  /// Whether things name an entity by a property, which stands with the narrower ones: the other way round of a comparison
  /// with it, or of a state.
  case named(by: [Key], of: Owners, State?)
  /// A comparison or a state, or the opposite of one, that looks only at statements with these qualifiers, a list for
  /// each step of its path. What is stated without them is neither yes nor no; what is denied without them is denied
  /// with them.
  case qualified([[Qualifier]], Filter)
  /// Whether a filter is neither true nor false. This itself always is one of the two.
  case undecided(Filter)
}

/// Whose property it is that may name an entity: any of some entities, or of the things of some types.
///
/// Of what nobody says anything, no is known only where an entity is asked for: a type has always others that may name it.
public struct Owners: Hashable, Sendable {
  public var entities: [Key]
  public var types: [Key]
  public init(entities: [Key] = [], types: [Key] = []) {
    self.entities = entities
    self.types = types
  }
}
