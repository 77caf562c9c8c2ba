/// A part of a sum: what a reading makes of it, and the statements that bear on it.
public struct Part<Number: ReadingNumber> {
  let statements: [String]
  let value: (Reading) -> Number

  /// A part on which only these statements bear.
  public init(_ statements: [String], _ value: @escaping (Reading) -> Number) {
    self.statements = statements
    self.value = value
  }
}

/// A part of a ratio: what it adds above and below; where it adds nothing below, nothing above either.
public struct RatioPart {
  let statements: [String]
  let value: (Reading) -> (above: Double, below: Double)

  /// A part on which only these statements bear.
  public init(_ statements: [String], _ value: @escaping (Reading) -> (above: Double, below: Double)) {
    self.statements = statements
    self.value = value
  }
}

extension Readings {
  /// The extremes of a sum: exact where few choices bear on each part, however many parts there are.
  public func extreme<Number>(ofSum parts: [Part<Number>]) -> Extreme<Number> {
    let search = PartSearch(self, parts.map(\.statements))
    let total = parts.reduce(Number.zero) { $0 + $1.value(chosen) }
    var found = Extreme<Number>(total)
    search.changes { reading, bearing, statement in
      let move = bearing.reduce(Number.zero) { $0 + (parts[$1].value(reading) - parts[$1].value(chosen)) }
      found.see(total + move, by: statement)
    }
    for isGreatest in [false, true] {
      let best = search.best { reading, part -> Scored<Number> in
        let value = parts[part].value(reading)
        return Scored(score: isGreatest ? value : .zero - value)
      }
      found.see(isGreatest ? best.found.score : .zero - best.found.score)
      if !best.isExact { found.isExact = false }
    }
    return found
  }

  /// The extremes of a ratio of two sums whose parts below are none of them negative (W. Dinkelbach, "On Nonlinear Fractional
  /// Programming", Management Science 13, 1967): exact where few choices bear on each part. Nothing where nothing is below.
  public func extreme(ofRatio parts: [RatioPart]) -> Extreme<Double> {
    let search = PartSearch(self, parts.map(\.statements))
    func ratio(_ above: Double, _ below: Double) -> Double? { below > 0 ? above / below : nil }
    func sum(_ bearing: some Sequence<Int>, _ reading: Reading) -> (above: Double, below: Double) {
      bearing.reduce((0, 0)) { so, part in
        let value = parts[part].value(reading)
        return (so.above + value.above, so.below + value.below)
      }
    }
    let now = sum(parts.indices, chosen)
    var found = Extreme<Double>(ratio(now.above, now.below))
    search.changes { reading, bearing, statement in
      let (old, new) = (sum(bearing, chosen), sum(bearing, reading))
      found.see(
        ratio(now.above - old.above + new.above, now.below - old.below + new.below), by: statement)
    }
    for sign in [1.0, -1.0] {
      // From some reading that has a ratio on, each step finds a better one until none is.
      let most = search.best { reading, part -> Scored<Double> in
        let value = parts[part].value(reading)
        return Scored(score: value.below, above: value.above, below: value.below)
      }
      guard var best = ratio(now.above, now.below) ?? ratio(most.found.above, most.found.below) else {
        continue
      }
      found.see(best)
      for _ in 0..<200 {
        let next = search.best { reading, part -> Scored<Double> in
          let value = parts[part].value(reading)
          return Scored(
            score: sign * (value.above - best * value.below), above: value.above, below: value.below)
        }
        if !next.isExact { found.isExact = false }
        guard let better = ratio(next.found.above, next.found.below), sign * (better - best) > 1e-15 else {
          break
        }
        best = better
      }
      found.see(best)
    }
    return found
  }
}

/// What a reading makes of parts: how good it is, and what it adds above and below a ratio.
struct Scored<Number: ReadingNumber> {
  var score: Number
  var above = 0.0
  var below = 0.0

