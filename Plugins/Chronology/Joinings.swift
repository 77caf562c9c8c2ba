import PluginKit

/// A claim that names a member, as it stands in the registry.
struct MemberClaim: Hashable {
  var initiative: String
  var member: String
  var id: String
  /// When it began, as it is said; nothing where that is not said.
  var starts: DateValue?
  var ends: DateValue?
  /// Whether it holds only possibly on the date asked for, or is only to come.
  var isPossible = false
}

/// When somebody joined, by all claims that are taken.
struct Joining: Hashable {
  var initiative: String
  var member: String
  /// The days on which it can have been; nothing where no beginning is said.
  var days: ClosedRange<Int64>?
  /// As the most exact of the claims has it.
  var date: DateValue?
  var statements: [String]
  /// Whether only what is possible says so.
  var isPossible = false

  /// The month in which it certainly was: its first day.
  var month: Int64? {
    guard let days, days.lowerBound > -3_000_000, days.upperBound < 3_000_000 else { return nil }
    let first = Months.start(of: days.lowerBound)
    return Months.start(of: days.upperBound) == first ? first : nil
  }

  private struct Pair: Hashable {
    var initiative: String
    var member: String
  }

  /// When each member joined each initiative. Claims whose beginnings allow one day are one joining; another one follows
  /// only where an end is stated between. What is only possible speaks where nothing else does.
  static func all(_ claims: [MemberClaim]) -> [Joining] {
    let certain = of(claims.filter { !$0.isPossible })
    let possible = claims.filter(\.isPossible)
    guard !possible.isEmpty else { return certain }
    let known = Dictionary(grouping: certain) { Pair(initiative: $0.initiative, member: $0.member) }
    let ends = Dictionary(grouping: claims) { Pair(initiative: $0.initiative, member: $0.member) }
      .mapValues { $0.compactMap(\.ends) }
    let more = of(possible).filter { joining in
      let pair = Pair(initiative: joining.initiative, member: joining.member)
      guard let before = known[pair]?.last else { return true }
      guard let days = joining.days, let last = before.days, days.lowerBound > last.upperBound else {
        return false
      }
      return (ends[pair] ?? []).contains { $0.lastDay >= last.lowerBound && $0.firstDay <= days.upperBound }
    }
    return sorted(
      certain
        + more.map { joining in
          var joining = joining
          joining.isPossible = true
          return joining
        })
  }

  private static func of(_ claims: [MemberClaim]) -> [Joining] {
    var found: [Joining] = []
    for (pair, claims) in Dictionary(
      grouping: claims, by: { Pair(initiative: $0.initiative, member: $0.member) })
    {
      let begun = claims.filter { $0.starts != nil }.sorted {
        ($0.first, $0.last, $0.id) < ($1.first, $1.last, $1.id)
      }
      guard let earliest = begun.first else {
        found.append(
          Joining(
            initiative: pair.initiative, member: pair.member, days: nil, date: nil,
            statements: claims.map(\.id).sorted()))
        continue
      }
      let ends = claims.compactMap(\.ends)
      var current = Joining(earliest)
      for claim in begun.dropFirst() {
        guard let days = current.days else { continue }
        if claim.first <= days.upperBound {
          current.narrow(claim)
        } else if ends.contains(where: { $0.lastDay >= days.lowerBound && $0.firstDay <= claim.last }) {
          found.append(current)
          current = Joining(claim)
        }
      }
      found.append(current)
    }
    return sorted(found)
  }

  private static func sorted(_ joinings: [Joining]) -> [Joining] {
    joinings.sorted {
      ($0.initiative, $0.member, $0.days?.lowerBound ?? .max) < (
        $1.initiative, $1.member, $1.days?.lowerBound ?? .max
      )
    }
  }

  private init(_ claim: MemberClaim) {
    initiative = claim.initiative
    member = claim.member
    days = claim.first...claim.last
    date = claim.starts
    statements = [claim.id]
  }

  private init(
    initiative: String, member: String, days: ClosedRange<Int64>?, date: DateValue?, statements: [String]
  ) {
    self.initiative = initiative
    self.member = member
    self.days = days
    self.date = date
    self.statements = statements
  }

  private mutating func narrow(_ claim: MemberClaim) {
    guard let days else { return }
    self.days = max(days.lowerBound, claim.first)...min(days.upperBound, claim.last)
    if let date, claim.last - claim.first < date.lastDay - date.firstDay { self.date = claim.starts }
    statements.append(claim.id)
  }
}

extension MemberClaim {
  fileprivate var first: Int64 { starts?.firstDay ?? 0 }
  fileprivate var last: Int64 { starts?.lastDay ?? 0 }
}

/// Months as their first days.
enum Months {
  static func start(of day: Int64) -> Int64 {
    // The day of the month is the last of a date's text.
    let text = DateValue(day: day).edtf
    return day - (Int64(text.suffix(2)) ?? 1) + 1
  }

  /// `2026-01` for a first day.
  static func date(_ start: Int64) -> DateValue {
    let text = DateValue(day: start).edtf
    return DateValue(
      edtf: String(text.dropLast(3)), firstDay: start, lastDay: Months.start(of: start + 31) - 1)
  }

  /// The months that some days touch, at most so many.
  static func touched(by days: ClosedRange<Int64>, atMost most: Int = 1200) -> [Int64] {
    var found: [Int64] = []
    var start = start(of: days.lowerBound)
    while start <= days.upperBound, found.count < most {
      found.append(start)
      start = Months.start(of: start + 31)
    }
    return found
  }
}
