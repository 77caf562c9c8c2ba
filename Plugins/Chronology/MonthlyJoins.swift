import PluginKit

/// Who joined in which month, by the claims that a reading takes.
struct MonthlyJoins {
  struct Place: Hashable, Comparable {
    var month: Int64
    /// Empty where all are counted together.
    var initiative: String
    static func < (one: Place, other: Place) -> Bool {
      (one.month, one.initiative) < (other.month, other.initiative)
    }
  }
  struct Row {
    var joined: [String] = []
    var possible = 0
    var statements: [String] = []
  }
  private struct Pair: Hashable {
    var initiative: String
    var member: String
  }

  /// By the chosen claims.
  private(set) var rows: [Place: Row] = [:]
  /// Those that are in no one month, by the chosen claims.
  private(set) var unplaced: [Joining] = []
  /// Those that only possible claims say.
  private(set) var possible: [Joining] = []
  private let readings: Readings
  private let days: ClosedRange<Int64>?
  private let byInitiative: Bool
  /// The pairs of which competing claims leave something open, with the rows that they may be counted in.
  private var open: [Place: [[MemberClaim]]] = [:]

  init(_ claims: [MemberClaim], _ readings: Readings, within days: ClosedRange<Int64>?, byInitiative: Bool) {
    self.readings = readings
    self.days = days
    self.byInitiative = byInitiative
    let pairs = Dictionary(grouping: claims) { Pair(initiative: $0.initiative, member: $0.member) }
    let chosen = readings.chosen
    for (_, claims) in pairs.sorted(by: {
      ($0.key.initiative, $0.key.member) < ($1.key.initiative, $1.key.member)
    }) {
      let joinings = self.joinings(claims, chosen, possible: true)
      for joining in joinings { add(joining) }
      guard claims.contains(where: { !readings.isAlwaysTaken($0.id) }) else { continue }
      // Where any of the claims may put it.
      var places: Set<Place> = []
      for claim in claims {
        var claim = claim
        claim.isPossible = false
        for joining in Joining.all([claim]) { if let place = place(of: joining) { places.insert(place) } }
      }
      for joining in joinings { if let place = place(of: joining) { places.insert(place) } }
      for place in places {
        open[place, default: []].append(claims)
        if rows[place] == nil { rows[place] = Row() }
      }
    }
  }

  /// By the claims that a reading takes; beside them, by the chosen ones, what is only possible.
  private func joinings(_ claims: [MemberClaim], _ reading: Reading, possible: Bool = false) -> [Joining] {
    let taken = claims.filter { reading.takes($0.id) || possible && $0.isPossible }.map { claim in
      var claim = claim
      // Where a reading takes what is open, it is so.
      if !possible, !readings.isAlwaysTaken(claim.id) { claim.isPossible = false }
      return claim
    }
    return Joining.all(taken).filter { joining in
      guard let days, let its = joining.days else { return true }
      return its.overlaps(days)
    }
  }

  private func place(of joining: Joining) -> Place? {
    guard let month = joining.month, !joining.isPossible else { return nil }
    if let days, let its = joining.days, !its.overlaps(days) { return nil }
    return Place(month: month, initiative: byInitiative ? joining.initiative : "")
  }

  private mutating func add(_ joining: Joining) {
    if let place = place(of: joining) {
      rows[place, default: Row()].joined.append(joining.member)
      rows[place, default: Row()].statements += joining.statements
      return
    }
    if joining.isPossible { possible.append(joining) } else { unplaced.append(joining) }
    guard let its = joining.days, its.lowerBound > -3_000_000, its.upperBound < 3_000_000 else { return }
    let asked = days.map { its.clamped(to: $0) } ?? its
    // A year touches twelve months; what is coarser than ten years is only told beside.
    for month in Months.touched(by: asked, atMost: 121) {
      let place = Place(month: month, initiative: byInitiative ? joining.initiative : "")
      rows[place, default: Row()].possible += 1
      rows[place, default: Row()].statements += joining.statements
    }
  }

  /// How many joined in a row's month under the readings; nothing where nothing of it is open.
  func extreme(of place: Place) -> Extreme<Int>? {
    guard let pairs = open[place] else { return nil }
    var parts = pairs.map { claims in
      Part<Int>(claims.map(\.id)) { reading in joinings(claims, reading).count { self.place(of: $0) == place }
      }
    }
    let chosen = pairs.reduce(0) { sum, claims in
      sum + joinings(claims, readings.chosen).count { self.place(of: $0) == place }
    }
    let settled = (rows[place]?.joined.count ?? 0) - chosen
    parts.append(Part([]) { _ in settled })
    return readings.extreme(ofSum: parts)
  }
}
