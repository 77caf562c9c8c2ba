import CommandLanguage
import RegistryModel
import RegistryRules
import RegistryStore

/// An entity that a property names, or that is in a group that it names.
struct NamedMember {
  var record: StatementRecord
  var member: Value
  /// The same groups, by one membership or another; none where the statement names it itself.
  var paths: [GroupPath] = []

  /// The surest of the memberships, while the statement holds; nil where it names it itself.
  private var way: SurestWay? {
    SurestWay(
      paths.map { SurestWay($0.certainty, $0.evidence) }, notAbove: record.held?.certainty ?? .certainly)
  }

  /// What holds of it: of the statement, while the surest of the memberships does.
  var held: HeldPart? {
    guard var held = record.held, let way, way.certainty < held.certainty else { return record.held }
    held.certainty = way.certainty
    held.isInPart = false
    return held
  }

  /// When it is so: through a group, while both hold.
  var period: Validity.Bounds? {
    let bounds = record.statement.validity.bounds
    guard !paths.isEmpty else { return bounds }
    return paths.compactMap { bounds.intersection($0.bounds) }.first
  }

  /// The period of the statement; through a group the days on which both it and the membership hold.
  var validity: Validity {
    let stated = record.statement.validity
    guard !paths.isEmpty, let period, period != stated.bounds else { return stated }
    func day(_ first: Day, _ last: Day) -> PartialDate? {
      guard first > .distantPast, last < .distantFuture, first <= last else { return nil }
      return first == last ? PartialDate(day: first) : PartialDate.covering(first...last)
    }
    let start = day(period.startEarliest, period.startLatest).map { Validity.Start.from($0) }
    let end = day(period.endEarliest, period.endLatest).map { Validity.End.until($0) }
    return start == nil && end == nil ? Validity() : Validity(.period(start, end))
  }

  /// Whether the sources of it were certainly out.
  var evidence: Certainty { min(record.evidence, way?.evidence ?? .certainly) }
}

extension StatementReader {
  /// The values of a path, each followed by whoever is in it, where it is a group, while both hold.
  func members(at path: PathSyntax, _ times: Times) throws(Failure) -> [NamedMember] {
    try refuseGroups(of: path, times)
    let records = try statements(at: path, times).filter {
      times.on == nil || $0.holdsPossibly || !$0.isClaimed
    }
    return try members(of: records, times, path.span)
  }

  /// The values of statements, each followed by whoever is in it, where it is a group, while both hold.
  func members(
    of records: [StatementRecord], _ times: Times, _ span: Span
  ) throws(Failure) -> [NamedMember] {
    let groups = records.compactMap { record -> Key? in
      if record.isClaimed, case .entity(let key) = record.statement.value { key } else { nil }
    }
    let paths = try context.paths(PathQuery(.groups, in: groups), times, span)
    let inside = Dictionary(grouping: paths) { $0.groups.last ?? $0.member }
    var members: [NamedMember] = []
    for record in records {
      members.append(NamedMember(record: record, member: record.statement.value))
      guard record.isClaimed, case .entity(let key) = record.statement.value else { continue }
      let first = members.count
      for path in inside[key] ?? [] {
        guard record.statement.validity.bounds.intersection(path.bounds) != nil else { continue }
        let member = Value.entity(path.member)
        let same = members[first...].firstIndex {
          $0.member == member && $0.paths.first?.groups == path.groups
        }
        if let same {
          members[same].paths.append(path)
        } else {
          members.append(NamedMember(record: record, member: member, paths: [path]))
        }
      }
    }
    return members
  }

  /// `list X.member including groups`: a row for each member and way.
  func membersTable(_ path: PathSyntax, _ times: Times) throws(Failure) -> ResultTable {
    let members = try members(at: path, times)
    let subject = try entity(path.name)
    let property = path.properties.first?.content ?? ""
    let names = try context.names(of: Set(members.compactMap { $0.member.entityKey }))
    let memberships = try memberships(members, times)
    let rows = members.map { member -> [Cell] in
      let citations =
        member.record.citations + member.paths.flatMap(\.statements).flatMap { memberships[$0] ?? [] }
      let sources = Cell.sources(citations)
      let qualifiers = member.record.statement.unquotedQualifiers
      return [
        Cell(member.member), member.member.entityKey.flatMap { names[$0] }.map { .text($0) } ?? .empty,
        .text(member.record.statement.property.text),
        qualifiers.isEmpty ? .empty : .text(qualifiers), .text(member.paths.first?.words ?? "itself"),
        when(member), holds(member, times), Cell.standing(member.record),
        member.evidence == .possibly ? .text("possible") : .empty,
        sources.isEmpty ? .empty : .list(sources), .text(member.record.id.short),
      ]
    }
    let columns = [
      "value", "name", "property", "qualifiers", "through", "when", times.holdsHeading, "standing",
      "evidence",
      "sources", "id",
    ]
    let table = ResultTable(
      title: "\(subject.name) · \(property), including groups", columns: columns.map { Column($0) },
      rows: rows,
      notes: rows.isEmpty ? ["not stated: no source says \(subject.key).\(property)\(times.words)"] : [])
    return table.withoutEmptyColumns(keeping: Set(columns).subtracting(["qualifiers", "standing"]))
  }

  /// The citations of the memberships that paths stand for.
  func memberships(
    _ members: [NamedMember], _ times: Times
  ) throws(Failure) -> [StatementID: [Citation]] {
    let ids = Set(members.flatMap { $0.paths.flatMap(\.statements) })
    let records = try storing(nil) { () throws(StoreProblem) in
      try store.statements(StatementSelection(ids: ids.sorted { $0.digest < $1.digest }), times.background)
    }
    return Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0.citations) })
  }

  private func holds(_ member: NamedMember, _ times: Times) -> Cell {
    member.record.isOnlyDenied
      ? Cell.holding(member.record, times)
      : Cell.holding(member.held, isDated: member.period != Validity().bounds, times)
  }

  private func when(_ member: NamedMember) -> Cell { .validity(member.validity) }
}
