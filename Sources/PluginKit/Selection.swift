/// What an analysis is asked of, by type and by topic: two parameters that many analyses share.
///
///     let selection = Selection()
///     var parameters: [ParameterDeclaration] { [property.declaration] + selection.declarations }
///     …
///     let ties = try call.ties(of: "member", subjects: try selection.subjects(call))
public struct Selection: Sendable {
  private let types = Parameter.types("type", "only what is of one of these types, or of what is under them")
    .optional
  private let topics = Parameter.entities(
    "topic", of: "mineral, product, stage", "only what concerns one of these, or a part of it"
  ).optional
  /// The property by which things say what they are about.
  private static let topic = "concerns"

  /// The parameters `type` and `topic`.
  public init() {}

  /// The parameters, for ``Analysis/parameters``.
  public var declarations: [ParameterDeclaration] { [types.declaration, topics.declaration] }

  /// The keys of what is asked of, sorted; nothing where neither is given, and everything is asked of.
  /// - Parameter named: what the user names; of it those are taken that are also of the types and topics.
  public func subjects(_ call: Call, among named: [String]? = nil) throws -> [String]? {
    var found: Set<String>?
    func narrow(_ keys: Set<String>) { found = found?.intersection(keys) ?? keys }
    if let named { narrow(Set(named)) }
    if let types = try call[types] { narrow(try ofTypes(types, call)) }
    if let topics = try call[topics] { narrow(try concerning(topics, call)) }
    guard let found else { return nil }
    // What is named stands in the order in which it is.
    if let named { return named.filter(found.contains) }
    if found.isEmpty { try call.note("nothing is of this type and topic, by what is stated") }
    return found.sorted()
  }

  /// What is asked for in words, such as `of the type measure`; nothing where neither is given.
  func words(_ call: Call) throws -> [String] {
    var parts: [String] = []
    if let types = try call[types] { parts.append("of the type \(types.joined(separator: ", "))") }
    if let topics = try call[topics] { parts.append("on the topic \(topics.joined(separator: ", "))") }
    return parts
  }

  private func ofTypes(_ asked: [String], _ call: Call) throws -> Set<String> {
    let types = try call.typesAndNarrower(of: asked)
    let rows = try call.rows(
      of: "entities", columns: ["key"], where: ["type": types.sorted().map(Datum.key)])
    return Set(rows.map { $0[0].label })
  }

  private func concerning(_ topics: [String], _ call: Call) throws -> Set<String> {
    var about = Set(topics)
    for row in try call.rows(
      of: "part_closure", columns: ["part"], where: ["whole": topics.map(Datum.key)])
    {
      about.insert(row[0].label)
    }
    let properties = try call.propertyAndNarrower(of: Self.topic)
    let rows = try call.rows(
      of: "statements", columns: ["subject"],
      where: [
        "property": properties.map(Datum.key), "object": about.sorted().map(Datum.key),
        "claimed": [.boolean(true)], "chosen": [.boolean(true)],
      ])
    return Set(rows.map { $0[0].label })
  }
}
