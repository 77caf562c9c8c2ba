/// In which way two statements differ, the gravest first.
public enum ContradictionKind: String, Hashable, Sendable, CaseIterable, Comparable {
  /// They cannot both be right.
  case conflict
  /// The one says what the other denies, or what it leaves out of a list that it calls whole.
  case denied
  /// They give one value two beginnings or two ends that exclude each other, or see it after its end.
  case period
  /// The amounts differ in whether they are meant for each, for all together, or unclear.
  case eachCombined = "each-combined"
  /// A correction, a later source, a successor in time, or what came of a plan took the place of the other.
  case superseded
  /// They can both be right: what their words allow overlaps, as a month and a day in it do.
  case differentPrecision = "different-precision"
  /// One is of a part of what the other is of: an element of a group of minerals, a member of a group of actors.
  case partWhole = "part-whole"
  /// They cover different things: another scope, basis, market or phase.
  case differentScope = "different-scope"
  /// They are of different years.
  case differentYear = "different-year"

  private var order: Int { ContradictionKind.allCases.firstIndex(of: self) ?? 0 }
  public static func < (left: ContradictionKind, right: ContradictionKind) -> Bool {
    left.order < right.order
  }

  /// Whether one of the two must be wrong.
  public var excludes: Bool { self <= .period }
}
