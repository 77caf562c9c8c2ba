/// Who is in what, and which of it competing claims leave open: ties from one thing to another, such as an initiative to a
/// member, each by the statements that make it.
public struct Ties: Sendable {
  /// One tie, however many statements make it.
  public struct Tie: Hashable, Sendable {
    /// What it is a tie of: the initiative.
    public let subject: String
    /// Whom it ties to it: the member.
    public let object: String
    /// The ways in which it comes about, that in its own name first.
    public fileprivate(set) var ways: [Way]
    /// How it stands by the chosen claims.
    public fileprivate(set) var standing = Standing.contested

    /// A way in which a tie comes about.
    public struct Way: Hashable, Sendable {
      /// Every link must hold, by one of its statements: that which names the member; or that which names its group, and those
      /// that make it one of the group.
      public let links: [[String]]
      /// The group; nothing where the member is named itself.
      public let through: String?

      /// Whether it is there by a reading.
      public func isThere(_ reading: Reading) -> Bool {
        links.allSatisfy { $0.contains(where: reading.takes) }
      }
    }

    /// How a tie stands by the chosen claims.
    public enum Standing: Hashable, Sendable {
      /// It is there.
      case certain
      /// It is possibly there on the date asked for.
      case possible
      /// It is there only by claims that are passed over.
      case contested
    }

    /// All statements that bear on it.
    public var statements: [String] {
      ways.flatMap { $0.links.joined() }.uniqued()
    }

    /// Whether it is there by a reading.
    public func isThere(_ reading: Reading) -> Bool { ways.contains { $0.isThere(reading) } }
  }

  /// All that some reading has, by subject and object.
  public let ties: [Tie]
  /// What is open of them.
  public let readings: Readings
  private let held: Set<String>

  /// - Parameter held: the statements that hold at least possibly by the chosen claims.
  init(_ ties: [Tie], _ readings: Readings, held: Set<String>) {
    self.readings = readings
    self.held = held
    let chosen = readings.chosen
    self.ties = ties.map { tie in
      var tie = tie
      if tie.isThere(chosen) {
        tie.standing = .certain
      } else if tie.ways.contains(where: { $0.links.allSatisfy { $0.contains(where: held.contains) } }) {
        tie.standing = .possible
      }
      return tie
    }
  }

  /// Those that are there by the chosen claims.
  public var chosen: [Tie] { ties.filter { $0.standing == .certain } }

  /// The ids of the statements by which a tie is there, or possibly there; where only passed over ones say so, those.
  public func evidence(of tie: Tie) -> [Datum] {
    let chosen = tie.statements.filter(held.contains)
    return (chosen.isEmpty ? tie.statements : chosen).map(Datum.text)
  }

  /// The statements on which it depends whether a tie is there; none where every reading has it.
  public func openStatements(of tie: Tie) -> [String] {
    let isSettled = tie.ways.contains { way in
      way.links.allSatisfy { $0.contains(where: readings.isAlwaysTaken) }
    }
    return isSettled ? [] : tie.statements.filter { !readings.isAlwaysTaken($0) }
  }
}

extension Call {
  /// The ties that a property makes, with what narrows it. Where the user asks for groups (`including groups`), members of a
  /// group are tied to what their group is a member of.
  ///
  /// - Parameter subjects: only the ties of these; nothing for all.
  /// - Throws: ``AnalysisFailure`` where the values of the property are no entities.
  public func ties(
    of property: String = "member", subjects: [String]? = nil, at times: ReadTimes = .ofCall
  ) throws -> Ties {
    for row in try rows(of: "properties", columns: ["range"], where: ["key": [.key(property)]])
    where !["", "entities"].contains(row[0].label) {
      throw AnalysisFailure(
        "no-members", "\(property) names nobody", hint: "Name one that does, such as member")
    }
    let asked = try propertyAndNarrower(of: property)
    let members = try propertyAndNarrower(of: "member")
    let direct = try DirectTies(asked, subjects, self, times)
    var held = direct.held
    var through: [DirectTies.Pair: [Ties.Tie.Way]] = [:]
    var choices = try openChoices(of: asked, subjects: subjects, at: times)
    var ties = direct.ways
    if try asksForGroups(asked.filter(members.contains), subjects, direct, times) {
      let paths = try GroupPath.read(self, times)
      let reached = direct.ways.keys.filter { paths[$0.object] != nil }
      let groups = Set(reached.flatMap { paths[$0.object] ?? [] }.flatMap(\.groups))
      let inGroups = try DirectTies(members, groups.sorted(), self, times)
      let known = Set(choices)
      choices += try openChoices(of: members, subjects: groups.sorted(), at: times)
        .filter { !known.contains($0) }
      for pair in reached.sorted() {
        for path in paths[pair.object] ?? [] where path.member != pair.subject {
          guard let named = direct.ways[pair] else { continue }
          let links = path.links(inGroups)
          held.formUnion(links.joined().filter { !inGroups.isTold($0) })
          let member = DirectTies.Pair(subject: pair.subject, object: path.member)
          ties[member, default: []] += []
          through[member, default: []].append(Ties.Tie.Way(links: [named] + links, through: pair.object))
        }
      }
      held.formUnion(inGroups.held)
    }
    let all = ties.sorted { $0.key < $1.key }.map { pair, statements in
      let own = statements.isEmpty ? [] : [Ties.Tie.Way(links: [statements], through: nil)]
      return Ties.Tie(
        subject: pair.subject, object: pair.object, ways: own + (through[pair] ?? []))
    }
    return Ties(all, Readings(choices), held: held)
  }

