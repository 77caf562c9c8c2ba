internal import RegistryModel
internal import RegistryRules
internal import RegistryStore

/// Who or what names an entity: the other way round of a comparison with it.
extension FilterCompiler {
  /// Means the entity of the row that is tested, where a key is compared with.
  static let row = Key(unchecked: "")

  /// Whether things name `e` by a property. Of an entity it is answered as the comparison of its property with `e` is; of
  /// types it is yes where anything of them names it, and else undecided.
  mutating func named(
    by properties: [Key], of owners: Owners, _ state: Filter.State?, _ holding: Holding
  ) throws(StoreProblem) -> String {
    if let state { return try isNamed(by: properties, of: owners, state, holding) }
    var answers: [String] = []
    for owner in owners.entities {
      let id = bind(.integer(try findID(owner) ?? -1))
      answers.append(try compare([properties][...], of: id, .equal, [.entity(Self.row)], holding))
    }
    if !owners.types.isEmpty {
      let isNamed = try isNamed(by: properties, of: Owners(types: owners.types), nil, holding)
      answers.append("CASE WHEN \(isNamed) THEN 1 END")
    }
    if answers.count == 1 { return answers[0] }
    return Self.any(of: answers)
  }

  /// - Parameter state: what is asked of the statement that names it; nil where it must count.
  private mutating func isNamed(
    by properties: [Key], of owners: Owners, _ state: Filter.State?, _ holding: Holding
  ) throws(StoreProblem) -> String {
    let fact = nextFact()
    let path = [properties][...]
    let names = try verdict(fact, properties, .equal, [.entity(Self.row)], holding)
    let said: String
    switch state {
    case .denied?: said = "\(fact).denied\(isSaid(fact, holding))\(try coversQualified(fact, path))"
    case .stated?: said = "\(fact).claimed\(isSaid(fact, holding))\(try qualified(fact, path))"
    case .unknown?, nil:
      let counts = Self.isTimeless(properties) ? holding.countsAlways(fact) : counts(fact, holding)
      said = "\(fact).claimed\(counts)\(isValue(fact, of: properties))\(try qualified(fact, path))"
    }
    return """
      EXISTS(SELECT 1 FROM \(table(holding)) \(fact) WHERE \(fact).property IN \(bind(properties))
        AND \(fact).object IN (SELECT e.id\(try namedInPlace("WHERE j.value ->> 1 = e.id"))) AND (\(names)) = 1
        AND \(said) AND (\(try owned(by: owners, "\(fact).subject"))))
      """
  }

  /// Those whom anything names by these properties, in whatever way.
  mutating func namedCandidates(_ properties: [Key], _ owners: Owners) throws(StoreProblem) -> String {
    var candidates = """
      SELECT c.object AS subject FROM \(scope.rawValue).fact c WHERE c.property IN \(bind(properties))
        AND c.object IS NOT NULL
      """
    if owners.types.isEmpty { candidates += " AND (\(try owned(by: owners, "c.subject")))" }
    if !standIns.isEmpty {
      candidates += " UNION ALL SELECT j.value ->> 1 FROM json_each(\(bind(try placesOfStandIns()))) j"
    }
    return candidates
  }

  /// Whether a thing is among the owners.
  private mutating func owned(by owners: Owners, _ subject: String) throws(StoreProblem) -> String {
    var conditions: [String] = []
    if !owners.entities.isEmpty {
      var ids: [Int64] = []
      for owner in owners.entities { if let id = try findID(owner) { ids.append(id) } }
      conditions.append("\(subject) IN (SELECT value FROM json_each(\(bind(.list(ids)))))")
    }
    if !owners.types.isEmpty {
      conditions.append(
        """
        EXISTS(SELECT 1 FROM \(scope.rawValue).entity_now o WHERE o.id = \(subject) AND o.type IN \(bind(owners.types)))
        """)
    }
    return conditions.isEmpty ? "FALSE" : conditions.joined(separator: " OR ")
  }

  /// What can be named in place of the row, as the rest of a query of who is named.
  mutating func namedInPlace(_ condition: String) throws(StoreProblem) -> String {
    guard !standIns.isEmpty else { return "" }
    return " UNION ALL SELECT j.value ->> 0 FROM json_each(\(bind(try placesOfStandIns()))) j \(condition)"
  }

  /// Pairs of what can be named, and for whom.
  private func placesOfStandIns() throws(StoreProblem) -> SQL {
    var rows: Set<String> = []
    for (asked, others) in standIns {
      guard let id = try findID(asked) else { continue }
      for other in others { if let named = try findID(other.entity) { rows.insert("[\(named),\(id)]") } }
    }
    return .text("[" + rows.sorted().joined(separator: ",") + "]")
  }
}
