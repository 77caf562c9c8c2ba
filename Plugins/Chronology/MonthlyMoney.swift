import FoundationEssentials
import PluginKit

/// What was announced in which month, or where nobody says when, what came to the rung that it has. Amounts are added in one
/// currency, at one rung and in one reading only, and a part of what is added is left out. Under other readings amounts
/// change; months, givers, rungs and what is part of what stay those of the chosen claims.
struct MonthlyMoney {
  private struct Commitment {
    var key: String
    var currency: String
    /// The amount's own: each, unclear, forecast.
    var reading: String
    var low: Decimal?
    var high: Decimal?
    var hasAmount: Bool
    var towards: [String]
    var statements: [Datum]
  }
  /// An amount that some reading takes.
  private struct AmountClaim {
    var id: String
    var unit: String
    var reading: String
    var low: Decimal
  }
  private struct Place: Hashable {
    var first: Int64
    var date: DateValue?
    var initiative: String
    var currency: String
    var rung: String
    var reading: String
    /// Whether that day lies after today.
    var isToCome: Bool
  }
  /// Those whose amount is a price, which is no sum.
  private var prices: Set<String> = []
  private var found: [Place: [Commitment]] = [:]
  /// Of commitments whose amount competing claims leave open: all that is claimed of it.
  private var open: [String: [AmountClaim]] = [:]
  private let readings: Readings

  init(_ call: Call, _ scope: Scope, within days: ClosedRange<Int64>?, byInitiative: Bool) throws {
    let amounts = try call.propertyAndNarrower(of: "amount")
    readings = Readings(try call.openChoices(of: amounts))
    var keys: Set<String> = []
    let columns = [
      "key", "under", "currency", "reading", "low", "high", "towards", "announced_earliest",
      "announced_latest",
      "start_earliest", "start_latest", "statements", "bound", "rung", "forecast",
    ]
    for row in try call.rows(of: "commitments", columns: columns) {
      let under = row[1].label.split(separator: ", ").map(String.init)
      if let subjects = scope.subjects, !subjects.contains(row[0].label), subjects.isDisjoint(with: under) {
        continue
      }
      let announced = row[7].day.flatMap { first in row[8].day.map { first...max(first, $0) } }
      let dates =
        announced
        ?? row[9].day.flatMap { first in row[10].day.map { first...max(first, $0) } }
      if let days, let dates, !dates.overlaps(days) { continue }
      if row[2].label.contains("/") {
        prices.insert(row[0].label)
        continue
      }
      // At least so much has no end.
      let bound = row[12].label
      let (told, most) = (row[4].number, row[5].number)
      let low = told.map { Self.least($0, bound) }
      let high = ["at least", "more than"].contains(bound) ? nil : most
      let commitment = Commitment(
        key: row[0].label, currency: row[2].label,
        reading: Self.apart(row[3].label, isForecast: row[14].isYes), low: low, high: high,
        hasAmount: low != nil || high != nil,
        towards: row[6].label.split(separator: ", ").map(String.init),
        statements: row[11].label.split(separator: ", ").map { .text(String($0)) })
      keys.insert(commitment.key)
      for initiative in byInitiative ? (under.isEmpty ? [""] : under) : [""] {
        let place = Place(
          first: dates?.lowerBound ?? .max, date: dates.map(MonthlyMoney.date), initiative: initiative,
          currency: commitment.currency, rung: announced == nil ? row[13].label : "announced",
          reading: commitment.reading, isToCome: dates.map { $0.lowerBound > call.moment.today } ?? false)
        found[place, default: []].append(commitment)
      }
    }
    try readOpen(call, amounts, of: keys)
    found = Dictionary(
      found.map { place, commitments in
        var place = place
        place.first = place.date?.firstDay ?? .max
        return (place, commitments)
      }, uniquingKeysWith: +)
  }

  /// Reads every amount of the commitments of which competing claims leave it open.
  private mutating func readOpen(_ call: Call, _ amounts: [String], of keys: Set<String>) throws {
    guard !readings.choices.isEmpty, !keys.isEmpty else { return }
    var claims: [String: [AmountClaim]] = [:]
    for row in try call.rows(
      of: "statements", columns: ["id", "subject", "unit", "reading", "bound", "low", "chosen", "forecast"],
      where: ["property": amounts.map(Datum.key), "claimed": [true]])
    where keys.contains(row[1].label) && (row[6].isYes || !readings.isAlwaysTaken(row[0].label)) {
      claims[row[1].label, default: []].append(
        AmountClaim(
          id: row[0].label, unit: row[2].label, reading: Self.apart(row[3].label, isForecast: row[7].isYes),
          low: row[5].number.map { Self.least($0, row[4].label) } ?? 0))
    }
    open = claims.filter { _, claims in claims.contains { !readings.isAlwaysTaken($0.id) } }
  }

