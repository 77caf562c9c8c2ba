/// Clauses that say which things and properties an analysis looks at: `about`, `type`, `topic` and `property`. Analyses that
/// take them ask in the same words.
///
///     private let asked = ScopeParameters()
///     var parameters: [ParameterDeclaration] { asked.declarations }
///     func run(_ call: Call) throws { let scope = try asked.scope(call) … }
public struct ScopeParameters: Sendable {
  private let about = Parameter.entities(
    "about", of: "entity", "these things, and what is under them: their events, measures and commitments"
  ).optional
  private let selection = Selection()
  private let properties = Parameter.properties(
    "property", "only these properties, with what narrows them"
  ).optional

  /// All of them.
  public init() {}

  /// For ``Analysis/parameters``.
  public var declarations: [ParameterDeclaration] {
    [about.declaration] + selection.declarations + [properties.declaration]
  }

  /// What was asked for.
  public func scope(_ call: Call) throws -> Scope {
    var scope = Scope()
    var words: [String] = []
    if let about = try call[about] {
      words.append("about \(about.joined(separator: ", "))")
      scope.narrow(to: try Scope.under(about, call))
    }
    words += try selection.words(call)
    if let subjects = try selection.subjects(call) { scope.narrow(to: Set(subjects)) }
    if let properties = try call[properties] {
      words.append("by \(properties.joined(separator: ", "))")
      scope.narrow(toProperties: try call.propertiesAndNarrower(of: properties))
    }
    scope.words = words.joined(separator: ", ")
    return scope
  }
}

/// The things and properties that an analysis looks at.
public struct Scope: Sendable {
  /// The keys of the things; nothing for all.
  public private(set) var subjects: Set<String>?
  /// The properties, with what narrows them; nothing for all.
  public private(set) var properties: Set<String>?
  /// What was asked for, in words: `about forge, of the type measure`; empty for all.
  public fileprivate(set) var words = ""

  /// So many keys are named to the host; more are looked through here.
  private static let mostNamed = 2000

  /// All things and properties, or only these.
  public init(properties: Set<String>? = nil) { self.properties = properties }

  fileprivate mutating func narrow(to keys: Set<String>) { subjects = subjects?.intersection(keys) ?? keys }
  fileprivate mutating func narrow(toProperties keys: Set<String>) { properties = keys }

  /// The things, where they are few enough to be named to the host; nothing for all.
  public var named: [String]? { subjects.flatMap { $0.count <= Scope.mostNamed ? $0.sorted() : nil } }

  /// Whether a thing and a property are of it.
  public func includes(_ subject: String, _ property: String) -> Bool {
    subjects?.contains(subject) ?? true && properties?.contains(property) ?? true
  }

  /// The rows of a relation that has `subject` and `property`, of what is looked at.
  ///
  /// - Parameter columns: `subject` and `property` are read besides where they are needed and not among them.
  public func rows(
    _ call: Call, of relation: String, columns: [String], where filters: [String: [Datum]] = [:],
    _ conditions: [Condition] = [], at times: ReadTimes = .ofCall
  ) throws -> some Sequence<Row> {
    var filters = filters
    if let named, filters["subject"] == nil { filters["subject"] = named.map(Datum.key) }
    if let properties, filters["property"] == nil { filters["property"] = properties.sorted().map(Datum.key) }
    // Where all are asked for, nothing more is read.
    let isAll = subjects == nil && properties == nil
    let all = columns + (isAll ? [] : ["subject", "property"].filter { !columns.contains($0) })
    let rows = try call.rows(of: relation, columns: all, where: filters, conditions: conditions, at: times)
    let subject = all.firstIndex(of: "subject") ?? 0
    let property = all.firstIndex(of: "property") ?? 0
    return rows.lazy.filter { isAll || includes($0[subject].label, $0[property].label) }
  }

  /// Some things with all that is under them, near and far.
  fileprivate static func under(_ keys: [String], _ call: Call) throws -> Set<String> {
    var below: [String: [String]] = [:]
    let properties = try call.propertyAndNarrower(of: "under").map(Datum.key)
    for row in try call.rows(
      of: "statements", columns: ["subject", "object"], where: ["property": properties, "chosen": [true]])
    {
      below[row[1].label, default: []].append(row[0].label)
    }
    var found = Set(keys)
    var waiting = keys
    while let key = waiting.popLast() {
      for other in below[key] ?? [] where found.insert(other).inserted { waiting.append(other) }
    }
    return found
  }
}