  /// Whether groups are to be followed: memberships then have rows that name another member than their statement.
  private func asksForGroups(
    _ properties: [String], _ subjects: [String]?, _ direct: DirectTies, _ times: ReadTimes
  ) throws -> Bool {
    guard !properties.isEmpty else { return false }
    var filters: [String: [Datum]] = ["property": properties.map(Datum.key)]
    if let subjects { filters["initiative"] = subjects.map(Datum.key) }
    let rows = try rows(of: "memberships", columns: ["member", "statement"], where: filters, at: times)
    var isAsked = false
    for row in rows where direct.objects[row[1].label] != row[0].label { isAsked = true }
    return isAsked
  }
}

/// The ties that statements make by naming somebody.
private struct DirectTies {
  struct Pair: Hashable, Comparable {
    let subject: String
    let object: String
    static func < (one: Pair, other: Pair) -> Bool {
      (one.subject, one.object) < (other.subject, other.object)
    }
  }
  /// The statements that make each, sorted.
  var ways: [Pair: [String]] = [:]
  /// Whom each statement names.
  var objects: [String: String] = [:]
  /// The statements that hold at least possibly by the chosen claims.
  var held: Set<String> = []

  /// Whether those that are asked say it, or said it.
  func isTold(_ statement: String) -> Bool { objects[statement] != nil }

  init(_ properties: [String], _ subjects: [String]?, _ call: Call, _ times: ReadTimes) throws {
    var filters: [String: [Datum]] = ["property": properties.map(Datum.key), "claimed": [.boolean(true)]]
    if let subjects { filters["subject"] = subjects.map(Datum.key) }
    let chosen = filters.merging(["chosen": [.boolean(true)]]) { mine, _ in mine }
    for row in try call.rows(
      of: "statements", columns: ["subject", "object", "id"], where: chosen, at: times)
    {
      add(row[0].label, row[1].label, row[2].label)
      held.insert(row[2].label)
    }
    let hasDate = times.hasDate(in: call.moment)
    for row in try call.rows(
      of: "readings", columns: ["subject", "object", "statement", "certainty"], where: filters, at: times)
    where !hasDate || row[3] != .empty { add(row[0].label, row[1].label, row[2].label) }
    for pair in ways.keys { ways[pair]?.sort() }
  }

  private mutating func add(_ subject: String, _ object: String, _ statement: String) {
    guard !object.isEmpty, objects.updateValue(object, forKey: statement) == nil else { return }
    ways[Pair(subject: subject, object: object), default: []].append(statement)
  }
}

/// How somebody is in a group: through which groups, his own first, and by which membership each.
private struct GroupPath {
  let member: String
  let groups: [String]
  let statements: [String]

  /// By the group that is reached.
  static func read(_ call: Call, _ times: ReadTimes) throws -> [String: [GroupPath]] {
    var found: [String: [GroupPath]] = [:]
    let columns = ["member", "reached", "through", "statements"]
    for row in try call.rows(of: "group_closure", columns: columns, at: times) {
      found[row[1].label, default: []].append(
        GroupPath(
          member: row[0].label, groups: row[2].names(joinedBy: ">"), statements: row[3].names(joinedBy: ",")))
    }
    return found.mapValues { paths in
      paths.sorted {
        ($0.groups.count, $0.groups.joined(separator: ">"), $0.member) < (
          $1.groups.count, $1.groups.joined(separator: ">"), $1.member
        )
      }
    }
  }

  /// The statements that make each step. Groups are those of all sources: where those that are asked say nothing of a step,
  /// it is the one by which it is there for the others.
  func links(_ ties: DirectTies) -> [[String]] {
    var found: [[String]] = []
    var from = member
    for (group, statement) in zip(groups, statements) {
      found.append(ties.ways[DirectTies.Pair(subject: group, object: from)] ?? [statement])
      from = group
    }
    return found
  }
}
