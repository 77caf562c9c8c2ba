import RegistryModel
import RegistryRules
import RegistryStore

/// What a condition on one thing asks of each statement: the same comparison as the filter's, statement by statement.
struct ClaimTest {
  private enum Question {
    case compares(Filter.Comparison, [Value])
    case state(Filter.State)
  }
  private let question: Question
  /// What is asked of what the first property leads to, behind a path.
  let rest: Filter?
  /// Whether the claim is that it is not so: `!=`, `is not stated`.
  let isNegated: Bool
  /// Whether another value says nothing: of what has many.
  private let isMany: Bool
  private let words: [String]?

  /// - Returns: nothing for a condition that is no comparison and no state.
  init?(_ filter: Filter, _ schema: Schema) {
    var (filter, isNegated, steps) = (filter, false, [[Qualifier]]())
    while true {
      if case .not(let inner) = filter {
        (filter, isNegated) = (inner, !isNegated)
      } else if case .qualified(let qualifiers, let inner) = filter {
        (filter, steps) = (inner, qualifiers)
      } else {
        break
      }
    }
    let path: [[Key]]
    switch filter {
    case .compare(let found, let operation, let values):
      path = found
      if operation == .unequal { isNegated.toggle() }
      question = .compares(operation == .unequal ? .equal : operation, values)
    case .state(let found, let state): (path, question) = (found, .state(state))
    default: return nil
    }
    guard let first = path.first?.first, let definition = schema.properties[first] else { return nil }
    self.isNegated = isNegated
    isMany = definition.cardinality == .many
    let last = path.last?.first.flatMap { schema.properties[$0] }
    if case .choice(let found)? = last?.range { words = found } else { words = nil }
    if path.count > 1 {
      let further = Array(path.dropFirst())
      let inner: Filter
      switch question {
      case .compares(let operation, let values): inner = .compare(path: further, operation, values)
      case .state(let state): inner = .state(path: further, state)
      }
      let left = Array(steps.dropFirst())
      rest = left.allSatisfy(\.isEmpty) ? inner : .qualified(left, inner)
    } else {
      rest = nil
    }
  }

  /// Whether what a statement says satisfies it, before ``isNegated``.
  func fits(_ statement: Statement) -> ClaimFinding.Truth {
    switch question {
    case .compares(let operation, let values):
      let besides = statement.qualifiers.filter { $0.property == BuiltIn.besides }.map(\.value)
      // That there is none besides some says nothing of these.
      if statement.value == .none, values.contains(where: besides.contains) { return .open }
      return ClaimFinding.Truth([statement.value].satisfy(operation, values, words: words))
    case .state(let state):
      switch state {
      case .stated, .denied: return .yes
      case .unknown: return statement.value == .unknown ? .yes : .no
      }
    }
  }

  /// On which side a statement is, before ``isNegated``.
  func evidence(_ record: StatementRecord, _ fits: ClaimFinding.Truth) -> ClaimFinding.Evidence {
    var found = ClaimFinding.Evidence(record: record)
    if case .state(.denied) = question {
      if record.isDenied { found.denied = .supports }
      return found
    }
    let isList = record.statement.value == .none
    if record.isClaimed {
      switch fits {
      case .yes: found.claimed = .supports
      case .no where !isMany || isList: found.claimed = .opposes
      case .no: break
      case .open where isList: break
      case .open: found.claimed = .open
      }
    }
    if record.isDenied, fits == .yes { found.denied = .opposes }
    return found
  }

  /// What the claim is by some statements, each with what bears on it, whether its claim and its denial count, and whether
  /// that is certain.
  func truth(
    _ taken: [(evidence: ClaimFinding.Evidence?, claimed: Bool, denied: Bool, isCertain: Bool)]
  ) -> ClaimFinding.Truth {
    var (isOpen, opposes) = (false, false)
    for one in taken {
      guard let evidence = one.evidence else { continue }
      let sides = [one.claimed ? evidence.claimed : nil, one.denied ? evidence.denied : nil].compactMap(
        \.self)
      for side in sides {
        switch side {
        case .supports where one.isCertain: return .yes
        case .opposes where one.isCertain: opposes = true
        default: isOpen = true
        }
      }
    }
    return isOpen ? .open : opposes ? .no : .open
  }
}
