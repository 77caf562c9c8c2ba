public import RegistryModel

/// How two values, or what two figures are of, differ by their words alone.
///
/// It decides by bounds: `about 60%` allows 55 to 65, so 62 % differs from it in precision and 70 % excludes it;
/// 12 December is within 12–13 December.
public struct ValueDifference: Sendable {
  private let wholes: [Key: Set<Key>]

  /// - Parameter wholes: of each entity among values and qualifiers, the wholes that it belongs to, near and far.
  public init(wholes: [Key: Set<Key>] = [:]) { self.wholes = wholes }

  /// How two values differ; nothing where they are the same.
  func kind(_ one: Value, _ other: Value) -> ContradictionKind? {
    if one == other { return nil }
    switch (one, other) {
    case (.unknown, .none), (.none, .unknown): return .conflict
    case (.unknown, _), (_, .unknown): return .differentPrecision
    case (.entity(let a), .entity(let b)): return isPart(a, b) ? .partWhole : .conflict
    case (.date(let a), .date(let b)):
      if a.earliest == b.earliest, a.latest == b.latest { return nil }
      return a.earliest <= b.latest && b.earliest <= a.latest ? .differentPrecision : .conflict
    case (.quantity(let a), .quantity(let b)):
      guard a.unit == b.unit else { return .conflict }
      if a.reading != b.reading { return .eachCombined }
      return a.canBe(b) ? .differentPrecision : .conflict
    default: return .conflict
    }
  }

  /// Whether what one value says lies within the other: a day in its month, a figure in its range.
  func isWithin(_ one: Value, _ other: Value) -> Bool {
    if one == other { return true }
    switch (one, other) {
    case (.date(let a), .date(let b)): return b.earliest <= a.earliest && a.latest <= b.latest
    case (.quantity(let a), .quantity(let b)):
      guard a.unit == b.unit, a.reading == b.reading, let low = a.lowest, let high = a.highest else {
        return false
      }
      return b.lowest.map { $0 <= low } ?? true && b.highest.map { high <= $0 } ?? true
    default: return false
    }
  }

  /// How two lists of qualifiers differ; nothing where they are the same. What says with which other values a value holds,
  /// or that it is to come, makes it no value of another thing.
  /// - Parameter strictly: nothing as well where they are of things that have nothing to do with each other.
  func kind(_ one: [Qualifier], _ other: [Qualifier], strictly: Bool = false) -> ContradictionKind? {
    let properties = Set(one.map(\.property)).union(other.map(\.property)).subtracting(Statement.manner)
    var kind: ContradictionKind?
    for property in properties {
      let (first, second) = (values(property, one), values(property, other))
      if first == second { continue }
      var found = property == LatestFigures.year ? ContradictionKind.differentYear : .differentScope
      if let a = entity(first), let b = entity(second) {
        if isPart(a, b) { found = .partWhole } else if strictly { return nil }
      } else if strictly, entity(first) != nil || entity(second) != nil {
        return nil
      }
      kind = min(kind ?? found, found)
    }
    return kind
  }

  private func values(_ property: Key, _ qualifiers: [Qualifier]) -> [Value] {
    qualifiers.filter { $0.property == property }.map(\.value)
  }

  private func entity(_ values: [Value]) -> Key? {
    if case .entity(let key)? = values.first { return key }
    return nil
  }

  private func isPart(_ one: Key, _ other: Key) -> Bool {
    wholes[one]?.contains(other) == true || wholes[other]?.contains(one) == true
  }
}

extension Quantity {
  /// Whether the words of both allow a common number; `nearly` reaches as far down as `about`.
  fileprivate func canBe(_ other: Quantity) -> Bool {
    if satisfies(.less, other) == true || other.satisfies(.less, self) == true { return false }
    return !falls(below: other) && !other.falls(below: self)
  }

  private func falls(below other: Quantity) -> Bool {
    guard other.bound == .nearly, let highest,
      let floor = Quantity(low: other.low, bound: .about).lowest
    else { return false }
    return highest < floor
  }
}
