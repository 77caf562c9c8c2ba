import PluginKit

/// When somebody joined something, as far as that is known: days since 1970-01-01.
struct Joining: Sendable {
  var initiative: String
  var member: String
  /// The first and the last day on which it may have been; nothing where that is open.
  var earliest: Int64?
  var latest: Int64?
  var statements: [String]

  /// Of several claims the first joining counts; those that may mean the same day narrow it.
  mutating func narrow(_ earliest: Int64?, _ latest: Int64?, _ statement: String) {
    if !statement.isEmpty { statements.append(statement) }
    let (from, to) = (earliest ?? .min, latest ?? .max)
    let (ownFrom, ownTo) = (self.earliest ?? .min, self.latest ?? .max)
    if from > ownTo { return }
    if to < ownFrom {
      (self.earliest, self.latest) = (earliest, latest)
      return
    }
    let (low, high) = (max(from, ownFrom), min(to, ownTo))
    (self.earliest, self.latest) = (low == .min ? nil : low, high == .max ? nil : high)
  }

  /// Of several claims that are only possible any may be right.
  mutating func widen(_ earliest: Int64?, _ latest: Int64?) {
    self.earliest = self.earliest.flatMap { own in earliest.map { min(own, $0) } }
    self.latest = self.latest.flatMap { own in latest.map { max(own, $0) } }
  }

  /// Whether it certainly was before another.
  func isBefore(_ other: Joining) -> Bool {
    if let latest, let its = other.earliest { latest < its } else { false }
  }
}

/// A stretch of the calendar.
enum Period: String, CaseIterable, Sendable {
  case year, quarter, month

  /// The number of the period that a day is in, counted from year 0 on.
  func number(_ day: Int64) -> Int64 {
    let (year, month) = Self.civil(day)
    return switch self {
    case .year: year
    case .quarter: year * 4 + (month - 1) / 3
    case .month: year * 12 + month - 1
    }
  }

  /// How it is written.
  func words(_ number: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch self {
    case .year: "\(number)"
    case .quarter: "\(number / 4)-Q\(number % 4 + 1)"
    case .month: "\(number / 12)-\(two(number % 12 + 1))"
    }
  }

  private static func civil(_ day: Int64) -> (year: Int64, month: Int64) {
    let parts = DateValue(day: day).edtf.split(separator: "-", omittingEmptySubsequences: true)
    return (Int64(parts.first ?? "") ?? 0, Int64(parts.dropFirst().first ?? "") ?? 1)
  }
}
