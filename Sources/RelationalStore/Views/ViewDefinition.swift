internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// A relation with its query: the promise that SQL and plugins rely on.
struct ViewDefinition {
  let relation: RelationDeclaration
  /// The query; `@` stands for the scope that is read, `@.fact`, `@.group_path` and `@.part_path` for what of it
  /// holds on the date asked for, `@.told_fact` for facts whatever holds.
  private let template: String

  var name: String { relation.name }

  init(_ relation: RelationDeclaration, _ template: String) {
    self.relation = relation
    self.template = template
  }

  /// What of the times changes it, by what it reads; the declaration says the same.
  var follows: RelationDeclaration.Following {
    var follows: RelationDeclaration.Following = []
    func reads(_ marks: String...) -> Bool { marks.contains { template.contains($0) } }
    if reads("@.", "{definitions}", "{transactions told}") { follows.insert(.record) }
    if reads("@.citation_now", "{sources told}") { follows.formUnion([.sources, .speakers]) }
    if reads("@.fact", "@.group_path", "@.part_path") { follows.formUnion([.date, .sources]) }
    if reads("@.fact") { follows.insert(.speakers) }
    if reads("readings_of(", "{contradictions found}") { follows = .every }
    if reads("{citations told}") { follows.insert(.date) }
    return follows
  }

  /// The view's query over the tables of a scope.
  func sql(_ viewed: ViewedAs) -> String {
    let scope = viewed.holding.scope.rawValue
    let tables = [
      (Array(".fact".utf8), "temp.held_fact"), (Array(".group_path".utf8), "temp.held_path"),
      (Array(".part_path".utf8), "temp.held_part"), (Array(".told_fact".utf8), "\(scope).fact"),
    ]
    // Byte by byte, in one go: there are many views, and they are made for each question of another time.
    var sql: [UInt8] = []
    var rest = Array(template.utf8)[...]
    while let place = rest.firstIndex(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "{") }) {
      sql += rest[..<place]
      let isTable = rest[place] == UInt8(ascii: "@")
      rest = rest[(place + 1)...]
      if isTable {
        let table = tables.first { rest.starts(with: $0.0) }
        sql += (table?.1 ?? scope).utf8
        rest = rest.dropFirst(table?.0.count ?? 0)
      } else if let end = rest.firstIndex(of: UInt8(ascii: "}")),
        let keys = viewed.families[String(decoding: rest[..<end], as: UTF8.self)]
      {
        sql += keys.utf8
        rest = rest[(end + 1)...]
      } else {
        sql.append(UInt8(ascii: "{"))
      }
    }
    return String(decoding: sql + rest, as: UTF8.self)
  }

  /// All of them, in the order in which they are listed.
  static let all: [ViewDefinition] = ofThings + ofMembers + basic + ofStatements + ofSchema
}

/// What of tables that are of no date is read from another time, as conditions.
struct Told: Hashable {
  /// Of `d`, the data of a source: those that were certainly or possibly out, whose word counts.
  var sources = "TRUE"
  /// Of `t`, a transaction.
  var transactions = "TRUE"
}

/// What the views are made for: what is read and holds, and the types and properties by what stands above them. These go
/// into the views as words: SQLite would take a query of them to find many.
struct ViewedAs: Hashable {
  let holding: Holding
  let families: [String: String]
  /// The families of properties by which parts are followed.
  let parts: [[Key]]
  /// Whether they are read through as a whole.
  let wholly: Bool

  init(_ holding: Holding, _ schema: Schema, lapsed: [Int64], wholly: Bool, told: Told) {
    self.holding = holding
    self.wholly = wholly
    parts = Parts.followed(schema)
    func listed(_ keys: [Key]) -> String {
      "(" + keys.map { SQL.quoted($0.text) }.joined(separator: ", ") + ")"
    }
    var families: [String: String] = [:]
    for type in ["initiative", "commitment", "event", "office"] {
      families["types under \(type)"] = listed(schema.typeAndSubtypes(of: Key(unchecked: type)))
    }
    // Each property beside those that it narrows, itself among them.
    let narrowing = schema.properties.keys.sorted().flatMap { key in
      schema.propertyAndBroader(of: key).map { "(\(SQL.quoted(key.text)), \(SQL.quoted($0.text)))" }
    }
    families["narrowing"] = "(VALUES " + narrowing.joined(separator: ", ") + ")"
    func parent(_ ofLoops: [Key], instead: Key?) -> String {
      ofLoops.isEmpty
        ? "d.parent"
        : "CASE WHEN d.key IN \(listed(ofLoops)) THEN \(instead.map { SQL.quoted($0.text) } ?? "NULL") ELSE d.parent END"
    }
    families["parent of types"] = parent(schema.typesOfLoops, instead: BuiltIn.entity)
    families["parent of properties"] = parent(schema.propertiesOfLoops, instead: nil)
    // What was taken back and is used goes on.
    let scope = holding.scope.rawValue
    families["definitions"] =
      lapsed.isEmpty
      ? "\(scope).definition_now"
      : "(SELECT c.* FROM main.definition c WHERE c.id IN (\(lapsed.map(String.init).joined(separator: ", ")))"
        + " OR EXISTS(SELECT 1 FROM \(scope).definition_now n WHERE n.id = c.id))"
    families["properties under member"] = listed(schema.propertyAndNarrower(of: Key(unchecked: "member")))
    // Who says what does not hold on a date says nothing of it.
    families["citations told"] =
      holding.date == nil
      ? "TRUE" : "EXISTS (SELECT 1 FROM temp.held_fact h WHERE h.statement = c.statement)"
    families["sources told"] = told.sources
    families["transactions told"] = told.transactions
    families["contradictions found"] = FoundTable.name
    self.families = families
  }
}
