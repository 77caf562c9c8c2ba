extension Qualifier {
  /// Whether it is the one asked for; a year asked for is any date in it.
  public func fits(_ wanted: Qualifier) -> Bool {
    guard property == wanted.property else { return false }
    if case .date(let one) = value, case .date(let other) = wanted.value {
      return other.earliest <= one.earliest && one.latest <= other.latest
    }
    return value == wanted.value
  }
}

extension Statement {
  /// Whether it has all the qualifiers that are asked for.
  public func has(_ wanted: [Qualifier]) -> Bool {
    wanted.allSatisfy { asked in qualifiers.contains { $0.fits(asked) } }
  }
}
