public import RegistryModel

/// How `including parts` follows parts.
///
/// Followed are claims of a property that can be followed (`PropertyDefinition.isTransitive`), or of one that narrows it,
/// one such property at a time: dysprosium is part of the heavy rare earths, which are part of the rare earths. A part
/// stands for its wholes where a thing is said to concern it; a whole does not stand for its parts, and figures of a part
/// are none of the whole.
public enum Parts {
  /// How many steps a path may have. Parts within parts are few; in a net of them there would be paths without number.
  public static let longestPath = 16

  /// The families of properties that are followed, each by the one that can be: itself and those that narrow it.
  public static func followed(_ schema: Schema) -> [[Key]] {
    schema.properties.values.filter(\.isTransitive).map(\.key).sorted().filter { key in
      !schema.propertyAndBroader(of: key).dropFirst().contains { schema.properties[$0]?.isTransitive == true }
    }.map(schema.propertyAndNarrower(of:))
  }

  /// The wholes of a part, near and far, itself only where a cycle leads back to it.
  /// - Parameter near: what each is part of, without anything between.
  public static func reached(from part: Key, by near: [Key: Set<Key>]) -> Set<Key> {
    var found: Set<Key> = []
    var next = [part]
    while let key = next.popLast() {
      for whole in near[key] ?? [] where found.insert(whole).inserted { next.append(whole) }
    }
    return found
  }
}

/// What a statement can name in place of an entity that is asked for: a group that it is in, or a part of it.
public struct StandIn: Hashable, Sendable {
  public var entity: Key
  /// When it stands for what is asked for.
  public var bounds: Validity.Bounds
  /// Under `on D`, how sure that is on the date.
  public var certainty: Certainty
  /// Whether what that rests on was certainly out.
  public var evidence: Certainty

  public init(_ entity: Key, _ path: GroupPath) {
    self.entity = entity
    bounds = path.bounds
    certainty = path.certainty
    evidence = path.evidence
  }
}
