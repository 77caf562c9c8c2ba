extension Call {
  /// A property and all that narrow it, such as `member`, `signatory`, `founder`; itself first.
  public func propertyAndNarrower(of property: String) throws -> [String] {
    try andNarrower([property], in: "properties")
  }

  /// Properties and all that narrow them.
  public func propertiesAndNarrower(of properties: [String]) throws -> Set<String> {
    Set(try andNarrower(properties, in: "properties"))
  }

  /// Types and all that are under them.
  public func typesAndNarrower(of types: [String]) throws -> Set<String> {
    Set(try andNarrower(types, in: "types"))
  }

  private func andNarrower(_ keys: [String], in relation: String) throws -> [String] {
    var narrower: [String: [String]] = [:]
    for row in try rows(of: relation, columns: ["key", "parent"]) {
      narrower[row[1].label, default: []].append(row[0].label)
    }
    var found = keys.uniqued()
    var seen = Set(found)
    var index = 0
    while index < found.count {
      found += (narrower[found[index]] ?? []).sorted().filter { seen.insert($0).inserted }
      index += 1
    }
    return found
  }
}
