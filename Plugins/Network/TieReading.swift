import PluginKit

/// The parameters by which every analysis of networks says which ties it reads.
struct TieParameters: Sendable {
  /// How ties become a graph.
  enum Mode: String, CaseIterable, Sendable {
    /// Members and initiatives are nodes; a membership is a tie.
    case twoMode = "two-mode"
    /// Members are nodes; a tie is as strong as the number of initiatives that two share.
    case members
    /// Initiatives are nodes; a tie is as strong as the number of members that two share.
    case initiatives
    /// Whatever a statement names on its two sides are nodes alike.
    case oneMode = "one-mode"
  }

  let property = Parameter.property(
    "property", default: "member", "what ties are read of, with what narrows it")
  let among = Parameter.entities(
    "among", of: "entity", "only of these initiatives, or whatever else has the property"
  ).optional
  let types = Parameter.types("types", "only of initiatives of these types, with what is under them").optional
  let topics = Parameter.entities(
    "topics", of: "entity", "only of initiatives that concern one of these, or a part of it"
  ).optional
  let mode: Parameter<String>
  let weight = Parameter.property(
    "weight", "the qualifier that says how strong a tie is, a number above 0; else all are alike"
  ).optional
  let nodes = Parameter.types("nodes", "everything of these types is a node, with a tie or without").optional

  init(mode: Mode = .twoMode, of modes: [Mode] = Mode.allCases) {
    self.mode = Parameter.choice(
      "mode", of: modes.map(\.rawValue), default: mode.rawValue,
      "what the nodes are: both sides, one side joined by what it shares, or both alike")
  }

  var declarations: [ParameterDeclaration] {
    [
      property.declaration, among.declaration, types.declaration, topics.declaration, mode.declaration,
      weight.declaration, nodes.declaration,
    ]
  }

  func mode(_ call: Call) throws -> Mode { Mode(rawValue: try call[mode]) ?? .twoMode }

  /// The ties that a call asks for.
  func ties(_ call: Call) throws -> Ties { try ties(of: try call[property], call) }

  /// The same of another property than the parameter's.
  func ties(of property: String, _ call: Call) throws -> Ties {
    var reading = try TieReading(property, call)
    try reading.narrow(among: try call[among], types: try call[types], topics: try call[topics])
    var ties = try reading.ties()
    if let weight = try call[weight] { try ties.weigh(by: weight, call) }
    if let types = try call[nodes] { try reading.addNodes(of: types, to: &ties) }
    // Whoever is asked for by name is a node.
    for name in try call[among] ?? [] { ties.addSubject(name) }
    return ties
  }
}

/// Reads what is stated of who is tied to what.
struct TieReading {
  private let call: Call
  private let property: String
  /// The property and what narrows it, apart by whether groups stand for their members in it.
  private let memberships: [String]
  private let others: [String]
  /// The types that have the property, with what is under them; nothing for all.
  private let domain: Set<String>?
  /// Who has the property, where not everything that does.
  private var subjects: Set<String>?

  init(_ property: String, _ call: Call) throws {
    let schema = try Schema(call)
    try schema.checkNamesThings(property)
    let members = Set(schema.narrowing("member"))
    let asked = schema.narrowing(property)
    self.call = call
    self.property = property
    memberships = asked.filter(members.contains)
    others = asked.filter { !members.contains($0) }
    domain = schema.types(of: property)
  }

  /// Leaves what is asked for.
  mutating func narrow(among: [String]?, types: [String]?, topics: [String]?) throws {
    var kept: Set<String>?
    func keep(_ names: Set<String>) { kept = kept?.intersection(names) ?? names }
    if let among { keep(Set(among)) }
    if let types {
      let under = try Schema.under(types, call)
      let rows = try call.rows(
        of: "entities", columns: ["key"], where: ["type": under.sorted().map(Datum.key)])
      keep(Set(rows.map { $0[0].label }))
    }
    if let topics { keep(try concerning(topics)) }
    subjects = kept
  }

  /// What concerns one of some topics, or what is part of one.
  private func concerning(_ topics: [String]) throws -> Set<String> {
    let schema = try Schema(call)
    guard schema.has("concerns") else {
      throw AnalysisFailure(
        "no-topics", "topics are what a property `concerns` names, and there is none",
        hint: "Define it: define property concerns of initiative to mineral many")
    }
    var wanted = Set(topics)
    for row in try call.rows(
      of: "part_closure", columns: ["part", "certainty"], where: ["whole": topics.map(Datum.key)])
    where row[1].label != "possibly" { wanted.insert(row[0].label) }
    var found: Set<String> = []
    let properties = schema.narrowing("concerns").map(Datum.key)
    for row in try call.rows(
      of: "statements", columns: ["subject", "object", "certainty", "claimed", "chosen"],
      where: ["property": properties, "object": wanted.sorted().map(Datum.key)])
    where row[2].label != "possibly" && row[3].isYes && row[4].isYes { found.insert(row[0].label) }
    return found
  }

