internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Makes one SQL expression of a filter, with SQL's own third value for what cannot be decided.
///
/// An expression is 1, 0 or NULL for the entity `e`. Values of a property combine by "one that fits is enough":
/// `max` over them, with NULL as a half between 0 and 1, and NULL where there are none.
struct FilterCompiler {
  let scope: Scope
  let schema: Schema
  /// What a statement can name in place of an entity that is compared with.
  let standIns: [Key: [StandIn]]
  /// The row of a key; nothing where there is no such entity.
  let findID: (Key) throws(StoreProblem) -> Int64?
  /// The parameters, numbered from 1.
  private(set) var arguments: [SQL] = []
  /// Whether conditions lie so deep within one another that SQLite reads them only where a view tells what holds
  /// (``DeepView``).
  let isDeep: Bool
  /// Whether facts are a view, of which no index can be named.
  let isViewed: Bool
  /// Whether who can fit is looked for among the facts of now, by their indexes alone: the filter itself is tested on them.
  var findsAmongNow: Bool
  private var depth = 0
  /// The qualifiers that the comparison being compiled asks for, a list for each step of its path.
  private var steps: [[Qualifier]] = []
  private var includesOthersInVerdict = true

  init(
    scope: Scope, schema: Schema, standIns: [Key: [StandIn]], isDeep: Bool,
    isViewed: Bool = false, findID: @escaping (Key) throws(StoreProblem) -> Int64?
  ) {
    self.scope = scope
    self.schema = schema
    self.standIns = standIns
    self.isDeep = isDeep
    self.isViewed = isViewed
    findsAmongNow = isViewed
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

  /// The filter for `e`, in SQL's three values.
  ///
  /// Under a date it is true, where the need is possible, of whom it may hold and, where it is certain, of whom it
  /// certainly does; it is false of whom it certainly does not hold in either, so that `not` asks the other.
  mutating func compile(_ filter: Filter, _ holding: Holding) throws(StoreProblem) -> String {
    switch filter {
    case .all(let parts): return try join(parts, " AND ", empty: "1", holding)
    case .any(let parts): return try join(parts, " OR ", empty: "0", holding)
    case .not(.not(let part)): return try compile(part, holding)
    case .not(let part):
      guard holding.date != nil, holding.need != .evident else {
        return "NOT (\(try compile(part, holding)))"
      }
      let certain = try compile(part, holding.needing(.certain))
      let possible = try compile(part, holding.needing(.possible))
      return holding.need.isOfDate
        ? "CASE WHEN (\(possible)) = 0 THEN 1 WHEN (\(certain)) = 1 THEN 0 END"
        : "CASE WHEN (\(certain)) = 1 THEN 0 WHEN (\(possible)) IS NOT NULL THEN 1 END"
    case .qualified(let steps, let part):
      let outer = self.steps
      self.steps = steps
      let compiled = try compile(part, holding)
      self.steps = outer
      return compiled
    case .undecided(let part):
      guard holding.date != nil, holding.need != .evident else {
        return "(\(try compile(part, holding))) IS NULL"
      }
      let certain = try compile(part, holding.needing(.certain))
      let possible = try compile(part, holding.needing(.possible))
      return "coalesce((\(certain)) = 0 OR (\(certain)) IS NULL, 1) AND coalesce((\(possible)) != 0, 1)"
    case .key(let comparison, let text): return keyCondition(comparison, text)
    case .compare(let path, let comparison, let values):
      return try compare(path[...], of: "e.id", comparison, values, holding)
    case .state(let path, let state): return try self.state(path[...], of: "e.id", state, holding)
    case .named(let properties, let owners, let state):
      return try named(by: properties, of: owners, state, holding)
    }
  }

  private mutating func join(
    _ parts: [Filter], _ word: String, empty: String, _ holding: Holding
  ) throws(StoreProblem) -> String {
    var compiled: [String] = []
    for part in parts { compiled.append("(\(try compile(part, holding)))") }
    return compiled.isEmpty ? empty : Self.joined(compiled, word)
  }

  private mutating func keyCondition(_ comparison: Filter.Comparison, _ text: String) -> String {
    guard comparison == .like else { return "e.key \(comparison.symbol) \(bind(.text(text)))" }
    return "instr(lower(e.key), \(bind(.text(text.lowercased())))) > 0"
  }

  mutating func compare(
    _ path: ArraySlice<[Key]>, of subject: String, _ comparison: Filter.Comparison, _ values: [Value],
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    guard let properties = path.first else { return "NULL" }
    if path.count > 1 { return try follow(path, of: subject, comparison, values, holding) }
    if comparison == .unequal { return "1 - \(try compare(path, of: subject, .equal, values, holding))" }
    let isClosed = !isMany(properties)
    if isClosed, holding.date == nil || Self.isTimeless(properties) {
      let fact = nextFact()
      let verdict = try self.verdict(fact, properties, comparison, values, holding)
      let claimed = """
        (SELECT nullif(max(coalesce(\(verdict), 0.5)), 0.5) FROM \(try facts(fact, of: subject, path, holding)))
        """
      // Where no claim decides, a denial of each of the values does.
      let bound = arguments.count
      var denied: [String] = []
      for value in values {
        guard !Self.isTimeless(properties),
          let reason = try isDenied(value, comparison, subject, path, holding)
        else {
          arguments.removeSubrange(bound...)
          return claimed
        }
        denied.append("(\(reason))")
      }
      return denied.isEmpty
        ? claimed : "coalesce(\(claimed), CASE WHEN \(Self.joined(denied, " AND ")) THEN 0 END)"
    }
    guard !values.isEmpty else { return "0" }
    let yes = try holdsFor(values, comparison, subject, path, holding)
    // Of no value it can be yes, which is asked of each only until one is open.
    var no: [String] = []
    let bound = arguments.count
    for value in values {
      guard let reason = try isRuledOut(value, comparison, subject, path, isClosed, holding) else {
        arguments.removeSubrange(bound...)
        return "CASE WHEN \(yes) THEN 1 END"
      }
      no.append("(\(reason))")
    }
    return "CASE WHEN \(yes) THEN 1 WHEN \(Self.joined(no, " AND ")) THEN 0 END"
  }

  /// Conditions joined by a word, in groups where they are many: an expression goes a thousand levels deep in SQLite.
  private static func joined(_ conditions: [String], _ word: String) -> String {
    guard conditions.count > 100 else { return conditions.joined(separator: word) }
    let groups = stride(from: 0, to: conditions.count, by: 100).map {
      "(\(joined(Array(conditions[$0..<min($0 + 100, conditions.count)]), word)))"
    }
    return joined(groups, word)
  }

  /// Whether one of some answers is yes, or none is but one undecided.
  static func any(of answers: [String]) -> String {
    "nullif(\(highest(answers.map { "coalesce((\($0)), 0.5)" })), 0.5)"
  }

  /// A function takes a hundred arguments in SQLite.
  private static func highest(_ values: [String]) -> String {
    guard values.count > 100 else { return "max(\(values.joined(separator: ", ")))" }
    let parts = stride(from: 0, to: values.count, by: 100)
    return highest(parts.map { highest(Array(values[$0..<min($0 + 100, values.count)])) })
  }

  /// What a path comes to: the steps are joined, since SQLite reads only so many queries within one another.
  private mutating func follow(
    _ path: ArraySlice<[Key]>, of subject: String, _ comparison: Filter.Comparison, _ values: [Value],
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    var (rest, from, condition, end, open) = (path, "", "", subject, false)
    while rest.count > 1 {
      let fact = nextFact()
      let counts = try countsOf(fact, of: end, rest, holding)
      if from.isEmpty {
        (from, condition) = ("\(table(holding)) \(fact)", counts)
      } else {
        from += "\n          LEFT JOIN \(table(holding)) \(fact) ON \(counts)"
      }
      // Of others, of whom nobody speaks, it may hold.
      if isMany(rest.first ?? []) { open = true }
      end = "\(fact).object"
      rest = rest.dropFirst()
    }
    let verdict = try compare(rest, of: end, comparison, values, holding)
    let found = """
      (SELECT nullif(max(coalesce(CASE WHEN \(end) IS NOT NULL THEN \(verdict) END, 0.5)), 0.5)
        FROM \(from) WHERE \(condition))
      """
    return open ? "nullif(\(found), 0)" : found
  }

  /// The facts of an entity that count for the first step of a path, as a table with its condition.
  private mutating func facts(
    _ fact: String, of subject: String, _ path: ArraySlice<[Key]>, _ holding: Holding
  ) throws(StoreProblem) -> String {
    "\(table(holding)) \(fact) WHERE \(try countsOf(fact, of: subject, path, holding))"
  }

  /// That a fact counts for the first step of a path.
  private mutating func countsOf(
    _ fact: String, of subject: String, _ path: ArraySlice<[Key]>, _ holding: Holding
  ) throws(StoreProblem) -> String {
    let properties = path.first ?? []
    let counts = Self.isTimeless(properties) ? holding.countsAlways(fact) : counts(fact, holding)
    return """
      \(fact).subject = \(subject) AND \(fact).property IN \(bind(properties)) AND \(fact).claimed\
      \(counts)\(isValue(fact, of: properties))\(try qualified(fact, path))
      """
  }

  /// From where facts are taken: where conditions lie deep within one another, a view tells what holds of them.
  func table(_ holding: Holding) -> String {
    isDeep && holding.date != nil ? DeepView.name : "\(scope.rawValue).fact"
  }

  /// The same of those that stand against others, lists that are whole among them, by an index that holds only these.
  private func tableOfContested(_ holding: Holding) -> String {
    isDeep && holding.date != nil ? DeepView.name : Facts.only(.contested, in: scope, isViewed: isViewed)
  }

  /// That a fact names one of some entities, behind ` AND `, for the index: where it names another the verdict is not yes, and of
  /// very many values of one thing it is not asked of each.
  private mutating func names(
    _ fact: String, _ comparison: Filter.Comparison, _ values: [Value]
  ) throws(StoreProblem) -> String {
    guard comparison == .equal else { return "" }
    if values == [.entity(Self.row)] {
      let others = includesOthersInVerdict ? try namedInPlace("WHERE j.value ->> 1 = e.id") : ""
      return " AND \(fact).object IN (SELECT e.id\(others))"
    }
    return try objects(values).map { " AND \(fact).object IN (\($0))" } ?? ""
  }

  /// The condition that a fact of ``table(_:)`` counts, behind ` AND `.
  func counts(_ fact: String, _ holding: Holding) -> String {
    isDeep && holding.date != nil ? DeepView.counts(fact, holding) : holding.counts(fact)
  }

  /// The condition that a fact of ``table(_:)`` is said of the date, behind ` AND `.
  func isSaid(_ fact: String, _ holding: Holding) -> String {
    isDeep && holding.date != nil ? DeepView.isSaid(fact, holding) : holding.condition(fact)
  }

  /// Whether it is by its types and names that a thing is known, which it has on every day.
  static func isTimeless(_ properties: [Key]) -> Bool {
    !properties.isEmpty && properties.allSatisfy { $0 == BuiltIn.type || $0 == BuiltIn.name }
  }

  /// That a fact gives a value, of the first of some properties or of what narrows it, behind ` AND `: that there is none
  /// besides some is no value, and that there is none of the narrower says nothing of the wider.
  func isValue(_ fact: String, of properties: [Key]) -> String {
    guard let root = properties.first else { return "" }
    return """
       AND (\(fact).kind != \(ValueKind.none.rawValue) OR \(fact).property = \(SQL.quoted(root.text))
        AND NOT EXISTS(SELECT 1 FROM main.qualifier q WHERE q.statement = \(fact).statement
          AND q.property = '\(BuiltIn.besides)'))
      """
  }

  /// What a step of a path asks of the qualifiers of a fact, behind ` AND `.
  mutating func qualified(_ fact: String, _ path: ArraySlice<[Key]>) throws(StoreProblem) -> String {
    guard steps.indices.contains(path.startIndex) else { return "" }
    return try QualifierCondition(scope: scope, findID: findID).has(steps[path.startIndex], fact) {
      self.bind($0)
    }
  }

  /// Whether what is denied of a fact, or listed as a whole, is all that the step asks for.
  mutating func coversQualified(_ fact: String, _ path: ArraySlice<[Key]>) throws(StoreProblem)
    -> String
  {
    guard steps.indices.contains(path.startIndex) else { return "" }
    return try QualifierCondition(scope: scope, findID: findID).hasNoOther(than: steps[path.startIndex], fact)
    {
      self.bind($0)
    }
  }

  /// Whether one value that fits is enough, and others do not speak against it.
  func isMany(_ properties: [Key]) -> Bool {
    guard let root = properties.first, root != BuiltIn.name else { return false }
    return schema.properties[root]?.cardinality == .many
  }

  private mutating func holdsFor(
    _ values: [Value], _ comparison: Filter.Comparison, _ subject: String, _ path: ArraySlice<[Key]>,
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    let fact = nextFact()
    let verdict = try self.verdict(fact, path.first ?? [], comparison, values, holding)
    let named = try names(fact, comparison, values)
    return "EXISTS(SELECT 1 FROM \(try facts(fact, of: subject, path, holding))\(named) AND (\(verdict)) = 1)"
  }

  /// What makes it certain that no value fits; nil where nothing does: silence is not no.
  private mutating func isRuledOut(
    _ value: Value, _ comparison: Filter.Comparison, _ subject: String, _ path: ArraySlice<[Key]>,
    _ isClosed: Bool, _ holding: Holding
  ) throws(StoreProblem) -> String? {
    let properties = path.first ?? []
    var reasons: [String] = []
    let certain = holding.date == nil ? holding : holding.needing(.certain)
    if isClosed {
      // All that may hold does not fit, and something certainly holds.
      let (fact, other) = (nextFact(), nextFact())
      let possible = holding.date == nil ? holding : holding.needing(.possible)
      let some = try verdict(fact, properties, comparison, [value], possible)
      let all = try verdict(other, properties, comparison, [value], possible)
      reasons.append(
        """
        EXISTS(SELECT 1 FROM \(try facts(fact, of: subject, path, certain)) AND (\(some)) = 0)
          AND NOT EXISTS(SELECT 1 FROM \(try facts(other, of: subject, path, possible)) AND coalesce(\(all), 1) != 0)
        """)
    }
    let wider = properties.first.map { Array(schema.propertyAndBroader(of: $0).dropFirst()) } ?? []
    if let reason = try isDenied(value, comparison, subject, path, holding) { reasons.append(reason) }
    if !isClosed, value != .none, value != .unknown {
      let fact = nextFact()
      var listed = "NOT EXISTS(SELECT 1 FROM main.qualifier q WHERE q.statement = \(fact).statement"
      listed += " AND q.property = '\(BuiltIn.besides)'"
      if comparison == .equal, case .entity(let key) = value {
        let id = key == Self.row ? "e.id" : bind(.integer(try findID(key) ?? -1))
        listed += " AND q.object = \(id)"
      }
      reasons.append(
        """
        EXISTS(SELECT 1 FROM \(tableOfContested(holding)) \(fact) WHERE \(fact).subject = \(subject)
          AND \(fact).property IN \(bind(properties + wider)) AND \(fact).kind = \(ValueKind.none.rawValue)
          AND \(fact).claimed\(counts(fact, certain))\(try coversQualified(fact, path)) AND \(listed)))
        """)
    }
    return reasons.isEmpty ? nil : reasons.map { "(\($0))" }.joined(separator: " OR ")
  }

  /// That a source denies a value, or that a date lies outside of when it was; nil where that decides nothing.
  private mutating func isDenied(
    _ value: Value, _ comparison: Filter.Comparison, _ subject: String, _ path: ArraySlice<[Key]>,
    _ holding: Holding
  ) throws(StoreProblem) -> String? {
    guard comparison == .equal, value != .unknown, value != .none else { return nil }
    let properties = path.first ?? []
    let wider = properties.first.map { Array(schema.propertyAndBroader(of: $0).dropFirst()) } ?? []
    let certain = holding.date == nil ? holding : holding.needing(.certain)
    let fact = nextFact()
    // A path by which somebody is in a group says nothing of their own name.
    var own = self
    own.includesOthersInVerdict = false
    let verdict = try own.verdict(fact, properties, comparison, [value], holding)
    let named = try own.names(fact, comparison, [value])
    arguments = own.arguments
    let isDenied = "\(fact).denied\(isSaid(fact, certain))\(try coversQualified(fact, path))"
    var isOver = ""
    // A figure or a date that is over leaves open what was there before and after.
    if holding.date != nil, value.isWord {
      isOver =
        " OR \(fact).claimed AND \(fact).rank >= 0 AND NOT (TRUE\(counts(fact, holding.needing(.possible))))"
        + (try qualified(fact, path))
    }
    return """
      EXISTS(SELECT 1 FROM \(table(holding)) \(fact) WHERE \(fact).subject = \(subject)
        AND \(fact).property IN \(bind(properties + wider)) AND (\(isDenied)\(isOver))\(named) AND (\(verdict)) = 1)
      """
  }

  /// What one fact says to a comparison with any of some values.
  mutating func verdict(
    _ fact: String, _ properties: [Key], _ comparison: Filter.Comparison, _ values: [Value],
    _ holding: Holding
  ) throws(StoreProblem) -> String {
    // `!= a, b` means none of them.
    let tested = comparison == .unequal ? .equal : comparison
    var verdicts: [String] = []
    for value in values {
      var compiler = ValueComparison(
        fact: fact, scope: scope, words: choiceWords(properties),
        standIns: includesOthersInVerdict ? standIns : [:], row: Self.row, need: holding.need, findID: findID)
      verdicts.append(try compiler.sql(tested, value) { self.bind($0) })
    }
    let any: String
    switch verdicts.count {
    case 0: any = "0"
    case 1: any = verdicts[0]
    default: any = Self.any(of: verdicts)
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
  ) throws(StoreProblem) -> String {
    guard let properties = path.first else { return "0" }
    let fact = nextFact()
    var condition: String
    if path.count > 1 {
      condition =
        "\(fact).claimed AND \(try self.state(path.dropFirst(), of: "\(fact).object", state, holding))"
    } else {
      switch state {
      case .stated: condition = "\(fact).claimed"
      case .denied: condition = "\(fact).denied"
      case .unknown:
        condition =
          "\(fact).claimed AND \(fact).kind = 4" + (holding.date == nil ? " AND \(fact).chosen" : "")
      }
    }
    // What was passed over says something possibly, and nothing certainly.
    let isClaim = path.count > 1 || state != .denied
    condition +=
      isClaim && holding.date != nil && holding.need.isOfDate ? counts(fact, holding) : isSaid(fact, holding)
    condition += try state == .denied && path.count == 1 ? coversQualified(fact, path) : qualified(fact, path)
    return """
      EXISTS(SELECT 1 FROM \(table(holding)) \(fact) WHERE \(fact).subject = \(subject)
        AND \(fact).property IN \(bind(properties)) AND \(condition))
      """
  }

  mutating func nextFact() -> String {
    depth += 1
    return "f\(depth)"
  }
}

extension Value {
  /// Whether it is a thing or a text, which another value of the same property is not.
  fileprivate var isWord: Bool {
    switch self {
    case .entity, .text: true
    case .date, .quantity, .unknown, .none: false
    }
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
