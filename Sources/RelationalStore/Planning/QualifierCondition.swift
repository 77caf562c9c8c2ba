internal import RegistryModel
internal import RegistryStore

/// Which facts a filter looks at by their qualifiers, as SQL: the rules of ``Qualifier/fits(_:)``.
struct QualifierCondition {
  let scope: Scope
  let findID: (Key) throws(StoreProblem) -> Int64?

  /// That a fact has all that are asked for, behind ` AND `.
  func has(
    _ wanted: [Qualifier], _ fact: String, bind: (SQL) -> String
  ) throws(StoreProblem) -> String {
    var condition = ""
    for qualifier in wanted {
      condition += """
         AND EXISTS(SELECT 1 FROM main.qualifier q WHERE q.statement = \(fact).statement
          AND \(try fits(qualifier, bind)))
        """
    }
    return condition
  }

  /// That a fact has no others, behind ` AND `: a denial of less denies nothing of more.
  func hasNoOther(
    than wanted: [Qualifier], _ fact: String, bind: (SQL) -> String
  ) throws(StoreProblem) -> String {
    guard !wanted.isEmpty else { return "" }
    var fitting = "q.property = '\(BuiltIn.besides)'"
    for qualifier in wanted { fitting += " OR \(try fits(qualifier, bind))" }
    return
      " AND NOT EXISTS(SELECT 1 FROM main.qualifier q WHERE q.statement = \(fact).statement AND NOT (\(fitting)))"
  }

  private func fits(_ wanted: Qualifier, _ bind: (SQL) -> String) throws(StoreProblem) -> String {
    let value =
      switch wanted.value {
      case .entity(let key):
        "q.kind = 0 AND \(Identity.counted("q.object", in: scope.rawValue)) = \(bind(.integer(try findID(key) ?? -1)))"
      case .text(let text): "q.kind = 1 AND q.text = \(bind(.text(text)))"
      case .quantity(let quantity): "q.kind = 2 AND q.text = \(bind(.text(quantity.canonicalText)))"
      case .date(let date):
        "q.kind = 3 AND q.low_key >= \(bind(.integer(date.earliest.number))) AND q.high_key <= \(bind(.integer(date.latest.number)))"
      case .unknown: "q.kind = 4"
      case .none: "q.kind = 5"
      }
    return "(q.property = \(bind(.text(wanted.property.text))) AND \(value))"
  }
}
