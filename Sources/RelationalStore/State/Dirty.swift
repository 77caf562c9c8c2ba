internal import RegistryModel

/// What was edited since the projections were brought up to date.
struct Dirty {
  struct Cell: Hashable {
    var subject: Int64
    var property: String
  }
  var statements: Set<Int64> = []
  /// Statements that were recorded just now and are claimed, but for those in ``statements``: of them it is known
  /// what became of them, which a long import need not look up. What lies between them was recorded with them.
  private(set) var fresh: ClosedRange<Int64>?
  /// Among which statements those are that are facts and not counted yet: those above are from the beginning.
  private(set) var uncounted: ClosedRange<Int64>?
  /// What each of those says, of few.
  private(set) var freshValues: [CountedValue]? = []
  static let mostFreshValues = 500
  /// What any of those has that needs a step of its own.
  private(set) var freshHave: FreshTraits = []
  private(set) var freshProperties: Set<String> = []
  /// In which of their cells there may be something to decide.
  var freshCells = FreshCells()
  /// The first and last of the citations with a quote that were recorded just now.
  private(set) var quotes: ClosedRange<Int64>?
  var citations: Set<Int64> = []
  /// Cells of rivals to be resolved again.
  var cells: Set<Cell> = []
  /// Entities whose type, names or aliases changed.
  var entities: Set<Int64> = []
  /// Those of them whose type may have.
  var typed: Set<Int64> = []
  var aliases: Set<Int64> = []
  /// Sources whose data changed: the cells that cite them are resolved again.
  var sources: Set<Int64> = [] { didSet { hasNamingSources = nil } }
  /// Whether one of them says what anything is or is called: which of two such words counts may depend on it. Nil where that
  /// was not asked yet.
  var hasNamingSources: Bool? = false
  /// Properties whose definition changed: all their cells are resolved again.
  var properties: Set<String> = []
  /// Entities that were renamed or merged, or are not any more.
  var identities: Set<Int64> = []
  /// Where statements lie that were withdrawn together, of which it is known how they stand.
  var withdrawn: [ClosedRange<Int64>] = []
  /// Statements of which an entity counts as another than before.
  var moved: Set<Int64> = []
  /// Types whose definition changed: what counts as a group may have.
  var types: Set<String> = []
  /// Whom the edited statements are about, as they counted when they were edited.
  var subjects: Set<Int64> = []
  /// Names, folded, that somebody has or has not any more.
  var names: Set<String> = []

  var isEmpty: Bool {
    fresh == nil && quotes == nil && statements.isEmpty && citations.isEmpty && cells.isEmpty
      && entities.isEmpty && aliases.isEmpty
      && sources.isEmpty && properties.isEmpty && types.isEmpty && identities.isEmpty && withdrawn.isEmpty
  }

  /// Whether nothing changed but what new claims say, and the quotes of their citations.
  var isOnlyFresh: Bool {
    fresh != nil && statements.isEmpty && citations.isEmpty && cells.isEmpty && aliases.isEmpty
      && sources.isEmpty && properties.isEmpty && types.isEmpty && identities.isEmpty && withdrawn.isEmpty
      && moved.isEmpty
  }

  /// How many statements wait.
  var count: Int { statements.count + (fresh?.count ?? 0) }

  /// Whether a statement is to be brought up to date already.
  func knows(_ statement: Int64) -> Bool {
    fresh?.contains(statement) == true || statements.contains(statement)
  }

  mutating func addFresh(_ statement: Int64, _ value: CountedValue, _ traits: FreshTraits) {
    if freshValues?.count == Self.mostFreshValues { freshValues = nil }
    freshValues?.append(value)
    fresh = fresh.spanning(statement...statement)
    uncounted = uncounted.spanning(statement...statement)
    freshHave.formUnion(traits)
    freshProperties.insert(value.property)
  }

  mutating func addQuote(_ citation: Int64) { quotes = quotes.spanning(citation...citation) }

  /// After some of them were dropped: what is left, up to the last, may have been brought up to date in between, and
  /// is looked up.
  mutating func forgetFresh(after last: Int64) {
    if let fresh, fresh.lowerBound <= last {
      statements.formUnion(fresh.lowerBound...min(fresh.upperBound, last))
    }
    (fresh, freshHave, freshValues, freshProperties) = (nil, [], [], [])
    freshCells = FreshCells()
    if let range = uncounted {
      uncounted = range.lowerBound <= last ? range.lowerBound...min(range.upperBound, last) : nil
    }
  }

  /// - Parameter kind: as definitions are kept.
  mutating func touchDefinition(_ kind: String, _ key: String) {
    if kind == "type" {
      types.insert(key)
    } else {
      properties.insert(key)
    }
  }

  mutating func formUnion(_ other: Dirty) {
    if let range = other.fresh { fresh = fresh.spanning(range) }
    if let values = freshValues, let others = other.freshValues {
      freshValues = values.count + others.count > Self.mostFreshValues ? nil : values + others
    } else {
      freshValues = nil
    }
    if let range = other.uncounted { uncounted = uncounted.spanning(range) }
    freshHave.formUnion(other.freshHave)
    freshProperties.formUnion(other.freshProperties)
    freshCells.formUnion(other.freshCells)
    if let range = other.quotes { quotes = quotes.spanning(range) }
    statements.formUnion(other.statements)
    citations.formUnion(other.citations)
    cells.formUnion(other.cells)
    entities.formUnion(other.entities)
    typed.formUnion(other.typed)
    aliases.formUnion(other.aliases)
    sources.formUnion(other.sources)
    properties.formUnion(other.properties)
    identities.formUnion(other.identities)
    moved.formUnion(other.moved)
    withdrawn += other.withdrawn
    types.formUnion(other.types)
    subjects.formUnion(other.subjects)
    names.formUnion(other.names)
  }
}

extension ClosedRange<Int64>? {
  /// From the first of both to the last.
  func spanning(_ other: ClosedRange<Int64>) -> ClosedRange<Int64> {
    guard let range = self else { return other }
    return min(range.lowerBound, other.lowerBound)...max(range.upperBound, other.upperBound)
  }
}

/// What a claim that was recorded just now has, which most have not.
struct FreshTraits: OptionSet {
  let rawValue: Int
  /// It bounds other values: it has an end, or calls a list whole.
  static let bounds = FreshTraits(rawValue: 1)
  static let qualifiers = FreshTraits(rawValue: 2)
  /// Its value is a text that can be found.
  static let text = FreshTraits(rawValue: 4)
  /// It says when it holds.
  static let period = FreshTraits(rawValue: 8)

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ statement: Statement) {
    self = []
    if statement.value == .none || statement.validity.bounds.endLatest != .distantFuture { insert(.bounds) }
    if !statement.qualifiers.isEmpty { insert(.qualifiers) }
    if !statement.validity.canonicalText.isEmpty { insert(.period) }
    if case .text = statement.value, statement.property != BuiltIn.type { insert(.text) }
  }
}

extension SQL {
  /// Cells as a list in JSON, each a list of its own; in a fixed order, so that the same cells are the same question.
  static func list(_ cells: Set<Dirty.Cell>) -> SQL {
    let sorted = cells.sorted { ($0.subject, $0.property) < ($1.subject, $1.property) }
    return .text("[" + sorted.map { "[\($0.subject),\"\($0.property)\"]" }.joined(separator: ",") + "]")
  }
}
