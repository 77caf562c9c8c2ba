internal import RegistryModel
internal import RegistryStore

/// Makes one SQL expression of a filter, with SQL's own third value for what cannot be decided.
///
/// An expression is 1, 0 or NULL for the entity `e`. Values of a property combine by "one that fits is enough":
/// `max` over them, with NULL as a half between 0 and 1, and NULL where there are none.
struct FilterCompiler {
  let scope: Scope
  let schema: Schema
  /// Whether an entity also stands for the groups that it is in.
  let includingGroups: Bool
  /// The row of a key; nothing where there is no such entity.
  let findID: (Key) throws(StoreProblem) -> Int64?
  /// The parameters, numbered from 1.
  private(set) var arguments: [SQL] = []
  private var depth = 0

  init(
    scope: Scope, schema: Schema, includingGroups: Bool,
    findID: @escaping (Key) throws(StoreProblem) -> Int64?
  ) {
    self.scope = scope
    self.schema = schema
    self.includingGroups = includingGroups
    self.findID = findID
  }

  /// A numbered parameter.
  mutating func bind(_ value: SQL) -> String {
    arguments.append(value)
    return "?\(arguments.count)"
  }

  mutating func bind(_ keys: [Key]) -> String {
    "(SELECT value FROM json_each(\(bind(.list(keys.map(\.text))))))"
  }

  mutating func compile(_ filter: Filter, _ holding: Holding) throws(StoreProblem) -> String {
    switch filter {
    case .all(let parts): return try join(parts, " AND ", empty: "1", holding)
    case .any(let parts): return try join(parts, " OR ", empty: "0", holding)
    case .not(let part): return "NOT (\(try compile(part, holding)))"
    case .key(let comparison, let text): return keyCondition(comparison, text)
    case .compare(let path, let comparison, let values):
      return try compare(path[...], of: "e.id", comparison, values, holding)
    case .state(let path, let state): return self.state(path[...], of: "e.id", state, holding)
    }
  }

  private mutating func join(
    _ parts: [Filter], _ word: String, empty: String, _ holding: Holding
  ) throws(StoreProblem) -> String {
    var compiled: [String] = []
    for part in parts { compiled.append("(\(try compile(part, holding)))") }
    return compiled.isEmpty ? empty : compiled.joined(separator: word)
  }

  private mutating func keyCondition(_ comparison: Filter.Comparison, _ text: String) -> String {
    guard comparison == .like else { return "e.key \(comparison.symbol) \(bind(.text(text)))" }
    return "instr(lower(e.key), \(bind(.text(text.lowercased())))) > 0"
  }

  private mutating func compare(
    _ path: ArraySlice<[Key]>, of subject: String, _ comparison: Filter.Comparison, _ values: [Value],
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    guard let properties = path.first else { return "NULL" }
    let fact = nextFact()
    let verdict: String
    if path.count > 1 {
      let rest = try compare(path.dropFirst(), of: "\(fact).object", comparison, values, holding)
      verdict = "CASE \(fact).kind WHEN 0 THEN \(rest) END"
    } else {
      verdict = try self.verdict(fact, properties, comparison, values, holding)
    }
    return """
      (SELECT nullif(max(coalesce(\(verdict), 0.5)), 0.5) FROM \(scope.rawValue).fact \(fact)
        WHERE \(fact).subject = \(subject) AND \(fact).property IN \(bind(properties)) AND \(fact).chosen\
      \(holding.condition(fact)))
      """
  }

  /// What one fact says to a comparison with any of some values.
  private mutating func verdict(
    _ fact: String, _ properties: [Key], _ comparison: Filter.Comparison, _ values: [Value],
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    // `!= a, b` means none of them.
    let tested = comparison == .unequal ? .equal : comparison
    var verdicts: [String] = []
    for value in values {
      var compiler = ValueComparison(
        fact: fact, scope: scope, words: choiceWords(properties), groups: includingGroups ? holding : nil,
        findID: findID)
      verdicts.append(try compiler.sql(tested, value) { self.bind($0) })
    }
    let any: String
    switch verdicts.count {
    case 0: any = "0"
    case 1: any = verdicts[0]
    default: any = "nullif(max(\(verdicts.map { "coalesce(\($0), 0.5)" }.joined(separator: ", "))), 0.5)"
    }
    return comparison == .unequal ? "1 - \(any)" : any
  }

  /// The words of a choice in their order, where all the properties have the same.
  private func choiceWords(_ properties: [Key]) -> [String]? {
    let ranges = Set(properties.compactMap { schema.properties[$0]?.range })
    guard ranges.count == 1, case .choice(let words)? = ranges.first else { return nil }
    return words
  }

  private mutating func state(
    _ path: ArraySlice<[Key]>, of subject: String, _ state: Filter.State, _ holding: Holding
  ) -> String {
    guard let properties = path.first else { return "0" }
    let fact = nextFact()
    var condition: String
    if path.count > 1 {
      condition = "\(fact).chosen AND \(self.state(path.dropFirst(), of: "\(fact).object", state, holding))"
    } else {
      switch state {
      case .stated: condition = "\(fact).claimed"
      case .denied: condition = "\(fact).denied"
      case .unknown: condition = "\(fact).chosen AND \(fact).kind = 4"
      }
    }
    condition += holding.condition(fact)
    return """
      EXISTS(SELECT 1 FROM \(scope.rawValue).fact \(fact) WHERE \(fact).subject = \(subject)
        AND \(fact).property IN \(bind(properties)) AND \(condition))
      """
  }

  private mutating func nextFact() -> String {
    depth += 1
    return "f\(depth)"
  }
}

extension Filter.Comparison {
  /// The operator of SQL.
  var symbol: String {
    switch self {
    case .equal, .like: "="
    case .unequal: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