  /// The least that an amount can be: up to so much may be nothing.
  private static func least(_ low: Decimal, _ bound: String) -> Decimal {
    bound == "up to" ? min(0, low) : low
  }

  /// The reading that is added to no other.
  private static func apart(_ reading: String, isForecast: Bool) -> String {
    [["each", "unclear"].contains(reading) ? reading : "", isForecast ? "forecast" : ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The sum of the low ends under the readings; nothing where none of the amounts is open.
  private func extreme(of added: [Commitment], at place: Place) -> Extreme<Decimal>? {
    guard added.contains(where: { open[$0.key] != nil }) else { return nil }
    return readings.extreme(
      ofSum: added.map { commitment in
        guard let claims = open[commitment.key] else { return Part([]) { _ in commitment.low ?? 0 } }
        return Part(claims.map(\.id)) { reading in
          claims.filter { $0.unit == place.currency && $0.reading == place.reading && reading.takes($0.id) }
            .reduce(0) { $0 + $1.low }
        }
      })
  }

  /// The month where it is one; else the days between as a year or an interval.
  private static func date(_ days: ClosedRange<Int64>) -> DateValue {
    let month = Months.start(of: days.lowerBound)
    if Months.start(of: days.upperBound) == month { return Months.date(month) }
    let (first, last) = (DateValue(day: days.lowerBound).edtf, DateValue(day: days.upperBound).edtf)
    if first.hasSuffix("-01-01"), last.hasSuffix("-12-31"), first.prefix(4) == last.prefix(4) {
      return DateValue(edtf: String(first.prefix(4)), firstDay: days.lowerBound, lastDay: days.upperBound)
    }
    return DateValue(edtf: "\(first)/\(last)", firstDay: days.lowerBound, lastDay: days.upperBound)
  }

  func emit(_ call: Call, _ table: TableDeclaration, _ report: inout ReadingsReport) throws {
    if !prices.isEmpty {
      try call.note("left out of the money: \(prices.sorted().joined(separator: ", ")): a price, not a sum")
    }
    try call.begin(table)
    func order(_ place: Place) -> (Int64, Int64, [String]) {
      (
        place.first, place.date?.lastDay ?? .max,
        [place.initiative, place.currency, place.rung, place.reading, place.isToCome ? "1" : "0"]
      )
    }
    let sorted = found.sorted { one, other in
      let (mine, its) = (order(one.key), order(other.key))
      if (mine.0, mine.1) != (its.0, its.1) { return (mine.0, mine.1) < (its.0, its.1) }
      return mine.2.lexicographicallyPrecedes(its.2)
    }
    for (place, commitments) in sorted {
      let known = commitments.filter(\.hasAmount)
      let parts = known.filter { part in
        known.contains { whole in part.towards.contains(whole.key) && Self.canHold(whole, part) }
      }
      let added = known.filter { one in !parts.contains { $0.key == one.key } }
      if let extreme = extreme(of: added, at: place) {
        let words = [
          place.date?.edtf ?? "undated", place.initiative, place.currency, place.rung, place.reading,
        ]
        report.add(words.filter { !$0.isEmpty }.joined(separator: " "), "least", extreme)
      } else if !added.isEmpty {
        report.settled(1)
      }
      let reading = [place.reading, place.isToCome ? "to come" : ""].filter { !$0.isEmpty }
        .joined(separator: " ")
      let isBounded = added.allSatisfy { $0.high != nil }
      try call.emit(
        row: [
          place.date.map(Datum.date) ?? .empty, place.initiative.isEmpty ? .empty : .key(place.initiative),
          place.currency.isEmpty ? .empty : .text(place.currency),
          place.rung.isEmpty ? .empty : .text(place.rung), reading.isEmpty ? .empty : .text(reading),
          added.isEmpty ? .empty : .decimal(added.reduce(0) { $0 + ($1.low ?? 0) }),
          added.isEmpty || !isBounded ? .empty : .decimal(added.reduce(0) { $0 + ($1.high ?? 0) }),
          .integer(Int64(added.count)), .integer(Int64(parts.count)),
          .integer(Int64(commitments.count - known.count)),
        ], because: Evidence(row: Array(commitments.flatMap(\.statements).prefix(1000))))
    }
  }

  /// A whole that is smaller than its part holds it not.
  private static func canHold(_ whole: Commitment, _ part: Commitment) -> Bool {
    guard let high = whole.high else { return true }
    return (part.low ?? 0) <= high
  }
}
