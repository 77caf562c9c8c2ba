import CommandLanguage
import RegistryModel
import RegistryStore

/// The query that `list` and `count` make of a type and their clauses.
struct ReadQuery {
  var type: TypeDefinition
  var query: EntityQuery
  /// The properties that the filter looks at.
  var filtered: [Key]
  /// Which statements of them.
  var looks: [ConditionLook] = []
  /// The entities that the filter compares with.
  var asked: Set<Key> = []
  /// By what it asks whether anything names an entity.
  var namings: [NamingLook] = []
  /// By what else those that were asked for are named, where groups or parts are included.
  var routes: Routes?

  /// With which qualifiers alone the filter looks at a property; none where it looks at all that is said of it.
  func narrowing(_ property: Key) -> [[Qualifier]] {
    let asked = looks.filter { $0.property == property }.map(\.qualifiers)
    return asked.contains(where: \.isEmpty) ? [] : asked
  }
}
