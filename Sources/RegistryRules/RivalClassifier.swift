public import RegistryModel

/// Tells in which way two statements of one property of one subject differ.
///
/// It decides by bounds alone: `about 60%` allows 55 to 65, so 62 % differs from it in precision and 70 % is a
/// conflict; 12 December is within 12–13 December.
public struct RivalClassifier {
  private let definition: PropertyDefinition
  private let wholes: [Key: Set<Key>]
  private let standing: (Key) -> SourceStanding?

  /// - Parameter wholes: of each entity among values and qualifiers, the wholes that it belongs to, near and far.
  /// - Parameter standing: what is known of a source, nothing for one that is not known.
  public init(
    _ definition: PropertyDefinition, wholes: [Key: Set<Key>] = [:],
    standing: @escaping (Key) -> SourceStanding?
  ) {
    self.definition = definition
    self.wholes = wholes
    self.standing = standing
  }

  /// How `other` differs from `chosen`.
  public func kind(of other: StatementRecord, beside chosen: StatementRecord) -> RivalKind {
    let (one, two) = (other.statement, chosen.statement)
    if let kind = difference(of: one.qualifiers, two.qualifiers) { return kind }
    if let kind = difference(of: one.value, two.value) { return kind }
    return replaces(chosen, other) ? .superseded : .conflict
  }

  /// Figures that are no rivals, since they differ in scope, basis or year, or are of a part and its whole: beside
  /// the first of each list, the widest, stand the others.
  public func neighbours(_ records: [StatementRecord]) -> [[StatementRecord]] {
    let ordered = records.filter { $0.isClaimed && $0.rank != .deprecated }.sorted(by: isWider)
    var groups: [[StatementRecord]] = []
    for record in ordered {
      let qualifiers = record.statement.qualifiers
      let home = groups.firstIndex {
        difference(of: qualifiers, $0[0].statement.qualifiers, strictly: true) != nil
      }
      if let home { groups[home].append(record) } else { groups.append([record]) }
    }
    return groups.filter { $0.count > 1 }
  }

  /// Values one after the other in time: the open end of each gives way to the next, which replaces it.
  /// - Parameter resolutions: those of ``Resolver``, in their order.
  public func successions(_ resolutions: [Resolution]) -> [(new: StatementRecord, old: StatementRecord)] {
    guard definition.cardinality == .oneAtATime else { return [] }
    let chosen = resolutions.compactMap(\.chosen.first)
    return zip(chosen, chosen.dropFirst()).compactMap { old, new in
      let hasOpenEnd = old.statement.validity.bounds.endLatest == .distantFuture
      return hasOpenEnd && old.statement.value != new.statement.value ? (new, old) : nil
    }
  }

  private func isWider(_ one: StatementRecord, _ other: StatementRecord) -> Bool {
    let (first, second) = (one.statement.qualifiers, other.statement.qualifiers)
    if first.count != second.count { return first.count < second.count }
    let (a, b) = (first.map(\.value.canonicalText), second.map(\.value.canonicalText))
    return a != b ? a.lexicographicallyPrecedes(b) : one.id.digest < other.id.digest
  }

  // MARK: Qualifiers

  /// How two lists of qualifiers differ; nothing where they are the same.
  /// - Parameter strictly: nothing as well where they are of things that have nothing to do with each other.
  private func difference(
    of one: [Qualifier], _ other: [Qualifier], strictly: Bool = false
  ) -> RivalKind? {
    let properties = Set(one.map(\.property)).union(other.map(\.property))
    var kind: RivalKind?
    for property in properties {
      let (first, second) = (values(property, one), values(property, other))
      if first == second { continue }
      var found = property == LatestFigures.year ? RivalKind.differentYear : .differentScope
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

  // MARK: Values

  /// How two values differ; nothing where they exclude each other.
  private func difference(of one: Value, _ other: Value) -> RivalKind? {
    if one == other { return .differentPrecision }
    switch (one, other) {
    case (.unknown, .none), (.none, .unknown): return nil
    case (.unknown, _), (_, .unknown): return .differentPrecision
    case (.entity(let a), .entity(let b)): return isPart(a, b) ? .partWhole : nil
    case (.date(let a), .date(let b)):
      return a.earliest <= b.latest && b.earliest <= a.latest ? .differentPrecision : nil
    case (.quantity(let a), .quantity(let b)):
      guard a.unit == b.unit else { return nil }
      if a.reading != b.reading { return .eachCombined }
      return a.canBe(b) ? .differentPrecision : nil
    default: return nil
    }
  }

  // MARK: Time

  /// Whether a later source gave `new` in place of `old`, of a property that has one value at a time.
  ///
  /// Two sources that speak of the same day contradict each other, whichever is newer.
  private func replaces(_ new: StatementRecord, _ old: StatementRecord) -> Bool {
    guard definition.cardinality == .oneAtATime else { return false }
    let (one, two) = (new.statement.validity.bounds, old.statement.validity.bounds)
    if max(one.startLatest, two.startLatest) <= min(one.endEarliest, two.endEarliest) { return false }
    guard let newest = published(old).max(), let oldest = published(new).min() else { return false }
    return newest < oldest
  }

  private func published(_ record: StatementRecord) -> [Day] {
    record.citations.filter { $0.stance == .claims }.compactMap { standing($0.source)?.published }
      .filter { $0 != .distantPast }
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