  /// The ties, and what is left out.
  func ties() throws -> Ties {
    var ties = Ties()
    if !memberships.isEmpty {
      let rows = try call.rows(
        of: "memberships", columns: ["initiative", "member", "certainty", "statement"],
        where: try filters(memberships, subject: "initiative"))
      for row in rows { add(row[0].label, row[1].label, row[2].label, row[3].label, to: &ties) }
    }
    if !others.isEmpty {
      let rows = try call.rows(
        of: "statements", columns: ["subject", "object", "certainty", "id", "claimed", "chosen"],
        where: try filters(others, subject: "subject"))
      for row in rows where row[4].isYes && row[5].isYes {
        add(row[0].label, row[1].label, row[2].label, row[3].label, to: &ties)
      }
    }
    return ties
  }

  private func filters(_ properties: [String], subject: String) throws -> [String: [Datum]] {
    var filters = ["property": properties.map(Datum.key)]
    // A few are looked up, many are told apart here.
    if let subjects, subjects.count <= 500 { filters[subject] = subjects.sorted().map(Datum.key) }
    return filters
  }

  private func add(
    _ subject: String, _ object: String, _ certainty: String, _ statement: String, to ties: inout Ties
  ) {
    guard !object.isEmpty, subjects?.contains(subject) ?? true else { return }
    ties.add(subject, object, Ties.Claim(statement: statement, isPossible: certainty == "possibly"))
  }

  /// Makes nodes of everything of some types: on the side of those that have the property, or on the other.
  func addNodes(of types: [String], to ties: inout Ties) throws {
    let under = try Schema.under(types, call).sorted().map(Datum.key)
    for row in try call.rows(of: "entities", columns: ["key", "type"], where: ["type": under]) {
      if domain?.contains(row[1].label) ?? false {
        ties.addSubject(row[0].label)
      } else {
        ties.addObject(row[0].label)
      }
    }
  }
}

/// What is defined of properties and types.
struct Schema {
  private var narrower: [String: [String]] = [:]
  private var ranges: [String: String] = [:]
  private var domains: [String: String] = [:]
  private let kinds: [String: [String]]

  init(_ call: Call) throws {
    kinds = try Self.kinds(call)
    for row in try call.rows(of: "properties", columns: ["key", "parent", "range", "domain"]) {
      narrower[row[1].label, default: []].append(row[0].label)
      ranges[row[0].label] = row[2].label
      domains[row[0].label] = row[3].label
    }
  }

  func has(_ property: String) -> Bool { ranges[property] != nil }

  /// A property and all that narrow it: `member`, `signatory`, `founder`.
  func narrowing(_ property: String) -> [String] { Self.closure([property], narrower) }

  /// The types that have a property, with what is under them.
  func types(of property: String) -> Set<String>? {
    guard let domain = domains[property], !domain.isEmpty else { return nil }
    let types = domain.split(separator: ",").map { String($0.drop { $0 == " " }) }
    return Set(Self.closure(types, kinds))
  }

  /// Refuses a property whose values are no things.
  func checkNamesThings(_ property: String) throws {
    guard ["", "entities"].contains(ranges[property] ?? "") else {
      throw AnalysisFailure(
        "no-ties", "\(property) ties nothing to anything", hint: "Name one that does, such as member")
    }
  }

  /// Some types and all that are under them.
  static func under(_ types: [String], _ call: Call) throws -> [String] {
    closure(types, try kinds(call))
  }

  private static func kinds(_ call: Call) throws -> [String: [String]] {
    var kinds: [String: [String]] = [:]
    for row in try call.rows(of: "types", columns: ["key", "parent"]) {
      kinds[row[1].label, default: []].append(row[0].label)
    }
    return kinds
  }

  private static func closure(_ names: [String], _ below: [String: [String]]) -> [String] {
    var found = names
    var index = 0
    while index < found.count {
      found += (below[found[index]] ?? []).filter { !found.contains($0) }
      index += 1
    }
    return found
  }
}

extension Datum {
  /// Whether a column of yes and no says yes.
  var isYes: Bool { self == .boolean(true) || self == .integer(1) }
}
