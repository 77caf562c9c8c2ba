import PluginKit

/// Who is for what and who against it, by the properties that say so.
struct SignedTies: Sendable {
  /// A tie with its sign.
  private struct Signed: Sendable {
    var tie: Ties.Tie
    var sign: Int
    var evidence: [Datum]
  }
  /// That somebody is said not to be in something.
  private struct Denial: Sendable {
    var subject: String
    var object: String
    var statement: String
  }

  private var signed: [Signed] = []
  private var denials: [Denial] = []
  /// What is open of them.
  let readings: Readings
  /// The statements on which any tie depends.
  let open: [String]
  /// How many ties hold only possibly.
  let possible: Int

  /// - Parameters:
  ///   - denials: whether a denial of a positive tie is a negative one.
  ///   - kept: what has ties; nothing for all.
  init(positive: [String], negative: [String], denials: Bool, of kept: Set<String>?, _ call: Call) throws {
    let known = Set(try call.rows(of: "properties", columns: ["key"]).map { $0[0].label })
    var choices: [Choice] = []
    var open: [String] = []
    for (properties, sign) in [(positive, 1), (negative, -1)] {
      for property in properties where known.contains(property) {
        let ties = try TieFilter.ties(of: property, kept, call)
        choices += ties.readings.choices.filter { !choices.contains($0) }
        for tie in ties.ties where kept?.contains(tie.subject) ?? true {
          signed.append(Signed(tie: tie, sign: sign, evidence: ties.evidence(of: tie)))
          open += ties.openStatements(of: tie)
        }
      }
    }
    readings = Readings(choices)
    self.open = open
    possible = signed.count { $0.tie.standing == .possible }
    guard denials else { return }
    let properties = try positive.filter(known.contains).flatMap { try call.propertyAndNarrower(of: $0) }
    for row in try call.rows(
      of: "statements", columns: ["subject", "object", "id", "certainty"],
      where: [
        "property": Set(properties).sorted().map(Datum.key), "denied": [.boolean(true)],
        "claimed": [.boolean(false)],
      ])
    where row[1] != .empty && row[3].label != "possibly" && (kept?.contains(row[0].label) ?? true) {
      self.denials.append(Denial(subject: row[0].label, object: row[1].label, statement: row[2].label))
    }
  }

  /// The signs of ties by a reading, by what stands on the left and on the right of statements.
  private func signs(_ reading: Reading?) -> [String: [String: Int]] {
    var signs: [String: [String: Int]] = [:]
    for one in signed where reading.map(one.tie.isThere) ?? (one.tie.standing == .certain) {
      signs[one.tie.subject, default: [:]][one.tie.object, default: 0] += one.sign
    }
    // Who is in it by the reading is not said by it to be out of it.
    for denial in denials where (signs[denial.subject]?[denial.object] ?? 0) <= 0 {
      signs[denial.subject, default: [:]][denial.object] = -1
    }
    return signs
  }

  /// The graph of what is for and against each other, and how many pairs say both and are left out.
  ///
  /// In mode one-mode a statement ties its two sides. In the others two things are for each other where they are on the same
  /// side of more of what both have a side in than they are on different sides of, and against each other where of less.
  func graph(_ mode: TieParameters.Mode, _ reading: Reading? = nil) -> (net: SignedNet, undecided: Int) {
    let signs = signs(reading)
    var sums: [SignedNet.Pair: Int] = [:]
    let names: [String]
    if mode == .oneMode {
      names = Set(signs.keys).union(signs.values.flatMap(\.keys)).sorted()
      let places = TieSet.places(names)
      for (subject, mine) in signs {
        for (object, sign) in mine where subject != object {
          guard let one = places[subject], let other = places[object] else { continue }
          sums[SignedNet.Pair(one, other), default: 0] += sign.signum()
        }
      }
    } else {
      let sides = mode == .members ? signs : Self.turned(signs)
      names = Set(sides.values.flatMap(\.keys)).sorted()
      let places = TieSet.places(names)
      for mine in sides.values {
        let here = mine.compactMap { name, sign in places[name].map { ($0, sign.signum()) } }
          .filter { $0.1 != 0 }.sorted { $0.0 < $1.0 }
        for (index, (one, sign)) in here.enumerated() {
          for (other, its) in here[(index + 1)...] {
            sums[SignedNet.Pair(one, other), default: 0] += sign * its
          }
        }
      }
    }
    return (SignedNet(names: names, signs: sums.mapValues { $0.signum() }), sums.values.count { $0 == 0 })
  }

  private static func turned(_ signs: [String: [String: Int]]) -> [String: [String: Int]] {
    var turned: [String: [String: Int]] = [:]
    for (subject, mine) in signs {
      for (object, sign) in mine { turned[object, default: [:]][subject] = sign }
    }
    return turned
  }

  /// The statements behind the chosen graph: of each thing, by whom or what it is tied to.
  func evidence() -> SignedEvidence {
    var evidence = SignedEvidence()
    for one in signed where one.tie.standing == .certain {
      evidence.add(one.tie.subject, one.tie.object, one.evidence)
    }
    for denial in denials { evidence.add(denial.subject, denial.object, [.text(denial.statement)]) }
    return evidence
  }
}

/// The statements behind a graph of signs.
struct SignedEvidence: Sendable {
  private var near: [String: [String: [Datum]]] = [:]

  mutating func add(_ subject: String, _ object: String, _ ids: [Datum]) {
    near[subject, default: [:]][object, default: []] += ids
    if subject != object { near[object, default: [:]][subject, default: []] += ids }
  }

  /// Behind all ties of a thing.
  func of(_ name: String) -> [Datum] { (near[name] ?? [:]).sorted { $0.key < $1.key }.flatMap(\.value) }

  /// Behind what ties two things, or ties both to what they share.
  func of(_ one: String, _ other: String, _ mode: TieParameters.Mode) -> [Datum] {
    let (mine, its) = (near[one] ?? [:], near[other] ?? [:])
    if mode == .oneMode { return mine[other] ?? [] }
    return mine.keys.filter { its[$0] != nil }.sorted().flatMap { (mine[$0] ?? []) + (its[$0] ?? []) }
  }
}
