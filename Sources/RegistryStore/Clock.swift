internal import RegistryModel

/// What orders transactions of different registries: wall clocks, which differ, so that none stands before one that its
/// origin knew.
public enum Clock {
  /// Milliseconds by which one clock is far ahead of another: a day, which no time zone explains.
  public static let far: Int64 = 86_400_000

  /// - Parameters:
  ///   - text: the time of a transaction, in ISO 8601 and UTC.
  ///   - known: the most that the registry knows.
  public static func reading(at text: String, after known: Int64) -> Int64 {
    max(milliseconds(text) ?? 0, known + 1)
  }

  /// Milliseconds since 1970 of `2026-01-31T12:30:00.250Z`; nil where it is no such time.
  public static func milliseconds(_ text: String) -> Int64? {
    let parts = text.split(whereSeparator: { "-T:.Z".contains($0) })
    let numbers = parts.compactMap { Int64($0) }
    guard text.utf8.count == 24, parts.count == 7, numbers.count == 7, parts[0].utf8.count == 4,
      (1...12).contains(numbers[1]),
      (1...31).contains(numbers[2])
    else { return nil }
    let day = Day(year: numbers[0], month: Int(numbers[1]), day: Int(numbers[2])).number
    return ((day * 24 + numbers[3]) * 60 + numbers[4]) * 60_000 + numbers[5] * 1_000 + numbers[6]
  }
}
