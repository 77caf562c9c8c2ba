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
      /// By what a reading decides whether each link holds: its statements, or what stands for it among the groups of all
      /// sources (``Background``).
      let deciding: [[String]]

      init(links: [[String]], through: String?, deciding: [[String]]? = nil) {
        (self.links, self.through, self.deciding) = (links, through, deciding ?? links)
      }

      /// Whether it is there by a reading.
      public func isThere(_ reading: Reading) -> Bool {
        deciding.allSatisfy { $0.contains(where: reading.takes) }
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

  /// On what of the ``readings`` it depends whether a tie is there; nothing where every reading has it.
  public func openStatements(of tie: Tie) -> [String] {
    let isSettled = tie.ways.contains { way in
      way.deciding.allSatisfy { $0.contains(where: readings.isAlwaysTaken) }
    }
    if isSettled { return [] }
    return tie.ways.flatMap { $0.deciding.joined() }.uniqued().filter { !readings.isAlwaysTaken($0) }
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
      var background = Background(paths, inGroups, Readings(choices).chosen)
      for pair in reached.sorted() {
        for path in paths[pair.object] ?? [] where path.member != pair.subject {
          guard let named = direct.ways[pair] else { continue }
          let steps = path.steps.map { background.link($0) }
          held.formUnion(steps.filter(\.isOfAll).flatMap(\.statements))
          let member = DirectTies.Pair(subject: pair.subject, object: path.member)
          ties[member, default: []] += []
          through[member, default: []].append(
            Ties.Tie.Way(
              links: [named] + steps.map(\.statements), through: pair.object,
              deciding: [named] + steps.map(\.deciding)))
        }
      }
      choices += background.choices
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
  /// A membership in a group.
  struct Step {
    let pair: DirectTies.Pair
    let statement: String
  }

  let member: String
  let groups: [String]
  let statements: [String]
  let isCertain: Bool

  /// By the group that is reached.
  static func read(_ call: Call, _ times: ReadTimes) throws -> [String: [GroupPath]] {
    var found: [String: [GroupPath]] = [:]
    let columns = ["member", "reached", "through", "statements", "certainty"]
    for row in try call.rows(of: "group_closure", columns: columns, at: times) {
      found[row[1].label, default: []].append(
        GroupPath(
          member: row[0].label, groups: row[2].names(joinedBy: ">"), statements: row[3].names(joinedBy: ","),
          isCertain: row[4].label != "possibly"))
    }
    return found.mapValues { paths in
      paths.sorted {
        ($0.groups.count, $0.groups.joined(separator: ">"), $0.member) < (
          $1.groups.count, $1.groups.joined(separator: ">"), $1.member
        )
      }
    }
  }

  var steps: [Step] {
    var found: [Step] = []
    var from = member
    for (group, statement) in zip(groups, statements) {
      found.append(Step(pair: DirectTies.Pair(subject: group, object: from), statement: statement))
      from = group
    }
    return found
  }
}

/// The memberships in groups as they are by all sources, whoever is asked.
///
/// Where those that are asked say the same of one, their statements decide, and what competes with them moves it; else it is
/// there, or possibly there, as it is by all.
private struct Background {
  struct Link {
    let statements: [String]
    /// By what a reading decides whether it is there.
    let deciding: [String]
    /// Whether it is there by all sources, and not by what those that are asked say.
    let isOfAll: Bool
  }

  private let asked: DirectTies
  private let chosen: Reading
  /// The memberships that certainly are, by all sources.
  private var certain: Set<DirectTies.Pair> = []
  /// The statements by which one only possibly is.
  private var possible: Set<String> = []
  /// What is open of them: by all sources they possibly are.
  private(set) var choices: [Choice] = []
  private var doubted: Set<String> = []

  /// - Parameter paths: all paths, those of one step among them.
  init(_ paths: [String: [GroupPath]], _ asked: DirectTies, _ chosen: Reading) {
    (self.asked, self.chosen) = (asked, chosen)
    for path in paths.values.joined() where path.statements.count == 1 {
      for step in path.steps {
        if path.isCertain { certain.insert(step.pair) } else { possible.insert(step.statement) }
      }
    }
  }

  mutating func link(_ step: GroupPath.Step) -> Link {
    let told = asked.ways[step.pair] ?? []
    if !told.isEmpty, told.contains(where: chosen.takes) == certain.contains(step.pair) {
      return Link(statements: told, deciding: told, isOfAll: false)
    }
    // A name of its own: the same statement may be certain by those that are asked, where it is a tie itself.
    let name = "\(step.statement) by all sources"
    if possible.contains(step.statement), doubted.insert(step.statement).inserted {
      choices.append(Choice([.init([], by: step.statement), .init([name], by: step.statement)]))
    }
    return Link(statements: [step.statement], deciding: [name], isOfAll: true)
  }
}
