import RegistryModel
import RegistryRules
import RegistryStore

/// What `conflicts` asks for.
struct WantedConflicts {
  var properties: [Key]?
  var subjects: [Key]?
  /// Only what is said in these places.
  var places: [Place]?
  var kinds: Set<ContradictionKind>?
  var includesNeighbours = false
  /// The sources that are compared; none for all.
  var between: [Key] = []
  /// Whether two of them must speak, instead of each.
  var isAnyTwo = false
  var limit: Int?

  var comparesSources: Bool { !between.isEmpty || isAnyTwo }

  /// Kinds of which statements that are no rivals can be.
  static let quiet: Set<ContradictionKind> = [.differentScope, .differentYear, .partWhole, .superseded]

  /// Whether those speak in a cell who must.
  func isFilled(_ cell: ComparedCell) -> Bool {
    let speaking = cell.sources
    if isAnyTwo { return (between.isEmpty ? speaking : speaking.intersection(between)).count > 1 }
    return between.allSatisfy(speaking.contains)
  }

  /// The pair as it is read: first what the source says that is named first, else the claim, else what more say.
  func ordered(_ pair: Contradiction) -> Contradiction {
    func place(_ saying: Testimony) -> (Int, Int, Int, String, String) {
      let named = between.firstIndex(where: saying.sources.contains) ?? between.count
      return (
        named, saying.stance == .claims ? 0 : 1, -saying.sources.count, saying.statement.value.canonicalText,
        saying.record.id.digest
      )
    }
    guard place(pair.other) < place(pair.one) else { return pair }
    var turned = pair
    (turned.one, turned.other) = (pair.other, pair.one)
    return turned
  }

  /// The pairs of a cell that are shown.
  func shown(_ pairs: [Contradiction]) -> [Contradiction] {
    pairs.filter { (includesNeighbours || $0.isOfRivals) && (kinds?.contains($0.kind) ?? true) }
  }
}

/// What was found so far.
struct FoundContradictions {
  var cells: [ComparedCell] = []
  var comparison = SourceComparison()
  /// Whether there are no more.
  var isAll = true
}

/// How many cells several sources fill, and in how many of them two things that they say cannot both be right.
struct SourceComparison {
  var cells = 0
  var differing = 0
  /// Of those, in how many the years of two dates have nothing in common.
  var differingInYear = 0
  /// In how many nothing differs but how precise it is.
  var inPrecision = 0
  /// In how many it is always one and the same source that says both.
  var ofOneSource = 0
  var hasDates = false

  mutating func add(_ cell: ComparedCell) {
    cells += 1
    hasDates =
      hasDates || cell.sayings.contains { if case .date = $0.statement.value { true } else { false } }
    let excluding = cell.contradictions.filter { $0.isOfRivals && $0.kind.excludes }
    if !excluding.isEmpty {
      differing += 1
      if excluding.contains(where: \.differsInYear) { differingInYear += 1 }
      if excluding.allSatisfy(\.isOfOneSource) { ofOneSource += 1 }
    } else if cell.kind == .differentPrecision {
      inPrecision += 1
    }
  }
}
