internal import RegistryModel
internal import RegistryStore

/// Some entities that stand first in the order of a query: all that do up to the last of them.
struct FirstEntities {
  /// The table `e`, given how to bind its parameters.
  let entities: ((SQL) -> String) -> String
  /// The value up to which they are all there; nothing where they are in the order of keys.
  let last: SQL?
}

/// A short list of a long table: the first by an index are tried before all are put in order.
extension SQLiteRegistry {
  /// More than so many are not asked for as a first page.
  private static var longestPage: Int { 500 }
  /// How many are tried.
  private static var mostTried: Int64 { 2_000 }

  /// Nothing where there is no index for the order, or where an equality finds the few who can fit.
  func firstEntities(_ query: EntityQuery, _ holding: Holding) throws(StoreProblem) -> FirstEntities? {
    guard let limit = query.limit, limit <= Self.longestPage, query.offset == 0, limit > 0,
      !(query.filter?.findsFew ?? false), holding.scope == .main
    else { return nil }
    switch query.sort.first {
    case nil: return try firstByKey(query)
    case let sort?:
      guard case .property(let property) = sort.field, holding.date == nil else { return nil }
      return try firstByValue(property, descending: sort.descending)
    }
  }

  private func firstByKey(_ query: EntityQuery) throws(StoreProblem) -> FirstEntities? {
    guard query.filter != nil else { return nil }
    let (all, ofTypes) = (try countEntities(nil, .main), try countEntities(query.types, .main))
    // A rare type is read as a whole.
    guard ofTypes > Self.mostTried, all < 20 * ofTypes else { return nil }
    let index = query.types?.count == 1 ? "entity_now_type" : "entity_now_key"
    return FirstEntities(
      entities: { bind in
        let condition =
          switch query.types {
          case nil: "TRUE"
          case let types? where types.count == 1: "type = \(bind(.text(types[0].text)))"
          case let types?: "type IN (SELECT value FROM json_each(\(bind(.list(types.map(\.text))))))"
          }
        return """
          (SELECT * FROM main.entity_now INDEXED BY \(index) WHERE \(condition)
            ORDER BY key LIMIT \(Self.mostTried)) e
          """
      }, last: nil)
  }

  private func firstByValue(_ property: Key, descending: Bool) throws(StoreProblem) -> FirstEntities? {
    let schema = try currentSchema()
    switch schema.properties[property]?.range {
    case .date, .number, .percent, .money: break
    default: return nil
    }
    let family = schema.propertyAndNarrower(of: property)
    let value = "coalesce(f.low_key, f.high_key)"
    let direction = descending ? "DESC" : "ASC"
    let parts = family.indices.map {
      """
      SELECT * FROM (SELECT \(value) AS value FROM main.fact f
        WHERE f.property = ?\($0 + 1) AND \(value) IS NOT NULL AND f.chosen
        ORDER BY \(value) \(direction) LIMIT \(Self.mostTried))
      """
    }
    let names = family.map { SQL.text($0.text) }
    let row = try db.rows(
      "SELECT value FROM (\(parts.joined(separator: " UNION ALL "))) ORDER BY value \(direction)"
        + " LIMIT 1 OFFSET \(Self.mostTried - 1)", names)
    guard try row.next() else { return nil }
    let last = row.value(0)
    let compared = descending ? ">=" : "<="
    func reaching(_ bind: (SQL) -> String) -> String {
      let bound = bind(last)
      return names.map {
        """
        SELECT DISTINCT f.subject FROM main.fact f WHERE f.property = \(bind($0)) AND \(value) IS NOT NULL
          AND \(value) \(compared) \(bound)
        """
      }.joined(separator: " UNION ")
    }
    // Many may share the last value.
    var arguments: [SQL] = []
    let query = reaching {
      arguments.append($0)
      return "?\(arguments.count)"
    }
    let limit = Self.mostTried * 10
    let found = try db.integer("SELECT count(*) FROM (\(query) LIMIT \(limit))", arguments) ?? 0
    guard found < limit else { return nil }
    return FirstEntities(
      entities: { bind in
        "(\(reaching(bind))) who CROSS JOIN main.entity_now e ON e.id = who.subject"
      }, last: last)
  }
}

extension Filter {
  /// Whether an index finds those who can fit, by an entity that is named.
  fileprivate var findsFew: Bool {
    switch self {
    case .compare(let path, .equal, let values):
      path.count == 1
        && values.allSatisfy {
          if case .entity = $0 { true } else { false }
        }
    case .all(let parts): parts.contains(where: \.findsFew)
    case .any(let parts): !parts.isEmpty && parts.allSatisfy(\.findsFew)
    case .compare, .not, .key, .state: false
    }
  }
}
