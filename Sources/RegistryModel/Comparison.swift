/// How what is known must compare with what is asked.
public enum Comparison: Hashable, Sendable {
  case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, like
}
