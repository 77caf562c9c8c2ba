/// What was edited since the projections were brought up to date.
struct Dirty {
  struct Cell: Hashable {
    var subject: Int64
    var property: String
  }
  var statements: Set<Int64> = []
  var citations: Set<Int64> = []
  /// Cells of rivals to be resolved again.
  var cells: Set<Cell> = []
  /// Entities whose type, names or aliases changed.
  var entities: Set<Int64> = []
  var aliases: Set<Int64> = []
  /// Sources whose data changed: the cells that cite them are resolved again.
  var sources: Set<Int64> = []
  /// Properties whose definition changed: all their cells are resolved again.
  var properties: Set<String> = []
  /// Entities that were renamed or merged, or are not any more.
  var identities: Set<Int64> = []
  /// Types whose definition changed: what counts as a group may have.
  var types: Set<String> = []
  /// Whom the edited statements are about, as they are recorded.
  var subjects: Set<Int64> = []
  /// Names, folded, that somebody has or has not any more.
  var names: Set<String> = []

  var isEmpty: Bool {
    statements.isEmpty && citations.isEmpty && cells.isEmpty && entities.isEmpty && aliases.isEmpty
      && sources.isEmpty && properties.isEmpty && types.isEmpty && identities.isEmpty
  }

  mutating func formUnion(_ other: Dirty) {
    statements.formUnion(other.statements)
    citations.formUnion(other.citations)
    cells.formUnion(other.cells)
    entities.formUnion(other.entities)
    aliases.formUnion(other.aliases)
    sources.formUnion(other.sources)
    properties.formUnion(other.properties)
    identities.formUnion(other.identities)
    types.formUnion(other.types)
    subjects.formUnion(other.subjects)
    names.formUnion(other.names)
  }
}
