import RegistryModel

/// Which of several accepted claims hold at once on a day, of what has one value at a time: by the order of the rules each that
/// can hold beside those before it. A class, so that a day is looked at once.
final class Holders {
  private let claims: [ReadClaim]
  /// The stretches of days on which a claim holds, in the order of the claims; asked for by properties of one at a time alone.
  private lazy var stretches: [(first: Day, last: Day, claim: Int)] = claims.enumerated().flatMap {
    index, claim in
    Timeline(breaks: claim.breaks, claim.verdict).stretches.filter(\.verdict.isYes).map {
      ($0.first, $0.last, index)
    }
  }
  private var known: [Day: [Int]] = [:]

  init(_ claims: [ReadClaim]) { self.claims = claims }

  /// - Parameter canHold: whether a claim can hold beside another.
  /// - Returns: their places.
  func on(_ day: Day, _ canHold: (ReadClaim, ReadClaim) -> Bool) -> [Int] {
    if let found = known[day] { return found }
    var found: [Int] = []
    for stretch in stretches where stretch.first <= day && day <= stretch.last {
      let claim = claims[stretch.claim]
      if found.allSatisfy({ canHold(claim, claims[$0]) }) { found.append(stretch.claim) }
    }
    known[day] = found
    return found
  }
}
