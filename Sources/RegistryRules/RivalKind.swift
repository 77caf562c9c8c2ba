/// How two statements stand to each other: what a table of conflicts sorts them by, the gravest first.
public enum RivalKind: String, Hashable, Sendable, CaseIterable, Comparable {
  /// They cannot both be right.
  case conflict
  /// A source claims what another one denies.
  case denied
  /// The amounts differ in whether they are meant for each, for all together, or unclear.
  case eachCombined = "each-combined"
  /// A later source, or a successor in time, replaced the value.
  case superseded
  /// They can both be right: what their words allow overlaps, as a month and a day in it do.
  case differentPrecision = "different-precision"
  /// One is of a part of what the other is of: an element of a group of minerals, a member of a group of actors.
  case partWhole = "part-whole"
  /// They cover different things: another scope, basis, market or phase.
  case differentScope = "different-scope"
  /// They are of different years.
  case differentYear = "different-year"

  private var order: Int { RivalKind.allCases.firstIndex(of: self) ?? 0 }
  public static func < (left: RivalKind, right: RivalKind) -> Bool { left.order < right.order }
}
