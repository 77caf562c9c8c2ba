import RegistryModel
import RegistryStore

/// Edits of all kinds, drawn at random, on four things and two sources.
enum RandomEdits {
  static let names = ["a", "b", "c", "d"]
  private static let properties = ["many", "one", "one-at-a-time", "name"]

  /// Two of the things, or the two sources.
  static func pair(_ generator: inout SeededGenerator) -> (Key, Key) {
    let pool = Int.random(in: 0..<4, using: &generator) == 0 ? ["s", "r"] : names
    let two = pool.shuffled(using: &generator)
    return (Key(unchecked: two[0]), Key(unchecked: two[1]))
  }

  static func prepare(_ edits: Edits) throws {
    let cardinalities: [(String, Cardinality)] = [
      ("many", .many), ("one", .one), ("one-at-a-time", .oneAtATime),
    ]
    for (key, cardinality) in cardinalities {
      try edits.store.apply(
        .defineProperty(
          PropertyDefinition(
            key: Key(unchecked: key), domain: [BuiltIn.entity], range: .text, cardinality: cardinality)))
    }
    for name in names { try edits.add("thing", name, name.uppercased()) }
    for source in ["s", "r"] {
      try edits.add("source", source)
      try edits.store.apply(.setSource(Key(unchecked: source), SourceData(title: source)))
    }
  }

  static func edit(_ edits: Edits, _ generator: inout SeededGenerator) throws {
    func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &generator)] }
    let subject = pick(names)
    let key = Key(unchecked: subject)
    switch Int.random(in: 0..<15, using: &generator) {
    case 0..<4:
      try edits.claim(
        subject, pick(properties), .text(pick(["x", "y", "z"])), citing: pick(["s", "r", nil]))
    case 4:
      let statement = Statement(
        subject: key, property: Key(unchecked: pick(properties)), value: .text("x"))
      try edits.store.apply(.deny(statement, Citation(source: Key(unchecked: pick(["s", "r"])))))
    case 5:
      let records = try edits.store.statements(
        StatementSelection(subjects: [key], properties: properties.map(Key.init(unchecked:))), .all)
      if !records.isEmpty { try edits.store.apply(.withdraw(pick(records).id)) }
    case 6: try edits.store.apply(.alias(key, name: pick(["p", "q"]), source: nil, reason: nil))
    case 7: try edits.store.apply(.withdrawAlias(key, name: pick(["p", "q"])))
    case 8:
      let reliability = pick(SourceData.Reliability.allCases)
      try edits.store.apply(
        .setSource(Key(unchecked: pick(["s", "r"])), SourceData(title: "t", reliability: reliability)))
    case 9:
      try edits.claim(subject, "part", .entity(Key(unchecked: pick(names))), citing: pick(["s", "r", nil]))
    case 10:
      try tried(edits, .rename(key, to: Key(unchecked: pick(["p", "q", "x"]) + subject), reason: nil))
    case 11, 12:
      let (one, other) = pair(&generator)
      try tried(edits, .merge(one, into: other, reason: nil))
    case 13: try tried(edits, .unmerge(key))
    default:
      let records = try edits.store.statements(StatementSelection(subjects: [key]), .all)
      if !records.isEmpty {
        try edits.store.apply(.rank(pick(records).id, pick([.preferred, .normal, .deprecated]), reason: nil))
      }
    }
  }

  /// An edit that may be refused.
  private static func tried(_ edits: Edits, _ edit: Edit) throws {
    do {
      try edits.store.apply(edit)
    } catch {
      guard ["key-taken", "cannot-merge", "not-merged"].contains(error.code) else { throw error }
    }
  }
}

/// What a registry answers at a time.
struct Answers: Equatable {
  var entities: [EntityRecord]
  var statements: [StatementRecord]
  var byKey: [EntityRecord?]
  var byName: [[EntityRecord]]
  var found: [[Key]]
  var sources: [SourceData?]
  var cited: [[StatementID]]
  var chosen: [[Cell]]

  init(_ store: any RegistryStore, _ times: Times) throws {
    entities = try store.entities(EntityQuery(types: nil), times).rows.map(\.entity)
    statements = try store.statements(StatementSelection(), times)
    let keys = (RandomEdits.names + ["s", "r"]).map(Key.init(unchecked:))
    byKey = try keys.map { try store.entity($0, times) }
    byName = try (RandomEdits.names + ["p", "q", "x", "y"]).map { try store.entities(named: $0, times) }
    found = try ["x", "said by s"].map { try store.search($0, limit: 100, times).map(\.entity.key).sorted() }
    sources = try ["s", "r"].map { try store.source(Key(unchecked: $0), times) }
    cited = try ["s", "r"].map { key in
      try store.statements(StatementSelection(source: Key(unchecked: key)), times).map(\.id)
    }
    chosen = try store.sql(
      "SELECT id, subject, value FROM statements WHERE chosen ORDER BY id", limit: nil, times
    ).rows
  }
}
