import RegistryModel
import RegistryRules
import RegistryStore
import SeededNumbers

/// Edits drawn at random, the same for the same seed: claims with and without periods, denials, withdrawals, aliases,
/// judgements, data of sources, other keys, merges, memberships of groups in groups, parts that fail, undo and the undo of an undo.
struct RandomEdits {
  static let things = ["a", "b", "c", "d"]
  static let groups = ["g", "h", "i"]
  private static let properties = ["many", "one", "one-at-a-time", "name"]
  /// Of these the values are entities: a new claim can dethrone another one that names somebody.
  static let ofEntities: [(key: String, cardinality: Cardinality)] = [
    ("lead", .one), ("chair", .oneAtATime), ("guest", .onePer([Key(unchecked: "year")])),
  ]
  private var generator: Seeded
  private var newest: [TransactionID] = []
  /// How often something was moved from one key to another.
  private(set) var partings = 0

  init(seed: Int) { generator = Seeded(seed: UInt64(seed)) }

  static func filter(_ property: String, _ value: Value) -> Filter {
    .compare(path: [[Key(unchecked: property)]], .equal, [value])
  }

  /// What there is to edit: definitions, things, groups and sources.
  static func prepare(_ edits: Edits) throws {
    let cardinalities: [(String, Cardinality)] = [
      ("many", .many), ("one", .one), ("one-at-a-time", .oneAtATime),
    ]
    for (key, cardinality) in cardinalities {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: key), domain: [BuiltIn.entity],
            range: key == "one-at-a-time" ? .text : .choice(["x", "y", "z"]), cardinality: cardinality)))
    }
    for (key, cardinality) in ofEntities {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: key), domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
            cardinality: cardinality)))
    }
    // Things begin and end, follow one another, and a narrower property says as what somebody is a guest.
    for (key, range) in [
      ("begun", ValueRange.date), ("over", .date), ("succeeds", .entities([BuiltIn.entity])),
    ] {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: key), domain: [BuiltIn.entity], range: range,
            cardinality: range == .date ? .one : .many)))
    }
    try edits.store.apply(
      .defineProperty(
        PropertyDefinition(
          key: Groups.membership, domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
          cardinality: .many)))
    try edits.store.apply(
      .defineProperty(
        PropertyDefinition(
          key: Key(unchecked: "speaker"), domain: [BuiltIn.entity], range: .entities([BuiltIn.entity]),
          cardinality: .many, parent: Groups.membership)))
    let (begun, over) = (ExistenceMark(Key(unchecked: "begun")), ExistenceMark(Key(unchecked: "over")))
    try edits.store.apply(
      .defineType(
        TypeDefinition(
          key: Key(unchecked: "thing"), parent: BuiltIn.entity, plural: "things", begins: [begun],
          ends: [over])))
    for name in things { try edits.add("thing", name, name.uppercased()) }
    for name in groups { try edits.add("group", name) }
    for source in ["s", "r"] {
      try edits.add("source", source)
      try edits.store.apply(.setSource(Key(unchecked: source), SourceData(title: source)))
    }
  }

  /// A transaction of some edits, and at times the undo of one of the newest.
  /// - Parameter report: told of each transaction while it is the newest.
  mutating func step(
    _ registry: any RegistryStore, _ report: (TransactionID) throws -> Void = { _ in }
  ) throws {
    let count = Int.random(in: 1...6, using: &generator)
    let id = try registry.write { edits in
      for _ in 0..<count {
        if chance(8) {
          struct OnPurpose: Error {}
          try? registry.atomically { () throws in
            try edit(edits)
            throw OnPurpose()
          }
        } else {
          try edit(edits)
        }
      }
    }
    if let id {
      newest.append(id)
      try report(id)
    }
    // The newest, or the newest undo: with every second one, an undo is undone.
    while chance(4), let last = newest.last {
      do {
        let undo = try registry.write { try $0.store.apply(.revert(last)) }
        guard let undo else { break }
        newest.append(undo)
        try report(undo)
      } catch StoreProblem.alreadyUndone {
        break
      } catch StoreProblem.undoBlocked {
        break
      }
    }
  }

  mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &generator) == 0 }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  mutating func edit(_ edits: Edits) throws {
    try edit(edits, Int.random(in: 0..<32, using: &generator))
  }

  /// An edit that takes nothing away, and makes nothing one with another.
  mutating func addition(_ edits: Edits) throws {
    if chance(4) { return try citation(edits) }
    var kind = 0
    repeat {
      kind = Int.random(in: 0..<32, using: &generator)
    } while [5, 7, 11, 12, 13, 14, 15, 16, 24].contains(kind)
    try edit(edits, kind)
  }

  /// What is said already is said by a source, maybe by another one too.
  mutating func citation(_ edits: Edits) throws {
    let records = try edits.store.statements(
      StatementSelection(subjects: [Key(unchecked: pick(Self.things + ["g"]))]), .all
    ).filter(\.isClaimed)
    guard !records.isEmpty else { return }
    try edits.store.apply(.cite(pick(records).id, Citation(source: Key(unchecked: pick(["s", "r"])))))
  }

  private mutating func edit(_ edits: Edits, _ kind: Int) throws {
    let subject = pick(Self.things)
    let key = Key(unchecked: subject)
    switch kind {
    case 0..<4:
      try edits.claim(
        subject, pick(Self.properties), .text(pick(["x", "y", "z"])), try period(),
        citing: pick(["s", "r", nil]))
    case 4:
      let statement = Statement(
        subject: key, property: Key(unchecked: pick(Self.properties)), value: .text("x"))
      try edits.store.apply(.deny(statement, Citation(source: Key(unchecked: pick(["s", "r"])))))
    case 5:
      let records = try edits.store.statements(
        StatementSelection(
          subjects: [key], properties: Self.properties.map(Key.init(unchecked:))), .all)
      if !records.isEmpty { try edits.store.apply(.withdraw(pick(records).id)) }
    case 6: try edits.store.apply(.alias(key, name: pick(["p", "q"]), source: nil, reason: nil))
    case 7: try edits.store.apply(.withdrawAlias(key, name: pick(["p", "q"])))
    case 8:
      let date = try PartialDate(edtf: pick(["2019-01", "2020-06", "2024-12-31"]))
      try edits.store.apply(
        .setSource(
          Key(unchecked: pick(["s", "r"])),
          SourceData(
            title: "t", published: pick([date, nil]), reliability: pick(SourceData.Reliability.allCases))))
    case 9, 10:
      let member = pick(Self.things + Self.groups)
      try edits.claim(
        pick(Self.groups), "member", .entity(Key(unchecked: member)), try period(),
        citing: pick(["s", "r", nil]))
    case 11:
      let records = try edits.store.statements(StatementSelection(properties: [Groups.membership]), .all)
      if !records.isEmpty { try edits.store.apply(.withdraw(pick(records).id)) }
    case 12:
      // What was a group is none, or is one again.
      let group = Key(unchecked: pick(Self.groups))
      let types = try edits.store.statements(
        StatementSelection(subjects: [group], properties: [BuiltIn.type]), .all)
      if let type = types.first {
        try edits.store.apply(.withdraw(type.id))
      } else {
        try edits.claim(group.text, "type", .text("group"))
      }
    case 13:
      try tried(edits, .rename(key, to: Key(unchecked: pick(["p-", "q-"]) + subject), reason: nil))
    case 14, 15:
      let (one, other) = pair()
      try tried(edits, .merge(one, into: other, reason: nil))
    case 16: try tried(edits, .unmerge(key))
    case 17..<24:
      // Of few subjects and with few values, so that most are rivals.
      try edits.claim(
        pick(["a", "g"]), pick(Self.ofEntities).key, .entity(Key(unchecked: pick(["a", "c", "h"]))),
        try period(), citing: pick(["s", "r", nil]))
    case 24:
      let records = try edits.store.statements(
        StatementSelection(properties: Self.ofEntities.map { Key(unchecked: $0.key) }), .all)
      if !records.isEmpty { try edits.store.apply(.withdraw(pick(records).id)) }
    case 25:
      try edits.claim(
        subject, pick(["begun", "over"]),
        .date(try PartialDate(edtf: pick(["2017", "2019-05", "2021-03-01"]))),
        citing: pick(["s", "r", nil]))
    case 26:
      try edits.claim(
        subject, "succeeds", .entity(Key(unchecked: pick(Self.things))), citing: pick(["s", nil]))
    case 27, 28:
      let member = pick(Self.things)
      try edits.claim(
        pick(["g", subject]), pick(["member", "speaker"]), .entity(Key(unchecked: member)), try period(),
        citing: pick(["s", "r", nil]))
    case 29:
      let statement = Statement(
        subject: Key(unchecked: pick(["g", subject])), property: Key(unchecked: pick(["member", "speaker"])),
        value: .entity(Key(unchecked: pick(Self.things))), validity: try period())
      try edits.store.apply(.deny(statement, Citation(source: Key(unchecked: pick(["s", "r"])))))
    case 30:
      // A list that its source calls whole.
      try edits.claim(
        pick(["g", subject]), "member", .none, try period(), citing: "s",
        qualifiers: [Qualifier(BuiltIn.besides, .entity(Key(unchecked: pick(Self.things))))])
    default:
      let records = try edits.store.statements(StatementSelection(subjects: [key]), .all)
      if !records.isEmpty {
        try edits.store.apply(.rank(pick(records).id, pick([.preferred, .normal, .deprecated]), reason: nil))
        let due = pick([nil, PartialDate.year(pick([2026, 2027]))])
        try edits.store.apply(.review(.id(pick(records).id), by: due, reason: pick([nil, "it changes"])))
      }
    }
  }

  /// An edit that speaks against what others edit without knowing of it: keys out of few for several things, mergings of any,
  /// and who is held distinct.
  mutating func contradiction(_ edits: Edits) throws {
    let keys = ["k", "l", "m"]
    switch Int.random(in: 0..<9, using: &generator) {
    case 7, 8: try parting(edits)
    case 0, 1:
      try tried(
        edits,
        .rename(Key(unchecked: pick(Self.things)), to: Key(unchecked: pick(keys + ["a", "b"])), reason: nil))
    case 2, 3:
      let two = (Self.things + keys).shuffled(using: &generator).map(Key.init(unchecked:))
      for key in two.prefix(2) where try edits.store.entity(key, .all) == nil { return }
      try tried(edits, .merge(two[0], into: two[1], reason: nil))
    case 4: try tried(edits, .unmerge(Key(unchecked: pick(Self.things))))
    case 5:
      let key = pick(keys)
      if try edits.store.entity(Key(unchecked: key), .all) == nil { try edits.add("thing", key) }
    default:
      let held = try edits.store.statements(StatementSelection(properties: [BuiltIn.distinctFrom]), .all)
      if !held.isEmpty, chance(2) {
        try edits.store.apply(.withdraw(pick(held).id))
        return
      }
      let (one, other) = pair()
      let keys = try [one, other].map { try edits.store.entity($0, .all)?.key }
      if keys[0] != keys[1] { try edits.claim(one.text, "distinct-from", .entity(other)) }
    }
  }

  /// What one registry said of a thing is moved to another, which is new or was parted from it before.
  mutating func parting(_ edits: Edits) throws {
    let key = Key(unchecked: pick(Self.things + ["g", "k", "l", "s"]))
    let made = Dictionary(grouping: try edits.store.transactions(limit: .max)) { $0.identity?.origin ?? "" }
    guard try edits.store.entity(key, .all) != nil else { return }
    let origins = made.keys.filter { !$0.isEmpty }.sorted {
      (made[$0]?.count ?? 0, $0) < (made[$1]?.count ?? 0, $1)
    }
    guard !origins.isEmpty else { return }
    let of = Set(made[pick(origins)]?.map(\.id) ?? [])
    do {
      let parting = try edits.store.uniting.part(
        key, as: Key(unchecked: pick(["k", "n", "o"])), by: of, reason: nil)
      if parting.moved > 0 { partings += 1 }
    } catch {
      guard error.code == "key-taken" else { throw error }
    }
  }

  /// Two things, two groups or the two sources.
  mutating func pair() -> (Key, Key) {
    let two = pick([Self.things, Self.things, Self.groups, ["s", "r"]]).shuffled(using: &generator)
    return (Key(unchecked: two[0]), Key(unchecked: two[1]))
  }

  /// An edit that may be refused.
  private func tried(_ edits: Edits, _ edit: Edit) throws {
    do {
      try edits.store.apply(edit)
    } catch {
      guard ["key-taken", "cannot-merge", "not-merged"].contains(error.code) else { throw error }
    }
  }

  private mutating func period() throws -> Validity {
    let dates = try ["2018", "2020-01", "2020-06-15", "2022"].map { try PartialDate(edtf: $0) }
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: return Validity(.period(.from(pick(dates)), nil))
    case 1: return Validity(.period(nil, .until(pick(dates))))
    case 2:
      return Validity(.period(.from(dates[Int.random(in: 0...1, using: &generator)]), .through(dates[3])))
    case 3: return Validity(.seen(pick(dates)))
    default: return Validity()
    }
  }
}
