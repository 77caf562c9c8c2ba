import RegistryModel
import RegistryRules

/// What is found of a claim.
struct ClaimFinding {
  enum Answer: String {
    case yes = "true", no = "false"
    /// Claims of both sides stand.
    case disputed
    case notStated = "not stated"
  }

  /// On which side a statement is.
  enum Side: String { case supports = "for", opposes = "against", open }

  /// A statement that bears on it.
  struct Evidence {
    var record: StatementRecord
    /// On which side it is where it is claimed, and where it is denied; nothing where that says nothing.
    var claimed: Side?
    var denied: Side?
    /// What the claim would be where those are right who claim this statement, and where those are who deny it; nothing
    /// where no reading takes them to be.
    var ifClaimed: Truth?
    var ifDenied: Truth?

    func side(_ stance: Stance) -> Side? { stance == .denies ? denied : claimed }
    func ifRight(_ stance: Stance) -> Truth? { stance == .denies ? ifDenied : ifClaimed }
  }

  /// True, false, or neither.
  enum Truth: String { case yes = "true", no = "false", open = "undecided" }

  /// What it is by what the rules chose.
  var chosen: Truth
  /// What it is by that and under the other readings.
  var possible: Set<Truth>
  var evidence: [Evidence] = []
  var notes: [String] = []
  /// Whether it asks of things, which can be in groups and have parts.
  var looksAtThings = false

  var answer: Answer {
    if possible.isSuperset(of: [.yes, .no]) { return .disputed }
    switch chosen {
    case .yes: return .yes
    case .no: return .no
    case .open: return .notStated
    }
  }

  /// Whether all that makes it what it is by what is chosen are forecasts, and what begins only after today.
  var isOnlyForeseen: Bool {
    let side: Side = chosen == .yes ? .supports : .opposes
    let deciding = evidence.filter { $0.denied == side || $0.record.isChosen && $0.claimed == side }
    return !deciding.isEmpty
      && deciding.allSatisfy { one in
        one.denied != side && (one.record.statement.isForecast || one.record.held?.isNotYet == true)
      }
  }

  /// The opposite.
  var negated: ClaimFinding {
    var copy = self
    copy.chosen = chosen.negated
    copy.possible = Set(possible.map(\.negated))
    copy.evidence = evidence.map { one in
      var one = one
      one.claimed = one.claimed?.negated
      one.denied = one.denied?.negated
      one.ifClaimed = one.ifClaimed?.negated
      one.ifDenied = one.ifDenied?.negated
      return one
    }
    return copy
  }

  /// Several as one, by Kleene's rules: of all, the least; of any, the greatest.
  init(_ parts: [ClaimFinding], all: Bool) {
    func joined(_ one: Truth, _ other: Truth) -> Truth {
      all ? min(one, other) : max(one, other)
    }
    let neutral: Truth = all ? .yes : .no
    chosen = parts.map(\.chosen).reduce(neutral, joined)
    possible = parts.reduce([neutral]) { found, part in
      Set(found.flatMap { one in part.possible.map { joined(one, $0) } })
    }
    evidence = parts.flatMap(\.evidence)
    // What one part would be says nothing of the whole.
    if parts.count > 1 {
      for place in evidence.indices { (evidence[place].ifClaimed, evidence[place].ifDenied) = (nil, nil) }
    }
    notes = parts.flatMap(\.notes)
    looksAtThings = parts.contains(where: \.looksAtThings)
  }

  init(chosen: Truth, evidence: [Evidence] = [], notes: [String] = []) {
    self.chosen = chosen
    possible = [chosen]
    self.evidence = evidence
    self.notes = notes
  }
}

extension ClaimFinding.Truth: Comparable {
  private var rank: Int {
    switch self {
    case .no: 0
    case .open: 1
    case .yes: 2
    }
  }
  static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  init(_ value: Bool?) { self = value.map { $0 ? .yes : .no } ?? .open }

  var negated: Self {
    switch self {
    case .yes: .no
    case .no: .yes
    case .open: .open
    }
  }
}

extension ClaimFinding.Side {
  fileprivate var negated: Self {
    switch self {
    case .supports: .opposes
    case .opposes: .supports
    case .open: .open
    }
  }
}
