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
  let selection = Selection()
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
      property.declaration, among.declaration,
    ] + selection.declarations + [mode.declaration, weight.declaration, nodes.declaration]
  }

  func mode(_ call: Call) throws -> Mode { Mode(rawValue: try call[mode]) ?? .twoMode }

  /// The ties that a call asks for.
  func ties(_ call: Call) throws -> TieSet {
    let property = try call[property]
    let among = try call[among]
    let kept = try selection.subjects(call, among: among).map { Set($0) }
    let read = try TieFilter.ties(of: property, kept, call)
    // Whoever is asked for by name is a node.
    var (subjects, objects) = (among ?? [], [String]())
    if let types = try call[nodes] {
      let more = try TieFilter.nodes(of: types, sidesOf: property, call)
      subjects += more.subjects
      objects += more.objects
    }
    var ties = TieSet(read, of: kept, subjects: subjects, objects: objects)
    if let weight = try call[weight] { try ties.weigh(by: weight, call) }
    return ties
  }
}

/// Which ties are asked for.
enum TieFilter {
  /// So many subjects are asked for by name; of more, ties are read all and told apart here.
  private static let mostNamed = 500

  /// The ties of a property, of some subjects or of all.
  static func ties(of property: String, _ kept: Set<String>?, _ call: Call) throws -> Ties {
    let named = kept.flatMap { $0.count <= mostNamed ? $0.sorted() : nil }
    return try call.ties(of: property, subjects: named)
  }

  /// Everything of some types: on the side of what has a property, or on the other.
  static func nodes(of types: [String], sidesOf property: String, _ call: Call) throws -> (
    subjects: [String], objects: [String]
  ) {
    var domain: Set<String> = []
    for row in try call.rows(of: "properties", columns: ["domain"], where: ["key": [.key(property)]]) {
      domain = try call.typesAndNarrower(of: row[0].names)
    }
    var (subjects, objects) = ([String](), [String]())
    let under = try call.typesAndNarrower(of: types).sorted().map(Datum.key)
    for row in try call.rows(of: "entities", columns: ["key", "type"], where: ["type": under]) {
      if domain.contains(row[1].label) { subjects.append(row[0].label) } else { objects.append(row[0].label) }
    }
    return (subjects, objects)
  }
}
