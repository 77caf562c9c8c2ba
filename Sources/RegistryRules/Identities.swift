/// Which entities are one and under which key each is shown, of what was merged, renamed and held distinct: the same for all who
/// know the same, also where several did so without knowing of each other.
///
/// Of the mergings, oldest first, one does not count that says nothing new or that joins what is held distinct. A key means the
/// entity that had it first, else that to which it was given last; an entity is shown under the last key that was given to it and
/// means it.
public struct Identities<Entity: Hashable> {
  public struct Merging {
    public var entity: Entity
    public var target: Entity
    public init(_ entity: Entity, into target: Entity) { (self.entity, self.target) = (entity, target) }
  }

  public struct Renaming {
    public var entity: Entity
    public var key: String
    /// The entity that had the key first.
    public var first: Entity?
    public init(_ entity: Entity, to key: String, first: Entity?) {
      (self.entity, self.key, self.first) = (entity, key, first)
    }
  }

  /// The mergings that count, as what each leads to.
  private var next: [Entity: Entity] = [:]
  /// The mergings that do not count.
  public private(set) var passedOver: [Merging] = []
  private var owners: [String: Entity] = [:]
  private var given: [Entity: [String]] = [:]

  /// - Parameters:
  ///   - mergings: of each entity one, the oldest first.
  ///   - distinct: the pairs of which it is claimed that they are two.
  ///   - renamings: the oldest first.
  public init(
    mergings: [Merging], distinct: [(Entity, Entity)] = [], renamings: [Renaming] = []
  ) {
    for merging in mergings {
      let (one, other) = (counted(merging.entity), counted(merging.target))
      let isApart = distinct.contains { pair in
        let (first, second) = (counted(pair.0), counted(pair.1))
        return first == one && second == other || first == other && second == one
      }
      if one == other || isApart {
        passedOver.append(merging)
      } else {
        next[one] = other
      }
    }
    for renaming in renamings {
      owners[renaming.key] = renaming.first ?? renaming.entity
      given[renaming.entity, default: []].append(renaming.key)
    }
  }

  /// What an entity counts as.
  public func counted(_ entity: Entity) -> Entity {
    var entity = entity
    while let following = next[entity] { entity = following }
    return entity
  }

  /// The key that was given to an entity and means it; nothing where it is shown under its first.
  public func key(of entity: Entity) -> String? {
    given[entity]?.last { owners[$0] == entity }
  }

  /// The entities that count as another.
  public var merged: some Sequence<Entity> { next.keys }
  /// The entities that were renamed.
  public var renamed: some Sequence<Entity> { given.keys }
}
