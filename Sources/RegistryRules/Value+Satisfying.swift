public import RegistryModel

extension Value {
  /// Whether a comparison with another value holds; nothing where it cannot be decided. The rules are those of the
  /// filters of entities.
  ///
  /// An unknown value decides nothing; where there is none, no comparison fits. Dates compare with the period that the
  /// other one can mean, amounts as ``Quantity/satisfies(_:_:)`` says, texts without case and accents.
  /// - Parameter words: the words of a choice in their order, if the property takes a choice.
  public func satisfies(_ comparison: Comparison, _ other: Value, words: [String]? = nil) -> Bool? {
    if comparison == .unequal { return satisfies(.equal, other, words: words).map { !$0 } }
    switch (self, other) {
    case (_, .unknown): return self == .unknown
    case (.unknown, _): return nil
    case (_, .none): return self == .none
    case (.entity(let key), .entity(let asked)): return comparison == .equal && key == asked
    case (.text(let text), .text(let asked)): return text.satisfies(comparison, asked, words)
    case (.date(let date), .date(let asked)): return date.satisfies(comparison, asked)
    case (.quantity(let quantity), .quantity(let asked)):
      guard let comparison = Quantity.Comparison(comparison) else { return nil }
      return quantity.satisfies(comparison, asked)
    default: return false
    }
  }
}

extension [Value] {
  /// Whether a comparison holds with any of some others; nothing where it cannot be decided, as where there is no value.
  /// `!=` asks for none of them.
  public func satisfy(_ comparison: Comparison, _ others: [Value], words: [String]? = nil) -> Bool? {
    if comparison == .unequal { return satisfy(.equal, others, words: words).map { !$0 } }
    guard !isEmpty else { return nil }
    var answer: Bool? = false
    for value in self {
      for other in others {
        switch value.satisfies(comparison, other, words: words) {
        case true?: return true
        case nil: answer = nil
        case false?: break
        }
      }
    }
    return answer
  }
}

extension String {
  fileprivate func satisfies(_ comparison: Comparison, _ asked: String, _ words: [String]?) -> Bool {
    let folded = (foldedName(self), foldedName(asked))
    switch comparison {
    case .equal: return folded.0 == folded.1
    case .like: return folded.0.contains(folded.1) || lowercased().contains(asked.lowercased())
    default:
      if let words, let one = words.firstIndex(of: self), let other = words.firstIndex(of: asked) {
        return comparison.holds(one, other)
      }
      return comparison.holds(alphabeticalKey(self), alphabeticalKey(asked))
    }
  }
}

extension PartialDate {
  /// A day in January is `= 2026-01` and `<= 2026-01`; a date that is only partly in it decides nothing.
  fileprivate func satisfies(_ comparison: Comparison, _ asked: PartialDate) -> Bool? {
    let (yes, no): (Bool, Bool) =
      switch comparison {
      case .less: (latest < asked.earliest, earliest >= asked.earliest)
      case .greaterOrEqual: (earliest >= asked.earliest, latest < asked.earliest)
      case .greater: (earliest > asked.latest, latest <= asked.latest)
      case .lessOrEqual: (latest <= asked.latest, earliest > asked.latest)
      case .equal, .unequal, .like:
        (
          earliest >= asked.earliest && latest <= asked.latest,
          latest < asked.earliest || earliest > asked.latest
        )
      }
    return yes ? true : no ? false : nil
  }
}

extension Quantity.Comparison {
  fileprivate init?(_ comparison: RegistryModel.Comparison) {
    switch comparison {
    case .equal, .like: self = .equal
    case .unequal: self = .unequal
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}

extension Comparison {
  fileprivate func holds<Ordered: Comparable>(_ one: Ordered, _ other: Ordered) -> Bool {
    switch self {
    case .equal, .like: one == other
    case .unequal: one != other
    case .less: one < other
    case .lessOrEqual: one <= other
    case .greater: one > other
    case .greaterOrEqual: one >= other
    }
  }
}
