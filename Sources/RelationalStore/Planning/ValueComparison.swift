internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// What one fact says to a comparison with one value: 1, 0 or NULL, as SQL.
///
/// An unknown value decides nothing; where a source says that there is none, no comparison fits.
struct ValueComparison {
  let fact: String
  let scope: Scope
  /// The words of the property's choice, in their order.
  let words: [String]?
  /// What a fact can name in place of an entity.
  let standIns: [Key: [StandIn]]
  /// The key that means the entity of the row that is tested.
  let row: Key
  /// How sure it must be that it stands for it.
  let need: Holding.Need
  let findID: (Key) throws(StoreProblem) -> Int64?

  /// - Parameter comparison: any but `unequal`, which is the opposite of `equal`.
  mutating func sql(
    _ comparison: Filter.Comparison, _ value: Value, bind: (SQL) -> String
  ) throws(StoreProblem) -> String {
    switch value {
    case .unknown: return "\(fact).kind = 4"
    case .none: return "CASE \(fact).kind WHEN 4 THEN NULL ELSE \(fact).kind = 5 END"
    case .entity(let key):
      guard comparison == .equal else { return "CASE \(fact).kind WHEN 4 THEN NULL ELSE 0 END" }
      let id = key == row ? "e.id" : bind(.integer(try findID(key) ?? -1))
      var verdict = "\(fact).object = \(id)"
      if let others = try standIns(for: key == row ? nil : key) {
        verdict += """
           OR \(fact).object IN (SELECT j.value ->> 0 FROM json_each(\(bind(others))) j
            WHERE \(key == row ? "j.value ->> 3 = e.id AND " : "")max(j.value ->> 1, \(fact).start_earliest) <= min(j.value ->> 2, \(fact).end_latest))
          """
      }
      return "CASE \(fact).kind WHEN 0 THEN \(verdict) WHEN 4 THEN NULL ELSE 0 END"
    case .text(let text):
      return comparison == .like ? like(text, bind) : words(comparison, text, bind)
    case .date(let date):
      return dated(
        comparison, low: bind(.integer(date.earliest.number)), high: bind(.integer(date.latest.number)))
    case .quantity(let quantity):
      let low = bind(SQL(NumberKey.lowest(of: quantity)))
      let high = bind(SQL(NumberKey.highest(of: quantity)))
      let said = """
        \(fact).bound = \(bind(.text(quantity.bound.rawValue))) AND \(fact).approximate = \
        \(bind(SQL(quantity.approximate))) AND \(fact).low_key IS \(low) AND \(fact).high_key IS \(high)
        """
      let verdict = ordered(comparison, kind: .quantity, said: said, low: low, high: high)
      // Nothing is converted: other units, and a reading that is not stated, decide nothing.
      var guards = "\(fact).kind = 2 AND \(fact).unit != \(bind(.text(quantity.unit)))"
      if let reading = quantity.reading {
        guards = "(\(guards)) OR \(fact).kind = 2 AND \(fact).reading IS NOT \(bind(.text(reading.rawValue)))"
      }
      return "CASE WHEN \(guards) THEN NULL ELSE \(verdict) END"
    }
  }

  /// What can be named in place of an entity as surely as is needed, each with the days on which it can; nil for nothing.
  /// - Parameter key: nil for anybody; what each stands for then is its fourth part.
  private func standIns(for key: Key?) throws(StoreProblem) -> SQL? {
    var rows: Set<String> = []
    for asked in key.map({ [$0] }) ?? standIns.keys.sorted() {
      guard key != nil || !(standIns[asked] ?? []).isEmpty else { continue }
      let stoodFor = key == nil ? try findID(asked) : nil
      for other in standIns[asked] ?? [] {
        let isSure =
          switch need {
          case .possible: true
          case .certain: other.certainty == .certainly && other.evidence == .certainly
          case .dated: other.certainty == .certainly
          case .evident: other.evidence == .certainly
          }
        guard isSure, let id = try findID(other.entity) else { continue }
        let days = "\(other.bounds.startEarliest.number),\(other.bounds.endLatest.number)"
        rows.insert("[\(id),\(days)\(stoodFor.map { ",\($0)" } ?? "")]")
      }
    }
    return rows.isEmpty ? nil : .text("[" + rows.sorted().joined(separator: ",") + "]")
  }

