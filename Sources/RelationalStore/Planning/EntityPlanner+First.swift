internal import RegistryModel
internal import RegistryStore

/// A short list of a long table: what stands first is tried, by an index or in the order of few, before all who can fit
/// are looked at.
extension EntityPlanner {
  /// More than so many are not asked for as a first page.
  private static var longestPage: Int { 500 }

  /// How many are tried, and at most.
  private static var usuallyTried: Int { 2_000 }

  private static var mostTried: Int { 40_000 }

  /// Fewer than so many who can fit are put in order.
  private static var fewest: Int { 1_000 }

  /// Nothing where there is no order by which few have to be tried.
  func firstEntities(_ query: EntityQuery, _ holding: Holding) throws(StoreProblem) -> FirstEntities? {
    guard let limit = query.limit, limit <= Self.longestPage, query.offset == 0, limit > 0 else { return nil }
    var tried = Self.usuallyTried
    if let filter = query.filter, filter.findsFew {
      // By the index of the order as many are passed by as there are of the others; else all who can fit are sorted.
      let fitting = try countFitting(filter, query.includesOthers, holding.scope) ?? 0
      let steps = limit * (try countEntities(query.types, holding.scope)) / max(1, fitting)
      guard fitting > Self.fewest, steps < fitting / 2, 4 * steps < Self.mostTried else {
        return inOrderOfFew(query, holding)
      }
      tried = max(tried, 4 * steps)
    }
    guard holding.scope == .main else { return nil }
    switch query.sort.first {
    case nil: return try firstByKey(query, tried)
    case let sort?:
      guard case .property(let property) = sort.field, holding.date == nil else { return nil }
      return try firstByValue(property, query, max(tried, 10 * Self.usuallyTried), holding)
    }
  }

  /// How many an equality finds at most; nothing where that is not counted.
  private func countFitting(
    _ filter: Filter, _ includesOthers: Bool, _ scope: Scope
  ) throws(StoreProblem) -> Int? {
    switch filter {
    case .compare(let path, .equal, let values) where path.count == 1 && !includesOthers:
      var ids: [Int64] = []
      for value in values {
        guard case .entity(let key) = value else { return nil }
        if let id = try truth.findEntityID(key, in: scope) { ids.append(id) }
      }
      return try countGiven(ids, path[0], scope)
    case .all(let parts):
      var counts: [Int] = []
      for part in parts {
        if let count = try countFitting(part, includesOthers, scope) { counts.append(count) }
      }
      return counts.min()
    case .any(let parts):
      var sum = 0
      for part in parts {
        guard let count = try countFitting(part, includesOthers, scope) else { return nil }
        sum += count
      }
      return sum
    case .qualified(_, let part): return try countFitting(part, includesOthers, scope)
    case .compare, .not, .key, .state, .named, .undecided: return nil
    }
  }

  /// Those whom an equality finds, put in order before the filter is tested on the first of them.
  private func inOrderOfFew(_ query: EntityQuery, _ holding: Holding) -> FirstEntities? {
    guard let filter = query.filter else { return nil }
    return FirstEntities(entities: { (compiler) throws(StoreProblem) in
      let few =
        try compiler.candidates(filter) ?? "SELECT id AS subject FROM \(holding.scope.rawValue).entity_now"
      let order = self.orderTerms(query.sort, &compiler, holding).map(\.text).joined(separator: ", ")
      let types = query.types.map { " WHERE e.type IN \(compiler.bind($0))" } ?? ""
      return """
        SELECT e.id, e.key, e.type, e.name FROM (SELECT DISTINCT subject FROM (\(few))) who
          CROSS JOIN \(holding.scope.rawValue).entity_now e ON e.id = who.subject\(types) ORDER BY \(order) LIMIT -1
        """
    })
  }

  private func firstByKey(_ query: EntityQuery, _ tried: Int) throws(StoreProblem) -> FirstEntities? {
    let (all, ofTypes) = (try countEntities(nil, .main), try countEntities(query.types, .main))
    // A rare type is read as a whole, unless it has its own order.
    guard ofTypes > tried, query.types?.count == 1 || all < 20 * ofTypes else { return nil }
    let index = query.types?.count == 1 ? "entity_now_type" : "entity_now_key"
    return FirstEntities(entities: { compiler in
      let condition =
        switch query.types {
        case nil: "TRUE"
        case let types? where types.count == 1: "type = \(compiler.bind(.text(types[0].text)))"
        case let types?: "type IN \(compiler.bind(types))"
        }
      return """
        SELECT id, key, type, name FROM main.entity_now INDEXED BY \(index) WHERE \(condition)
          ORDER BY key LIMIT \(tried)
        """
    })
  }

  private func firstByValue(
    _ property: Key, _ query: EntityQuery, _ tried: Int, _ holding: Holding
  ) throws(StoreProblem) -> FirstEntities? {
    let schema = try schemas.currentSchema()
    guard let range = schema.properties[property]?.range, range == .date || range.isNumeric else {
      return nil
    }
    let direction = query.sort[0].descending ? " DESC" : ""
    let value = "coalesce(f.low_key, f.high_key)"
    return FirstEntities(
      entities: { compiler in
        let others = self.orderTerms(Array(query.sort.dropFirst()), &compiler, holding).dropLast()
        let columns = others.enumerated().map { ", \($1.value) AS o\($0)" }.joined()
        let order =
          ["value\(direction)"] + others.enumerated().map { "o\($0)\($1.descending ? " DESC" : "")" }
        let types = query.types.map { " AND e.type IN \(compiler.bind($0))" } ?? ""
        let parts = schema.propertyAndNarrower(of: property).map {
          """
          SELECT e.id, e.key, e.type, e.name, f.statement, \(value) AS value\(columns)
          FROM main.fact f CROSS JOIN main.entity_now e ON e.id = f.subject
          WHERE f.property = \(compiler.bind(.text($0.text))) AND \(value) IS NOT NULL AND f.chosen\(types)
          """
        }
        return parts.joined(separator: " UNION ALL ")
          + " ORDER BY \((order + ["key"]).joined(separator: ", ")) LIMIT \(tried)"
      },
      // What has several values stands where the least of them does.
      condition: { compiler in
        "e.statement = " + self.sorting("f.statement", by: property, &compiler, holding)
      })
  }
}

/// Some entities that stand first in the order of a query.
struct FirstEntities {
  /// A query of `id`, `key`, `type` and `name`, in the order asked for.
  let entities: (inout FilterCompiler) throws(StoreProblem) -> String
  /// What must be true of a row of it, `e`, beside the filter.
  var condition: (inout FilterCompiler) -> String? = { _ in nil }
}