  static func + (one: Scored, other: Scored) -> Scored {
    Scored(score: one.score + other.score, above: one.above + other.above, below: one.below + other.below)
  }
}

/// Looks for the best reading of a sum of parts. Parts on which the same choice bears are looked at together; where their
/// readings are too many, the choice that bears on most of them is fixed in each way, and the rest falls apart.
struct PartSearch {
  private let readings: Readings
  /// Of each part, the choices that bear on it.
  private let bearing: [[Int]]
  /// How many choices are fixed on top of one another.
  private static let deepest = 3

  init(_ readings: Readings, _ statements: [[String]]) {
    self.readings = readings
    bearing = statements.map { readings.choices(on: $0) }
  }

  /// The readings that differ from the chosen one in one choice, with the parts that it bears on.
  func changes(_ visit: (Reading, [Int], String) -> Void) {
    var parts: [Int: [Int]] = [:]
    for (part, places) in bearing.enumerated() {
      for place in places { parts[place, default: []].append(part) }
    }
    for (place, mine) in parts.sorted(by: { $0.key < $1.key }) {
      readings.changes(of: [place]) { visit($0, mine, $1) }
    }
  }

  /// The best sum.
  func best<Number>(
    _ score: (Reading, Int) -> Scored<Number>
  ) -> (found: Scored<Number>, isExact: Bool) {
    best(Array(bearing.indices), fixed: [:], depth: 0, score)
  }

  private func best<Number>(
    _ parts: [Int], fixed: [Int: Int], depth: Int, _ score: (Reading, Int) -> Scored<Number>
  ) -> (found: Scored<Number>, isExact: Bool) {
    var total = Scored<Number>(score: .zero)
    var isExact = true
    for block in blocks(parts, fixed) {
      func value(_ reading: Reading) -> Scored<Number> {
        block.parts.reduce(Scored(score: .zero)) { $0 + score(reading, $1) }
      }
      var mine: Scored<Number>?
      func see(_ other: Scored<Number>) {
        if let so = mine, so.score >= other.score { return }
        mine = other
      }
      if readings.count(of: block.places) != nil {
        readings.all(of: block.places, fixed) { see(value($0)) }
      } else if depth < Self.deepest, let hub = hub(of: block.parts, block.places) {
        for alternative in readings.choices[hub].alternatives.indices {
          var fixed = fixed
          fixed[hub] = alternative
          let found = best(block.parts, fixed: fixed, depth: depth + 1, score)
          see(found.found)
          if !found.isExact { isExact = false }
        }
      } else {
        isExact = false
        see(value(Reading(readings, fixed)))
        readings.drawn(of: block.places, fixed) { see(value($0)) }
      }
      if let mine { total = total + mine }
    }
    return (total, isExact)
  }

  /// The choice that bears on most of the parts.
  private func hub(of parts: [Int], _ places: [Int]) -> Int? {
    var counts: [Int: Int] = [:]
    for part in parts { for place in bearing[part] { counts[place, default: 0] += 1 } }
    return places.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) }
  }

  /// The parts that some open choice bears on together, with these choices; those that none bears on together.
  private func blocks(_ parts: [Int], _ fixed: [Int: Int]) -> [(places: [Int], parts: [Int])] {
    var root: [Int: Int] = [:]
    func find(_ place: Int) -> Int {
      var place = place
      while let next = root[place], next != place { place = next }
      return place
    }
    let open = parts.map { part in (part, bearing[part].filter { fixed[$0] == nil }) }
    for (_, places) in open {
      for place in places {
        let (one, other) = (find(places[0]), find(place))
        root[max(one, other)] = min(one, other)
      }
    }
    var blocks: [Int: (places: Set<Int>, parts: [Int])] = [:]
    for (part, places) in open {
      let block = places.first.map(find) ?? -1
      blocks[block, default: ([], [])].places.formUnion(places)
      blocks[block]?.parts.append(part)
    }
    return blocks.sorted { $0.key < $1.key }.map { ($0.value.places.sorted(), $0.value.parts) }
  }
}