  private var word: String { "coalesce(\(fact).folded, \(fact).text)" }

  private func like(_ text: String, _ bind: (SQL) -> String) -> String {
    let folded = bind(.text(foldedName(text)))
    let lower = bind(.text(text.lowercased()))
    return """
      CASE \(fact).kind WHEN 4 THEN NULL WHEN 5 THEN 0
        WHEN 0 THEN EXISTS(SELECT 1 FROM \(scope.rawValue).name n
          WHERE n.entity = \(fact).object AND instr(n.folded, \(folded)))
        ELSE max(instr(\(word), \(lower)), \(fact).folded IS NOT NULL AND instr(\(word), \(folded))) > 0 END
      """
  }

  private func words(_ comparison: Filter.Comparison, _ text: String, _ bind: (SQL) -> String) -> String {
    let verdict: String
    if comparison == .equal {
      verdict = "\(word) IN (\(bind(.text(text.lowercased()))), \(bind(.text(foldedName(text)))))"
    } else if let words, let place = words.firstIndex(of: text) {
      let fitting = words.indices.filter { comparison.holds($0, place) }.map { words[$0].lowercased() }
      verdict = "\(word) IN (SELECT value FROM json_each(\(bind(.list(fitting)))))"
    } else {
      verdict = "alphabetical(\(fact).text) \(comparison.symbol) \(bind(.text(alphabeticalKey(text))))"
    }
    return "CASE \(fact).kind WHEN 1 THEN \(verdict) WHEN 4 THEN NULL ELSE 0 END"
  }

  /// Compares a date with a period: a day in January is `= 2026-01` and `<= 2026-01`; a date that is only partly in
  /// it decides nothing.
  private func dated(_ comparison: Filter.Comparison, low: String, high: String) -> String {
    let (first, last) = ("\(fact).low_key", "\(fact).high_key")
    let (yes, no): (String, String) =
      switch comparison {
      case .less: ("\(last) < \(low)", "\(first) >= \(low)")
      case .greaterOrEqual: ("\(first) >= \(low)", "\(last) < \(low)")
      case .greater: ("\(first) > \(high)", "\(last) <= \(high)")
      case .lessOrEqual: ("\(last) <= \(high)", "\(first) > \(high)")
      case .equal, .unequal, .like:
        ("\(first) >= \(low) AND \(last) <= \(high)", "\(last) < \(low) OR \(first) > \(high)")
      }
    return """
      CASE \(fact).kind WHEN \(ValueKind.date.rawValue) THEN CASE WHEN \(yes) THEN 1 WHEN \(no) THEN 0 END
        WHEN 4 THEN NULL ELSE 0 END
      """
  }

  /// Compares what lies between two keys with what lies between two others; the rules of `Quantity.satisfies`.
  private func ordered(
    _ comparison: Filter.Comparison, kind: ValueKind, said: String, low: String, high: String
  ) -> String {
    let isLess = ("\(fact).high_key < \(low)", "\(fact).low_key >= \(high)")
    let isGreater = ("\(high) < \(fact).low_key", "\(low) >= \(fact).high_key")
    let (same, yes, no): (Int, String, String) =
      switch comparison {
      case .less: (0, isLess.0, isLess.1)
      case .greaterOrEqual: (1, isLess.1, isLess.0)
      case .greater: (0, isGreater.0, isGreater.1)
      case .lessOrEqual: (1, isGreater.1, isGreater.0)
      case .equal, .unequal, .like: (1, "0", "\(isLess.0) OR \(isGreater.0)")
      }
    return """
      CASE \(fact).kind WHEN \(kind.rawValue) THEN
        CASE WHEN \(said) THEN \(same) WHEN \(yes) THEN 1 WHEN \(no) THEN 0 END WHEN 4 THEN NULL ELSE 0 END
      """
  }
}

extension Filter.Comparison {
  func holds(_ one: Int, _ other: Int) -> Bool {
    switch self {
    case .equal, .like: one == other
    case .unequal: one != other
    case .less: one < other
    case .lessOrEqual: one <= other
    case .greater: one > other
    case .greaterOrEqual: one >= other
    }
  }
}
